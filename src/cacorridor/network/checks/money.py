"""Rules of prices and emissions: units that fit, currencies that can be converted, one row a thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cacorridor.network.checks.faults import disordered_ranges, fault_of, repeated_keys, rows_where
from cacorridor.network.columns import HANDLINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from cacorridor.errors import Fault
    from cacorridor.network.model import Network

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


def money_is_told_once(network: Network) -> Iterator[Fault]:
    """Require that no two rows give a figure for the same thing: the order of rows must not choose."""
    return repeated_keys(network, KEYS)


def money_ranges_are_in_order(network: Network) -> Iterator[Fault]:
    """Require that low, mean and high stand in this order."""
    return disordered_ranges(network, dict.fromkeys(("rates", "emissions"), ("low", "mean", "high")))


def rates_can_be_converted(network: Network) -> Iterator[Fault]:
    """Require what a currency was worth in the year of each price, payments at crossings among them."""
    # prices of rates.csv, in any currency
    rates, currencies = network.tables["rates"], network.tables["currencies"]
    known = set(zip(currencies["currency"], currencies["year"], strict=True))
    wrong = [pair not in known for pair in zip(rates["currency"], rates["year"], strict=True)]
    for row in rows_where(rates, wrong):
        yield fault_of(network, "rates", row, "currency", f"a currency with a row of {row['year']}")
    # payments at crossings are in dollars of their year; a dataset without prices needs no rate
    crossings = network.tables["crossings"]
    paid = crossings["cost_usd"].notna() & crossings["year"].notna()
    unknown = [len(rates) > 0 and ("USD", year) not in known for year in crossings["year"]]
    for row in rows_where(crossings, np.asarray(paid) & np.asarray(unknown, dtype=bool)):
        yield fault_of(network, "crossings", row, "year", "a year for which currencies have US dollars")


def money_names_modes(network: Network) -> Iterator[Fault]:
    """Require a mode or a family of modes where a figure depends on it, and nowhere else."""
    for name in ("rates", "emissions"):
        frame = network.tables[name]
        modeless = frame["what"].isin(MODELESS)
        unknown = ~frame["mode"].isin(network.mode_words)
        for row in rows_where(frame, np.where(modeless, frame["mode"] != "", unknown)):
            allowed = "nothing" if row["what"] in MODELESS else f"one of {', '.join(network.mode_words)}"
            yield fault_of(network, name, row, "mode", allowed)


def rates_say_what_they_are_for(network: Network) -> Iterator[Fault]:
    """Require goods where time has a value, and places, directions, goods only where they mean something."""
    rates = network.tables["rates"]
    # what a column means depends on what the price is for
    belongs = {"goods": ["time"], "place": HANDLINGS, "direction": ["crossing"]}
    for column, whats in belongs.items():
        odd = (rates[column] != "") & ~rates["what"].isin(whats)
        for row in rows_where(rates, odd):
            yield fault_of(network, "rates", row, column, f"nothing: what is {row['what']}")
    for row in rows_where(rates, (rates["what"] == "time") & (rates["goods"] == "")):
        yield fault_of(network, "rates", row, "goods", "a word for the goods whose time it is")


def emission_units_fit(network: Network) -> Iterator[Fault]:
    """Require the unit, and the carrier of energy, that a factor of its kind has."""
    emissions = network.tables["emissions"]
    # which carrier a factor of this kind may name, and then its unit
    kinds = list(zip(emissions["what"], emissions["carrier"], strict=True))
    for row in rows_where(emissions, [kind not in UNIT_OF for kind in kinds]):
        allowed = "electricity or diesel" if row["what"] in {"energy", "carbon"} else "nothing"
        yield fault_of(network, "emissions", row, "carrier", allowed)
    wrong = [UNIT_OF.get(kind, unit) != unit for kind, unit in zip(kinds, emissions["unit"], strict=True)]
    for row in rows_where(emissions, wrong):
        yield fault_of(network, "emissions", row, "unit", UNIT_OF[row["what"], row["carrier"]])


RULES: Mapping[Callable[[Network], Iterable[Fault]], Sequence[str]] = {  # and the tables that each reads
    money_is_told_once: tuple(KEYS),
    money_ranges_are_in_order: ("rates", "emissions"),
    rates_can_be_converted: ("rates", "currencies", "crossings"),
    money_names_modes: ("rates", "emissions", "modes"),
    rates_say_what_they_are_for: ("rates",),
    emission_units_fit: ("emissions",),
}
