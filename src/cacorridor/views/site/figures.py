"""Name the figures of the tables in words, by the keys under which results list them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cacorridor.views import text
from cacorridor.views.words import names
from cacorridor.views.words.phrases import in_phrase, join_parts, phrase_of, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cacorridor.views.labels import Labels
    from cacorridor.views.words.phrases import Part

Row = dict[str, Any]
LINKS = "links"  # whose key is the id of a row alone
RATES = {  # what a price is paid for
    "run": "Price of a kilometre",
    "hour": "Price of an hour of standing",
    "crossing": "Payments at a border",
    "union": "Payments at a border inside a customs union",
    "sailing": "Fare of a sailing",
    "gauge": "Price of a change of gauge",
    "port": "Price of handling at a port",
    "terminal": "Price of handling at a terminal",
}
EMISSIONS = {  # what a factor is multiplied by
    "direct": "Emissions of a tonne-kilometre",
    "energy": "Energy of a tonne-kilometre",
    "carbon": "Carbon of the energy",
    "gauge": "Emissions of a change of gauge",
    "port": "Emissions of handling at a port",
    "terminal": "Emissions of handling at a terminal",
}
HOURS = {  # figures of time that only the rows of their tables name
    "speeds": "Speed",
    "crossings": "Hours at a border",
    "transfers": "Hours of a transfer",
    "services": "Timetable of a ship",
    "closures": "Closures of a pass or post",
    "terminals": "Stay at a terminal",
}
PAID = ".cost"  # ends the key of what is paid at a crossing, which stands in the row of its hours
UNITS = {"feu": "container", "truck": "truck"}  # of fares


def name_figures(labels: Labels, keys: str | None) -> Part:
    """Name figures whose keys are joined by semicolons; none of the keys is shown."""
    if not keys:
        return say(text.NOT_KNOWN)
    return join_parts([name_figure(labels, key) for key in keys.split("; ")], "; ")


def name_figure(labels: Labels, key: str) -> Part:
    """Name one figure: what it is of, by which mode, where, at which level.

    Parameters
    ----------
    labels
        The words of the network whose tables hold the figure.
    key
        Table, id of the row, and what of it; of a link the id alone.

    Returns
    -------
    Phrase
        Such as "Price of a kilometre: road, Kazakhstan, express".

    """
    table, slash, rest = key.partition("/")
    if not slash:
        table, rest = LINKS, key
    # the id may be followed by the column or by why another figure of the row is taken
    row_id, _, remark = rest.partition("@")
    rows = _rows(labels, table)
    row = rows.get(rest) or rows.get(row_id) or rows.get(row_id.rpartition(".")[0])
    if row is None:
        return say("a figure of the data")
    where = remark if remark in _rows(labels, "places") else ""
    told = [] if where else [phrase_of(remark)]
    described = [*_describe_row(labels, {**row, "place": where or row.get("place", "")}), *told]
    title = _title_of_figure(table, row, paid=rest.endswith(PAID))
    rest_of_it = join_parts(described, ", ")
    if title is None:
        return rest_of_it
    return say("{figure}: {what}", figure=title, what=rest_of_it) if any(described) else title


def _title_of_figure(table: str, row: Row, *, paid: bool) -> Part | None:
    """Say what the figure is of; a link is named by its ends alone."""
    if table == LINKS:
        return None
    if paid:
        return phrase_of(RATES["crossing"])
    words = {"rates": RATES, "emissions": EMISSIONS}.get(table)
    return phrase_of(HOURS.get(table, "figure") if words is None else words[row["what"]])


def _describe_row(labels: Labels, row: Row) -> list[Part]:
    """Say by which mode, where and in which case a figure holds, from the general to the particular."""
    network = labels.network
    words: Mapping[str, Callable[[str], Part]] = {
        "mode": lambda mode: in_phrase(labels.modes.get(mode, mode)),
        "carrier": phrase_of,
        "place": lambda place: names.place(network, place),
        "link": lambda link: _ends_of_link(labels, _rows(labels, LINKS)[link]),
        "state": lambda state: names.state(network, state),
        "direction": phrase_of,
        "level": phrase_of,
        "load": phrase_of,
    }
    # a link says its own ends; what is paid for it says more than the state in which it lies
    told = [say_it(row[name]) for name, say_it in words.items() if row.get(name)]
    if "from" in row:
        told.insert(0, _ends_of_link(labels, row))
    return [*told, phrase_of(UNITS[row["unit"]])] if row.get("what") == "sailing" else told


def _ends_of_link(labels: Labels, link: Row) -> Part:
    start, end = (names.place(labels.network, link[end]) for end in ("from", "to"))
    return say(f"{{start}} {text.DASH} {{end}}", start=start, end=end)


def _rows(labels: Labels, table: str) -> Mapping[str, Row]:
    """Return the rows of a table by id; the network keeps them."""
    kept: dict[str, dict[str, Row]] = labels.network.derived.setdefault(_rows, {})
    if table not in kept:
        known = table in labels.network.tables
        kept[table] = {row["id"]: row for row in labels.network.rows(table)} if known else {}
    return kept[table]
