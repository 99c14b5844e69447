"""Write each border between two states once: outlines are chains of arcs, as in TopoJSON (Bostock 2012).

Points that an outline seen from afar has as well are marked, so that both levels of detail are one set of
arcs, and neighbours share their borders in each.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import shapely

from cacorridor.views.explorer.geometry import rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np

Point = tuple[int, int]  # latitude and longitude, whole thousandths of a degree
Line = tuple[Point, ...]
Area = list[list[Line]]  # rings of each part
FIRST_LETTER = 63  # of the text in which ``explorer.geometry`` writes lines


def share_borders(states: list[dict[str, Any]]) -> tuple[list[Line], list[dict[str, Any]]]:
    """Cut the rings of states where borders meet, and write each piece once.

    Returns
    -------
    tuple
        The arcs, and the states with rings as numbers of arcs; ``-1 - number`` is an arc backwards.

    """
    areas = [[list(map(read_line, part)) for part in state["area"]] for state in states]
    parts = itertools.chain.from_iterable(areas)
    junctions = _junctions(itertools.chain.from_iterable(parts))
    # arcs are numbered as they are met, state by state
    numbers: dict[Line, int] = {}
    shared = [
        {**state, "area": _chains(area, junctions, numbers)}
        for state, area in zip(states, areas, strict=True)
    ]
    return list(numbers), shared


def _chains(area: Area, junctions: set[Point], numbers: dict[Line, int]) -> list[list[list[int]]]:
    """Write the rings of each part of an area as numbers of arcs."""
    return [[_chain(ring, junctions, numbers) for ring in part] for part in area]


def _junctions(rings: Iterable[Line]) -> set[Point]:
    """Find the points with more than two neighbours: three lines meet there, or a border ends at a coast."""
    neighbours: defaultdict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        # a ring ends where it begins
        for point, following in itertools.pairwise(ring):
            neighbours[point].add(following)
            neighbours[following].add(point)
    return {point for point, around in neighbours.items() if len(around) > 2}


def _chain(ring: Line, junctions: set[Point], numbers: dict[Line, int]) -> list[int]:
    """Write a ring as numbers of arcs; an arc that is new gets the next number."""
    chain = []
    for line in _cut_ring(ring, junctions):
        # the neighbour runs along the same border the other way
        backwards = line[::-1]
        if backwards in numbers:
            chain.append(-1 - numbers[backwards])
        else:
            chain.append(numbers.setdefault(line, len(numbers)))
    return chain


def _cut_ring(ring: Line, junctions: set[Point]) -> Iterator[Line]:
    """Cut a ring at the junctions; one without any begins at its least point, as its neighbour's does."""
    open_ring = ring[:-1]
    cuts = [place for place, point in enumerate(open_ring) if point in junctions]
    begin = cuts[0] if cuts else open_ring.index(min(open_ring))
    turned = (*open_ring[begin:], *open_ring[:begin], open_ring[begin])
    start = 0
    for place in range(1, len(turned)):
        if turned[place] in junctions or place == len(turned) - 1:
            yield turned[start : place + 1]
            start = place


def mark_from_afar(arcs: Iterable[Line], shapes: np.ndarray) -> list[bool]:
    """Mark the points of arcs that coarser shapes have as well; the ends of an arc are always marked."""
    coarse = set(map(tuple, rounded(shapely.get_coordinates(shapes)).tolist()))
    return [point in coarse or place in {0, len(arc) - 1} for arc in arcs for place, point in enumerate(arc)]


def join_arcs(arcs: list[Line], chain: Iterable[int]) -> Line:
    """Join the arcs of a ring again, as the page does."""
    points: list[Point] = []
    for number in chain:
        line = arcs[number] if number >= 0 else arcs[-1 - number][::-1]
        points.extend(line[1:] if points else line)
    return tuple(points)


def read_line(text: str) -> Line:
    """Read a line again that ``explorer.geometry.encode`` wrote."""
    steps, step, shift = [], 0, 0
    for letter in text.encode("ascii"):
        # five bits a letter, low bits first; the sixth says that more follow
        bits = letter - FIRST_LETTER
        step |= (bits & 31) << shift
        shift += 5
        if bits < 32:
            steps.append(~(step >> 1) if step & 1 else step >> 1)
            step, shift = 0, 0
    lat = lon = 0
    points = []
    for north, east in zip(steps[::2], steps[1::2], strict=True):
        lat, lon = lat + north, lon + east
        points.append((lat, lon))
    return tuple(points)
