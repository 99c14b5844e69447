"""The conditions that hold for a whole question; light to import, for command lines are made from them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypedDict

from cacorridor.costs.loads import LOADS
from cacorridor.costs.measures import GENERALISED, MEASURES, criteria, generalised
from cacorridor.network.schema import SERVICE_LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.costs.measures import Measure


class ConditionOptions(TypedDict, total=False):
    """The conditions as keyword options; ``Conditions`` says what each means."""

    avoid: str | Sequence[str] | None
    modes: str | Sequence[str] | None
    level: str
    year: int | None
    month: int | None
    survey_year: int | None
    criterion: str
    load: str
    value_of_time: float | str | None
    allow_touch: bool


def _condition(default: Any, meaning: str, metavar: str = "", allowed: tuple[str, ...] = ()) -> Any:
    """Declare a condition: its default and, for command lines and pages, what it means and may be."""
    return field(default=default, metadata={"meaning": meaning, "metavar": metavar, "allowed": allowed})


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """What holds for a whole question, in ids and sets; options and headings are made from the fields."""

    avoid: frozenset[str] = _condition(frozenset(), "keep out of these states", "ISO3")
    allow_touch: bool = _condition(
        default=False, meaning="let a train run through an avoided state unstopped"
    )
    modes: frozenset[str] = _condition(  # none: every mode
        frozenset(), "modes of modes.csv or families of them, such as rail, road, sea", "MODE"
    )
    level: str = _condition(
        "express",
        "service level: block, trains at their best; express, regular trains and trucks; typical, surveys",
        allowed=SERVICE_LEVELS,
    )
    year: int | None = _condition(None, "ask the network of that year", "YEAR")
    month: int | None = _condition(
        None, "month of the journey, 1 to 12 or its name: passes close, storms stop ferries", "MONTH"
    )
    survey_year: int | None = _condition(None, "prefer border surveys and speeds of that year", "SURVEY_YEAR")
    criterion: str = _condition(
        "time", "what is best (time); generalised is dollars and hours at --value-of-time", allowed=criteria()
    )
    load: str = _condition(
        "feu",
        "load that cost and emissions are for: "
        + "; ".join(f"{key}, {load.meaning}" for key, load in LOADS.items()),
        allowed=tuple(LOADS),
    )
    value_of_time: float | None = _condition(
        None, "dollars an hour of the load, or a word for its goods: for generalised cost", "USD_PER_H"
    )

    @property
    def measure(self) -> Measure:
        """The measure by which a question calls something best."""
        if self.criterion == GENERALISED and self.value_of_time is not None:
            return generalised(self.value_of_time)
        return MEASURES[self.criterion]

    def given(self) -> dict[str, Any]:
        """List the conditions that differ from their defaults."""
        return {
            each.name: getattr(self, each.name)
            for each in fields(Conditions)
            if getattr(self, each.name) != each.default
        }
