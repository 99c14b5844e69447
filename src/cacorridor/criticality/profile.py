"""What the corridors mean to one state: who crosses it, what transit it carries, what it holds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from cacorridor.costs.measures import MEASURES
from cacorridor.criticality.leverage import ask_leverage
from cacorridor.network.held import records
from cacorridor.network.memberships import hold_memberships
from cacorridor.network.states import resolve_state
from cacorridor.network.tables.answered import hold_columns, hold_rows, hold_tuples
from cacorridor.routing.accounts import account_of_state, sum_in_order
from cacorridor.routing.comparison import relation_to_state
from cacorridor.routing.corridors import compare_corridors
from cacorridor.routing.finding import find_route
from cacorridor.routing.pairs import ASKED, ask_pairs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from cacorridor.network.columns import Level
    from cacorridor.network.held import Held, HeldColumns
    from cacorridor.network.model import Network
    from cacorridor.routing.pairs import Pairs
    from cacorridor.routing.routes import Route

WORTH = [measure.column for measure in MEASURES.values()]  # of a route, or in a state
SUMMED = [*WORTH, "standing_h"]
CARRIED = ["role", *SUMMED]  # columns of a ledger
TRANSIT_TYPES = ASKED | {"role": "str"} | dict.fromkeys(SUMMED, "float64")
HEADINGS = {  # of the tables about a state
    "corridors": "Named corridors, and how each stands to the state",
    "transit": "Transit carried: the best routes of the table of pairs",
    "gates": "Border posts, ports and free zones",
    "memberships": "Memberships and regional agreements",
    "leverage": "Leverage: hours saved that fall to the state (Shapley value)",
}
GATE_COLUMNS = ("id", "name", "kind", "gateway")
GATES = ("border_point", "port", "dry_port", "free_zone")


@dataclass(frozen=True, eq=False)
class StateProfile:
    """The tables about one state; ``tables`` lists them with their headings.

    Parameters
    ----------
    state
        ISO 3166-1 alpha-3 code.
    name
        Name of the state.
    corridors
        Named corridors, and how each stands to the state.
    transit
        Kilometres, hours, dollars and grams in the state, of each pair and year.
    gates
        Border posts, ports and free zones.
    memberships
        As ``state_memberships``.
    leverage
        Hours saved that fall to the state, by pair and year.

    Examples
    --------
    >>> profile = cc.state_profile(net, "KGZ", pairs=[("Kashgar", "Tashkent")])
    >>> len(profile.tables())
    5
    >>> list(profile.memberships)
    ['since', 'until', 'kind', 'name', 'what', 'source_id']

    """

    state: str
    name: str
    corridors: pd.DataFrame
    transit: pd.DataFrame
    gates: pd.DataFrame
    memberships: pd.DataFrame
    leverage: pd.DataFrame

    def tables(self) -> list[tuple[str, pd.DataFrame]]:
        """List the tables with their headings."""
        return [(heading, getattr(self, name)) for name, heading in HEADINGS.items()]

    def _repr_html_(self) -> str:
        """Show the tables under their headings in a notebook; pandas escapes the names."""
        return "".join(
            f"<h4>{escape(heading)}</h4>{table.round(1).to_html(index=False)}"
            for heading, table in self.tables()
        )

    def __repr__(self) -> str:
        """Tell the state in one line."""
        return f"<StateProfile {self.name}: {len(self.corridors)} corridors, {len(self.gates)} gates>"


def state_profile(  # noqa: PLR0913  # options of two questions
    network: Network,
    state: str,
    *,
    pairs: pd.DataFrame | Sequence[tuple[str, str]] | None = None,
    years: Sequence[int | None] = (None,),
    outside_h: float | None = None,
    level: Level = "express",
) -> StateProfile:
    """Describe a state by its ISO code, over a table of pairs (the network's own by default).

    ``transit`` has one row for each pair and year whose best route passes the state: kilometres, hours,
    dollars and grams in it, with a last row of sums weighted by pair for each year. ``outside_h`` is as in
    ``leverage``.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    state
        ISO 3166-1 alpha-3 code.
    pairs
        As in ``for_pairs``.
    years
        Years to ask; None is today.
    outside_h
        As in ``leverage``.
    level
        Service level.

    Returns
    -------
    StateProfile
        Tables about the state: corridors, transit, gates, memberships, leverage.

    Raises
    ------
    UsageError
        If the state is unknown.
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that a name may mean.

    Examples
    --------
    >>> profile = cc.state_profile(net, "KGZ", pairs=[("Kashgar", "Tashkent")])
    >>> profile.name
    'Kyrgyzstan'
    >>> profile.gates.empty
    False

    """
    state = resolve_state(network, state)
    options: dict[str, Any] = {"pairs": pairs, "years": years, "outside_h": outside_h, "level": level}
    tables = hold_profile(network, state, **options)
    frames = {name: table.frame for name, table in tables.items()}
    return StateProfile(state=state, name=network.state_name(state), **frames)


def hold_profile(  # noqa: PLR0913  # as of state_profile
    network: Network,
    state: str,
    *,
    pairs: Pairs | None = None,
    years: Sequence[int | None] = (None,),
    outside_h: float | None = None,
    level: Level = "express",
) -> dict[str, Held]:
    """Make the tables of a ``StateProfile`` by name, for a state by its code, without frames."""
    shares = ask_pairs(ask_leverage, network, pairs, years=years, outside_h=outside_h, level=level)
    return {
        "corridors": _relations_of_corridors(network, state),
        "transit": _transit_carried(network, state, pairs, years, level),
        "gates": _gates_of_state(network, state),
        "memberships": hold_memberships(network, state),
        "leverage": _leverage_of_state(shares, state),
    }


def _relations_of_corridors(network: Network, state: str) -> Held:
    """Tell how each named corridor stands to the state: crosses, touches, bypasses or neither."""
    names, rows = ["pair", "corridor", "relation", *WORTH], []
    for comparison in compare_corridors(network):
        heading, routes = comparison.heading, comparison.routes
        rows += [
            (heading, route.name, relation_to_state(route, state), *_worth_of(route)) for route in routes
        ]
    return hold_tuples(rows, names)


def _worth_of(route: Route) -> list[float]:
    """Sum each measure over a route; of its ranges nobody asks here."""
    return [float(measure.amount(route.table).sum()) for measure in MEASURES.values()]


def _transit_carried(
    network: Network, state: str, pairs: Pairs | None, years: Sequence[int | None], level: Level
) -> Held:
    """Sum what the best routes of the pairs run and stand in the state on their way through."""

    def carried(network: Network, origin: str, destination: str, *, year: int | None) -> HeldColumns:
        route = find_route(network, origin, destination, level=level, year=year)
        # most routes pass elsewhere: the answer to their pairs has no row
        accounts = [account_of_state(route, state)] if state in route.transit_states else []
        return hold_columns({name: [account[name] for account in accounts] for name in CARRIED})

    answers = ask_pairs(carried, network, pairs, years=years).columns
    types = {name: kind for name, kind in TRANSIT_TYPES.items() if name in answers}
    if "length_km" not in answers:
        return hold_columns(answers, types)
    # a pair without a route has a row that says why, but nothing to sum
    rows = [row for row in records(answers) if not math.isnan(row["length_km"])]
    totals = [
        {"origin": "all, weighted", "year": year, **_weighted_sums(rows, year)}
        for year in sorted({row["year"] for row in rows}, key=lambda year: (year is None, year))
    ]
    return hold_rows([*rows, *totals], answers, types)


def _weighted_sums(rows: Sequence[Mapping[str, Any]], year: int | None) -> dict[str, float]:
    """Sum what the pairs of a year carry, each by its weight; what is not known of one is not of all."""
    of_year = [row for row in rows if row["year"] == year]
    return {name: sum_in_order(row["weight"] * row[name] for row in of_year) for name in SUMMED}


def _gates_of_state(network: Network, state: str) -> Held:
    """List where one enters the state, with the links that meet there."""
    # columns of plain values: a frame of all places would be made for a few rows of it
    places, links = network.columns("places"), network.columns("links")
    rows = zip(*(places[name] for name in (*GATE_COLUMNS, "state")), strict=True)
    gates = sorted((row for row in rows if row[-1] == state and row[2] in GATES), key=itemgetter(2, 1))
    # a link serves the places at both of its ends
    modes_at: dict[str, set[str]] = {place: set() for place, *_ in gates}
    for mode, *ends in zip(links["mode"], links["from"], links["to"], strict=True):
        for place in ends:
            if place in modes_at:
                modes_at[place].add(mode)
    listed = [(*row[:-1], " ".join(sorted(modes_at[row[0]]))) for row in gates]
    names = [*GATE_COLUMNS, "modes"]
    return hold_tuples(listed, names, dict.fromkeys(names, "str"))


def _leverage_of_state(shares: HeldColumns, state: str) -> Held:
    """Keep a state's rows of a table of leverage."""
    # not one pair has a game: the table lacks its columns
    if "state" not in shares.columns:
        return hold_tuples([], ["origin", "destination", "year", "leverage_h", "leverage_share"])
    names = ["origin", "destination", "weight", "year", "leverage_h", "leverage_share", "saving_h"]
    rows = [tuple(map(row.get, names)) for row in records(shares.columns) if row["state"] == state]
    types = ASKED | dict.fromkeys(names[-3:], "float64")
    return hold_tuples(rows, names, types)
