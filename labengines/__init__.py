"""The maths of Q Labs: plain functions that know nothing of the web, files or the clock."""
