"""Which functions draw a route: named here, imported when a route is first drawn.

A route lies below what draws it and must not import that; so the two meet by name, as entry points do.
"""

from __future__ import annotations

import pkgutil
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

DRAWERS = {  # module and function of each way of drawing
    "card": "cacorridor.views.cards:route_card",
    "explore": "cacorridor.views.explorer.maps:map_routes",
    "plot": "cacorridor.views.charts.time_distance:plot_tcd",
}


class Page(Protocol):
    """What is shown in a notebook, or saved as one HTML file that opens offline.

    Examples
    --------
    >>> route = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"])
    >>> route.explore().save("kashgar-tashkent.html")  # doctest: +SKIP

    """

    def html(self) -> str:
        """Build the page."""

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the page to a file."""


def drawer(name: str) -> Callable[..., Any]:
    """Find the function that draws a route in one way.

    Parameters
    ----------
    name
        ``explore``, ``plot`` or ``card``.

    Returns
    -------
    Callable
        The function.

    """
    function: Callable[..., Any] = pkgutil.resolve_name(DRAWERS[name])
    return function
