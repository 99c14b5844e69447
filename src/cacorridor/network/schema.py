"""The tables of ``data/geo``, described once: reader, checks and data dictionary read this module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["id", "text", "ref", "refs", "word", "words", "state", "states", "number", "integer", "year"]

PLACE_KINDS = (
    "city",
    "border_point",
    "port",
    "junction",
    "dry_port",
    "free_zone",
    "financial_centre",
)
MODES = ("rail_1435", "rail_1520", "rail_1676", "road", "sea")
RAIL = ("rail_1435", "rail_1520", "rail_1676")
MODE_WORDS = ("rail", *MODES)  # what a question or a corridor may say; "rail" means every gauge
QUANTITIES = ("km", "h", "usd")
STATUSES = ("operational", "construction", "planned")
MONTHS = tuple(str(month) for month in range(1, 13))
LEVELS = ("express", "typical")
DIRECTIONS = ("outbound", "inbound")
EDITED_TABLES = ("links", "crossings", "transfers", "services", "speeds", "closures", "places", "states")
OPERATIONS = ("set", "multiply", "open", "close")
SERVICES = ("block", "scheduled", "wagonload", "tir", "truck")
COUNTINGS = ("departure", "terminal", "border", "door", "unknown")
EXCLUSIONS = ("door", "crisis", "unclear_ends", "bound", "pandemic", "old", "not_run", "doubtful")
BASES = ("published", "survey", "state_average", "derived", "assumed")


@dataclass(frozen=True)
class Column:
    """One column: its name (with the unit), what may stand in it, and what it means."""

    name: str
    kind: Kind
    meaning: str
    required: bool = True
    allowed: tuple[str, ...] = ()
    low: float = float("-inf")
    high: float = float("inf")
    refers_to: str = ""


@dataclass(frozen=True)
class Table:
    """One CSV table: what a row is and which columns it has; ``id`` is always the key."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """Name of the table's file inside the data directory."""
        return f"{self.name}.csv"

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns in the order of the file."""
        return tuple(column.name for column in self.columns)


def _optional(name: str, kind: Kind, meaning: str, **limits: object) -> Column:
    return Column(name, kind, meaning, required=False, **limits)  # type: ignore[arg-type]


ID = Column("id", "id", "key of the row: lower-case letters, digits and . : _ -")
SOURCE = _optional("source_id", "ref", "source of the row's figures", refers_to="sources")
NOTE = _optional("note", "text", "reason, conflict or surprise; obligatory where the basis is assumed")
BASIS = Column("basis", "word", "how the figure is known", allowed=BASES)


def _hours(name: str, meaning: str) -> tuple[Column, Column, Column]:
    """Mean, 10th and 90th percentile of a duration in hours."""
    return (
        Column(f"{name}_h", "number", f"{meaning}: mean, hours", low=0, high=2000),
        Column(f"{name}_low_h", "number", f"{meaning}: 10th percentile, hours", low=0, high=2000),
        Column(f"{name}_high_h", "number", f"{meaning}: 90th percentile, hours", low=0, high=5000),
    )


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "sources",
            "a publication that a figure comes from",
            (
                ID,
                Column("title", "text", "title of the publication"),
                Column("publisher", "text", "who published it"),
                _optional("year", "year", "year of publication"),
                _optional("address", "text", "where it can be read"),
                _optional("licence", "text", "licence of the data taken from it, where one is stated"),
            ),
        ),
        Table(
            "places",
            "a named point in exactly one state",
            (
                ID,
                Column("name", "text", "name in English; unique"),
                _optional("name_ru", "text", "name in Russian"),
                _optional("name_zh", "text", "name in Chinese"),
                Column("kind", "word", "what the place is", allowed=PLACE_KINDS),
                Column("state", "state", "ISO 3166-1 alpha-3 code of its state"),
                Column("lat", "number", "latitude, degrees north, WGS 84", low=-90, high=90),
                Column("lon", "number", "longitude, degrees east, WGS 84", low=-180, high=180),
                _optional(
                    "gateway", "text", "group of places that share one border gateway, such as Khorgos"
                ),
                Column(
                    "position_basis",
                    "word",
                    "where the coordinates come from",
                    allowed=("geonames", "rail_graph", "published", "assumed"),
                ),
                SOURCE,
                NOTE,
            ),
        ),
        Table(
            "modes",
            "a mode of transport; a gauge is a mode",
            (
                Column("id", "word", "the mode", allowed=MODES),
                Column("label", "text", "name shown to a reader"),
                Column("colour", "text", "line colour on maps, #rrggbb"),
                _optional("dash", "text", "SVG dash pattern of the line; empty is solid"),
            ),
        ),
        Table(
            "links",
            "a stretch of one mode between two places",
            (
                ID,
                Column("from", "ref", "place where it begins", refers_to="places"),
                Column("to", "ref", "place where it ends", refers_to="places"),
                Column("mode", "word", "mode of transport", allowed=MODES),
                Column("status", "word", "state of the works", allowed=STATUSES),
                _optional("opened", "year", "year of opening, the expected one where not operational"),
                _optional(
                    "closed", "year", "last year of service; a link that has one is not in service today"
                ),
                _optional(
                    "length_km",
                    "number",
                    "published length, km; empty: the measured one is used",
                    low=0.1,
                    high=6000,
                ),
                _optional("length_basis", "word", "how the length is known", allowed=BASES),
                Column(
                    "drawn",
                    "word",
                    "how its line is drawn: along the railway graph, through the towns of via, or over water",
                    allowed=("track", "towns", "sea"),
                ),
                _optional(
                    "via", "text", "towns (CC:Name) or points (lat lon) it passes, in order, separated by ;"
                ),
                _optional("tracks", "integer", "number of tracks", low=1, high=4),
                _optional(
                    "traction", "word", "traction of a railway", allowed=("electric", "diesel", "mixed")
                ),
                _optional(
                    "touches", "states", "states it runs through without a border stop, separated by ;"
                ),
                SOURCE,
                NOTE,
            ),
        ),
        Table(
            "crossings",
            "the dwell at one side of a border, in one direction, at one service level, in one year",
            (
                ID,
                _optional(
                    "link",
                    "ref",
                    "border link; empty: every crossing of the state by the mode",
                    refers_to="links",
                ),
                _optional("state", "state", "state on whose side the time passes; empty: any state"),
                Column("mode", "word", "mode of transport", allowed=MODES),
                Column(
                    "direction", "word", "outbound leaves the state, inbound enters it", allowed=DIRECTIONS
                ),
                Column("level", "word", "service level", allowed=LEVELS),
                _optional("year", "year", "year the figure speaks of"),
                *_hours("dwell", "standing time"),
                _optional("cost_usd", "number", "payments at this side, US dollars", low=0, high=20000),
                Column(
                    "cause",
                    "text",
                    "what the time consists of: queue, customs, inspection, handling, separated by ;",
                ),
                BASIS,
                SOURCE,
                NOTE,
            ),
        ),
        Table(
            "transfers",
            "a change of mode at a place, good for both directions",
            (
                ID,
                Column("place", "ref", "place of the transfer", refers_to="places"),
                Column("from_mode", "word", "one mode", allowed=MODES),
                Column("to_mode", "word", "the other mode", allowed=MODES),
                Column("level", "word", "service level", allowed=LEVELS),
                Column("method", "text", "how: crane, bogie change, roll-on, terminal"),
                *_hours("handling", "handling time"),
                _optional("cost_usd", "number", "price per container, US dollars", low=0, high=20000),
                BASIS,
                SOURCE,
                NOTE,
            ),
        ),
        Table(
            "services",
            "a sailing on a sea link",
            (
                ID,
                Column("link", "ref", "sea link", refers_to="links"),
                Column("level", "word", "service level", allowed=LEVELS),
                Column("headway_h", "number", "mean time between departures, hours", low=1, high=2000),
                Column("headway_cv", "number", "coefficient of variation of the headway", low=0, high=3),
                *_hours("sailing", "time from port to port"),
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
        ),
        Table(
            "closures",
            "the months in which a link is closed, or closed at times",
            (
                ID,
                Column(
                    "link",
                    "ref",
                    "the link; of a sea link the share replaces its service's",
                    refers_to="links",
                ),
                Column("months", "words", "months, 1 to 12", allowed=MONTHS),
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
        ),
        Table(
            "speeds",
            "running speed of a mode at a service level, in a state or everywhere",
            (
                ID,
                Column("mode", "word", "mode of transport", allowed=MODES),
                _optional("state", "state", "state; empty: everywhere else"),
                Column("level", "word", "service level", allowed=LEVELS),
                _optional("year", "year", "year the figure speaks of"),
                Column(
                    "speed_kmh", "number", "speed without border and port stops: mean, km/h", low=1, high=160
                ),
                Column("speed_low_kmh", "number", "the same: 10th percentile, km/h", low=1, high=160),
                Column("speed_high_kmh", "number", "the same: 90th percentile, km/h", low=1, high=160),
                Column(
                    "duty_h_per_day", "number", "hours in 24 in which the vehicle may move", low=4, high=24
                ),
                BASIS,
                SOURCE,
                NOTE,
            ),
        ),
        Table(
            "claims",
            "a published figure about a journey",
            (
                ID,
                Column("origin", "ref", "place where the journey begins", refers_to="places"),
                Column("destination", "ref", "place where it ends", refers_to="places"),
                _optional("via", "refs", "places it passes, in order, separated by ;", refers_to="places"),
                Column("modes", "words", "modes used, separated by ;", allowed=MODES),
                _optional("level", "word", "service level", allowed=LEVELS),
                Column("what", "word", "the quantity", allowed=QUANTITIES),
                Column("low", "number", "lower figure in the unit of what", low=0.01),
                Column("high", "number", "upper figure in the unit of what", low=0.01),
                Column(
                    "standing", "word", "observed, or promised for a future", allowed=("observed", "promised")
                ),
                _optional("year", "year", "year of the claim"),
                _optional("as_of", "year", "year of the network it speaks of; empty: today"),
                _optional("claimant", "text", "who says so"),
                Column("source_id", "ref", "where it was said", refers_to="sources"),
                _optional(
                    "set_aside",
                    "text",
                    "why it is not counted: sources disagree and another claim is selected, shorter than the "
                    "straight line, or other ends than its words suggest",
                ),
                NOTE,
            ),
        ),
        Table(
            "pairs",
            "a journey that the region's corridors serve, for questions asked of many pairs",
            (
                ID,
                Column("origin", "ref", "place where the journey begins", refers_to="places"),
                Column("destination", "ref", "place where it ends", refers_to="places"),
                Column("weight", "number", "how much the pair counts in a sum over pairs", low=0),
                BASIS,
                SOURCE,
                NOTE,
            ),
        ),
        Table(
            "indicators",
            "a surveyed speed of trade in a state, and the model journey to set beside it",
            (
                ID,
                Column("state", "state", "ISO 3166-1 alpha-3 code"),
                Column("mode", "word", "road or rail", allowed=("road", "rail")),
                Column("year", "year", "year of the survey"),
                _optional("swod_kmh", "number", "speed without delay, km/h", low=1, high=160),
                _optional("swd_kmh", "number", "speed with delay, km/h", low=1, high=160),
                _optional("origin", "ref", "where the model journey begins; empty: none", refers_to="places"),
                _optional("destination", "ref", "where it ends", refers_to="places"),
                _optional("via", "refs", "places it passes, in order, separated by ;", refers_to="places"),
                Column("source_id", "ref", "the survey", refers_to="sources"),
                NOTE,
            ),
        ),
        Table(
            "scenarios",
            "an edit of a named scenario",
            (
                ID,
                Column("scenario", "text", "name of the scenario; all its rows are applied together"),
                Column("table", "word", "table that is edited", allowed=EDITED_TABLES),
                Column(
                    "row",
                    "text",
                    "rows that are edited: ids separated by ;, or a selection such as state=KAZ or "
                    "from_mode=rail_1435&to_mode=rail_1520 (& both, | either), or * for all; of links, "
                    "state= means the state of either end; of links and crossings, bloc= means borders "
                    "of two members; a crossing selected by link= or bloc= gets rows of its own where it "
                    "leans on a state's average",
                ),
                Column(
                    "operation",
                    "word",
                    "set a cell, multiply a figure, open a link in every year, or close: take away a link, a "
                    "transfer, a place or a state with all that hangs on it, or a closure",
                    allowed=OPERATIONS,
                ),
                _optional("column", "text", "columns that are set or multiplied, separated by ;"),
                _optional("value", "text", "what is set, or the factor"),
                SOURCE,
                _optional("note", "text", "what the edit means; obligatory where it has no source"),
            ),
        ),
        Table(
            "memberships",
            "a state in a bloc, from one year until another",
            (
                ID,
                Column("state", "state", "ISO 3166-1 alpha-3 code"),
                Column("bloc", "text", "the bloc"),
                Column("since", "year", "first year"),
                _optional("until", "year", "last year; empty: still in force"),
                Column("status", "text", "member, observer, associate"),
                Column("source_id", "ref", "source", refers_to="sources"),
                NOTE,
            ),
        ),
        Table(
            "agreements",
            "a regional agreement",
            (
                ID,
                Column("year", "year", "year of signature"),
                Column("name", "text", "name of the agreement"),
                Column("parties", "text", "who signed"),
                Column("what", "text", "what it does"),
                Column("source_id", "ref", "source", refers_to="sources"),
            ),
        ),
        Table(
            "journeys",
            "a published journey that was made, or timetabled and run; promises are claims",
            (
                ID,
                Column("origin", "ref", "place where the clock starts", refers_to="places"),
                Column("destination", "ref", "place where it stops", refers_to="places"),
                _optional("via", "refs", "places it passes, in order, separated by ;", refers_to="places"),
                Column("modes", "words", "modes used, separated by ;", allowed=MODES),
                Column("service", "word", "kind of service", allowed=SERVICES),
                Column("counting", "word", "what the clock counts", allowed=COUNTINGS),
                Column("days_low", "number", "days: lower figure", low=0.1, high=200),
                Column("days_high", "number", "days: upper figure", low=0.1, high=200),
                _optional("km", "number", "published length, km", low=1, high=20000),
                _optional("year", "year", "year of the journey"),
                _optional("month", "integer", "month of the journey", low=1, high=12),
                Column("nature", "word", "observed or timetabled", allowed=("observed", "timetabled")),
                Column("first_run", "word", "a first or demonstration run", allowed=("yes", "no")),
                _optional("exclusion", "word", "rule that excludes the row", allowed=EXCLUSIONS),
                _optional("same_journey", "text", "rows of one train, convoy or statement share this word"),
                Column("source_id", "ref", "where it was published", refers_to="sources"),
                NOTE,
            ),
        ),
        Table(
            "calibration",
            "what journeys say of one component of time; written by tools.calibrate",
            (
                Column("id", "text", "component, level, spread of journeys by family of modes, or spread"),
                Column("group", "text", "kind of the row"),
                Column("multiplier", "number", "factor of the hours", low=0.05, high=20),
                Column("sd_log", "number", "standard deviation of the factor's logarithm", low=0, high=3),
                Column("journeys", "integer", "journeys that inform it", low=0, high=100000),
            ),
        ),
    )
}
