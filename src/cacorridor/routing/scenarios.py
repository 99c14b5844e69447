"""What if: named lists of edits, applied to a network, and one question asked in each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from cacorridor.errors import DataError, Fault, NoRouteError, UsageError
from cacorridor.network.checks import rules
from cacorridor.network.scenarios import edits as editing
from cacorridor.network.scenarios.edits import Edit
from cacorridor.routing.routes import find_route

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route

BASE = "base"
TEXT_COLUMNS = ("table", "row", "operation", "column", "value", "source_id", "note")
NEEDED_COLUMNS = TEXT_COLUMNS[:3]


@dataclass(frozen=True)
class Scenario:
    """A named list of edits that are applied together."""

    name: str
    edits: tuple[Edit, ...] = ()
    text: str = ""

    @classmethod
    def of(cls, name: str, frame: pd.DataFrame, text: str = "") -> Scenario:
        """Make a scenario of a table of edits with the columns of ``scenarios.csv``.

        ``table``, ``row`` and ``operation`` are needed; faults count the rows of the table from 1.

        Raises
        ------
        DataError
            If a column is lacking or unknown.

        """
        file = f"scenario {name}"
        allowed = {*TEXT_COLUMNS, "id", "scenario"}
        faults = [
            Fault(file, None, column, "missing", "a column of this name")
            for column in NEEDED_COLUMNS
            if column not in frame
        ]
        faults += [
            Fault(file, None, str(column), "unknown", f"columns {', '.join(TEXT_COLUMNS)}")
            for column in frame
            if column not in allowed
        ]
        if faults:
            raise DataError(faults)
        known = [column for column in TEXT_COLUMNS if column in frame]
        texts = frame[known].astype(object).where(frame[known].notna(), "").astype(str)
        rows = texts.to_dict("records")
        edits = tuple(
            Edit(**{str(key): cell for key, cell in row.items()}, file=file, line=line)
            for line, row in enumerate(rows, start=1)
        )
        return cls(name, edits, text or _told(edits))


Wanted = str | Scenario


def scenarios(network: Network) -> dict[str, Scenario]:
    """List the scenarios of a network by name, in the order of its table."""
    return {name: Scenario(name, edits, _told(edits)) for name, edits in editing.read(network).items()}


def _told(edits: Iterable[Edit]) -> str:
    """Say what edits mean, in the words of their notes."""
    return "; ".join(dict.fromkeys(edit.note for edit in edits if edit.note))


def apply_scenarios(network: Network, *wanted: Wanted) -> Network:
    """Return the network under one scenario or several; ``applied`` of the result names them.

    All edits speak of the network as it is, so the order of the scenarios does not matter. A closed
    state takes every link with a kilometre in it, also where trains run through without a stop.

    Raises
    ------
    UsageError
        If no scenario has a name.
    DataError
        With every edit that does not fit, every cell that two edits name, and every rule that the
        edited tables break.

    """
    chosen = [_look_up(network, each) for each in wanted]
    edited = editing.apply_edits(network, [edit for scenario in chosen for edit in scenario.edits])
    # the table of scenarios speaks of things that may be gone, so the door does not judge it again
    rules.require_sound(edited.with_table("scenarios", edited.tables["scenarios"].iloc[:0]))
    names = tuple(scenario.name for scenario in chosen)
    return replace(edited, applied=network.applied + names, edited=True)


def _look_up(network: Network, wanted: Wanted) -> Scenario:
    if isinstance(wanted, Scenario):
        return wanted
    known = scenarios(network)
    if wanted not in known:
        raise UsageError(f"unknown scenario {wanted!r}; allowed: {', '.join(known) or 'none'}")
    return known[wanted]


def run_scenarios(
    network: Network,
    origin: str,
    destination: str,
    *,
    scenarios: Sequence[Wanted] | None = None,
    **conditions: Any,
) -> pd.DataFrame:
    """Ask for the best route in each scenario, one a row, the network as it is first.

    ``scenarios`` are names or ``Scenario`` objects, by default all of the network; ``conditions`` are
    those of ``find_route``. ``delta_h`` and ``delta_km`` are differences from the base, infinite where
    only one of the two has a route. ``no_route`` tells what blocks the way: which closure would have
    to be lifted, or which end is closed.

    Raises
    ------
    UsageError
        If a scenario has no such name, or the conditions contradict each other.
    DataError
        With every edit that does not fit.

    """
    pairs = [(origin, destination)]
    years = (conditions.pop("year", None),)
    table = sweep(network, pairs, years=years, scenarios=scenarios, **conditions)
    return table.drop(columns=["origin", "destination", "year"])


def sweep(
    network: Network,
    pairs: Sequence[tuple[str, str]],
    *,
    years: Sequence[int | None] = (None,),
    scenarios: Sequence[Wanted] | None = None,
    progress: Callable[[int, int], None] | None = None,
    **conditions: Any,
) -> pd.DataFrame:
    """Ask for the best route of every pair in every year and scenario, one a row.

    ``progress`` is called with the number of answers and of questions after each answer. Ctrl-C keeps
    what is done: ``attrs["complete"]`` of the table tells whether every question was answered.

    Raises
    ------
    UsageError
        If a scenario has no such name, or the conditions contradict each other.
    DataError
        With every edit that does not fit.

    """
    worlds = worlds_of(network, scenarios)
    questions = [(pair, year) for pair in pairs for year in years]
    rows: list[dict[str, Any]] = []
    total = len(questions) * len(worlds)
    try:
        for (origin, destination), year in questions:
            ends = {
                "origin": network.place_name(network.find_place(origin)),
                "destination": network.place_name(network.find_place(destination)),
            }
            base: Route | None = None
            for scenario, world in worlds:
                route, blocked = _answer(network, scenario, world, **ends, year=year, **conditions)
                base = route if scenario.name == BASE else base
                rows.append({**ends, "year": year, "scenario": scenario.name, **_row(route, base, blocked)})
                if progress is not None:
                    progress(len(rows), total)
    except KeyboardInterrupt:
        pass  # the rows so far are kept, and the table says that it is not complete
    table = pd.DataFrame(rows, columns=["origin", "destination", "year", "scenario", *_COLUMNS])
    table["year"] = table["year"].astype("Int64")
    table.attrs["complete"] = len(rows) == total
    return table


_COLUMNS = (
    *("time_h", "time_low_h", "time_high_h", "length_km"),
    *("states", "touches", "crossings", "delta_h", "delta_km", "no_route"),
)


def worlds_of(network: Network, wanted: Sequence[Wanted] | None) -> list[tuple[Scenario, Network]]:
    """Apply each scenario (by default all of the network) to the network; the network itself comes first."""
    chosen = [_look_up(network, each) for each in (scenarios(network) if wanted is None else wanted)]
    return [
        (Scenario(BASE), network),
        *((scenario, apply_scenarios(network, scenario)) for scenario in chosen),
    ]


def _answer(
    network: Network, scenario: Scenario, world: Network, origin: str, destination: str, **conditions: Any
) -> tuple[Route | None, str]:
    """Find the route in one world, or say what blocks it."""
    ends = [world.find_place(origin), world.find_place(destination)]
    closed = [world.place_name(place) for place in ends if place in world.closed_places]
    if closed:
        return None, f"closed: {', '.join(closed)}"
    try:
        return find_route(world, origin, destination, **conditions), ""
    except NoRouteError as error:
        return None, _cut(network, scenario, origin, destination, **conditions) or "; ".join(error.blocked_by)


def _cut(network: Network, scenario: Scenario, origin: str, destination: str, **conditions: Any) -> str:
    """Name the closures of which the absence of any one alone would leave a way."""
    closures = [edit for edit in scenario.edits if edit.operation == "close"]
    cuts = []
    for closure in closures:
        others = replace(scenario, edits=tuple(edit for edit in scenario.edits if edit is not closure))
        try:
            find_route(apply_scenarios(network, others), origin, destination, **conditions)
        except NoRouteError:
            continue
        cuts.append(f"{closure.table} {closure.row}")
    return f"closed: {' or '.join(cuts)}" if cuts else ""


def _row(route: Route | None, base: Route | None, blocked: str) -> dict[str, Any]:
    """Tell a route beside the one of the base."""
    if route is None:
        lost = float("nan") if base is None else float("inf")
        texts = dict.fromkeys(("states", "touches", "crossings"), "")
        return {**texts, "delta_h": lost, "delta_km": lost, "no_route": blocked}
    return {
        "time_h": route.time_h,
        "time_low_h": route.time_low_h,
        "time_high_h": route.time_high_h,
        "length_km": route.length_km,
        "states": " ".join(route.states),
        "touches": " ".join(route.touches),
        "crossings": " ".join(route.crossings),
        "delta_h": float("-inf") if base is None else route.time_h - base.time_h,
        "delta_km": float("-inf") if base is None else route.length_km - base.length_km,
        "no_route": "",
    }
