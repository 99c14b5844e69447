"""The explorer: one page that carries the network and answers any question of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cacorridor.errors import UsageError
from cacorridor.routing import doors
from cacorridor.views.atlas.words import LANGUAGES
from cacorridor.views.explorer.widget import RoutePage

if TYPE_CHECKING:
    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route

HEIGHT_PX = 720  # of a frame in a notebook
LEAST_HEIGHT_PX = 200  # in which an answer and a map can be seen


@dataclass(frozen=True, eq=False)
class Explorer(RoutePage):
    """A page that searches the network, ready to be shown in a notebook or saved as one HTML file.

    Parameters
    ----------
    network
        What it searches.
    title
        Of the page.
    ends
        Ids of the places chosen when it opens, or empty texts.
    language
        In which it opens: en, ru or zh.
    height
        Of the frame in a notebook, pixels.

    Examples
    --------
    >>> page = cc.explorer(net, origin="Kashgar", destination="Tashkent")
    >>> page.ends
    ('kashgar', 'tashkent')
    >>> page.save("explorer.html")  # doctest: +SKIP

    """

    network: Network
    title: str = ""
    ends: tuple[str, str] = ("", "")
    language: str = "en"
    height: int = HEIGHT_PX

    def html(self) -> str:
        """Build the page.

        Returns
        -------
        str
            One HTML text that makes no request.

        """
        from cacorridor import __version__
        from cacorridor.views.atlas.data import collect
        from cacorridor.views.atlas.shell import render_explorer
        from cacorridor.views.atlas.words import read_words

        # a page without a title has one in the language in which it opens
        words, at = read_words(), LANGUAGES.index(self.language)
        title = self.title or words["title"][at]
        # what the page says of itself, and with what it opens
        about: dict[str, Any] = {
            "title": self.title,
            "library": __version__,
            "version": self.network.version,
            "as_of": self.network.as_of,
            "sha256": self.network.sha256,
            "scenarios": list(self.network.applied),
            "ends": list(self.ends),
            "language": self.language,
        }
        return render_explorer(collect(self.network, about), title, words["about"][at])

    def route_at(self, address: str) -> Route:
        """Find the route that the page shows at an address, as a reader copied it.

        Parameters
        ----------
        address
            Such as ``#moscow/osh&closed=KAZ&year=2031``, also behind the address of a file.

        Returns
        -------
        Route
            That of the view.

        Raises
        ------
        UsageError
            If the address names no two places, or what cannot be asked.
        NoRouteError
            With what blocks the way.

        Examples
        --------
        >>> cc.explorer(net).route_at("#moscow/osh&closed=KAZ").states
        ('RUS', 'AZE', 'TKM', 'UZB', 'KGZ')

        """
        from cacorridor.views.atlas.address import route_at

        return route_at(self.network, address)

    def __repr__(self) -> str:
        """Say in one line what it explores."""
        return f"<Explorer of {self.network!r}; save(path) writes it>"


def explorer(  # noqa: PLR0913  # how a page opens is independent of how a notebook shows it
    network: Network,
    *,
    origin: str | None = None,
    destination: str | None = None,
    title: str = "",
    language: str = "en",
    height: int = HEIGHT_PX,
) -> Explorer:
    """Make the page in which a reader asks any pair of places with any set of closures.

    The page carries the network and searches it itself: hours, ranges, kilometres and states are those of
    ``find_route``. It is one HTML file that opens offline.

    Parameters
    ----------
    network
        What exists, from ``load_network``; under a scenario or with an edited table the page shows that.
    origin, destination
        Places that are chosen when the page opens; none by default.
    title
        Of the page.
    language
        In which the page opens: en, ru or zh; a reader may switch.
    height
        Of the frame in a notebook, pixels.

    Returns
    -------
    Explorer
        Shown in a notebook, or saved by ``save(path)``.

    Raises
    ------
    UsageError
        If the language or the height is none that is allowed, or only one end is given.
    UnknownPlaceError
        With the nearest names, if any are like it.
    AmbiguousPlaceError
        With every place that a name may mean.

    Examples
    --------
    >>> import cacorridor as cc
    >>> cc.explorer(cc.load_network(), origin="Moscow", destination="Osh").ends
    ('moscow', 'osh')

    """
    doors.choice(language, "language", LANGUAGES)
    if not isinstance(height, int) or height < LEAST_HEIGHT_PX:
        raise UsageError(f"height {height!r}; allowed: a whole number of pixels from {LEAST_HEIGHT_PX}")
    if (origin is None) != (destination is None):
        raise UsageError("one end alone is no journey: give origin and destination, or neither")
    ends = ("", "") if origin is None or destination is None else (origin, destination)
    # names in any language become ids; no place is no place
    start, stop = (network.find_place(place) if place else "" for place in ends)
    return Explorer(network, title, (start, stop), language, height)
