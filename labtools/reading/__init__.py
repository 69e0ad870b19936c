"""Tables as people keep them (CSV in any dress) to columns of numbers, dates and names."""
