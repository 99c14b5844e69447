"""What adds up along a journey: hours, kilometres; each a row that tables, texts and charts iterate over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from cacorridor.costs.components import Components


class Steps(Protocol):
    """What a measure may read of a table of steps; one entry a step."""

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
    def components(self) -> Components:
        """The figures."""


@dataclass(frozen=True)
class Measure:
    """One additive quantity.

    ``name`` is the criterion that a question asks for, ``column`` its column in tables (with the unit),
    ``amount`` computes it for each step. ``ranged`` measures have a 10th and a 90th percentile too. Ties of
    the best value are broken by hours: an hour weighs ``HOUR_IN_A_TIE`` units.
    """

    name: str
    unit: str
    column: str
    label: str
    digits: int
    amount: Callable[[Steps], np.ndarray]
    ranged: bool = False

    def weight(self, steps: Steps) -> np.ndarray:
        """Value each step for the search, shape (steps,)."""
        amount = self.amount(steps)
        return amount if self.ranged else amount + HOUR_IN_A_TIE * steps.hours


HOUR_IN_A_TIE = 1e-6  # of ways equally long the quicker one; so little that no length yields to it

LENGTH = Measure("length", "km", "length_km", "Length", 0, lambda steps: steps.km)
TIME = Measure("time", "h", "time_h", "Transit time", 0, lambda steps: steps.hours, ranged=True)

Criterion = Literal["time", "length"]  # for type checkers and completion: the names of the measures
MEASURES: dict[str, Measure] = {measure.name: measure for measure in (LENGTH, TIME)}


def columns(measure: Measure) -> tuple[str, ...]:
    """Name the columns of a measure: its own and, of a ranged one, those of its percentiles."""
    stem = measure.column.removesuffix(f"_{measure.unit}")
    bounds = (f"{stem}_low_{measure.unit}", f"{stem}_high_{measure.unit}") if measure.ranged else ()
    return (measure.column, *bounds)


def ranged_first() -> list[Measure]:
    """List the measures as tables of answers show them: what has a range first."""
    return sorted(MEASURES.values(), key=lambda measure: not measure.ranged)


def criteria() -> tuple[str, ...]:
    """List what a question may call best."""
    return tuple(measure.name for measure in ranged_first())


def result_columns() -> list[str]:
    """Name the columns of all measures."""
    return [name for measure in ranged_first() for name in columns(measure)]


def delta_columns() -> dict[str, str]:
    """Name the column of the difference from a base for each measure, by the column of its value."""
    return {measure.column: f"delta_{measure.unit}" for measure in ranged_first()}
