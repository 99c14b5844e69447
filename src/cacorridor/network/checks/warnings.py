"""What a sound network may still lack: nothing is refused, but a reader is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.errors import DataWarning
from cacorridor.network.model import SEA

if TYPE_CHECKING:
    from cacorridor.network.model import Network

CITY = "city"


def network_warnings(network: Network) -> list[DataWarning]:
    """List the cities without a family of modes that most other cities of their state have.

    Parameters
    ----------
    network
        What exists, from ``load_network``.

    Returns
    -------
    list[DataWarning]
        One a city and family, such as "Fergana has no road in this network".

    """
    warnings = []
    for place, families in _lacking(network).items():
        line, state = network.row_number("places", place), network.state_name(network.state_of[place])
        for family in families:
            lack = f"{network.place_name(place)} has no {family} in this network"
            text = f"{lack}; most other cities of {state} have"
            warnings.append(DataWarning("places.csv", line, "id", place, text))
    return warnings


def _lacking(network: Network) -> dict[str, list[str]]:
    """List the families of modes that each city lacks and most other cities of its state have."""
    places = network.tables["places"]
    cities = places[places["kind"] == CITY]
    served = _served_by(network)
    # a city without a port lacks nothing
    families = [family for family in dict.fromkeys(network.families.values()) if family != SEA]
    lacking: dict[str, list[str]] = {}
    for family in families:
        has = cities["id"].map(lambda city, family=family: family in served.get(city, set()))
        # more than half of the other cities of its state
        of_state = has.groupby(cities["state"])
        others = of_state.transform("size") - 1
        usual = of_state.transform("sum") > others / 2  # a city without it counts among the others only
        for city in cities.loc[~has & usual, "id"]:
            lacking.setdefault(city, []).append(family)
    return lacking


def _served_by(network: Network) -> dict[str, set[str]]:
    """List the families of the links in service that end at each place."""
    links = network.tables["links"]
    links = links[(links["status"] == "operational") & links["closed"].isna()]
    served: dict[str, set[str]] = {}
    for start, end, mode in zip(links["from"], links["to"], links["mode"], strict=True):
        for place in (start, end):
            served.setdefault(place, set()).add(network.families[mode])
    return served
