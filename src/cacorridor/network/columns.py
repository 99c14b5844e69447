"""What a column and a table are, and the words that their cells may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "id", "text", "key", "keys", "category", "categories", "state", "states", "number", "integer", "year"
]

Level = Literal["block", "express", "typical"]  # what a question may ask; block starts from express

PLACE_KINDS = (
    "city",
    "border_point",
    "port",
    "junction",
    "dry_port",
    "free_zone",
    "financial_centre",
)
QUANTITIES = ("km", "h", "usd", "usd_truck")
STATUSES = ("operational", "construction", "planned")
MONTHS = tuple(str(month) for month in range(1, 13))
LEVELS = ("express", "typical")  # of the tables
SERVICE_LEVELS: tuple[Level, ...] = get_args(Level)
DIRECTIONS = ("outbound", "inbound")
EDITED_TABLES = (
    "links", "crossings", "transfers", "services", "speeds", "closures", "rates", "emissions", "places",
    "states",
)  # fmt: skip
OPERATIONS = ("set", "multiply", "open", "close", "delay")
SERVICES = ("block", "scheduled", "wagonload", "tir", "truck")  # of journeys that were made
SIDES = ("departure", "arrival")  # of a journey: the ends at which goods stay at a terminal
COUNTINGS = ("departure", "terminal", "border", "door", "unknown")  # what a journey's clock counts
Clock = Literal["departure", "terminal"]  # what hours can count: the way, or the stays at both ends, too
CLOCKS: tuple[Clock, ...] = get_args(Clock)
EXCLUSIONS = ("door", "crisis", "unclear_ends", "bound", "pandemic", "old", "not_run", "doubtful")
HANDLINGS = ("gauge", "port", "terminal")  # what a transfer is: ``costs.calibration`` says of which kind
PRICED = ("run", "hour", "crossing", "union", "sailing", *HANDLINGS, "time")
PRICED_UNITS = ("feu", "teu", "truck", "t")
EMITTERS = ("energy", "carbon", "direct", *HANDLINGS)
EMITTED_UNITS = ("kwh/tkm", "g/tkm", "g/kwh", "g/g", "g/container")
CARRIERS = ("electricity", "diesel")
QUALITY_TESTS = ("left_out", "holdout")  # how journeys were kept away from the fit that is judged on them
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
    """One CSV table: what a row is and which columns it has; ``id`` is always the key.

    A folder without the file of an optional table is read as if the table had no rows.
    """

    name: str
    row: str
    columns: tuple[Column, ...]
    optional: bool = False

    @property
    def file(self) -> str:
        """Name of the table's file inside the data directory."""
        return f"{self.name}.csv"

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns in the order of the file."""
        return tuple(column.name for column in self.columns)

    @property
    def required_names(self) -> tuple[str, ...]:
        """Names of the columns that a file must have; a lacking optional one is read as empty."""
        return tuple(column.name for column in self.columns if column.required)


def optional(name: str, kind: Kind, meaning: str, **limits: object) -> Column:
    """Describe a column whose cells may be empty, and that a file may lack."""
    return Column(name, kind, meaning, required=False, **limits)  # type: ignore[arg-type]


ID = Column("id", "id", "key of the row: lower-case letters, digits and . : _ -")
SOURCE = optional("source_id", "key", "source of the row's figures", refers_to="sources")
NOTE = optional("note", "text", "reason, conflict or surprise; obligatory where the basis is assumed")
BASIS = Column("basis", "category", "how the figure is known", allowed=BASES)


def hour_columns(name: str, meaning: str) -> tuple[Column, Column, Column]:
    """Mean, 10th and 90th percentile of a duration in hours."""
    return (
        Column(f"{name}_h", "number", f"{meaning}: mean, hours", low=0, high=2000),
        Column(f"{name}_low_h", "number", f"{meaning}: 10th percentile, hours", low=0, high=2000),
        Column(f"{name}_high_h", "number", f"{meaning}: 90th percentile, hours", low=0, high=5000),
    )
