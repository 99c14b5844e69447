"""One answer, whatever it is written in: what was asked, its tables, its routes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cacorridor.routing.shapes import totals

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route


@dataclass(frozen=True, eq=False)
class Answer:
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
        return next(iter(self.tables.values()))

    @property
    def origin(self) -> dict[str, Any]:
        """What the answer rests on, with the totals of its routes."""
        own = {"route": totals(self.routes[0])} if len(self.routes) == 1 else {}
        several = {"routes": list(map(totals, self.routes))} if len(self.routes) > 1 else {}
        return {**self.about, **own, **several}
