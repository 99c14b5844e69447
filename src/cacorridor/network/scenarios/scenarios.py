"""Scenarios: named lists of edits, read from the tables or made by the user, and applied to a network."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from cacorridor.errors import DataError, Fault, UsageError
from cacorridor.network.checks import rules
from cacorridor.network.scenarios.application import apply_edits, faults_of_edits
from cacorridor.network.scenarios.edits import Edit, changed_by, edits_by_scenario
from cacorridor.network.scenarios.memory import remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from cacorridor.network.model import Network

BASE = "base"
TEXT_COLUMNS = ("table", "row", "operation", "column", "value", "source_id", "note")
NEEDED_COLUMNS = TEXT_COLUMNS[:3]


@dataclass(frozen=True)
class Scenario:
    """A named list of edits that are applied together.

    Parameters
    ----------
    name
        What it is called.
    edits
        What it changes, in order.
    text
        What it means, in a sentence.

    Examples
    --------
    >>> closed = cc.Edit("places", "irkeshtam-chn", "close", note="what if snow lies on the road")
    >>> cc.apply_scenarios(net, cc.Scenario("snow", (closed,))).applied
    ('snow',)

    """

    name: str
    edits: tuple[Edit, ...] = ()
    text: str = ""

    @classmethod
    def of(cls, name: str, frame: pd.DataFrame, text: str = "") -> Scenario:
        """Make a scenario of a table of edits with the columns of ``scenarios.csv``.

        ``table``, ``row`` and ``operation`` are needed; faults count the rows of the table from 1.

        Raises
        ------
        DataError
            If a column is lacking or unknown.

        """
        # a table made by a user has the same door as the file
        file = f"scenario {name}"
        faults = _wrong_columns(file, [str(column) for column in frame])
        if faults:
            raise DataError(faults)
        known = [column for column in TEXT_COLUMNS if column in frame]
        texts = frame[known].astype(object).where(frame[known].notna(), "").astype(str)
        edits = []
        for line, cells in enumerate(texts.itertuples(index=False, name=None), start=1):
            row: dict[str, Any] = dict(zip(known, cells, strict=True))
            edits.append(Edit(**row, file=file, line=line))
        return cls(name, tuple(edits), text or _summary(edits))

    def _repr_html_(self) -> str:
        """List the edits for a notebook; pandas escapes what it writes."""
        import pandas as pd

        edits = [[getattr(edit, column) for column in TEXT_COLUMNS] for edit in self.edits]
        table = pd.DataFrame(edits, columns=list(TEXT_COLUMNS))
        return f"<p>{escape(self.name)}: {escape(self.text)}</p>{table.to_html(index=False)}"


def _wrong_columns(file: str, columns: Sequence[str]) -> list[Fault]:
    """List the columns that a table of edits lacks, and those that it should not have."""
    allowed = f"columns {', '.join(TEXT_COLUMNS)}"
    lacking = [column for column in NEEDED_COLUMNS if column not in columns]
    unknown = [column for column in columns if column not in {*TEXT_COLUMNS, "id", "scenario"}]
    return [
        *(Fault(file, None, column, "missing", "a column of this name") for column in lacking),
        *(Fault(file, None, column, "unknown", allowed) for column in unknown),
    ]


ScenarioLike = str | Scenario


def scenarios(network: Network) -> dict[str, Scenario]:
    """List the scenarios of a network by name, in the order of its table.

    Parameters
    ----------
    network
        What exists, from ``load_network``.

    Returns
    -------
    dict[str, Scenario]
        Scenarios by name.

    Examples
    --------
    >>> "khorgos-closed" in cc.scenarios(net)
    True

    """
    return {name: _named(name, edits) for name, edits in edits_by_scenario(network).items()}


def _named(name: str, edits: tuple[Edit, ...]) -> Scenario:
    return Scenario(name, edits, _summary(edits))


def _summary(edits: Iterable[Edit]) -> str:
    """Say what edits mean, in the words of their notes."""
    return "; ".join(dict.fromkeys(edit.note for edit in edits if edit.note))


def apply_scenarios(network: Network, *named: ScenarioLike) -> Network:
    """Return the network under one scenario or several; ``applied`` of the result names them.

    All edits speak of the network as it is, so the order of the scenarios does not matter. A closed
    state takes every link with a kilometre in it, also where trains run through without a stop.

    Parameters
    ----------
    network
        What exists, from ``load_network``.
    *named
        Names of scenarios, or ``Scenario`` objects.

    Returns
    -------
    Network
        The edited network.

    Raises
    ------
    UsageError
        If no scenario has a name.
    DataError
        With every edit that does not fit, every cell that two edits name, and every rule that the
        edited tables break.

    Examples
    --------
    >>> shut = cc.apply_scenarios(net, "khorgos-closed")
    >>> shut.applied
    ('khorgos-closed',)

    """
    chosen = tuple(_look_up(network, each) for each in named)
    return remembered(network, chosen, lambda: _apply(network, chosen))


def _apply(network: Network, chosen: Sequence[Scenario]) -> Network:
    """Apply the edits of scenarios together, and run the rules that read what they change."""
    edits = [edit for scenario in chosen for edit in scenario.edits]
    edited = apply_edits(network, edits).changed(
        edited=True,
        known_ids=network.mark_edited().known_ids,
        applied=network.applied + tuple(scenario.name for scenario in chosen),
    )
    rules.validate(edited, changed=changed_by(edits))
    return edited


def network_under(network: Network, named: ScenarioLike | Sequence[ScenarioLike] | None) -> Network:
    """Return the network under one scenario or several together, or as it is if none is named.

    The network remembers those used last, so that questions under one scenario share what is derived from it.
    """
    together = (named,) if isinstance(named, (str, Scenario)) else tuple(named or ())
    return apply_scenarios(network, *together) if together else network


def scenario_faults(network: Network) -> list[Fault]:
    """List what is wrong with the table of scenarios: edits of nothing, or values that do not fit.

    Parameters
    ----------
    network
        What exists, from ``load_network``.

    Returns
    -------
    list[Fault]
        Faults of every scenario, each applied alone.

    """
    edits_of = edits_by_scenario(network)
    return [fault for edits in edits_of.values() for fault in faults_of_edits(network, edits)]


def _look_up(network: Network, scenario: ScenarioLike) -> Scenario:
    if isinstance(scenario, Scenario):
        return scenario
    edits_of = edits_by_scenario(network)
    if not isinstance(scenario, str) or scenario not in edits_of:
        raise UsageError(f"unknown scenario {scenario!r}; allowed: {', '.join(edits_of) or 'none'}")
    return _named(scenario, edits_of[scenario])


def scenario_networks(
    network: Network, named: Sequence[ScenarioLike] | None
) -> list[tuple[Scenario, Network]]:
    """Apply each scenario (by default all not yet applied) to the network; the network itself comes first."""
    # by default all scenarios but those that the network has seen already
    if named is None:
        named = tuple(name for name in scenarios(network) if name not in network.applied)
    several = [named] if isinstance(named, (str, Scenario)) else named
    if not hasattr(several, "__iter__"):
        raise UsageError(f"scenarios are named by words, not by {type(named).__name__}")
    # all names are looked up before the first is applied
    chosen = [_look_up(network, each) for each in several]
    return [(Scenario(BASE), network), *((each, apply_scenarios(network, each)) for each in chosen)]
