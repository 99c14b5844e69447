"""What adds up along a journey: kilometres, hours, dollars, grams; each a row that tables and texts read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np

    from cacorridor.costs.components import Components


class Steps(Protocol):
    """What a measure may read of a table of steps; one entry a step.

    Columns that number figures hold positions in ``components``, or -1 where no figure stands.
    """

    @property
    def km(self) -> np.ndarray:
        """Kilometres."""

    @property
    def hours(self) -> np.ndarray:
        """Expected hours."""

    @property
    def component(self) -> np.ndarray:
        """Number of the figure that the hours rest on."""

    @property
    def usd(self) -> np.ndarray:
        """Dollars that do not depend on the hours."""

    @property
    def price(self) -> np.ndarray:
        """Number of the price behind them."""

    @property
    def usd_per_h(self) -> np.ndarray:
        """Dollars for each hour of the step."""

    @property
    def hour_price(self) -> np.ndarray:
        """Number of the price behind them."""

    @property
    def grams(self) -> np.ndarray:
        """Grams of CO2 equivalent."""

    @property
    def energy(self) -> np.ndarray:
        """Number of the factor behind them: energy used, or grams of a tonne-kilometre."""

    @property
    def carbon(self) -> np.ndarray:
        """Number of the second factor: grams of a unit of energy."""

    @property
    def components(self) -> Components:
        """The figures."""


class Term(NamedTuple):
    """A part of a measure: an amount a step, and the figures whose product it is (their numbers, a step)."""

    amount: np.ndarray
    figures: tuple[np.ndarray, ...]


@dataclass(frozen=True)
class Measure:
    """One additive quantity.

    ``name`` is the criterion that a question asks for, ``column`` its column in tables (with the unit),
    ``amount`` computes it for each step. A measure with ``terms`` has a 10th and a 90th percentile too: the
    terms sum to the amount and say on which figures it rests. ``table`` is the table without which nothing
    is known of it. Ties of the best value are broken by hours: an hour weighs ``HOUR_IN_A_TIE`` units.
    """

    name: str
    unit: str
    column: str
    label: str
    digits: int
    amount: Callable[[Steps], np.ndarray]
    terms: Callable[[Steps], tuple[Term, ...]] | None = None
    table: str = ""

    @property
    def ranged(self) -> bool:
        """Whether it has percentiles."""
        return self.terms is not None

    def weight(self, steps: Steps) -> np.ndarray:
        """Value each step for the search, shape (steps,)."""
        amount = self.amount(steps)
        if self.unit == TIME.unit:
            return amount
        weight: np.ndarray = amount + HOUR_IN_A_TIE * steps.hours
        return weight


HOUR_IN_A_TIE = 1e-6  # of ways equally good the quicker one; so little that no other measure yields to it
GRAMS_A_KG = 1000.0


def _dollars(steps: Steps) -> np.ndarray:
    usd: np.ndarray = steps.usd + steps.usd_per_h * steps.hours
    return usd


def _cost_terms(steps: Steps) -> tuple[Term, ...]:
    """Rest dollars on their prices, and those by the hour on what the hours rest on as well."""
    by_hour = Term(steps.usd_per_h * steps.hours, (steps.hour_price, steps.component))
    return Term(steps.usd, (steps.price,)), by_hour


def _time_terms(steps: Steps) -> tuple[Term, ...]:
    return (Term(steps.hours, (steps.component,)),)


LENGTH = Measure("length", "km", "length_km", "Length", 0, lambda steps: steps.km)
TIME = Measure("time", "h", "time_h", "Transit time", 0, lambda steps: steps.hours, _time_terms)
COST = Measure("cost", "usd", "cost_usd", "Cost", 0, _dollars, _cost_terms, "rates")
EMISSIONS = Measure(
    "emissions",
    "kg",
    "co2e_kg",
    "Emissions",
    0,
    lambda steps: steps.grams / GRAMS_A_KG,
    lambda steps: (Term(steps.grams / GRAMS_A_KG, (steps.energy, steps.carbon)),),
    "emissions",
)

# the names of the measures, and generalised cost: for type checkers and completion
Criterion = Literal["time", "length", "cost", "emissions", "generalised"]
MEASURES: dict[str, Measure] = {measure.name: measure for measure in (LENGTH, TIME, COST, EMISSIONS)}
GENERALISED = "generalised"  # the criterion that puts a price on hours; a measure once the price is known


def generalised(value_of_time: float) -> Measure:
    """Make the measure of generalised cost: dollars, and hours at a value of time (dollars an hour)."""

    def amount(steps: Steps) -> np.ndarray:
        return _dollars(steps) + value_of_time * steps.hours

    def terms(steps: Steps) -> tuple[Term, ...]:
        return *_cost_terms(steps), Term(value_of_time * steps.hours, (steps.component,))

    return Measure(GENERALISED, "usd", "generalised_usd", "Generalised cost", 0, amount, terms, COST.table)


def measures_of(components: Components) -> list[Measure]:
    """List the measures of which the figures of a supernetwork know something."""
    return [each for each in MEASURES.values() if not each.table or each.table in components.tables]


def columns(measure: Measure) -> tuple[str, ...]:
    """Name the columns of a measure: its own and, of a ranged one, those of its percentiles."""
    stem = measure.column.removesuffix(f"_{measure.unit}")
    bounds = (f"{stem}_low_{measure.unit}", f"{stem}_high_{measure.unit}") if measure.ranged else ()
    return (measure.column, *bounds)


def time_first(measures: Iterable[Measure] | None = None) -> list[Measure]:
    """List measures, all by default, as tables of answers show them: hours first."""
    return sorted(MEASURES.values() if measures is None else measures, key=lambda each: each is not TIME)


def criteria() -> tuple[str, ...]:
    """List what a question may call best."""
    return *(measure.name for measure in time_first()), GENERALISED


def result_columns() -> list[str]:
    """Name the columns of all measures."""
    return [name for measure in time_first() for name in columns(measure)]


def delta_columns() -> dict[str, str]:
    """Name the column of the difference from a base for each measure, by the column of its value."""
    return difference_columns("delta", time_first())


def difference_columns(what: str, measures: Iterable[Measure]) -> dict[str, str]:
    """Name the column of a difference for each measure, by the column of its value.

    It has the unit alone, but for a measure whose unit is another's already.
    """
    names: dict[str, str] = {}
    for measure in measures:
        name = f"{what}_{measure.unit}"
        names[measure.column] = f"{what}_{measure.column}" if name in names.values() else name
    return names


def without_column(measure: Measure) -> str:
    """Name the column of what is left of a measure when something is lost."""
    return f"{measure.column.removesuffix(f'_{measure.unit}')}_without_{measure.unit}"
