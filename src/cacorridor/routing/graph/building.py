"""Build the supernetwork of a network: every link in both directions, every transfer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cacorridor.costs.emissions import EmissionModel, StepEmission
from cacorridor.costs.prices import PriceModel, StepPrice
from cacorridor.costs.time import StepTime, TimeModel
from cacorridor.network.model import SEA
from cacorridor.network.scenarios.memory import original_of
from cacorridor.network.snapshot.store import Store
from cacorridor.routing.graph import keeping
from cacorridor.routing.graph.steps import (
    BOARD,
    BORDER,
    COLUMNS,
    KINDS,
    NO_LINK,
    RUN,
    TRANSFER,
    WAIT,
    Names,
    StepTable,
)
from cacorridor.routing.graph.supernetwork import Supernetwork

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from cacorridor.costs.components import Components
    from cacorridor.costs.time import Transfer
    from cacorridor.network.held import Columns
    from cacorridor.network.model import Network
    from cacorridor.routing.graph.supernetwork import Node

AMOUNTS = ("km", "hours", "usd", "usd_per_h", "grams")
DTYPES = {"kind": np.int8, "touches": np.bool_, **dict.fromkeys(AMOUNTS, np.float64)}  # else 32-bit codes
DEFAULT_LOAD = "feu"


def supernetwork_of(
    network: Network,
    level: str,
    month: int | None = None,
    survey_year: int | None = None,
    load: str = DEFAULT_LOAD,
) -> Supernetwork:
    """Return the supernetwork of a network for a load; the network keeps it.

    Months in which the same closures hold share one.
    """
    key = Supernetwork, level, _closures_in(network, month), survey_year, load
    if key not in network.derived:
        network.derived[key] = _lay_out(network, level, month, survey_year, load)
    built: Supernetwork = network.derived[key]
    return built


def _lay_out(
    network: Network, level: str, month: int | None, survey_year: int | None, load: str
) -> Supernetwork:
    """Lay a network out: as it was kept, or beside a neighbour that differs in little, or from scratch.

    Neighbours are the same network in any month and, of an edited network, the one that it comes from.
    """
    in_any_month = month is None and survey_year is None
    if in_any_month and load == DEFAULT_LOAD and Store in network.derived:
        return _recall(network, level)
    neighbour = original_of(network) if in_any_month else network
    if neighbour is not None:
        from cacorridor.routing.graph.neighbours import lay_out_beside

        models = models_of(network, level, month, survey_year, load)
        found = lay_out_beside(neighbour, supernetwork_of(neighbour, level, load=load), models)
        if found is not None:
            return found
    return build(network, level=level, month=month, survey_year=survey_year, load=load)


def _recall(network: Network, level: str) -> Supernetwork:
    """Read the supernetwork of any month as it was laid out before, or lay it out and keep it."""
    store: Store = network.derived[Store]
    name = snapshot_name(level)
    kept = store.read(name)
    if kept is not None:
        return keeping.supernetwork_of(kept)
    built = build(network, level=level)
    store.write(name, keeping.sections_of(built))
    return built


def snapshot_name(level: str) -> str:
    """Name the snapshot of the supernetwork of a service level in any month."""
    return f"supernetwork-{level}"


def _closures_in(network: Network, month: int | None) -> tuple[str, ...] | None:
    """List the closures that hold in a month; without a month all count."""
    if month is None:
        return None
    closures = network.columns("closures")
    return tuple(
        key for key, months in zip(closures["id"], closures["months"], strict=True) if str(month) in months
    )


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


def build(
    network: Network,
    *,
    level: str,
    month: int | None = None,
    survey_year: int | None = None,
    load: str = DEFAULT_LOAD,
) -> Supernetwork:
    """Build the supernetwork of all links, of whatever year, in a month (any by default), for a load."""
    models = models_of(network, level, month, survey_year, load)
    times = models.times
    rows = _Rows()
    links = network.link_columns
    for link in directions(links):
        if times.closed_share(link.key) != 1:  # a closure is an absence, never a large number
            rows.add_arc((link.start, link.mode), (link.end, link.mode), steps_of_link(link, models))
    for arc in transfer_arcs(models, set(rows.nodes)):
        rows.add_arc(*arc)
    return rows.supernetwork(times.components, links)


def transfer_arcs(models: Models, served: Collection[Node]) -> Iterator[tuple[Node, Node, list[Step]]]:
    """List the changes of mode between nodes that are served."""
    for transfer in models.times.transfers():
        tail, head = (transfer.place, transfer.from_mode), (transfer.place, transfer.to_mode)
        if tail in served and head in served:
            yield tail, head, [_step_of_transfer(transfer, models)]


def directions(links: Columns) -> Iterator[Link]:
    """List every link in both directions."""
    names = ("id", "mode", "from", "from_state", "to", "to_state", "length_km")
    columns = zip(*(links[name] for name in names), links["state_km"], strict=True)
    for key, mode, start, start_state, end, end_state, length_km, state_km in columns:
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

    opening = times.opening(key) if mode != SEA else None
    if opening is not None:
        steps.append(_step(WAIT, *at_start, (opening, *wait), link=key, detail="until the pass opens"))
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
    shares = [(SEA, link.length_km)] if mode == SEA else link.shares
    for state, km in shares:
        time = times.sailing(key) if mode == SEA else times.run(mode, state, km)
        costs = time, prices.run(mode, state, key, km), emissions.run(mode, state, key, km)
        touches = state not in {link.start_state, link.end_state, SEA}
        yield _step(RUN, link.start, link.end, mode, state, costs, link=key, km=km, touches=touches)


class _Codes(dict[Any, int]):
    """Numbers of names, given in the order in which the names are first met."""

    def __missing__(self, name: Any) -> int:
        number = self[name] = len(self)
        return number


class _Rows:
    """Collects arcs and their steps, then turns them into arrays."""

    def __init__(self) -> None:
        self.nodes = _Codes()
        self.arcs: list[tuple[int, int]] = []
        self.steps: list[Step] = []
        self.arc_start = [0]

    def add_arc(self, tail: Node, head: Node, steps: list[Step]) -> None:
        """Add what leads from one node to another."""
        self.arcs.append((self.nodes[tail], self.nodes[head]))
        self.steps += steps
        self.arc_start.append(len(self.steps))

    def supernetwork(self, components: Components, links: Columns) -> Supernetwork:
        """Turn names into codes and lists into arrays."""
        columns = dict(zip(COLUMNS, zip(*self.steps, strict=True), strict=True)) if self.steps else {}
        codes = {"kind": _Codes(zip(KINDS, range(len(KINDS)), strict=True)), "link": _Codes({None: NO_LINK})}
        codes["tail"] = codes["head"] = _Codes()
        codes |= {name: _Codes() for name in ("mode", "state", "detail")}
        for number, key in enumerate(links["id"]):
            codes["link"][key] = number
        arrays: dict[str, np.ndarray] = {
            name: np.array(
                [codes[name][cell] for cell in columns.get(name, ())]
                if name in codes
                else columns.get(name, ()),
                dtype=DTYPES.get(name, np.int32),
            )
            for name in COLUMNS
        }
        names = Names(
            places=tuple(codes["tail"]),
            modes=tuple(codes["mode"]),
            states=tuple(codes["state"]),
            links=tuple(links["id"]),
            details=tuple(codes["detail"]),
        )
        steps = StepTable(**arrays, names=names, components=components)
        tail, head = np.array(self.arcs, dtype=np.int32).reshape(-1, 2).T
        arc_start = np.array(self.arc_start, dtype=np.int32)
        return Supernetwork(
            tuple(self.nodes), steps, arc_start, tail, head, *years_of(links, steps, arc_start)
        )


def years_of(
    links: Columns, steps: StepTable, arc_start: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Tell for each arc the first and the last year of its link, and whether that is in service today."""
    opened = np.array([-np.inf if year is None else year for year in links["opened"]], dtype=float)
    closed = np.array([np.inf if year is None else year for year in links["closed"]], dtype=float)
    operational = np.array([status == "operational" for status in links["status"]], dtype=bool)
    in_service = operational & (closed == np.inf)
    link = steps.link[arc_start[:-1]]  # the rows of transfers (-1) are never read
    return opened[link], closed[link], in_service[link]
