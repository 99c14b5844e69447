"""Names that several places share: faults where English names or ids clash, warnings in other languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.errors import Fault
from cacorridor.network.checks.faults import fault_of, rows_where
from cacorridor.network.gazetteer import gazetteer_of
from cacorridor.network.spelling import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cacorridor.network.model import Network

FILES = {"alias": "aliases.csv"}  # where a column of spellings stands, if not in places.csv


def place_names_are_unique(network: Network) -> Iterator[Fault]:
    """Require that a name has a letter or a digit, and that no other place has it as name or id."""
    places = network.tables["places"]
    # names as they are compared: without case, accents and marks
    folded = places["name"].map(fold_name)
    for row in rows_where(places, folded == ""):
        yield fault_of(network, "places", row, "name", "a name with a letter or a digit")
    for row in rows_where(places, (folded != "") & folded.duplicated()):
        yield fault_of(network, "places", row, "name", "a name that no other place has")
    # a question may name a place by its id: no name may mean another one
    ids = places["id"].map(fold_name)
    for row in rows_where(places, folded.isin(set(ids)) & (folded != ids)):
        yield fault_of(network, "places", row, "name", "a name that is not the id of another place")


def aliases_are_names(network: Network) -> Iterator[Fault]:
    """Require that an alias has a letter or a digit."""
    aliases = network.tables["aliases"]
    empty = [fold_name(alias) == "" for alias in network.columns("aliases")["alias"]]
    for row in rows_where(aliases, empty):
        yield fault_of(network, "aliases", row, "alias", "a spelling with a letter or a digit")


def shared_spellings(network: Network) -> Iterator[Fault]:
    """Warn of a spelling that several places share: a question that uses it is refused with all of them."""
    for clash in gazetteer_of(network).clashes():
        file = FILES.get(clash.column, "places.csv")
        allowed = f"a spelling of one place; it is shared by {', '.join(clash.places)}"
        yield Fault(file, None, clash.column, clash.spelling, allowed)
