"""One form for a step: a table of columns, one entry a step, from the network to the answer."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cacorridor.costs.components import Components
from cacorridor.costs.measures import MEASURES, TIME, columns
from cacorridor.costs.ranges import HIGH, LOW, quantiles_of_sum, share_of_sum_within
from cacorridor.routing.graph.products import amounts_by_product, terms_of
from cacorridor.vectors import Vector, array_of, column_of, is_among, join_columns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import numpy as np
    import pandas as pd
    from scipy.sparse import csr_array

    from cacorridor.costs.components import Component
    from cacorridor.costs.measures import Measure
    from cacorridor.costs.ranges import Product
    from cacorridor.vectors import Column

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
        import numpy as np
        from scipy.sparse import csr_array

        # one entry a row: a step rests on one figure
        starts = np.arange(len(self) + 1)
        shape = len(self), len(self.components.rows)
        return csr_array((self.hours, self.component, starts), shape=shape)

    @cached_property
    def moving_h(self) -> Column:
        """Hours of each step in which the vehicle moves."""
        moving_h: Column = self.hours * self.components.moving[self.component]
        return moving_h

    def is_kind(self, *kinds: str) -> Column:
        """Mark the steps of some kinds."""
        return is_among(self.kind, [KINDS.index(kind) for kind in kinds])

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

    @property
    def has_arrays(self) -> bool:
        """Whether the columns are arrays; else they are vectors, from before NumPy was loaded."""
        return not isinstance(self.km, Vector)

    def with_arrays(self) -> StepTable:
        """Return the same with arrays for vectors."""
        if self.has_arrays:
            return self
        arrays = {name: array_of(getattr(self, name)) for name in COLUMNS}
        return StepTable(**arrays, names=self.names, components=Components(self.components.rows))

    def take(self, rows: Column | list[int]) -> StepTable:
        """Select steps, in the order given."""
        if self.has_arrays:
            import numpy as np

            # positions once for all columns
            numbers = np.asarray(rows)
            positions = np.flatnonzero(numbers) if numbers.dtype == bool else numbers.astype(int, copy=False)
            taken = {name: getattr(self, name).take(positions) for name in COLUMNS}
        else:
            taken = {name: getattr(self, name)[rows] for name in COLUMNS}
        return StepTable(**taken, names=self.names, components=self.components)

    def quantiles(self, measure: Measure, shares: Sequence[float], parts: np.ndarray) -> np.ndarray:
        """Compute quantiles of a ranged measure over parts of the steps, shape (shares, parts).

        ``parts`` marks the steps of each part, shape (parts, steps). What a part cannot tell is not a number.
        """
        import numpy as np

        bounds = self.bounds(measure, shares, [np.flatnonzero(part).tolist() for part in parts])
        return np.array(bounds).reshape(len(parts), len(shares)).T

    def bounds(
        self, measure: Measure, shares: Sequence[float], parts: Iterable[Iterable[int]]
    ) -> list[list[float]]:
        """Compute the same of parts given as the numbers of their steps: the quantiles of each part."""
        return [self._quantiles(amounts, shares) for amounts in amounts_by_product(self, measure, parts)]

    def _quantiles(self, amounts: Mapping[Product, float], shares: Sequence[float]) -> list[float]:
        # a part of which the data lack a figure has no range
        if not math.isfinite(sum(amounts.values())):
            return [math.nan] * len(shares)
        return quantiles_of_sum(self.components.terms(amounts), shares)

    def share_within(self, measure: Measure, limit: float) -> float:
        """Compute the share of journeys over all steps that amount to at most a limit, 0 to 1."""
        (amounts,) = amounts_by_product(self, measure, [range(len(self))])
        return share_of_sum_within(self.components.terms(amounts), limit)

    def then(self, other: StepTable) -> StepTable:
        """Put the steps of another table of the same supernetwork behind these; codes are the same."""
        both = {name: join_columns(getattr(self, name), getattr(other, name)) for name in COLUMNS}
        return StepTable(**both, names=self.names, components=self.components)

    def excess_quantiles(self, measure: Measure, shares: Sequence[float], base: StepTable) -> np.ndarray:
        """Compute quantiles of what these steps amount to beyond others of the same supernetwork.

        Both meet the same draws, so that what they share counts once. A negative quantile means that the
        others amount to more there.
        """
        import numpy as np

        # the difference over each product of figures is what varies: what both rest on alike weighs nothing
        every = range(len(base)), range(len(base), len(base) + len(self))
        theirs, ours = amounts_by_product(base.then(self), measure, every)
        excess = {each: ours.get(each, 0.0) - theirs.get(each, 0.0) for each in {**theirs, **ours}}
        return np.array(self._quantiles(excess, shares))

    def laid_out(self, measure: Measure, parts: np.ndarray) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
        """Lay out a ranged measure of parts of the steps by the figures it rests on, and how those vary.

        Each column of the first array is a product of figures, as ``ranges.quantiles`` takes it.
        """
        import numpy as np

        amounts = amounts_by_product(self, measure, [np.flatnonzero(part).tolist() for part in parts])
        distinct = sorted({product for products, _ in terms_of(self, measure) for product in products})
        exposure = np.array([[part.get(product, 0.0) for product in distinct] for part in amounts])
        return exposure, *self.components.loadings(np.array(distinct))

    def frame(self, place_name: dict[str, str]) -> pd.DataFrame:
        """Lay the steps out as a table for people: names for codes, and the figures behind the hours."""
        import pandas as pd

        # years as whole numbers from the beginning: to change the type of one column later copies all
        columns = self.with_arrays().columns(place_name)
        return pd.DataFrame(columns | {"year": pd.array(columns["year"], dtype="Int64")})

    def columns(self, place_name: dict[str, str], wanted: Collection[str] | None = None) -> dict[str, Any]:
        """Lay the steps out as columns of such a table; all, or those that are wanted."""
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
            table |= self._amounts(measure, wanted)
        table |= {"moving_h": self.moving_h, **self._figures(), "from_id": tail, "to_id": head}
        return table if wanted is None else {name: table[name] for name in table if name in wanted}

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

    def _amounts(self, measure: Measure, wanted: Collection[str] | None) -> dict[str, Column]:
        """Compute a measure of each step and, if it has them, percentiles; of hours those of the figure."""
        amount = measure.amount(self)
        name, *percentiles = columns(measure)
        if not percentiles or not (wanted is None or set(percentiles).intersection(wanted)):
            return {name: amount}
        # hours rest on one figure each, whose range the tables give as a share of its mean
        if measure is TIME:
            rows = self._figure_rows
            low = amount * column_of([row.low for row in rows])
            high = amount * column_of([row.high for row in rows])
        else:
            bounds = self.bounds(measure, (LOW, HIGH), ([step] for step in range(len(self))))
            low, high = map(column_of, zip(*bounds, strict=True))
        return dict(zip((name, *percentiles), (amount, low, high), strict=True))


def describe_lack(table: StepTable, measure: Measure) -> str:
    """Say where a table of steps cannot tell a measure: which links, and which transfers by their place."""
    if measure.table not in table.components.tables:
        return f"no {measure.name} can be told: the data have no rows in {measure.table}.csv"
    # links by name; a transfer has none and is told by its place
    is_known = map(math.isfinite, measure.amount(table).tolist())
    lacking = table.take([row for row, known in enumerate(is_known) if not known])
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


def _decoded(names: tuple[str, ...], codes: Column) -> list[str]:
    return [names[code] for code in codes.tolist()]
