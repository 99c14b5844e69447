"""What a state would hold if a way around it were not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from cacorridor.criticality.leverage import leverage
from cacorridor.errors import UsageError
from cacorridor.routing.conditions import spell_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Unpack

    from cacorridor.network.model import Network
    from cacorridor.routing.conditions import ConditionOptions


@spell_out
def bypass_costs(
    network: Network,
    origin: str,
    destination: str,
    *,
    state: str,
    detours: Mapping[str, Iterable[str]],
    **conditions: Unpack[ConditionOptions],
) -> pd.DataFrame:
    """Compute what each way around a state costs it: leverage without the way, less leverage as it is.

    The outside option is held at that of the whole network. Ways that stand in for each other cost little one
    by one and much together.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    origin, destination
        Places, by name or by id.
    state
        Who is bypassed, as ISO 3166-1 alpha-3 code.
    detours
        The links without which each way around is none, by the name of the way.
    **conditions
        Conditions of the question, as of ``leverage``.

    Returns
    -------
    pandas.DataFrame
        One row a way: ``way``; ``leverage_h``, the hours that fall to the state as things are;
        ``leverage_without_h``, those that would fall to it without the way; ``cost_h``, the difference.
        By another criterion than time the columns end in its unit.

    Raises
    ------
    UsageError
        If the network lacks the state or a link.
    NoRouteError
        If no ocean route joins the pair.

    """
    if state not in network.states.index:
        raise UsageError(f"unknown state {state!r}")
    # as it is; its outside option stays, so that only the missing way makes a difference
    base = leverage(network, origin, destination, **conditions)
    unit = str(base.columns[-1]).removeprefix("outside_")
    outside = float(base[f"outside_{unit}"].iloc[0]) if len(base) else None
    held = _leverage_of(base, state, unit)
    rows = []
    # the same game without the links of each way
    for name, links in detours.items():
        fewer = without_links(network, links)
        game = leverage(fewer, origin, destination, outside=outside, **conditions)
        without = _leverage_of(game, state, unit)
        rows.append((name, held, without, without - held))
    columns = ["way", f"leverage_{unit}", f"leverage_without_{unit}", f"cost_{unit}"]
    return pd.DataFrame(rows, columns=columns)


def without_links(network: Network, links: Iterable[str]) -> Network:
    """Take links out of a network, which keeps the smaller one, so that the next question need not build it.

    Parameters
    ----------
    network
        What exists.
    links
        Ids of the links that are taken out.

    Returns
    -------
    Network
        The network without them.

    Raises
    ------
    UsageError
        If the network lacks one of them.

    """
    # a set, so that the same links in any order are one smaller network
    lost = frozenset(links)
    unknown = sorted(lost - set(network.links.index))
    if unknown:
        raise UsageError(f"unknown link {unknown[0]!r}")
    key = without_links, lost
    if key not in network.derived:
        table = network.tables["links"]
        network.derived[key] = network.with_table("links", table[~table["id"].isin(lost)])
    fewer: Network = network.derived[key]
    return fewer


def _leverage_of(table: pd.DataFrame, state: str, unit: str) -> float:
    """Read the leverage of a state; one that is not listed has none."""
    return float(table.loc[table["state"] == state, f"leverage_{unit}"].sum())
