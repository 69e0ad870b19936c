"""Counting votes, keeping them secret, and showing that both were done right."""
