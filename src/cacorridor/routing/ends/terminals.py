"""The stays at the terminals of both ends, where the clock counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.costs.components import NO_FIGURE, Components
from cacorridor.costs.time import TimeModel
from cacorridor.errors import UsageError
from cacorridor.network.schema import CLOCKS, SIDES
from cacorridor.routing.graph.steps import COLUMNS, KINDS, NO_LINK, STAY, Names, StepTable
from cacorridor.vectors import join_columns

if TYPE_CHECKING:
    from cacorridor.costs.time import StepTime
    from cacorridor.network.model import Network
    from cacorridor.routing.query import Query

DETAILS = {SIDES[0]: "before departure", SIDES[1]: "after arrival"}
AT_ENDS = {SIDES[0]: ("tail", 0), SIDES[1]: ("head", -1)}  # the place of a side: column and row of the steps


def steps_counted(network: Network, query: Query, steps: StepTable) -> StepTable:
    """Return the steps of a path that the query's clock counts: with the stays at both terminals, if asked.

    Raises
    ------
    UsageError
        If the data have no row for the mode of an end.

    """
    if query.count == CLOCKS[0]:
        return steps
    model = TimeModel(network, query.level)
    stays = [_stay_of(model, steps, side) for side in SIDES]
    # the stays rest on figures that the network of ways does not know
    figures = (*steps.components.rows, *model.components.rows)
    names = Names(**{**vars(steps.names), "details": (*steps.names.details, *DETAILS.values())})
    before, after = (_step_of(steps, side, stay) for side, stay in zip(SIDES, stays, strict=True))
    columns = {name: join_columns([before[name]], getattr(steps, name), [after[name]]) for name in COLUMNS}
    return StepTable(**columns, names=names, components=Components(figures))


def _stay_of(model: TimeModel, steps: StepTable, side: str) -> StepTime:
    """Look up the stay at one end."""
    _, row = AT_ENDS[side]
    mode = steps.names.modes[steps.mode[row]]
    stay = model.stay(mode, side)
    if stay is None:
        raise UsageError(f"count terminal: terminals.csv has no row for {mode}, {side}, level {model.level}")
    return stay


def _step_of(steps: StepTable, side: str, stay: StepTime) -> dict[str, float]:
    """Lay out the stay at one end as a step: no way, and no dollars: nobody tells the price of storage."""
    column, row = AT_ENDS[side]
    place = int(getattr(steps, column)[row])
    nothing = dict.fromkeys(COLUMNS, 0)
    figures = dict.fromkeys(("price", "hour_price", "energy", "carbon"), NO_FIGURE)
    return (
        nothing
        | figures
        | {
            "kind": KINDS.index(STAY),
            "tail": place,
            "head": place,
            "mode": int(steps.mode[row]),
            "state": int(steps.state[row]),
            "link": NO_LINK,
            "detail": len(steps.names.details) + SIDES.index(side),
            "hours": stay.hours,
            "component": len(steps.components.rows) + stay.component,
        }
    )
