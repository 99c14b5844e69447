"""The best route of many pairs of places, in many years and scenarios."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from cacorridor.costs.measures import delta_columns, result_columns
from cacorridor.errors import NoRouteError
from cacorridor.network.held import HeldColumns, frame_of
from cacorridor.network.scenarios.scenarios import BASE, apply_scenarios, scenario_networks
from cacorridor.network.tables.answered import stand_in_columns
from cacorridor.routing import doors
from cacorridor.routing.conditions import spell_out
from cacorridor.routing.finding import find_route
from cacorridor.routing.pairs import join_pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Unpack

    import pandas as pd

    from cacorridor.network.held import Columns
    from cacorridor.network.model import Network
    from cacorridor.network.scenarios.scenarios import Scenario, ScenarioLike
    from cacorridor.routing.conditions import ConditionOptions
    from cacorridor.routing.pairs import Pairs
    from cacorridor.routing.routes import Route


class Answers(NamedTuple):
    """What was answered, one row a question, and whether every question was."""

    table: HeldColumns  # a frame is made of it when Python asks for one
    complete: bool


@spell_out
def run_scenarios(
    network: Network,
    origin: str,
    destination: str,
    *,
    scenarios: Sequence[ScenarioLike] | None = None,
    progress: Callable[[int, int], None] | None = None,
    **conditions: Unpack[ConditionOptions],
) -> pd.DataFrame:
    """Ask for the best route in each scenario, one a row, the network as it is first.

    ``delta_h`` and ``delta_km`` are differences from the base, infinite where only one of the two has a
    route. ``no_route`` tells what blocks the way: a closure, or the end that is closed. Ctrl-C keeps what
    is done, as in ``sweep``.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    origin, destination
        Places, by name or id.
    scenarios
        Names or ``Scenario`` objects; by default all of the network.
    progress
        Called with the numbers of answers and of questions after each answer.
    **conditions
        Conditions of the question, as ``find_route`` takes them: avoid, modes, level, year, month,
        survey_year, criterion, load, value_of_time, allow_touch.

    Returns
    -------
    pd.DataFrame
        One row a scenario, the base first; ``attrs["complete"]`` says whether all were answered.

    Raises
    ------
    UsageError
        If a scenario has no such name, or the conditions contradict each other.
    DataError
        With every edit that does not fit.
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that a name may mean.

    Examples
    --------
    >>> table = cc.run_scenarios(net, "Urumqi", "Almaty", scenarios=["khorgos-closed"], modes=["road"])
    >>> table["scenario"].tolist()
    ['base', 'khorgos-closed']
    >>> bool(table["delta_h"].iloc[1] > 0)
    True

    """
    pair = origin, destination
    answers = ask_scenarios(network, *pair, scenarios=scenarios, progress=progress, **conditions)
    return _frame_of(answers)


def ask_scenarios(network: Network, origin: str, destination: str, **options: Any) -> Answers:
    """Answer the question of ``run_scenarios``, without a frame."""
    years = (options.pop("year", None),)
    answers = ask_sweep(network, [(origin, destination)], years=years, **options)
    # one pair in one year stands above the table
    asked_once = {"origin", "destination", "year"}
    columns = {name: cells for name, cells in answers.table.columns.items() if name not in asked_once}
    return answers._replace(table=_hold(columns))


@spell_out
def sweep(
    network: Network,
    pairs: Pairs | None = None,
    *,
    years: Sequence[int | None] = (None,),
    scenarios: Sequence[ScenarioLike] | None = None,
    progress: Callable[[int, int], None] | None = None,
    **conditions: Unpack[ConditionOptions],
) -> pd.DataFrame:
    """Ask for the best route of every pair in every year and scenario, one a row.

    ``progress`` is called with the number of answers and of questions after each answer. Ctrl-C keeps
    what is done: ``attrs["complete"]`` of the table tells whether every question was answered.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    pairs
        As in ``for_pairs``.
    years
        Years to ask; None is today.
    scenarios
        As in ``run_scenarios``.
    progress
        Called with the numbers of answers and of questions after each answer.
    **conditions
        Conditions of the question, as ``find_route`` takes them: avoid, modes, level, year, month,
        survey_year, criterion, load, value_of_time, allow_touch.

    Returns
    -------
    pd.DataFrame
        One row for each pair, year and scenario; ``attrs["complete"]`` says whether all were answered.

    Raises
    ------
    UsageError
        If a scenario has no such name, or the conditions contradict each other.
    DataError
        With every edit that does not fit.
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that a name may mean.

    Examples
    --------
    >>> table = cc.sweep(net, [("Kashgar", "Osh")], years=[2026, 2031], scenarios=["khorgos-closed"])
    >>> table[["year", "scenario"]]
       year        scenario
    0  2026            base
    1  2026  khorgos-closed
    2  2031            base
    3  2031  khorgos-closed
    >>> table.attrs["complete"]
    True

    """
    options: dict[str, Any] = {"scenarios": scenarios, "progress": progress, **conditions}
    return _frame_of(ask_sweep(network, pairs, years=years, **options))


def ask_sweep(
    network: Network,
    pairs: Pairs | None,
    *,
    years: Sequence[int | None],
    scenarios: Sequence[ScenarioLike] | None = None,
    progress: Callable[[int, int], None] | None = None,
    **conditions: Any,
) -> Answers:
    """Answer the question of ``sweep``, without a frame."""
    asked_years = doors.years(network, years)
    _, journeys = join_pairs(network, pairs)
    # towns are joined to each world by itself: a scenario is checked on the tables as they are
    worlds = [(each, join_pairs(world, pairs)[0]) for each, world in scenario_networks(network, scenarios)]
    questions = [(pair, year) for pair in journeys for year in asked_years]
    rows: list[dict[str, Any]] = []
    total = len(questions) * len(worlds)
    try:
        # the base comes first in each question, so that the others can be set beside it
        for ((origin, destination), pair), year in questions:
            names = {"origin": pair["origin"], "destination": pair["destination"]}
            before: dict[str, float] | None = None
            for scenario, world in worlds:
                route, blocked = _route_or_reason(
                    network, scenario, world, origin, destination, year=year, **conditions
                )
                totals = None if route is None else route.totals()
                before = totals if scenario.name == BASE else before
                columns = _beside_base(route, totals, before, blocked)
                rows.append({**names, "year": year, "scenario": scenario.name, **columns})
                if progress is not None:
                    progress(len(rows), total)
    except KeyboardInterrupt:
        pass  # the rows so far are kept, and the table says that it is not complete
    # a row without a route lacks the totals, which are not numbers then
    order = ["origin", "destination", "year", "scenario", *_answer_columns()]
    return Answers(_hold(stand_in_columns(rows, order)), complete=len(rows) == total)


def _hold(columns: Mapping[str, Sequence[Any]]) -> HeldColumns:
    return HeldColumns(partial(dict, columns), _with_years)


def _with_years(columns: Columns) -> pd.DataFrame:
    """Make the frame of answers; today is a missing year."""
    table = frame_of(columns)
    return table.astype({"year": "Int64"}) if "year" in table else table


def _frame_of(answers: Answers) -> pd.DataFrame:
    """Return the frame of answers, which tells whether it is complete."""
    table: pd.DataFrame = answers.table.frame
    table.attrs["complete"] = answers.complete
    return table


def _route_or_reason(
    network: Network, scenario: Scenario, world: Network, origin: str, destination: str, **conditions: Any
) -> tuple[Route | None, str]:
    """Find the route in one world, or say what blocks it."""
    ends = [world.find_place(origin), world.find_place(destination)]
    # a journey that begins or ends where nothing is open has a reason of its own
    closed = [world.place_name(place) for place in ends if place in world.closed_places]
    if closed:
        return None, f"closed: {', '.join(closed)}"
    try:
        return find_route(world, origin, destination, **conditions), ""
    except NoRouteError as error:
        return None, _blocking_closures(network, scenario, origin, destination, **conditions) or "; ".join(
            error.blocked_by
        )


def _blocking_closures(
    network: Network, scenario: Scenario, origin: str, destination: str, **conditions: Any
) -> str:
    """Name the closures of which the absence of any one alone would leave a way."""
    # edits that are no closures stay: alone they would be another scenario
    closures = [edit for edit in scenario.edits if edit.operation == "close"]
    cuts = []
    # all closures but one: where that opens a way, the one is to blame
    for closure in closures:
        others = replace(scenario, edits=tuple(edit for edit in scenario.edits if edit is not closure))
        try:
            find_route(apply_scenarios(network, others), origin, destination, **conditions)
        except NoRouteError:
            continue
        cuts.append(f"{closure.table} {closure.row}")
    return f"closed: {' or '.join(cuts)}" if cuts else ""


def _answer_columns() -> list[str]:
    """Name the columns of an answer."""
    where = ("states", "touches", "crossings")
    return [*result_columns(), *where, *delta_columns().values(), "no_route"]


def _beside_base(
    route: Route | None, totals: dict[str, float] | None, before: dict[str, float] | None, blocked: str
) -> dict[str, Any]:
    """Set a route with its totals beside the totals of the base."""
    deltas = delta_columns()
    # nothing is lost that the base did not have; what is gained is infinite the other way
    if route is None or totals is None:
        lost = float("nan") if before is None else float("inf")
        texts = dict.fromkeys(("states", "touches", "crossings"), "")
        return {**texts, **dict.fromkeys(deltas.values(), lost), "no_route": blocked}
    return {
        **totals,
        "states": " ".join(route.states),
        "touches": " ".join(route.touches),
        "crossings": " ".join(route.crossings),
        **{
            delta: float("-inf") if before is None else totals[column] - before[column]
            for column, delta in deltas.items()
        },
        "no_route": "",
    }
