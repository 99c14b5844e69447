"""Tables of what takes time: borders, transfers, sailings, closures and running."""

from __future__ import annotations

from cacorridor.network.columns import (
    BASIS,
    DIRECTIONS,
    ID,
    LEVELS,
    MONTHS,
    NOTE,
    SIDES,
    SOURCE,
    Column,
    Table,
    hour_columns,
    optional,
)

CROSSINGS = Table(
    "crossings",
    "the dwell at one side of a border, in one direction, at one service level, in one year",
    (
        ID,
        optional(
            "link",
            "key",
            "border link; empty: every crossing of the state by the mode",
            refers_to="links",
        ),
        optional("state", "state", "state on whose side the time passes; empty: any state"),
        Column("mode", "key", "mode of transport", refers_to="modes"),
        Column("direction", "category", "outbound leaves the state, inbound enters it", allowed=DIRECTIONS),
        Column("level", "category", "service level", allowed=LEVELS),
        optional("year", "year", "year the figure speaks of"),
        *hour_columns("dwell", "standing time"),
        optional("cost_usd", "number", "payments at this side, US dollars of the year", low=0, high=20000),
        Column(
            "cause",
            "text",
            "what the time consists of: queue, customs, inspection, handling, separated by ;",
        ),
        BASIS,
        SOURCE,
        NOTE,
    ),
)

TRANSFERS = Table(
    "transfers",
    "a change of mode at a place, good for both directions",
    (
        ID,
        Column("place", "key", "place of the transfer", refers_to="places"),
        Column("from_mode", "key", "one mode", refers_to="modes"),
        Column("to_mode", "key", "the other mode", refers_to="modes"),
        Column("level", "category", "service level", allowed=LEVELS),
        Column("method", "text", "how: crane, bogie change, roll-on, terminal"),
        *hour_columns("handling", "handling time"),
        optional("cost_usd", "number", "price per container, US dollars of 2025", low=0, high=20000),
        BASIS,
        SOURCE,
        NOTE,
    ),
)

SERVICES = Table(
    "services",
    "a sailing on a sea link",
    (
        ID,
        Column("link", "key", "sea link", refers_to="links"),
        Column("level", "category", "service level", allowed=LEVELS),
        Column("headway_h", "number", "mean time between departures, hours", low=1, high=2000),
        Column("headway_cv", "number", "coefficient of variation of the headway", low=0, high=3),
        *hour_columns("sailing", "time from port to port"),
        Column(
            "closure_share",
            "number",
            "share of the year in which weather stops sailings",
            low=0,
            high=0.9,
        ),
        BASIS,
        SOURCE,
        NOTE,
    ),
    optional=True,
)

CLOSURES = Table(
    "closures",
    "the months in which a link is closed, or closed at times",
    (
        ID,
        Column(
            "link",
            "key",
            "the link; of a sea link the share replaces its service's",
            refers_to="links",
        ),
        Column("months", "categories", "months, 1 to 12", allowed=MONTHS),
        Column(
            "closed_share",
            "number",
            "share of these months in which nothing passes; 1: closed",
            low=0,
            high=1,
        ),
        Column("spell_h", "number", "mean length of a closed spell, hours", low=0.1, high=9000),
        BASIS,
        SOURCE,
        NOTE,
    ),
)

SPEEDS = Table(
    "speeds",
    "running speed of a mode at a service level, in a state or everywhere",
    (
        ID,
        Column("mode", "key", "mode of transport", refers_to="modes"),
        optional("state", "state", "state; empty: everywhere else"),
        Column("level", "category", "service level", allowed=LEVELS),
        optional("year", "year", "year the figure speaks of"),
        Column("speed_kmh", "number", "speed without border and port stops: mean, km/h", low=1, high=160),
        Column("speed_low_kmh", "number", "the same: 10th percentile, km/h", low=1, high=160),
        Column("speed_high_kmh", "number", "the same: 90th percentile, km/h", low=1, high=160),
        Column("duty_h_per_day", "number", "hours in 24 in which the vehicle may move", low=4, high=24),
        BASIS,
        SOURCE,
        NOTE,
    ),
)

TERMINALS = Table(
    "terminals",
    "the stay at a terminal before departure or after arrival, by mode; no hours of a journey under way",
    (
        ID,
        Column("mode", "key", "mode by which the journey departs or arrives", refers_to="modes"),
        Column("side", "category", "before departure, or after arrival", allowed=SIDES),
        Column("level", "category", "service level", allowed=LEVELS),
        *hour_columns("stay", "handling and wait"),
        BASIS,
        SOURCE,
        NOTE,
    ),
    optional=True,
)

TABLES = (CROSSINGS, TRANSFERS, SERVICES, CLOSURES, SPEEDS, TERMINALS)
