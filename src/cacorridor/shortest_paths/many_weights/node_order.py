"""Choose which nodes to eliminate, and in which order: always the one that adds the fewest sums."""

from __future__ import annotations

from heapq import heapify, heappop, heappush

NO_CORE_BELOW = 100  # nodes: so few are all eliminated
SUMS_PER_CORE_ARC, SUMS_PER_CORE_NODE = 5, 100  # what searching them costs, in sums for each origin


def elimination_order(neighbours: list[set[int]], size: int, origins: int) -> list[int]:
    """List the nodes below ``size`` to eliminate, until a node costs more than it saves.

    Parameters
    ----------
    neighbours : list of set of int
        The nodes that an arc joins to each node, in either direction. It is used up.
    size : int
        Number of nodes that may be eliminated; those above are ends of pairs.
    origins : int
        Number of different origins.

    Returns
    -------
    list of int
        The nodes in order of elimination; the others are the core.

    """
    costs = {node: _cost(neighbours, node, origins) for node in range(size)}
    queue = [(cost, node) for node, cost in costs.items()]
    heapify(queue)
    order = []
    while queue:
        cost, node = heappop(queue)
        if costs.get(node) != cost:
            continue  # an outdated entry
        if cost > 0 and len(costs) > NO_CORE_BELOW:
            break
        order.append(node)
        del costs[node]

        # Only neighbours, and nodes between neighbours that are joined now, cost something else than before.
        for other in _join(neighbours, node) & costs.keys():
            cost = _cost(neighbours, other, origins)
            if cost != costs[other]:
                costs[other] = cost
                heappush(queue, (cost, other))
    return order


def _cost(neighbours: list[set[int]], node: int, origins: int) -> int:
    """Count what it costs to eliminate a node rather than to search it, in sums.

    A sum for each path from one neighbour to another, and two arcs to search for each two neighbours that
    were not joined; less the search of the node and its arcs.
    """
    around = neighbours[node]
    paths = len(around) * (len(around) - 1)
    new_arcs = paths - sum(len(around & neighbours[other]) for other in around)
    return paths + origins * (SUMS_PER_CORE_ARC * (new_arcs - 2 * len(around)) - SUMS_PER_CORE_NODE)


def _join(neighbours: list[set[int]], node: int) -> set[int]:
    """Take a node away and join its neighbours; return the nodes for which that changes a cost."""
    around = neighbours[node]
    changed = set(around)
    for one in around:
        for other in around - neighbours[one] - {one}:
            changed |= neighbours[one] & neighbours[other]
        neighbours[one] |= around
        neighbours[one] -= {one, node}
    return changed
