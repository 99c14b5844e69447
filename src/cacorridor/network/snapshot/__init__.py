"""What was checked once and is read again: columns and arrays in files that hold no code."""
