"""How a network is laid out: links and transfers as steps, steps as rows, or beside a neighbour."""
