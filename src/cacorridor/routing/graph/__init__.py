"""The supernetwork: steps, arcs, and the search for paths in it."""
