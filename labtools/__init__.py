"""The engines from the command line: charts of a table of numbers, and the reference cases."""
