"""Checks of the data: cells, geometry, and what the tables say together."""
