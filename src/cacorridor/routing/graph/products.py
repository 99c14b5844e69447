"""What a measure of steps rests on: amounts by the products of figures that they vary with."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cacorridor.costs.components import NO_FIGURE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cacorridor.costs.measures import Measure, Steps
    from cacorridor.costs.ranges import Product
    from cacorridor.vectors import Column


def amounts_by_product(
    steps: Steps, measure: Measure, parts: Iterable[Iterable[int]]
) -> list[dict[Product, float]]:
    """Sum a ranged measure of parts of some steps, given by their numbers, by the products it rests on."""
    terms, sums = terms_of(steps, measure), []
    for part in map(tuple, parts):
        by_product: dict[Product, float] = defaultdict(float)
        for products, amounts in terms:
            for step in part:
                by_product[products[step]] += amounts[step]
        sums.append(dict(by_product))
    return sums


def terms_of(steps: Steps, measure: Measure) -> list[tuple[list[Product], list[float]]]:
    """List the terms that a measure is the sum of: a product of figures a step, and an amount."""
    terms = () if measure.terms is None else measure.terms(steps)
    width = max((len(term.figures) for term in terms), default=1)
    return [(_padded(term.figures, width), term.amount.tolist()) for term in terms]


def _padded(figures: tuple[Column, ...], width: int) -> list[Product]:
    """List the figures of the product behind each step; what is left over is no figure."""
    none = [[NO_FIGURE] * len(figures[0])] * (width - len(figures))
    return list(zip(*(each.tolist() for each in figures), *none, strict=True))
