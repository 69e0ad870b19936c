"""`labtools draw` and `labtools seat`: panels and tables from CSV files."""
