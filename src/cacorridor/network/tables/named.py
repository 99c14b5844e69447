"""Named lists: corridors are places in order, regions are states that are seen together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Corridor:
    """A named list of places that a route is pinned to.

    Parameters
    ----------
    name
        What people call it.
    via
        Ids of the places, in order of travel, the ends among them.
    by
        One mode, or family of modes, for each stretch between two places of ``via``; "rail" means all gauges.
    modes
        Modes that hold for the whole way; none: every mode.
    avoid
        States to keep out of, ISO 3166-1 alpha-3.
    year
        The year of the network in which it is asked; None is today.
    text
        What it is, in a sentence or two.
    sources
        Ids of ``sources.csv``.

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

    Parameters
    ----------
    name
        What the lens is called.
    states
        ISO 3166-1 alpha-3 codes.
    text
        Why these states are seen together.
    sources
        Ids of ``sources.csv``.

    Examples
    --------
    >>> net.regions["five"].states
    ('KAZ', 'KGZ', 'TJK', 'TKM', 'UZB')

    """

    name: str
    states: tuple[str, ...]
    text: str = ""
    sources: tuple[str, ...] = ()
