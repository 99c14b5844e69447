"""Rules of prices and emissions: units that fit, currencies that can be converted, one row a thing."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from cacorridor.network.checks.faults import (
    disordered_ranges,
    fault_of,
    marked,
    repeated_keys,
    rows_of,
)
from cacorridor.network.columns import HANDLINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from cacorridor.errors import Fault
    from cacorridor.network.model import Network

RANGE = "low", "mean", "high"
WHERE = ["mode", "state", "link"]
KEYS = {
    "rates": ["what", *WHERE, "level", "place", "direction", "goods", "unit", "year"],
    "emissions": ["what", *WHERE, "carrier", "load", "year"],
    "currencies": ["currency", "year"],
}
UNIT_OF = {  # of an emission factor, by what it is and what carries the energy
    ("energy", "electricity"): "kwh/tkm",
    ("energy", "diesel"): "g/tkm",
    ("carbon", "electricity"): "g/kwh",
    ("carbon", "diesel"): "g/g",
    ("direct", ""): "g/tkm",
    **dict.fromkeys(((what, "") for what in HANDLINGS), "g/container"),
}
MODELESS = ("time", "carbon", *HANDLINGS)  # what does not depend on a mode


def rates_can_be_converted(network: Network) -> Iterator[Fault]:
    """Require what a currency was worth in the year of each price, payments at crossings among them."""
    # prices of rates.csv, in any currency
    rates, crossings = network.columns("rates"), network.columns("crossings")
    known = set(rows_of(network.columns("currencies"), "currency", "year"))
    for row in marked(rates, (pair not in known for pair in rows_of(rates, "currency", "year"))):
        yield fault_of(network, "rates", row, "currency", f"a currency with a row of {row['year']}")
    # payments at crossings are in dollars of their year; a dataset without prices needs no rate
    paid = rows_of(crossings, "cost_usd", "year") if rates["id"] else ()
    wrong = (not (math.isnan(usd) or year is None or ("USD", year) in known) for usd, year in paid)
    for row in marked(crossings, wrong):
        yield fault_of(network, "crossings", row, "year", "a year for which currencies have US dollars")


def money_names_modes(network: Network) -> Iterator[Fault]:
    """Require a mode or a family of modes where a figure depends on it, and nowhere else."""
    words = network.mode_words
    for name in ("rates", "emissions"):
        columns = network.columns(name)
        cells = rows_of(columns, "what", "mode")
        for row in marked(columns, (mode if what in MODELESS else mode not in words for what, mode in cells)):
            allowed = "nothing" if row["what"] in MODELESS else f"one of {', '.join(words)}"
            yield fault_of(network, name, row, "mode", allowed)


def rates_say_what_they_are_for(network: Network) -> Iterator[Fault]:
    """Require goods where time has a value, and places, directions, goods only where they mean something."""
    rates = network.columns("rates")
    # what a column means depends on what the price is for
    belongs = {"goods": ("time",), "place": HANDLINGS, "direction": ("crossing",)}
    for column, whats in belongs.items():
        odd = (cell and what not in whats for cell, what in rows_of(rates, column, "what"))
        for row in marked(rates, odd):
            yield fault_of(network, "rates", row, column, f"nothing: what is {row['what']}")
    cells = rows_of(rates, "what", "goods")
    for row in marked(rates, (what == "time" and not goods for what, goods in cells)):
        yield fault_of(network, "rates", row, "goods", "a word for the goods whose time it is")


def emission_units_fit(network: Network) -> Iterator[Fault]:
    """Require the unit, and the carrier of energy, that a factor of its kind has."""
    emissions = network.columns("emissions")
    # which carrier a factor of this kind may name, and then its unit
    kinds = list(rows_of(emissions, "what", "carrier"))
    for row in marked(emissions, (kind not in UNIT_OF for kind in kinds)):
        allowed = "electricity or diesel" if row["what"] in {"energy", "carbon"} else "nothing"
        yield fault_of(network, "emissions", row, "carrier", allowed)
    wrong = (UNIT_OF.get(kind, unit) != unit for kind, unit in zip(kinds, emissions["unit"], strict=True))
    for row in marked(emissions, wrong):
        yield fault_of(network, "emissions", row, "unit", UNIT_OF[row["what"], row["carrier"]])


RULES: Mapping[Callable[[Network], Iterable[Fault]], Sequence[str]] = {  # and the tables that each reads
    **{partial(repeated_keys, table, key): (table,) for table, key in KEYS.items()},
    **{partial(disordered_ranges, table, RANGE): (table,) for table in ("rates", "emissions")},
    rates_can_be_converted: ("rates", "currencies", "crossings"),
    money_names_modes: ("rates", "emissions", "modes"),
    rates_say_what_they_are_for: ("rates",),
    emission_units_fit: ("emissions",),
}
