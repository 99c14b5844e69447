"""The explorer: the map, its switches and its data."""
