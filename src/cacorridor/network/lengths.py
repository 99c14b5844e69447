"""The length that counts of every link: the published one where there is one, else the measured one."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cacorridor.network.held import Columns


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
    number = {key: row for row, key in enumerate(shapes["id"])}
    rows = [number[key] for key in links["id"]]
    measured, line, basis, shares = (
        tuple(shapes[name][row] for row in rows) for name in ("measured_km", "line_km", "basis", "km")
    )
    published = links["length_km"]
    known = [not math.isnan(km) for km in published]
    length = tuple(
        float(own if is_known else km) for own, km, is_known in zip(published, measured, known, strict=True)
    )
    # A published length stretches the kilometres in each state alike.
    scale = [km / whole for km, whole in zip(length, measured, strict=True)]
    start, end = (tuple(state_of[place] for place in links[side]) for side in ("from", "to"))
    renamed = {"published_km" if name == "length_km" else name: cells for name, cells in links.items()}
    return MappingProxyType(
        {
            **renamed,
            "length_km": length,
            "length_basis": tuple(
                own if is_known else other
                for own, other, is_known in zip(links["length_basis"], basis, known, strict=True)
            ),
            "measured_km": measured,
            "line_km": line,
            "state_km": tuple(
                {state: km * factor for state, km in own.items()}
                for own, factor in zip(shares, scale, strict=True)
            ),
            "from_state": start,
            "to_state": end,
            "is_border": tuple(one != other for one, other in zip(start, end, strict=True)),
        }
    )
