"""The tables of ``data/geo``, described once: reader, checks and data dictionary read this module."""

from __future__ import annotations

from cacorridor.network.columns import (
    BASES,
    DIRECTIONS,
    EDITED_TABLES,
    LEVELS,
    MONTHS,
    OPERATIONS,
    PLACE_KINDS,
    QUANTITIES,
    SERVICE_LEVELS,
    STATUSES,
    Column,
    Kind,
    Table,
)
from cacorridor.network.tables import ground, money, questions, time

__all__ = [
    "BASES",
    "DIRECTIONS",
    "EDITED_TABLES",
    "LEVELS",
    "MONTHS",
    "OPERATIONS",
    "PLACE_KINDS",
    "QUANTITIES",
    "SERVICE_LEVELS",
    "STATUSES",
    "TABLES",
    "Column",
    "Kind",
    "Table",
]

TABLES: dict[str, Table] = {
    table.name: table for table in (*ground.TABLES, *time.TABLES, *money.TABLES, *questions.TABLES)
}
