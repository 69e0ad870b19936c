"""Votes from the command line: files are read, counted, explained and drawn."""
