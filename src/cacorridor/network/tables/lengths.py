"""The length that counts of every link: the published one where there is one, else the measured one."""

from __future__ import annotations

import json
import math
import operator
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cacorridor.network.held import Columns

# Types in a frame of the columns that a link has beyond its table; of the others text.
LINK_DTYPES = {"state_km": object, "is_border": bool} | dict.fromkeys(
    ("length_km", "measured_km", "line_km"), float
)


class StateKm(dict[str, float]):
    """Kilometres by state; written as text, into a file without lists, it is JSON."""

    def __str__(self) -> str:
        """Write JSON."""
        return json.dumps(self)


def link_columns(links: Columns, shapes: Columns, state_of: Mapping[str, str]) -> Columns:
    """Set what was measured along the lines beside the table of links.

    Parameters
    ----------
    links, shapes
        Columns of the table of links and of the properties of their lines.
    state_of
        State of each place.

    Returns
    -------
    Columns
        Those of the links, the length that counts as ``length_km``, the published one as ``published_km``;
        ``state_km`` maps states to kilometres and sums to ``length_km``.

    Raises
    ------
    KeyError
        If a link has no line or an end no state; the checks make sure that it has.

    """
    # the shapes in the order of the links
    number = {key: row for row, key in enumerate(shapes["id"])}
    rows = [number[key] for key in links["id"]]
    measured, line, basis, shares = (
        tuple(map(shapes[name].__getitem__, rows)) for name in ("measured_km", "line_km", "basis", "km")
    )
    # the length that counts, and where it comes from
    length, bases = _length_and_basis(links, measured, basis)
    start, end = (tuple(map(state_of.__getitem__, links[side])) for side in ("from", "to"))
    renamed = {"published_km" if name == "length_km" else name: cells for name, cells in links.items()}
    return MappingProxyType(
        {
            **renamed,
            "length_km": length,
            "length_basis": bases,
            "measured_km": measured,
            "line_km": line,
            "state_km": tuple(map(_stretched, shares, length, measured)),
            "from_state": start,
            "to_state": end,
            "is_border": tuple(map(operator.ne, start, end)),
        }
    )


def _length_and_basis(
    links: Columns, measured: Sequence[float], basis: Sequence[str]
) -> tuple[tuple[float, ...], tuple[str, ...]]:
    """Take what is published, with its basis, or what was measured, with that."""
    rows = zip(links["length_km"], links["length_basis"], measured, basis, strict=True)
    chosen = [
        (float(km), how) if math.isnan(published) else (float(published), stated)
        for published, stated, km, how in rows
    ]
    return tuple(km for km, _ in chosen), tuple(how for _, how in chosen)


def _stretched(shares: Mapping[str, float], length_km: float, measured_km: float) -> dict[str, float]:
    """Stretch the kilometres in each state to a length; all alike."""
    factor = length_km / measured_km
    return {state: km * factor for state, km in shares.items()}
