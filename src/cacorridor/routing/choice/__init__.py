"""Choice: ways that are not one: the Pareto set, alternatives, tables of pairs."""
