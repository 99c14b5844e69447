"""Several criteria on one topology: the paths that no other path betters."""
