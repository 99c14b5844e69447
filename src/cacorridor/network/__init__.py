"""What exists: the tables, their checks and the frozen network."""
