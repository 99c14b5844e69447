"""The tables of ``data/geo``, described once: reader, checks and data dictionary read this module."""

from __future__ import annotations

from cacorridor.network.columns import (
    BASES,
    CLOCKS,
    DIRECTIONS,
    EDITED_TABLES,
    LEVELS,
    MONTHS,
    OPERATIONS,
    PLACE_KINDS,
    QUANTITIES,
    SERVICE_LEVELS,
    SIDES,
    STATUSES,
    Column,
    Kind,
    Table,
)
from cacorridor.network.tables import ground, money, questions, time

__all__ = [
    "BASES",
    "CLOCKS",
    "DIRECTIONS",
    "EDITED_TABLES",
    "LEVELS",
    "MONTHS",
    "OPERATIONS",
    "PLACE_KINDS",
    "QUANTITIES",
    "SERVICE_LEVELS",
    "SIDES",
    "STATUSES",
    "TABLES",
    "Column",
    "Kind",
    "Table",
]

TABLES: dict[str, Table] = {
    table.name: table for table in (*ground.TABLES, *time.TABLES, *money.TABLES, *questions.TABLES)
}
