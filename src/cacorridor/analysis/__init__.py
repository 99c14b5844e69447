"""What we ask: costs, the supernetwork, routes and comparisons."""
