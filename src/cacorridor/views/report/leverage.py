"""Write who holds the keys: the Shapley value of each transit state, beside the outside option, drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.costs.measures import LENGTH, TIME
from cacorridor.criticality.leverage import leverage, ocean_route
from cacorridor.errors import NoRouteError
from cacorridor.network.model import SEA
from cacorridor.routing.telling.bypassed import unpinned
from cacorridor.views import text
from cacorridor.views.charts.sketch import sketch
from cacorridor.views.markup import Html, table, tag
from cacorridor.views.tables import rows_of
from cacorridor.views.words import names
from cacorridor.views.words.phrases import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from cacorridor.network.model import Network
    from cacorridor.routing.query import Query
    from cacorridor.routing.routes import Route
    from cacorridor.views.words.phrases import Part

LEAST_SHARE = 0.01  # of the leverage: states below it are left out


def leverage_fold(network: Network, heading: Part, query: Query, later: int | None) -> Html:
    """Write the Shapley value of each transit state, with the outside option that it is measured against."""
    ends, level = (query.origin, query.destination), query.level
    try:
        tables: dict[int | None, pd.DataFrame] = {None: leverage(network, *ends, level=level)}
        if later:
            tables[later] = leverage(network, *ends, level=level, year=later)
        outside = ocean_route(network, unpinned(query))
    except NoRouteError:  # without an ocean route there is no outside option to measure against
        return Html("")
    if tables[None].empty:
        return Html("")

    # the outside option in words and as a sketch, since the index means nothing without it
    summary = tag("summary", say("Who holds the keys: an index of leverage"))
    note = tag("p", *_explained(network, tables[None], outside), class_="cac-note")
    drawn = say("The outside option: {hours} over the ocean", hours=text.hours_of(outside.time_h))
    figure = tag("figure", sketch(network, outside, drawn), tag("figcaption", drawn))
    shares = _shares(network, say("{heading}: leverage of the transit states", heading=heading), tables)
    return tag("details", summary, note, figure, shares, class_="cac-leverage")


def _explained(network: Network, shares: pd.DataFrame, outside: Route) -> tuple[object, ...]:
    """Say what the index is, what it is measured against, and what it is not."""
    # of the outside option its hours, its length, and between which ports it sails
    sailed = outside.legs[outside.legs["mode"] == SEA]
    ports = dict.fromkeys(
        name for start, end in rows_of(sailed, "from", "to") if start != end for name in (start, end)
    )
    saving_h = float(shares["saving_h"].iloc[0])
    return (
        say(
            "Shapley value of each transit state: its mean part in the {hours} that all states together save "
            "against the outside option.",
            hours=text.hours_of(saving_h),
        ),
        " ",
        say(
            "The outside option takes {hours} over the ocean: {length}, by ship between {ports}.",
            hours=text.hours_of(outside.time_h),
            length=text.figure(LENGTH, outside.length_km),
            ports=tuple(names.called(network, name) for name in ports),
        ),
        " ",
        say(
            "A state counts where it serves some coalition, also off the routes above; shares below {share} "
            "are left out. An index of the model, not a forecast.",
            share=text.per_cent(LEAST_SHARE),
        ),
    )


def _shares(network: Network, caption: Part, tables: Mapping[int | None, pd.DataFrame]) -> Html:
    """Write the leverage as hours and shares, a pair of columns a year; one that is not listed has none."""
    # a state may count in one year alone: rows are the states of either, cells without a share are 0
    frames = {
        year: frame[frame["leverage_share"] >= LEAST_SHARE].set_index("state")
        for year, frame in tables.items()
    }
    listed: dict[str, None] = {}
    for frame in frames.values():
        listed |= dict.fromkeys(frame.index)
    head: list[object] = [say("State")]
    rows: list[list[object]] = [[tag("th", names.state(network, state), scope="row")] for state in listed]
    for year, frame in frames.items():
        when = say("in {year}", year=str(year)) if year else say("today")
        head += [say("Hours, {when}", when=when), say("Share, {when}", when=when)]
        known = frame[["leverage_h", "leverage_share"]].reindex(list(listed), fill_value=0.0)
        for row, (hours, share) in zip(rows, rows_of(known, "leverage_h", "leverage_share"), strict=True):
            cells = text.figure(TIME, hours), text.per_cent(share)
            row += [tag("td", cell, class_="cac-number") for cell in cells]
    return table(caption, head, rows, class_="cac-hours")
