"""Split the table of a time-distance diagram into what is named on it: states passed, places of standing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd


class Stretch(NamedTuple):
    """From which kilometre to which a route runs in one state, or at sea."""

    state: str
    start_km: float
    end_km: float

    @property
    def middle_km(self) -> float:
        """Where the name of the state stands."""
        return (self.start_km + self.end_km) / 2


class Stop(NamedTuple):
    """From which hour to which a route stands at one place."""

    place: str
    km: float
    start_h: float
    end_h: float

    @property
    def time_h(self) -> float:
        """How long it stands."""
        return self.end_h - self.start_h

    @property
    def middle_h(self) -> float:
        """Where the name of the place stands."""
        return (self.start_h + self.end_h) / 2


def state_stretches(table: pd.DataFrame) -> Iterator[Stretch]:
    """List the states of a route in turn; one that is entered twice stands twice.

    Parameters
    ----------
    table
        From ``time_distance``.

    Returns
    -------
    Iterator[Stretch]
        In order of travel.

    """
    runs = table[table["km_to"] > table["km_from"]]
    changes = (runs["state"] != runs["state"].shift()).cumsum()
    for _, stay in runs.groupby(changes):
        yield Stretch(str(stay["state"].iloc[0]), stay["km_from"].iloc[0], stay["km_to"].iloc[-1])


def stops_of(table: pd.DataFrame) -> Iterator[Stop]:
    """List the places at which a route stands; several steps at one place are one stop.

    Parameters
    ----------
    table
        From ``time_distance``.

    Returns
    -------
    Iterator[Stop]
        In order of travel.

    """
    standing = table[(table["kind"] != "run") & (table["h_to"] > table["h_from"])]
    # while a route stands its kilometres do not change: border, transfer and wait are told as one
    moves = (standing["km_to"] != standing["km_to"].shift()).cumsum()
    for _, stop in standing.groupby(moves):
        first, last = stop.iloc[0], stop.iloc[-1]
        yield Stop(first["from"], first["km_to"], first["h_from"], last["h_to"])
