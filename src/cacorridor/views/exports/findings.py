"""One answer, whatever it is written in: what was asked, its tables, its routes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cacorridor.routing.telling.provenance import provenance
from cacorridor.routing.telling.shapes import totals

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from cacorridor.network.model import Network
    from cacorridor.routing.conditions import Conditions
    from cacorridor.routing.routes import Route


@dataclass(frozen=True, eq=False)
class Findings:
    """What a question found out.

    ``tables`` are named, and the first of them is the answer itself; ``about`` is what the answer rests on
    (see ``provenance``), ``head`` says the same in a line or two; ``network`` knows the towns of the routes.
    """

    network: Network
    about: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    head: str = ""
    routes: tuple[Route, ...] = field(default=())

    @property
    def main(self) -> pd.DataFrame:
        """The table that is the answer itself."""
        first, *_ = self.tables.values()
        return first

    @property
    def origin(self) -> dict[str, Any]:
        """What the answer rests on, with the totals of its routes."""
        if not self.routes:
            return dict(self.about)
        if len(self.routes) == 1:  # what the answer rests on is what its route rests on
            return {**self.about, "route": totals(self.routes[0])}
        summaries = [{**totals(each), **conditions_told(each.network, each.query)} for each in self.routes]
        return {**self.about, "routes": summaries}


def conditions_told(network: Network, conditions: Conditions) -> dict[str, Any]:
    """Tell the conditions of one of several routes, which may differ.

    Parameters
    ----------
    network
        The network that was asked.
    conditions
        The question of the route.

    Returns
    -------
    dict
        Under ``conditions``.

    """
    return {"conditions": provenance(network, conditions)["conditions"]}
