"""Named lists beside the tables: corridors are lists of places, regions lists of states."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Corridor:
    """A named list of places that a route is pinned to.

    ``modes`` hold for the whole way, ``by`` names one mode for each stretch between two places of
    ``via``; "rail" means both gauges.

    Examples
    --------
    >>> corridor = net.corridors["xian-tashkent-kaz-rail"]
    >>> corridor.via[0], corridor.via[-1]
    ('xian', 'tashkent')

    """

    name: str
    via: tuple[str, ...]
    by: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    year: int | None = None
    text: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Region:
    """A lens on the region: a named list of states.

    Examples
    --------
    >>> net.regions["five"].states
    ('KAZ', 'KGZ', 'TJK', 'TKM', 'UZB')

    """

    name: str
    states: tuple[str, ...]
    text: str = ""
    sources: tuple[str, ...] = ()
