"""What a break-even may vary: each parameter's unit, where it holds, and what every step weighs by it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from cacorridor.costs.measures import COST, GENERALISED
from cacorridor.errors import UsageError
from cacorridor.network.model import SEA
from cacorridor.network.states import resolve_state
from cacorridor.routing.doors import words
from cacorridor.routing.ends.endpoints import border_links_at, sea_links_at
from cacorridor.routing.graph.steps import BOARD, BORDER, RUN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.graph.arcs import Arcs
    from cacorridor.routing.graph.steps import StepTable
    from cacorridor.routing.query import Query

Named: TypeAlias = "str | Sequence[str] | None"  # where a parameter holds, as the user names it
DOLLARS = (COST.name, GENERALISED)  # criteria in which a price counts
VALUE_OF_TIME = "value_of_time"
INBOUND = "inbound"
GRAMS_A_TONNE = 1e6
DIESEL_G_PER_L = 840.0  # EN 590: 820 to 845
ELECTRIC_UNIT = "g/kwh"  # of the carbon of a step that runs on electricity


@dataclass(frozen=True, eq=False)
class Terms:
    """What each step weighs where the parameter is x: ``fixed + slope * x``, each of shape (steps,).

    ``now`` is the present value at the steps that have one, else not a number.
    """

    fixed: np.ndarray
    slope: np.ndarray
    now: np.ndarray


@dataclass(frozen=True)
class Parameter:
    """A parameter: its unit in names of columns, its largest value by default, and its terms."""

    unit: str
    up_to: float
    terms: Callable[[Arcs, Network, Named], Terms]

    @property
    def priced(self) -> bool:
        """Whether it is counted in dollars, so that the criterion must be."""
        return self.unit.startswith(COST.unit)


def require_criterion(query: Query, what: str) -> None:
    """Refuse a criterion in which a parameter does not count.

    Raises
    ------
    UsageError
        With the criteria that are allowed.

    """
    allowed = DOLLARS if PARAMETERS[what].priced else ("time", *DOLLARS)
    if query.criterion not in allowed:
        raise UsageError(
            f"a break-even in {what} needs criterion {' or '.join(allowed)}, not {query.criterion}"
        )


# ---------------------------------------------------------------- hours


def _dwell_terms(arcs: Arcs, network: Network, names: Named) -> Terms:
    """Let both sides of a crossing together take x hours, each its present share of them."""
    table, crossings = arcs.supernetwork.steps, border_links_at(network, _names_given(names))
    varies = arcs.stand_at(crossings, BORDER)
    # two sides stand on one arc, and share what both take as they do today
    both_h = arcs.of_whole_arc(np.where(varies, table.hours, 0.0))
    share = np.where(varies, table.hours / np.where(both_h > 0, both_h, 1.0), 0.0)
    return _terms_in_hours(arcs, varies, share, both_h)


def _headway_terms(arcs: Arcs, network: Network, names: Named) -> Terms:
    """Let ships leave every x hours on average; a wait is a multiple of the headway."""
    table, sailings = arcs.supernetwork.steps, sea_links_at(network, _names_given(names))
    varies = arcs.stand_at(sailings, BOARD)
    # the headway is the figure behind the wait, so that a wait is a multiple of it
    headway_h = np.array([row.value for row in table.components.rows])[table.component]
    per_unit = np.where(varies, table.hours / np.where(varies, headway_h, 1.0), 0.0)
    return _terms_in_hours(arcs, varies, per_unit, headway_h)


def _terms_in_hours(arcs: Arcs, varies: np.ndarray, per_unit: np.ndarray, now: np.ndarray) -> Terms:
    """Weigh hours that grow with the parameter by what an hour of each step is worth to the criterion."""
    table, measure = arcs.supernetwork.steps, arcs.query.measure
    # one hour more on every step shows what an hour is worth there: amounts are linear in hours
    weight = measure.amount(table)
    rate = measure.amount(replace(table, hours=table.hours + 1)) - weight
    fixed = np.where(varies, weight - rate * table.hours, weight)
    return Terms(fixed, rate * per_unit, np.where(varies & (per_unit > 0), now, np.nan))


# ---------------------------------------------------------------- dollars


def _fee_terms(arcs: Arcs, network: Network, names: Named) -> Terms:
    """Let the load pay x dollars more at each entry into a state, or at each passage of a crossing."""
    # a name means a state, or else a crossing
    table = arcs.supernetwork.steps
    states, crossings = [], []
    for name in words(_names_given(names), "at"):
        state = _state_meant(network, name)
        states += [state] if state else []
        crossings += [] if state else [name]
    # paid once a border, on its inbound side; without names there is no crossing to pay at, which is refused
    inbound = table.is_kind(BORDER) & (table.detail == _code_of(table.names.details, INBOUND))
    varies = inbound & _in_states(table, states)
    if crossings or not states:
        varies |= inbound & arcs.stand_at(border_links_at(network, crossings), BORDER)
    return _price_on_top(arcs, np.where(varies, 1.0, 0.0))


def _tariff_terms(arcs: Arcs, network: Network, names: Named) -> Terms:
    """Let every kilometre run in some states cost x dollars, instead of what it costs."""
    table, states = arcs.supernetwork.steps, _states_named(network, names)
    varies = table.is_kind(RUN) & _in_states(table, states) & (table.km > 0)
    if not varies.any():
        raise UsageError(f"no kilometre is run in {' '.join(states) or 'no state'}: name states as at")
    weight = arcs.query.measure.amount(table)
    # what is paid today by the kilometre, and what is left without it
    now = np.where(varies, table.usd / np.where(varies, table.km, 1.0), np.nan)
    return Terms(np.where(varies, weight - table.usd, weight), np.where(varies, table.km, 0.0), now)


def _carbon_terms(arcs: Arcs, network: Network, names: Named) -> Terms:
    """Let a tonne of CO2 equivalent cost x dollars more; in some states, or everywhere."""
    table, states = arcs.supernetwork.steps, _states_named(network, names)
    varies = _in_states(table, states) if states else np.ones(len(table), dtype=bool)
    return _price_on_top(arcs, np.where(varies, table.grams / GRAMS_A_TONNE, 0.0))


def _fuel_terms(arcs: Arcs, network: Network, names: Named) -> Terms:
    """Let a litre of diesel cost x dollars more, all of it passed on; in some states, or everywhere.

    The litres are those that the emission factors stand for; ships burn as much in litres of diesel.
    """
    table, states = arcs.supernetwork.steps, _states_named(network, names)
    burns = table.is_kind(RUN) & ~_electric(table)
    varies = burns & (_in_states(table, states) if states else True)
    litres = table.grams / (_carbon_of_diesel(network) * DIESEL_G_PER_L)
    return _price_on_top(arcs, np.where(varies, litres, 0.0))


def _value_of_time_terms(arcs: Arcs, _network: Network, names: Named) -> Terms:
    """Let every hour of the load be worth x dollars, besides what is paid."""
    if _names_given(names):
        raise UsageError("an hour is worth the same everywhere: a break-even in value_of_time takes no at")
    table, query = arcs.supernetwork.steps, arcs.query
    # by cost alone an hour is worth nothing
    now = np.where(table.hours > 0, query.value_of_time or 0.0, np.nan)
    return Terms(COST.amount(table), table.hours, now)


def _price_on_top(arcs: Arcs, slope: np.ndarray) -> Terms:
    """Add a price to what is paid today, where it is 0."""
    now = np.where(slope > 0, 0.0, np.nan)
    return Terms(arcs.query.measure.amount(arcs.supernetwork.steps), slope, now)


PARAMETERS = {
    "dwell": Parameter("h", 1000.0, _dwell_terms),
    "headway": Parameter("h", 1000.0, _headway_terms),
    "fee": Parameter("usd", 10_000.0, _fee_terms),
    "tariff": Parameter("usd_per_km", 10.0, _tariff_terms),
    "carbon": Parameter("usd_per_t", 1000.0, _carbon_terms),
    "fuel": Parameter("usd_per_l", 10.0, _fuel_terms),
    VALUE_OF_TIME: Parameter("usd_per_h", 1000.0, _value_of_time_terms),
}


# ---------------------------------------------------------------- which steps


def _names_given(names: Named) -> str | Sequence[str]:
    return () if names is None else names


def _states_named(network: Network, names: Named) -> list[str]:
    return [resolve_state(network, name) for name in words(_names_given(names), "at")]


def _electric(table: StepTable) -> np.ndarray:
    """Mark the steps that run on electricity."""
    units = [row.unit for row in table.components.rows]
    on_electricity = [number for number, unit in enumerate(units) if unit == ELECTRIC_UNIT]
    return np.isin(table.carbon, on_electricity)


def _carbon_of_diesel(network: Network) -> float:
    """Look up the grams of CO2 equivalent of a gram of diesel."""
    rows = [
        row for row in network.rows("emissions") if row["what"] == "carbon" and row["carrier"] == "diesel"
    ]
    if not rows:
        raise UsageError("emissions.csv has no carbon of diesel: no price of fuel can count")
    newest: dict[str, Any] = max(rows, key=lambda row: row["year"])
    return float(newest["mean"])


def _in_states(table: StepTable, states: Sequence[str]) -> np.ndarray:
    if SEA in states:
        raise UsageError("the sea is no state")
    return np.isin(table.state, [_code_of(table.names.states, state) for state in states])


def _code_of(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else -1


def _state_meant(network: Network, name: str) -> str:
    """Find the state that a name means; nothing if it means none."""
    try:
        return resolve_state(network, name)
    except UsageError:
        return ""
