"""Tables of what a step costs in money and in greenhouse gases; a network is complete without them."""

from __future__ import annotations

from cacorridor.network.columns import (
    BASIS,
    CARRIERS,
    DIRECTIONS,
    EMITTED_UNITS,
    EMITTERS,
    ID,
    LEVELS,
    NOTE,
    PRICED,
    PRICED_UNITS,
    SOURCE,
    Column,
    Table,
    optional,
)

MODE = optional("mode", "text", "mode of transport, or a family of modes: rail, road, sea; empty: any")
STATE = optional("state", "state", "state where it holds; empty: any other")
LINK = optional("link", "key", "the one link for which it holds", refers_to="links")

CURRENCIES = Table(
    "currencies",
    "what a currency was worth in a year",
    (
        ID,
        Column("currency", "text", "ISO 4217 code"),
        Column("year", "year", "the year"),
        Column("usd_per_unit", "number", "US dollars of that year for one unit", low=1e-6, high=100),
        Column(
            "usd_2025_per_usd",
            "number",
            "US dollars of 2025 worth one US dollar of that year: ratio of consumer price indices",
            low=0.1,
            high=30,
        ),
        BASIS,
        SOURCE,
        NOTE,
    ),
    optional=True,
)

RATES = Table(
    "rates",
    "a price: per kilometre run, hour stood, side of a border, sailing, handling, or hour of the goods' time",
    (
        ID,
        Column(
            "what",
            "category",
            "what is paid for: run (a km), hour (standing), crossing (one side), union (one side inside a "
            "customs union; without such a row as any crossing), sailing (port to port), "
            "gauge, port, terminal (a handling), time (an hour that the goods are under way)",
            allowed=PRICED,
        ),
        MODE,
        STATE,
        LINK,
        optional("level", "category", "service level for which it holds; empty: any", allowed=LEVELS),
        optional("place", "key", "the one place for which a handling holds", refers_to="places"),
        optional("direction", "category", "of a crossing; empty: both", allowed=DIRECTIONS),
        optional("goods", "text", "of the value of time: word for the goods"),
        Column(
            "unit",
            "category",
            "load that it is paid for: feu (a 40-foot container), teu, truck, t",
            allowed=PRICED_UNITS,
        ),
        Column("low", "number", "10th percentile, in the currency of its year", low=0, high=1e6),
        Column("mean", "number", "mean", low=1e-6, high=1e6),
        Column("high", "number", "90th percentile", low=1e-6, high=1e6),
        Column("currency", "text", "ISO 4217 code"),
        Column("year", "year", "year of the price level"),
        BASIS,
        SOURCE,
        NOTE,
    ),
    optional=True,
)

EMISSIONS = Table(
    "emissions",
    "a factor of greenhouse gas emissions, CO2 equivalent, or of the energy that causes them",
    (
        ID,
        Column(
            "what",
            "category",
            "energy (for a tonne-km), carbon (of a unit of energy), direct (of a tonne-km), "
            "gauge, port, terminal (of a handling)",
            allowed=EMITTERS,
        ),
        MODE,
        optional("carrier", "category", "of energy and carbon: what carries the energy", allowed=CARRIERS),
        STATE,
        LINK,
        optional("load", "category", "the one unit of load for which it holds", allowed=PRICED_UNITS),
        Column(
            "unit",
            "category",
            "kwh/tkm or g/tkm of fuel (energy), g/kwh or g/g of fuel (carbon), g/tkm (direct), "
            "g/container (a handling)",
            allowed=EMITTED_UNITS,
        ),
        Column("low", "number", "10th percentile", low=0, high=1e6),
        Column("mean", "number", "mean", low=1e-6, high=1e6),
        Column("high", "number", "90th percentile", low=1e-6, high=1e6),
        Column("standard", "text", "what it counts: well-to-wheel or part of it; after which standard"),
        Column("year", "year", "year of which it speaks"),
        BASIS,
        SOURCE,
        NOTE,
    ),
    optional=True,
)

TABLES = (CURRENCIES, RATES, EMISSIONS)
