"""Pictures, tables and sentences from results; each of the three from the same numbers."""
