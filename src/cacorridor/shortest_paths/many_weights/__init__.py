"""Many weight vectors on one topology: one plan, carried out for all of them at once, exact as Dijkstra."""
