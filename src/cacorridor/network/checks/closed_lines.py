"""Rules of closed lines: they can be read, and part their state from border to border."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.errors import UsageError
from cacorridor.network.checks.faults import fault_of, marked
from cacorridor.network.tables.closed_lines import ALLOWED, TABLE, closed_lines_of, parse_course

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cacorridor.errors import Fault
    from cacorridor.network.model import Network


def courses_can_be_read(network: Network) -> Iterator[Fault]:
    """Require two or more points."""
    rows = network.columns(TABLE)
    for row in marked(rows, (not _is_course(text) for text in rows["course"])):
        yield fault_of(network, TABLE, row, "course", ALLOWED)


def _is_course(text: str) -> bool:
    try:
        parse_course(text)
    except UsageError:
        return False
    return True


def lines_part_their_states(network: Network) -> Iterator[Fault]:
    """Require that a line begins and ends outside its state: what stops within could be walked round."""
    import shapely

    shapes = vars(network)["state_shapes"]
    outlines = dict(zip(shapes.columns["iso3"], shapes.geometry, strict=True))
    rows, lines = network.columns(TABLE), closed_lines_of(network)
    for row in marked(rows, (line.state not in outlines for line in lines)):
        yield fault_of(network, TABLE, row, "state", "a state of states.geojson")
    # both ends beyond the outline, and some of the line within it
    parts = []
    for line in lines:
        outline = outlines.get(line.state)
        ends = shapely.points([line.course[0], line.course[-1]])
        crosses = outline is None or shapely.intersects(outline, shapely.LineString(line.course))
        parts.append(outline is None or (crosses and not shapely.intersects(outline, ends).any()))
    for row in marked(rows, (not does_part for does_part in parts)):
        yield fault_of(network, TABLE, row, "course", f"a line through {row['state']} that ends outside it")
