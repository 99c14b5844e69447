"""One topology, many weight vectors, few pairs: the best route of each pair under each vector.

The answers are those of Dijkstra's algorithm, bit for bit, however many scenarios are solved at once.
In ``many_weights``, ``elimination`` makes a ``plan`` of the computation once; ``numba_engine`` or, without
numba, ``numpy_engine`` carries it out for many scenarios together and reports where two routes are too close
to be told apart; those, and small questions, go to ``dijkstra`` (scipy). ``many_criteria`` weighs one
topology by several criteria at once. The package stands alone: arrays in, arrays out.

Examples
--------
A grid of 2 x 3 junctions, with one-way streets to the right and downwards::

    0 --> 1 --> 2
    |     |     |
    v     v     v
    3 --> 4 --> 5

>>> import numpy as np
>>> from cacorridor.shortest_paths import Topology, solve
>>> node = np.arange(6).reshape(2, 3)
>>> tail = np.concatenate([node[:, :-1].ravel(), node[:-1].ravel()])
>>> head = np.concatenate([node[:, 1:].ravel(), node[1:].ravel()])
>>> list(zip(tail.tolist(), head.tolist()))
[(0, 1), (1, 2), (3, 4), (4, 5), (0, 3), (1, 4), (2, 5)]
>>> grid = Topology(tail, head, size=6, pairs=((0, 5), (3, 2)))

Minutes on each street in three scenarios: all free; a jam from 0 to 1; and no way out of 3 and 4.

>>> minutes = np.tile([[1.0], [1.0], [2.0], [1.5], [2.0], [1.0], [1.0]], 3)
>>> minutes[0, 1] = 9
>>> minutes[2:4, 2] = np.inf
>>> solution = solve(grid, minutes)
>>> solution.cost
array([[3. , 5.5, 3. ],
       [inf, inf, inf]])
>>> solution.paths[solution.route_index[0, 1]]
(4, 2, 3)
>>> solution.counts()
[{(0, 1, 6): 2, (4, 2, 3): 1}, {}]

"""

from cacorridor.shortest_paths.chains import ChainSearch
from cacorridor.shortest_paths.dijkstra import Path, Search
from cacorridor.shortest_paths.many_criteria.pareto import Front, pareto_front, thin_front, undominated
from cacorridor.shortest_paths.many_weights.engines import Engine
from cacorridor.shortest_paths.many_weights.plan import MAX_WEIGHT, NO_ROUTE, Routes
from cacorridor.shortest_paths.many_weights.solution import Solution
from cacorridor.shortest_paths.many_weights.solver import solve
from cacorridor.shortest_paths.topology import Topology

__all__ = [
    "MAX_WEIGHT",
    "NO_ROUTE",
    "ChainSearch",
    "Engine",
    "Front",
    "Path",
    "Routes",
    "Search",
    "Solution",
    "Topology",
    "pareto_front",
    "solve",
    "thin_front",
    "undominated",
]
