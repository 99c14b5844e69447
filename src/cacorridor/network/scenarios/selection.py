"""Which rows an edit means: ids, a selection such as ``state=KAZ&mode=road``, or all."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from cacorridor.errors import UsageError
from cacorridor.network import schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from cacorridor.network.model import Network

ALL = "*"


def select(network: Network, table: str, row: str) -> tuple[str, ...]:
    """List the ids of the rows that an edit means.

    Raises
    ------
    UsageError
        Saying what may stand there, if a name is unknown or no row is meant.

    """
    keys = _ids_of(network, table)
    if row.strip() == ALL:
        return keys
    if "=" not in row:
        return _ids_named(network, table, row, set(keys))
    # every condition narrows what is meant
    for condition in row.split("&"):
        meant = _matching(network, table, condition)
        keys = tuple(key for key in keys if key in meant)
    if not keys and not network.edited:  # else the rows may be gone
        raise UsageError(f"a selection that some row of {table} meets")
    return keys


def _ids_named(network: Network, table: str, row: str, keys: set[str]) -> tuple[str, ...]:
    """List the ids that an edit names; those that an earlier edit took away are gone, not unknown."""
    named = dict.fromkeys(part.strip() for part in row.split(";"))
    unknown = sorted(set(named) - keys - network.known_ids.get(table, frozenset()))
    if unknown:
        raise UsageError(f"an id of {table}; unknown: {', '.join(map(repr, unknown))}")
    return tuple(key for key in named if key in keys)


def _ids_of(network: Network, table: str) -> tuple[str, ...]:
    """List the ids of a table; the states are those that have an outline."""
    return tuple(network.state_names if table == "states" else network.columns(table)["id"])


def _matching(network: Network, table: str, condition: str) -> set[str]:
    """Find the rows that meet one condition ``column=value|value``."""
    column, _, text = condition.partition("=")
    column, words = column.strip(), {word.strip() for word in text.split("|")}
    known = _criteria_of(table)
    if column not in known:
        raise UsageError(f"a condition on one of {', '.join(known) or 'no column'}")
    words_of = _words_of_rows(network, table, column)
    unknown = sorted(words - set().union(*words_of.values()))
    if unknown and not network.edited:
        raise UsageError(f"a value of {table} {column}; unknown: {', '.join(map(repr, unknown))}")
    return {key for key, words_of_row in words_of.items() if not words.isdisjoint(words_of_row)}


def _is_criterion(column: schema.Column) -> bool:
    """Tell whether a condition may name a column; the mode of a price is text, as it may be a family."""
    return column.kind in {"key", "category", "state"} or column.name == "mode"


def _criteria_of(table: str) -> list[str]:
    """List the columns of a table that a condition may name."""
    if table == "states":
        return []
    names = [column.name for column in filter(_is_criterion, schema.TABLES[table].columns)]
    # beyond its columns, a link has the states of its ends and their blocs
    return names + {"links": ["state", "bloc"], "crossings": ["bloc"]}.get(table, [])


def _words_of_rows(network: Network, table: str, column: str) -> Mapping[str, Collection[str]]:
    """Tell the words of each row by which a condition on a column may mean it."""
    columns = network.columns(table)
    if column in columns:
        return {key: (str(cell),) for key, cell in zip(columns["id"], columns[column], strict=True)}
    if column == "state":
        return _end_states(network)
    blocs = _blocs(network)
    if table == "links":
        return blocs
    of_link = zip(columns["id"], columns["link"], strict=True)
    return {key: blocs.get(link, set()) for key, link in of_link}


def _blocs(network: Network) -> dict[str, set[str]]:
    """Tell for each border link the blocs of which both states are members today."""
    of_state: dict[str, set[str]] = {}
    for row in network.rows("memberships"):
        if row["status"] == "member" and row["until"] is None:
            of_state.setdefault(row["state"], set()).add(row["bloc"])
    return {
        key: of_state.get(a, set()) & of_state.get(b, set())
        for key, (a, b) in _end_states(network).items()
        if a != b
    }


def _end_states(network: Network) -> dict[str, tuple[str, str]]:
    """Tell the states of both ends of each link."""
    links, state_of = network.columns("links"), network.state_of
    ends = zip(links["id"], links["from"], links["to"], strict=True)
    return {key: (state_of[start], state_of[end]) for key, start, end in ends}


def with_own_crossings(network: Network, selections: Iterable[str]) -> Network:
    """Return the network in which the crossings selected by link or bloc have figures of their own.

    Where a crossing leans on a state's average, or on the figure of all states, it gets copies of those
    rows, so that an edit of this crossing leaves all others as they are.
    """
    conditions = [condition for selection in selections for condition in selection.split("&")]
    border_links = _crossings_meant(network, conditions)
    if not border_links:
        return network
    # the copies behind all rows that there are
    columns, copies = network.columns("crossings"), list(_copies(network, dict.fromkeys(border_links)))
    rows = [*range(len(columns["id"])), *(copy["row"] for copy in copies)]
    names = {name: [*columns[name], *(copy[name] for copy in copies)] for name in ("id", "link", "state")}
    return network.with_cells("crossings", names, rows)


def _crossings_meant(network: Network, conditions: Sequence[str]) -> list[str]:
    """List the border links that conditions on ``link`` or ``bloc`` name."""
    meant: list[str] = []
    blocs = _blocs(network) if conditions else {}
    for condition in conditions:
        column, _, text = condition.partition("=")
        words = {word.strip() for word in text.split("|")}
        if column.strip() == "link":
            meant += [link for link in blocs if link in words]
        if column.strip() == "bloc":
            meant += [link for link, shared in blocs.items() if shared & words]
    return meant


def _copies(network: Network, links: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Copy the rows that crossings lean on, for each side, direction and level without one.

    Each is told by the position of its row and the cells in which the copy differs.
    """
    # the rows of crossings by what they speak of, each with its position
    rows_of: dict[tuple[str, ...], list[tuple[int, dict[str, Any]]]] = {}
    for number, row in enumerate(network.rows("crossings")):
        side = (row["link"], row["state"], row["mode"], row["direction"], row["level"])
        rows_of.setdefault(side, []).append((number, row))
    cells, ends = network.columns("links"), _end_states(network)
    modes = dict(zip(cells["id"], cells["mode"], strict=True))
    # both sides of each link, in both directions, at every level
    sides = [(link, state) for link in links for state in ends[link]]
    for (link, state), direction, level in itertools.product(sides, schema.DIRECTIONS, schema.LEVELS):
        kind_of_stop = (modes[link], direction, level)
        if (link, state, *kind_of_stop) not in rows_of:
            # the average of the state, or of all states: one row for each year surveyed
            leant_on = rows_of.get(("", state, *kind_of_stop)) or rows_of["", "", *kind_of_stop]
            for number, row in leant_on:
                year = "" if row["year"] is None else f":{row['year']}"
                key = f"{link}:{state.lower()}:{direction}:{level}:own{year}"
                yield {"row": number, "id": key, "link": link, "state": state}
