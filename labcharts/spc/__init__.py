"""Results of the chart methods as pictures, sentences and tables."""
