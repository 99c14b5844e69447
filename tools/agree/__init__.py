"""Hold the search of the explorer's page against Python, in node as the page runs it."""
