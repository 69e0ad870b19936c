"""What the product costs on this machine, each figure beside the raw limit measured in the same run.

`make bench`, or `python -m benchmarks NAME ...` for some. Nothing here judges a time: the figures are for people.
"""
