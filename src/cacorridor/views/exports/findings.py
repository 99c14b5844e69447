"""One answer, whatever it is written in: what was asked, its tables, its routes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from cacorridor.network.held import HeldColumns, hold
from cacorridor.routing.accounts import ledger_columns
from cacorridor.routing.telling.closers import links_shut_lately
from cacorridor.routing.telling.openings import links_counted_open
from cacorridor.routing.telling.provenance import provenance
from cacorridor.routing.telling.shapes import totals
from cacorridor.routing.telling.staying import excursion_of
from cacorridor.routing.telling.turning import turning_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from cacorridor.network.held import Columns, Held
    from cacorridor.network.model import Network
    from cacorridor.routing.conditions import Conditions
    from cacorridor.routing.routes import Route
    from cacorridor.routing.telling.openings import CountedOpen


@dataclass(frozen=True, eq=False)
class Findings:
    """What a question found out.

    ``tables`` are named, as frames or as columns, and the first is the answer itself; ``about`` is what the
    answer rests on (see ``provenance``), ``head`` says the same in a line or two; ``network`` knows the towns
    of the routes.
    """

    network: Network
    about: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame | Held | Columns]
    head: str = ""
    routes: tuple[Route, ...] = field(default=())

    @property
    def columns(self) -> dict[str, Columns]:
        """The tables as columns of plain values, which texts are written from without pandas."""
        return {name: hold(table).columns for name, table in self.tables.items()}

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """The tables as frames."""
        return {name: hold(table).frame for name, table in self.tables.items()}

    @property
    def main(self) -> Columns:
        """The table that is the answer itself, as columns."""
        first, *_ = self.tables.values()
        return hold(first).columns

    @property
    def origin(self) -> dict[str, Any]:
        """What the answer rests on, with the totals of its routes."""
        if not self.routes:
            return dict(self.about)
        if len(self.routes) == 1:  # what the answer rests on is what its route rests on
            route = self.routes[0]
            return {**self.about, "route": {**totals(route), **remarks(route)}}
        summaries = [{**totals(each), **conditions_told(each.network, each.query)} for each in self.routes]
        return {**self.about, "routes": summaries}


def tables_of_route(route: Route) -> dict[str, Held]:
    """List the tables of one route, the legs first.

    Parameters
    ----------
    route
        The route.

    Returns
    -------
    dict
        ``legs``, ``steps``, ``evidence`` and ``ledger``; frames are made when asked for.

    """
    return {
        "legs": HeldColumns(partial(route.columns, "legs"), lambda _: route.legs),
        "steps": HeldColumns(partial(route.columns, "steps"), lambda _: route.steps),
        "evidence": HeldColumns(partial(route.columns, "evidence"), lambda _: route.evidence()),
        "ledger": hold(ledger_columns(route)),
    }


def conditions_told(network: Network, conditions: Conditions) -> dict[str, Any]:
    """Tell the conditions of one of several routes, which may differ.

    Parameters
    ----------
    network
        The network that was asked.
    conditions
        The question of the route.

    Returns
    -------
    dict
        Under ``conditions``.

    """
    return {"conditions": provenance(network, conditions)["conditions"]}


def remarks(route: Route) -> dict[str, Any]:
    """Tell what an answer remarks on its way beside its figures.

    Parameters
    ----------
    route
        The route.

    Returns
    -------
    dict
        ``shut_lately``, ``leaves_territory``, ``counts_as_open`` and ``turning_back``; empty where there is
        nothing to tell.

    """
    return {
        "shut_lately": shut_lately(route),
        "leaves_territory": leaves_territory(route),
        "counts_as_open": [counted_open(link) for link in links_counted_open(route)],
        "turning_back": turning_back(route),
    }


def leaves_territory(route: Route) -> dict[str, Any] | None:
    """Tell that a way between two places of one customs territory leaves it.

    Parameters
    ----------
    route
        The route.

    Returns
    -------
    dict or None
        ``territory`` (a state, or a customs union), ``abroad`` (states), ``more`` of what was asked for on
        the best way that stays within, and ``within``, its states and totals; null where there is none.

    """
    trip = excursion_of(route)
    if trip is None:
        return None
    within = None if trip.within is None else {"states": list(trip.within.states), **trip.within.totals()}
    return {"territory": trip.territory, "abroad": list(trip.abroad), "more": trip.more, "within": within}


def turning_back(route: Route) -> dict[str, Any] | None:
    """Tell what a way over the places of ``via`` takes that turns back there, where that is better.

    Parameters
    ----------
    route
        The route, which passes no place twice.

    Returns
    -------
    dict or None
        ``less`` of what was asked for, and the states and totals of that way; null where none is better.

    """
    turning = turning_of(route)
    if turning is None:
        return None
    return {"less": turning.less, "states": list(turning.way.states), **turning.way.totals()}


def counted_open(link: CountedOpen) -> dict[str, Any]:
    """Tell a link that counts as open in a year, though it is not in service today.

    Parameters
    ----------
    link
        The link.

    Returns
    -------
    dict
        ``link``, ``from``, ``to``, ``status``, ``opened``, ``closed`` and ``source_id``.

    """
    start, end = link.ends
    told = {name: cell for name, cell in asdict(link).items() if name != "ends"}
    return {"from": start, "to": end, **told}


def shut_lately(route: Route) -> list[dict[str, Any]]:
    """Tell the links shut in the last two years without which a route of today is worse than it was.

    Parameters
    ----------
    route
        The route.

    Returns
    -------
    list of dict
        ``link``, ``from`` and ``to``, ``last_year`` of service, ``source_id`` and ``note`` of the closure,
        and what the best way of that year took: ``length_km``, and ``time_h``, ``cost_usd`` and ``co2e_kg``
        with their ranges.

    """
    told = []
    for shut in links_shut_lately(route):
        start, end = shut.ends
        link = {"link": shut.link, "from": start, "to": end, "last_year": shut.since}
        told.append({**link, "source_id": shut.source_id, "note": shut.note, **shut.before.totals()})
    return told
