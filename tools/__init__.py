"""Programs that make generated files; never needed at run time."""
