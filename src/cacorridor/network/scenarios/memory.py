"""What a network remembers of its scenarios: the edited networks, and of an edited one where it comes from.

Light to import: whoever lays out a network asks here, also where no scenario is ever applied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from cacorridor.network.model import Network

KEPT = 32  # edited networks that a network remembers, those used last
EDITED, ORIGINAL = "edited networks", "original network"


def remembered(network: Network, key: Hashable, edit: Callable[[], Network]) -> Network:
    """Return the network edited in the way that a key stands for; what is not remembered is made."""
    # a dictionary keeps the order of insertion: taken out and put in again, the newest is last
    kept: dict[Hashable, Network] = network.derived.setdefault(EDITED, {})
    edited = kept.pop(key, None)
    if edited is None:
        edited = edit()
        edited.derived[ORIGINAL] = network
    kept[key] = edited
    while len(kept) > KEPT:
        kept.pop(next(iter(kept)), None)
    return edited


def original_of(network: Network) -> Network | None:
    """Return the network that scenarios were applied to; None if none were, or if that is not known."""
    original: Network | None = network.derived.get(ORIGINAL)
    return original
