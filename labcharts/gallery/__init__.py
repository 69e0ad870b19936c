"""Every kind of picture on one page, from invented data: `python -m labcharts.gallery docs`."""
