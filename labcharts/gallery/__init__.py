"""Every kind of picture on two pages, from invented data: `python -m labcharts.gallery docs`."""
