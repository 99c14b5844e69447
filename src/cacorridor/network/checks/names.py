"""Names that several places share are faults where English names or ids clash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.network.checks.faults import fault_of, marked, repeated
from cacorridor.network.spelling import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cacorridor.errors import Fault
    from cacorridor.network.model import Network


def place_names_are_unique(network: Network) -> Iterator[Fault]:
    """Require that a name has a letter or a digit, and that no other place has it as name or id."""
    # names as they are compared: without case, accents and marks
    places = network.columns("places")
    folded = list(map(fold_name, places["name"]))
    for row in marked(places, (not name for name in folded)):
        yield fault_of(network, "places", row, "name", "a name with a letter or a digit")
    twice = zip(folded, repeated(folded), strict=True)
    for row in marked(places, (name and comes_again for name, comes_again in twice)):
        yield fault_of(network, "places", row, "name", "a name that no other place has")
    # a question may name a place by its id: no name may mean another one
    ids = list(map(fold_name, places["id"]))
    known = set(ids)
    for row in marked(places, (name in known and name != key for name, key in zip(folded, ids, strict=True))):
        yield fault_of(network, "places", row, "name", "a name that is not the id of another place")


def aliases_are_names(network: Network) -> Iterator[Fault]:
    """Require that an alias has a letter or a digit."""
    aliases = network.columns("aliases")
    for row in marked(aliases, (not fold_name(alias) for alias in aliases["alias"])):
        yield fault_of(network, "aliases", row, "alias", "a spelling with a letter or a digit")
