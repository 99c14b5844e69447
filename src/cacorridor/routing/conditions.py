"""The conditions that hold for a whole question; light to import, for command lines are made from them."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

from cacorridor.costs.loads import LOADS
from cacorridor.costs.measures import GENERALISED, MEASURES, criteria, generalised
from cacorridor.network.schema import SERVICE_LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from dataclasses import Field

    from cacorridor.costs.loads import LoadName
    from cacorridor.costs.measures import Criterion, Measure
    from cacorridor.network.columns import Level

F = TypeVar("F", bound="Callable[..., Any]")


class ConditionOptions(TypedDict, total=False):
    """The conditions as keyword options; ``Conditions`` says what each means.

    Examples
    --------
    >>> conditions: cc.ConditionOptions = {"modes": ["road"], "year": 2026}
    >>> cc.find_route(net, "Kashgar", "Osh", **conditions).states
    ('CHN', 'KGZ')

    """

    avoid: str | Sequence[str] | None
    modes: str | Sequence[str] | None
    level: Level
    year: int | None
    month: int | None
    survey_year: int | None
    criterion: Criterion
    load: LoadName
    value_of_time: float | str | None
    allow_touch: bool


def _condition(default: Any, meaning: str, metavar: str = "", allowed: tuple[str, ...] = ()) -> Any:
    """Declare a condition: its default and, for command lines and pages, what it means and may be."""
    return field(default=default, metadata={"meaning": meaning, "metavar": metavar, "allowed": allowed})


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """What holds for a whole question, in ids and sets; options and headings are made from the fields.

    Parameters
    ----------
    avoid
        States to keep out of, ISO 3166-1 alpha-3.
    allow_touch
        Let a train run through an avoided state without a stop.
    modes
        Modes that may be used; none: every mode.
    level
        Service level: ``express``, ``block`` or ``typical``.
    year
        The year of the network; None is today.
    month
        Month of the journey, 1 to 12; None is the mean of the year.
    survey_year
        Prefer border surveys and speeds of this year.
    criterion
        What is best: ``time``, ``length``, ``cost``, ``emissions`` or ``generalised``.
    load
        What dollars and grams are for: ``feu``, ``truck20t`` or ``t``.
    value_of_time
        Dollars an hour of the load, for the generalised criterion.

    Examples
    --------
    >>> route = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"])
    >>> route.query.modes, route.query.level
    (frozenset({'road'}), 'express')

    """

    avoid: frozenset[str] = _condition(frozenset(), "keep out of these states", "ISO3")
    allow_touch: bool = _condition(
        default=False, meaning="let a train run through an avoided state unstopped"
    )
    modes: frozenset[str] = _condition(  # none: every mode
        frozenset(), "modes of modes.csv or families of them, such as rail, road, sea", "MODE"
    )
    level: Level = _condition(  # noqa: RUF009  # a field
        "express",
        "service level: block, trains at their best; express, regular trains and trucks; typical, surveys",
        allowed=SERVICE_LEVELS,
    )
    year: int | None = _condition(None, "ask the network of that year", "YEAR")
    month: int | None = _condition(
        None, "month of the journey, 1 to 12 or its name: passes close, storms stop ferries", "MONTH"
    )
    survey_year: int | None = _condition(None, "prefer border surveys and speeds of that year", "SURVEY_YEAR")
    criterion: Criterion = _condition(  # noqa: RUF009  # a field
        "time", "what is best (time); generalised is dollars and hours at --value-of-time", allowed=criteria()
    )
    load: LoadName = _condition(  # noqa: RUF009  # a field
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
        # generalised cost is no row of MEASURES: it is made of dollars and what an hour is worth
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


def spell_out(question: F) -> F:
    """Show each condition of a question in its signature, as help and completion read it.

    A question takes ``**conditions: Unpack[ConditionOptions]``, which type checkers spell out themselves.

    Parameters
    ----------
    question
        A function with such conditions.

    Returns
    -------
    Callable
        The same function.

    """
    # what the question declares itself stands first, then each condition that it leaves to **
    signature = inspect.signature(question)
    given = list(signature.parameters.values())
    declared = [each for each in given if each.kind is not inspect.Parameter.VAR_KEYWORD]
    known = {each.name for each in declared}
    spelled = [_parameter(each) for each in fields(Conditions) if each.name not in known]
    question.__signature__ = signature.replace(parameters=[*declared, *spelled])  # type: ignore[attr-defined]
    return question


def _parameter(each: Field[Any]) -> inspect.Parameter:
    """Write a condition as a keyword option; a set that is not given is None."""
    default = None if isinstance(each.default, frozenset) else each.default
    # annotations are texts here, so that no type is imported; a TypedDict wraps them
    annotation = ConditionOptions.__annotations__[each.name]
    written = getattr(annotation, "__forward_arg__", annotation)
    return inspect.Parameter(each.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=written)
