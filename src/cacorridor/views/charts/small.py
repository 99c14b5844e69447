"""Small time-distance diagrams as light SVG, one a route, on the scale of their comparison."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

from cacorridor.costs.measures import LENGTH
from cacorridor.network.model import SEA
from cacorridor.routing.accounts import time_distance
from cacorridor.views import text
from cacorridor.views.charts.course import STOP_SHARE
from cacorridor.views.charts.stretches import state_stretches, stops_of
from cacorridor.views.markup import Html, tag
from cacorridor.views.words import names
from cacorridor.views.words.phrases import Name, join_parts, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

    from cacorridor.network.model import Network
    from cacorridor.views.explorer.payload import MapRoute
    from cacorridor.views.words.phrases import Part

WIDTH, HEIGHT = 340, 196  # of the drawing, shown at about this width: letters stay as large as here
LEFT, RIGHT, TOP, BOTTOM = 34, 60, 16, 26  # around the diagram
LETTER = 5.8  # width of a letter of a label
UNIT_LETTERS = 3  # by which the unit of hours is longer in Chinese than in English
TICKS = 4  # about as many marks on an axis


class Scale(NamedTuple):
    """What the longest route of a comparison needs, so that its diagrams can be compared."""

    km: float
    h: float

    def x(self, km: float) -> int:
        """Place kilometres."""
        return round(LEFT + (WIDTH - LEFT - RIGHT) * km / self.km)

    def y(self, h: float) -> int:
        """Place hours."""
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * h / self.h)


def diagrams(network: Network, group: Sequence[MapRoute]) -> list[Html]:
    """Draw hours over kilometres of each route with its states, its range and its long stops.

    Parameters
    ----------
    network
        Names the states.
    group
        Routes with their names, one or more; all are drawn on one scale.

    Returns
    -------
    list of Html
        An SVG element a route.

    """
    tables = [time_distance(drawn.route) for drawn in group]
    scale = Scale(
        max(table["km_to"].iloc[-1] for table in tables), max(table["high_h"].max() for table in tables)
    )
    return [_diagram(network, drawn, table, scale) for drawn, table in zip(group, tables, strict=True)]


def _diagram(network: Network, drawn: MapRoute, table: pd.DataFrame, scale: Scale) -> Html:
    """Draw one route."""
    route = drawn.route
    hours, length = text.hours_of(route.time_h), text.figure(LENGTH, route.length_km)
    title = say("{route}: {hours} over {length}", route=drawn.label, hours=hours, length=length)
    parts = [*_bands(network, table, scale), *_axes(scale), _ribbon(table, scale), _hours_line(table, scale)]
    parts += _stops(network, table, scale)

    # where the line ends stand its hours, in the largest letters of the drawing
    end = scale.x(route.length_km) + 5, scale.y(route.time_h) + 4
    parts.append(_text(*end, hours, "cac-end"))
    box = {"viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img"}
    return tag("svg", tag("title", title), *parts, class_="cac-chart", **box)


def _axes(scale: Scale) -> Iterator[Html]:
    """Draw round figures along both axes."""
    foot = HEIGHT - BOTTOM
    for h in _rounds(scale.h):
        yield tag("path", d=f"M{LEFT} {scale.y(h)}H{WIDTH - RIGHT}", class_="cac-grid")
        yield _text(LEFT - 5, scale.y(h) + 4, text.bare(text.fixed(h)), "cac-tick", anchor="end")
    for km in _rounds(scale.km):
        yield _text(scale.x(km), foot + 13, text.bare(text.fixed(km)), "cac-tick", anchor="middle")
    yield _text(WIDTH - RIGHT + 6, foot + 13, say("km"), "cac-tick")
    yield _text(LEFT - 5, TOP - 5, say("h"), "cac-tick", anchor="end")


def _rounds(largest: float) -> Iterator[float]:
    """List round figures from nothing up to the largest."""
    # steps of 1, 2 or 5 times a power of ten, about as many as there is room for
    rough = largest / TICKS
    power = 10 ** int(math.log10(max(rough, 1)))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    return itertools.takewhile(lambda mark: mark <= largest, itertools.count(0, step))


def _bands(network: Network, table: pd.DataFrame, scale: Scale) -> Iterator[Html]:
    """Shade the states in turn and name each where there is room, upright where there is little."""
    for number, stretch in enumerate(state_stretches(table)):
        start, end = scale.x(stretch.start_km), scale.x(stretch.end_km)
        is_sea = stretch.state == SEA
        name = say("at sea") if is_sea else names.state(network, stretch.state)
        letters = _longest(name)
        look = "cac-band cac-at-sea" if is_sea else f"cac-band cac-band-{number % 2}"
        yield tag("rect", x=start, y=TOP, width=end - start, height=HEIGHT - TOP - BOTTOM, class_=look)

        # a name that fits neither way is left out: the table of states below has it
        middle = round((start + end) / 2)
        if end - start >= LETTER * letters:
            yield _text(middle, TOP + 11, name, "cac-state-name", anchor="middle")
        elif end - start >= 12 and letters <= 14:
            turn = f"rotate(-90 {middle + 4} {TOP + 4})"
            yield _text(middle + 4, TOP + 4, name, "cac-state-name", anchor="end", transform=turn)


def _hours_line(table: pd.DataFrame, scale: Scale) -> Html:
    """Draw the expected hours: sloping where the vehicle moves, upright where it stands."""
    points = [(0.0, 0.0)]
    for km_from, h_from, km_to, h_to in table[["km_from", "h_from", "km_to", "h_to"]].itertuples(index=False):
        points += [(km_from, h_from), (km_to, h_to)]
    return tag("path", d=_way((scale.x(km), scale.y(h)) for km, h in points), class_="cac-hours-line")


def _ribbon(table: pd.DataFrame, scale: Scale) -> Html:
    """Shade the range of 8 in 10 cases."""
    reached = list(map(scale.x, table["km_to"]))
    upper = zip(reached, map(scale.y, table["high_h"]), strict=True)
    lower = zip(reached, map(scale.y, table["low_h"]), strict=True)

    # out along the upper bound and back along the lower one
    outline = [(scale.x(0), scale.y(0)), *upper, *reversed(list(lower))]
    return tag("path", d=_way(outline) + "Z", class_="cac-ribbon")


def _way(points: Iterable[tuple[int, int]]) -> str:
    """Write a path; a point that stands twice is written once."""
    return "M" + "L".join(f"{x} {y}" for (x, y), _ in itertools.groupby(points))


def _stops(network: Network, table: pd.DataFrame, scale: Scale) -> Iterator[Html]:
    """Name the places where much of the time is spent standing, from the bottom up, so that none meet."""
    whole_h, free_y = table["h_to"].iloc[-1], HEIGHT
    for stop in stops_of(table):
        if stop.time_h < STOP_SHARE * whole_h:
            continue
        x = scale.x(stop.km)
        y = min(scale.y(stop.middle_h) + 4, free_y - 12)
        free_y = y
        place = names.called(network, stop.place)
        hours = text.hours_of(stop.time_h)
        label = join_parts([place, hours])

        # to the left of its stop where the drawing ends before the label does, in the longest language;
        # a name that fits on neither side is left out
        width = 5 + LETTER * (_longest(place) + UNIT_LETTERS + len(text.duration(stop.time_h)))
        is_left = x + width > WIDTH - 4
        shown = hours if is_left and x < width else label
        yield _text(x - 5 if is_left else x + 5, y, shown, "cac-stop-name", anchor="end" if is_left else None)


def _longest(name: Part) -> int:
    """Count the letters of a name in the language in which it is longest; a Chinese one is as wide as two."""
    spelt = name[:3] if isinstance(name, Name) else (str(name),)
    return max(sum(1 + (east_asian_width(letter) in "WF") for letter in each) for each in spelt)


def _text(x: float, y: float, content: object, look: str, **options: object) -> Html:
    """Write a label."""
    anchor = {"text_anchor": options.pop("anchor", None)}
    return tag("text", content, x=round(x), y=round(y), class_=look, **anchor, **options)
