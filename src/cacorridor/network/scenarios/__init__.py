"""Scenarios: named lists of edits, read and applied."""
