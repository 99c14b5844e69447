"""Describe to the page what was published about pairs of places, so that it sets its own answer beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cacorridor.costs.prices import USD, dollars, value_of_goods_time
from cacorridor.views.atlas.words import LANGUAGES
from cacorridor.views.verdicts import KEY
from cacorridor.views.words.notes import plain_note
from cacorridor.views.words.phrases import as_data, phrase_of
from cacorridor.views.words.translation import say_data

if TYPE_CHECKING:
    from cacorridor.network.model import Network
    from cacorridor.views.atlas.worlds.layout import Worlds

LOAD = "feu"  # for which the page tells dollars


def describe_claims(network: Network, worlds: Worlds) -> dict[str, Any]:
    """Describe the published figures, one list a claim; places and modes are numbers."""
    names = ["id", "origin", "destination", "via", "modes", "level", "what", "low", "high", "standing"]
    names += ["year", "as_of", "claimant", "source_id", "set_aside", "note"]
    places, modes = worlds.places, worlds.modes
    # columns by name once, so that a claim is a list of cells
    rows: list[list[Any]] = []
    kinds: dict[str, int] = {}
    for claim in network.rows("claims"):
        numbered = {
            "origin": places[claim["origin"]],
            "destination": places[claim["destination"]],
            "via": [places[place] for place in claim["via"]],
            "modes": [modes[mode] for mode in claim["modes"]],
        }
        # a reason is the number of its kind, and what is told of it; the id of another claim says nothing
        kind, _, rest = (claim["set_aside"] or "").partition(": ")
        number = kinds.setdefault(kind, len(kinds))
        cells = {
            **claim,
            **numbered,
            "note": plain_note(network, claim["note"]),
            "set_aside": [number, KEY.sub("", rest).strip()] if kind else None,
        }
        rows.append([_json_cell(cells[name]) for name in names])
    said = [[say_data(as_data(phrase_of(kind)), each, network) for each in LANGUAGES] for kind in kinds]
    return {"columns": names, "rows": rows, "reasons": said}


def _json_cell(cell: Any) -> Any:
    """Write whole numbers as such, and what is missing as nothing."""
    if isinstance(cell, float):
        return None if cell != cell else int(cell) if cell.is_integer() else cell  # noqa: PLR0124  # NaN
    return cell


def describe_money(network: Network) -> dict[str, Any]:
    """Tell what a dollar of each year is in those of the page, and what an hour is worth to goods."""
    # claims in dollars are set beside those of their own year
    worth = {str(year): rate for (currency, year), rate in dollars(network).items() if currency == USD}
    goods = [row["goods"] for row in network.rows("rates") if row["what"] == "time"]
    return {"dollars": worth, "goods": {each: value_of_goods_time(network, each, LOAD) for each in goods}}
