"""What makes an answer one that can be repeated: version of the data, conditions, scenario."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from cacorridor.network.about import data_version
from cacorridor.release import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cacorridor.network.model import Network
    from cacorridor.routing.conditions import Conditions

NOT_CONDITIONS = {"stretches", "notes", "scenarios"}  # of a query: how it was understood


def provenance(
    network: Network, conditions: Conditions, years: Sequence[int | None] | None = None
) -> dict[str, Any]:
    """Tell on what an answer rests, in words, numbers and lists that any file format can hold.

    Parameters
    ----------
    network
        The network that was asked.
    conditions
        The conditions, or a whole query; of a query, its ends and pins are told too.
    years
        The years of a question that is asked for several; None among them is today.

    Returns
    -------
    dict
        ``cacorridor`` (release), ``data`` (version, day, content hash) and ``conditions``; a set of states or
        modes is a sorted list, no modes are all modes, and no year is today.

    """
    spelled = {
        each.name: _listed_condition(getattr(conditions, each.name))
        for each in fields(type(conditions))
        if each.name not in NOT_CONDITIONS
    }
    # a question for several years has no year of its own
    if years is not None and len(years) != 1:
        spelled["year"] = list(years)
    elif years is not None:
        spelled["year"] = years[0]
    version = data_version(network)
    return {
        "cacorridor": VERSION,
        "data": {each.name: getattr(version, each.name) for each in fields(version)},
        "conditions": {**spelled, "scenarios": list(network.applied)},
    }


def _listed_condition(condition: Any) -> Any:
    """Write a set as a sorted list, a tuple as a list."""
    if isinstance(condition, frozenset):
        return sorted(condition)
    return list(condition) if isinstance(condition, tuple) else condition
