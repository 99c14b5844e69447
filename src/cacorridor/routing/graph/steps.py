"""One form for a step: a table of columns, one entry a step, from the network to the answer."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from cacorridor.costs.components import NO_FIGURE
from cacorridor.costs.measures import MEASURES, TIME, columns
from cacorridor.costs.ranges import HIGH, LOW, quantiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from scipy.sparse import csr_array

    from cacorridor.costs.components import Component, Components
    from cacorridor.costs.measures import Measure

FIGURE_COLUMNS = {  # of a table of steps: the name of the same thing in ``Component``
    "factor": "key",
    **{name: name for name in ("group", "value", "unit", "duty_h_per_day", "multiplier")},
    **{name: name for name in ("basis", "source_id", "year", "note")},
}
KINDS = ("run", "border", "transfer", "board", "wait", "stay", "delay")
RUN, BORDER, TRANSFER, BOARD, WAIT, STAY, DELAY = KINDS
NO_LINK = -1
FIGURES = ("component", "price", "hour_price", "energy", "carbon")  # columns that hold numbers of components
LACKS_SHOWN = 5  # of the links of which the data lack a price or a factor


@dataclass(frozen=True)
class Names:
    """What the codes of a table of steps stand for; a code is a position in one of these."""

    places: tuple[str, ...]
    modes: tuple[str, ...]
    states: tuple[str, ...]
    links: tuple[str, ...]
    details: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class StepTable:
    """Steps as columns of shape (steps,): what happens, where, in which state, for how long, how far.

    ``kind`` is a position in ``KINDS``; ``tail``, ``head`` (places), ``mode``, ``state``, ``link`` and
    ``detail`` are positions in ``names``; a transfer has no link (-1). ``touches`` marks runs through a
    state without a stop. ``hours`` rest on the figure number ``component`` of ``components``; ``usd`` on
    ``price``, ``usd_per_h`` (for each hour of the step) on ``hour_price``; ``grams`` of CO2 equivalent on
    ``energy`` and ``carbon``. -1 is no figure; an amount that the data cannot tell is not a number.
    """

    kind: np.ndarray
    tail: np.ndarray
    head: np.ndarray
    mode: np.ndarray
    state: np.ndarray
    link: np.ndarray
    detail: np.ndarray
    touches: np.ndarray
    km: np.ndarray
    hours: np.ndarray
    component: np.ndarray
    usd: np.ndarray
    price: np.ndarray
    usd_per_h: np.ndarray
    hour_price: np.ndarray
    grams: np.ndarray
    energy: np.ndarray
    carbon: np.ndarray
    names: Names
    components: Components

    def __len__(self) -> int:
        """Count the steps."""
        return len(self.kind)

    @cached_property
    def exposure(self) -> csr_array:
        """Hours of each step that rest on each component, shape (steps, components)."""
        from scipy.sparse import csr_array

        # one entry a row: a step rests on one figure
        starts = np.arange(len(self) + 1)
        shape = len(self), len(self.components.rows)
        return csr_array((self.hours, self.component, starts), shape=shape)

    @cached_property
    def moving_h(self) -> np.ndarray:
        """Hours of each step in which the vehicle moves."""
        return np.asarray(self.hours * self.components.moving[self.component])

    def is_kind(self, *kinds: str) -> np.ndarray:
        """Mark the steps of some kinds."""
        return np.isin(self.kind, [KINDS.index(kind) for kind in kinds])

    def same_as(self, other: StepTable) -> bool:
        """Tell whether another table has the same steps and hours, whatever its codes are."""
        return len(self) == len(other) and self._content == other._content

    @cached_property
    def _content(self) -> tuple[tuple[Any, ...], ...]:
        """What the steps say, decoded."""
        # codes hang on the network that a table was built in; what they stand for does not
        names = self.names
        figures = [(row.key, row.low, row.high, row.basis) for row in self._figure_rows]
        decoded = (
            _decoded(KINDS, self.kind),
            _decoded(names.places, self.tail),
            _decoded(names.places, self.head),
            _decoded(names.modes, self.mode),
            _decoded(names.states, self.state),
            _decoded((*names.links, ""), self.link),
            self.km.tolist(),
            self.hours.tolist(),
            figures,
        )
        return tuple(map(tuple, decoded))

    def take(self, rows: np.ndarray) -> StepTable:
        """Select steps, in the order given."""
        taken = {name: getattr(self, name)[rows] for name in COLUMNS}
        return StepTable(**taken, names=self.names, components=self.components)

    def quantiles(self, measure: Measure, shares: Sequence[float], parts: np.ndarray) -> np.ndarray:
        """Compute quantiles of a ranged measure over parts of the steps, shape (shares, parts).

        ``parts`` marks the steps of each part, shape (parts, steps). What a part cannot tell is not a number.
        """
        exposure, loadings, groups = self.laid_out(measure, parts)
        # a part of which the data lack a figure has no range
        known = np.isfinite(exposure.sum(axis=1))
        bounds = quantiles(np.where(known[:, None], exposure, 0.0), loadings, groups, shares)
        return np.where(known, bounds, np.nan)

    def then(self, other: StepTable) -> StepTable:
        """Put the steps of another table of the same supernetwork behind these; codes are the same."""
        both = {name: np.concatenate([getattr(self, name), getattr(other, name)]) for name in COLUMNS}
        return StepTable(**both, names=self.names, components=self.components)

    def excess_quantiles(self, measure: Measure, shares: Sequence[float], base: StepTable) -> np.ndarray:
        """Compute quantiles of what these steps amount to beyond others of the same supernetwork.

        Both meet the same draws, so that what they share counts once. A negative quantile means that the
        others amount to more there.
        """
        # one journey a row over the figures of both; the difference of the rows is what varies
        is_base = np.arange(len(base) + len(self)) < len(base)
        exposure, loadings, groups = base.then(self).laid_out(measure, np.stack([is_base, ~is_base]))
        excess = exposure[1] - exposure[0]
        if not np.isfinite(excess).all():
            return np.full(len(shares), np.nan)
        # what both rest on alike weighs nothing, and need not be drawn
        differs = excess != 0
        drawn = loadings[differs].any(axis=0)
        names = [group for group, is_drawn in zip(groups, drawn.tolist(), strict=True) if is_drawn]
        return quantiles(excess[None, differs], loadings[np.ix_(differs, drawn)], names, shares)[:, 0]

    def laid_out(self, measure: Measure, parts: np.ndarray) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
        """Lay out a ranged measure of parts of the steps by the figures it rests on, and how those vary.

        Each column of the first array is a product of figures, as ``ranges.quantiles`` takes it.
        """
        # a measure is a sum of terms, each an amount that rests on a product of figures
        terms = () if measure.terms is None else measure.terms(self)
        width = max((len(term.figures) for term in terms), default=1)
        amounts = np.concatenate([term.amount for term in terms])
        figures: list[tuple[int, ...]] = []
        for term in terms:
            figures += _padded(term.figures, width)
        distinct = sorted(set(figures))
        column = {figure: number for number, figure in enumerate(distinct)}
        # how much of each part rests on each product
        exposure = np.zeros((len(parts), len(distinct)))
        marked = np.where(np.tile(parts, (1, len(terms))), amounts, 0.0)
        for figure, amount in zip(figures, marked.T, strict=True):
            exposure[:, column[figure]] += amount
        return exposure, *self.components.loadings(np.array(distinct))

    def frame(self, place_name: dict[str, str]) -> pd.DataFrame:
        """Lay the steps out as a table for people: names for codes, and the figures behind the hours."""
        import pandas as pd

        # years as whole numbers from the beginning: to change the type of one column later copies all
        columns = self.columns(place_name)
        return pd.DataFrame(columns | {"year": pd.array(columns["year"], dtype="Int64")})

    def columns(self, place_name: dict[str, str]) -> dict[str, Any]:
        """Lay the steps out as columns of such a table."""
        # where and what, then each measure, then the figures behind the hours
        names = self.names
        tail, head = (_decoded(names.places, codes) for codes in (self.tail, self.head))
        table: dict[str, Any] = {
            "kind": _decoded(KINDS, self.kind),
            "from": [place_name[place] for place in tail],
            "to": [place_name[place] for place in head],
            "mode": _decoded(names.modes, self.mode),
            "state": _decoded(names.states, self.state),
            "link": _decoded((*names.links, ""), self.link),  # the position -1 is that of the last, no link
            "what": _decoded(names.details, self.detail),
            "touches": self.touches,
        }
        for measure in MEASURES.values():
            table |= self._amounts(measure)
        return table | {"moving_h": self.moving_h, **self._figures(), "from_id": tail, "to_id": head}

    def _figures(self) -> dict[str, list[Any]]:
        """List what is known of the figure behind each step, by the name of its column."""
        rows, columns = self._figure_rows, {}
        for column, name in FIGURE_COLUMNS.items():
            columns[column] = [getattr(row, name) for row in rows]
        return columns

    @property
    def _figure_rows(self) -> list[Component]:
        """The figure behind the hours of each step."""
        return [self.components.rows[number] for number in self.component.tolist()]

    def _amounts(self, measure: Measure) -> dict[str, np.ndarray]:
        """Compute a measure of each step and, if it has them, percentiles; of hours those of the figure."""
        amount = measure.amount(self)
        if not measure.ranged:
            return {measure.column: amount}
        # hours rest on one figure each, whose range the tables give as a share of its mean
        if measure is TIME:
            rows = self._figure_rows
            low = amount * np.array([row.low for row in rows])
            high = amount * np.array([row.high for row in rows])
        else:
            low, high = self.quantiles(measure, (LOW, HIGH), np.eye(len(self), dtype=bool))
        names = columns(measure)
        return dict(zip(names, (amount, low, high), strict=True))


def describe_lack(table: StepTable, measure: Measure) -> str:
    """Say where a table of steps cannot tell a measure: which links, and which transfers by their place."""
    if measure.table not in table.components.tables:
        return f"no {measure.name} can be told: the data have no rows in {measure.table}.csv"
    # links by name; a transfer has none and is told by its place
    lacking = table.take(np.flatnonzero(~np.isfinite(measure.amount(table))))
    places = zip(lacking.link.tolist(), lacking.tail.tolist(), strict=True)
    where = dict.fromkeys(
        f"link {table.names.links[link]}" if link != NO_LINK else f"transfer at {table.names.places[tail]}"
        for link, tail in places
    )
    shown, more = list(where)[:LACKS_SHOWN], len(where) - LACKS_SHOWN
    rest = f" and {more} more" if more > 0 else ""
    return f"{measure.table}.csv cannot tell the {measure.name} of {', '.join(shown)}{rest}"


COLUMNS = tuple(field.name for field in fields(StepTable) if field.name not in {"names", "components"})


def codes_of(names: tuple[str, ...], chosen: Iterable[str]) -> list[int]:
    """List the codes of some names; a name that nothing has has no code."""
    known = set(chosen)
    return [code for code, name in enumerate(names) if name in known]


def _padded(figures: tuple[np.ndarray, ...], width: int) -> list[tuple[int, ...]]:
    """List the figures of the product behind each step; what is left over is no figure."""
    none = [[NO_FIGURE] * len(figures[0])] * (width - len(figures))
    return list(zip(*(each.tolist() for each in figures), *none, strict=True))


def _decoded(names: tuple[str, ...], codes: np.ndarray) -> list[str]:
    return [names[code] for code in codes.tolist()]
