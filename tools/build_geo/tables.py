"""The authored tables as the build needs them; the package checks them in full, not this tool."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

Point = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """A row of ``places.csv``."""

    id: str
    name: str
    state: str
    point: Point


@dataclass(frozen=True)
class Link:
    """A row of ``links.csv``."""

    id: str
    start: str
    end: str
    mode: str
    drawn: str
    via: tuple[str, ...]
    touches: tuple[str, ...]
    length_km: float | None
    length_basis: str
    source_id: str = ""


@dataclass(frozen=True)
class Patch:
    """A row of ``patches.csv``: a stretch the carrier lacks, or a gap that must stay open."""

    id: str
    kind: str
    start: Point
    end: Point
    km: float


@dataclass(frozen=True)
class Tables:
    """The places and links of one dataset by id, and what was read, told by its SHA-256.

    ``dangling`` names the links that lead to an unknown place; they are not among the links.
    """

    places: dict[str, Place]
    links: dict[str, Link]
    dangling: tuple[str, ...]
    sha256: dict[str, str]

    def ends(self, link: Link) -> tuple[Place, Place]:
        """Return the two places of a link."""
        return self.places[link.start], self.places[link.end]


def read_tables(data: Path) -> Tables:
    """Read ``places.csv`` and ``links.csv`` of the data directory."""
    content = {name: (data / name).read_bytes() for name in ("links.csv", "places.csv")}
    places = {row["id"]: _place(row) for row in _rows(content["places.csv"])}
    links = {row["id"]: _link(row) for row in _rows(content["links.csv"])}
    known = {key: link for key, link in links.items() if {link.start, link.end} <= places.keys()}
    return Tables(
        places=places,
        links=known,
        dangling=tuple(sorted(links.keys() - known.keys())),
        sha256={name: hashlib.sha256(text).hexdigest() for name, text in content.items()},
    )


def read_patches(path: Path) -> list[Patch]:
    """Read the named repairs of the railway graph."""
    return [_patch(row) for row in _rows(path.read_bytes())]


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(";") if word.strip())


def _place(row: dict[str, str]) -> Place:
    return Place(row["id"], row["name"], row["state"], (float(row["lon"]), float(row["lat"])))


def _link(row: dict[str, str]) -> Link:
    return Link(
        id=row["id"],
        start=row["from"],
        end=row["to"],
        mode=row["mode"],
        drawn=row["drawn"],
        via=_words(row["via"]),
        touches=_words(row["touches"]),
        length_km=float(row["length_km"]) if row["length_km"] else None,
        length_basis=row["length_basis"],
        source_id=row["source_id"],
    )


def _patch(row: dict[str, str]) -> Patch:
    return Patch(
        id=row["id"],
        kind=row["kind"],
        start=(float(row["from_lon"]), float(row["from_lat"])),
        end=(float(row["to_lon"]), float(row["to_lat"])),
        km=float(row["km"] or 0),
    )
