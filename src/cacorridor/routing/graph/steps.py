"""One form for a step: a table of columns, one entry a step, from the network to the answer."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from cacorridor.costs.measures import MEASURES, columns

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

    from cacorridor.costs.components import Components
    from cacorridor.costs.measures import Measure

FIGURE_COLUMNS = {  # of a table of steps: the name of the same thing in ``Component``
    "factor": "key",
    **{name: name for name in ("group", "value", "unit", "basis", "source_id", "year", "note")},
}
RUN, BORDER, TRANSFER, BOARD, WAIT = KINDS = ("run", "border", "transfer", "board", "wait")
NO_LINK = -1


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
    state without a stop. ``hours`` rest on the figure number ``component`` of ``components``.
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
    names: Names
    components: Components

    def __len__(self) -> int:
        """Count the steps."""
        return len(self.kind)

    @cached_property
    def exposure(self) -> csr_array:
        """Hours of each step that rest on each component, shape (steps, components)."""
        from scipy.sparse import csr_array

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
        names, rows = self.names, [self.components.rows[number] for number in self.component.tolist()]
        figures = [(row.key, row.low, row.high, row.basis) for row in rows]
        decoded = (
            _named(KINDS, self.kind),
            _named(names.places, self.tail),
            _named(names.places, self.head),
            _named(names.modes, self.mode),
            _named(names.states, self.state),
            _named((*names.links, ""), self.link),
            self.km.tolist(),
            self.hours.tolist(),
            figures,
        )
        return tuple(map(tuple, decoded))

    def take(self, rows: np.ndarray) -> StepTable:
        """Select steps, in the order given."""
        taken = {name: getattr(self, name)[rows] for name in COLUMNS}
        return StepTable(**taken, names=self.names, components=self.components)

    def frame(self, place_name: dict[str, str]) -> pd.DataFrame:
        """Lay the steps out as a table for people: names for codes, and the figures behind the hours."""
        import pandas as pd

        return pd.DataFrame(self.columns(place_name)).astype({"year": "Int64"})

    def columns(self, place_name: dict[str, str]) -> dict[str, Any]:
        """Lay the steps out as columns of such a table."""
        names = self.names
        tail, head = (_named(names.places, codes) for codes in (self.tail, self.head))
        table: dict[str, Any] = {
            "kind": _named(KINDS, self.kind),
            "from": [place_name[place] for place in tail],
            "to": [place_name[place] for place in head],
            "mode": _named(names.modes, self.mode),
            "state": _named(names.states, self.state),
            "link": _named((*names.links, ""), self.link),  # the position -1 is that of the last, no link
            "what": _named(names.details, self.detail),
            "touches": self.touches,
        }
        for measure in MEASURES.values():
            table |= self._amounts(measure)
        return table | {"moving_h": self.moving_h, **self._figures(), "from_id": tail, "to_id": head}

    def _figures(self) -> dict[str, list[Any]]:
        """List what is known of the figure behind each step, by the name of its column."""
        rows = [self.components.rows[number] for number in self.component.tolist()]
        return {column: [getattr(row, name) for row in rows] for column, name in FIGURE_COLUMNS.items()}

    def _amounts(self, measure: Measure) -> dict[str, np.ndarray]:
        """Compute a measure of each step and, where it is ranged, the percentiles that its figure states."""
        amount = measure.amount(self)
        rows = [self.components.rows[number] for number in self.component.tolist()]
        bounds = (
            [[getattr(row, bound) for row in rows] for bound in ("low", "high")] if measure.ranged else []
        )
        factors = [1.0, *(np.array(bound) for bound in bounds)]
        return {name: amount * by for name, by in zip(columns(measure), factors, strict=True)}


COLUMNS = tuple(field.name for field in fields(StepTable) if field.name not in {"names", "components"})


def _named(names: tuple[str, ...], codes: np.ndarray) -> list[str]:
    return [names[code] for code in codes.tolist()]
