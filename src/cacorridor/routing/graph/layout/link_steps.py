"""The steps of a link in one direction, and of a transfer, with their hours, dollars and grams."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cacorridor.costs.delays import delay_at
from cacorridor.costs.emissions import EmissionModel, StepEmission
from cacorridor.costs.prices import PriceModel, StepPrice
from cacorridor.costs.time import StepTime, TimeModel
from cacorridor.network.model import SEA
from cacorridor.network.towns import is_town
from cacorridor.routing.graph.steps import BOARD, BORDER, DELAY, RUN, TRANSFER, WAIT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from cacorridor.costs.time import Transfer
    from cacorridor.network.held import Columns
    from cacorridor.network.model import Network
    from cacorridor.routing.graph.supernetwork import Node


class Models(NamedTuple):
    """What a step takes, costs and emits; the figures behind all three share one register."""

    times: TimeModel
    prices: PriceModel
    emissions: EmissionModel


def models_of(network: Network, level: str, month: int | None, survey_year: int | None, load: str) -> Models:
    """Make the models of a network under the conditions that a supernetwork is built for."""
    times = TimeModel(network, level, survey_year, month)
    prices = PriceModel(network, load, times.level, times.register)
    return Models(times, prices, EmissionModel(network, load, times.register))


class Link(NamedTuple):
    """One link in one direction, as it is laid out."""

    key: str
    mode: str
    start: str
    start_state: str
    end: str
    end_state: str
    shares: list[tuple[str, float]]  # kilometres in each state, in order of travel
    length_km: float


def transfers_served(
    times: TimeModel, served: Collection[Node]
) -> Iterator[tuple[dict[str, Any], Node, Node]]:
    """List the changes of mode between nodes that are served: the row of the table and the two nodes."""
    for row, one, other in times.changes_of_mode():
        tail, head = (row["place"], one), (row["place"], other)
        if tail in served and head in served:
            yield row, tail, head


def steps_of_transfer(row: dict[str, Any], tail: Node, head: Node, models: Models) -> list[Step]:
    """Lay out a change of mode: one step."""
    return [_step_of_transfer(models.times.transfer(row, tail[1], head[1]), models)]


def directions(links: Columns) -> Iterator[Link]:
    """List every link in both directions."""
    names = ("id", "mode", "from", "from_state", "to", "to_state", "length_km")
    columns = zip(*(links[name] for name in names), links["state_km"], strict=True)
    for key, mode, start, start_state, end, end_state, length_km, state_km in columns:
        # the way back crosses the same states the other way round
        shares = list(state_km.items())
        yield Link(key, mode, start, start_state, end, end_state, shares, length_km)
        yield Link(key, mode, end, end_state, start, start_state, shares[::-1], length_km)


Step = tuple[Any, ...]  # the columns of a step by name, in the order of COLUMNS; codes are made at the end


def _step(  # noqa: PLR0913, PLR0917  # the columns of a step
    kind: str,
    start: str,
    end: str,
    mode: str,
    state: str,
    costs: tuple[StepTime, StepPrice, StepEmission],
    *,
    link: str | None = None,
    detail: str = "",
    km: float = 0.0,
    touches: bool = False,
) -> Step:
    time, price, emission = costs
    return kind, start, end, mode, state, link, detail, touches, km, *time, *price, *emission


def _step_of_transfer(transfer: Transfer, models: Models) -> Step:
    """Lay out a change of mode."""
    # "transfer:port" of the times is "port" of the prices and factors
    place, kind = transfer.place, transfer.kind.partition(":")[2]
    state = models.times.network.state_of[place]
    price = models.prices.handling(kind, place, state, transfer.cost_usd)
    costs = transfer.time, price, models.emissions.handling(kind, state)
    return _step(TRANSFER, place, place, transfer.to_mode, state, costs, detail=transfer.method)


def steps_of_link(link: Link, models: Models) -> list[Step]:
    """Lay out one link in one direction: wait, leave, board, run, enter."""
    times, prices, emissions = models
    key, mode = link.key, link.mode
    at_start = link.start, link.start, mode, link.start_state
    is_border = link.start_state != link.end_state
    wait = prices.waiting(mode, link.start_state), emissions.standing
    steps: list[Step] = []

    # in order of travel: wait for the pass, and as long as is supposed, leave, wait for the ship, run, enter
    opening = times.opening(key) if mode != SEA else None
    if opening is not None:
        steps.append(_step(WAIT, *at_start, (opening, *wait), link=key, detail="until the pass opens"))
    delay = delay_at(times.network, key, times.register)
    if delay is not None:
        steps.append(_step(DELAY, *at_start, (delay, *wait), link=key, detail="hours added by a scenario"))
    if is_border:
        steps.append(_side(link, "outbound", models))
    if mode == SEA:
        steps.append(_step(BOARD, *at_start, (times.wait(key), *wait), link=key, detail="wait for a ship"))
    steps += _runs(link, models)
    if is_border:
        steps.append(_side(link, "inbound", models))
    return steps


def _side(link: Link, direction: str, models: Models) -> Step:
    """Lay out one side of a border: that of the start is left, that of the end is entered."""
    start, end = (link.start, link.start_state), (link.end, link.end_state)
    (place, state), (_, beyond) = (start, end) if direction == "outbound" else (end, start)
    # what a crossing costs depends on whether both sides are one customs territory
    union = models.times.calibration.is_union(frozenset({state, beyond}))
    costs = (
        models.times.dwell(link.key, link.mode, state, direction, beyond),
        models.prices.crossing(link.key, link.mode, state, direction, union=union),
        models.emissions.standing,
    )
    return _step(BORDER, place, place, link.mode, state, costs, link=link.key, detail=direction)


def _runs(link: Link, models: Models) -> Iterator[Step]:
    """Lay out the run: one step a state, one for a sailing."""
    times, prices, emissions = models
    key, mode = link.key, link.mode
    # a sailing lies in no state, whatever waters it crosses
    shares = [(SEA, link.length_km)] if mode == SEA else link.shares
    to_town = is_town(link.start) or is_town(link.end)
    for state, km in shares:
        time = times.sailing(key) if mode == SEA else times.run(mode, state, km, to_town=to_town)
        costs = time, prices.run(mode, state, key, km), emissions.run(mode, state, key, km)
        touches = state not in {link.start_state, link.end_state, SEA}
        yield _step(RUN, link.start, link.end, mode, state, costs, link=key, km=km, touches=touches)
