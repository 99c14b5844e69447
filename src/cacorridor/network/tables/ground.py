"""Tables of what exists: sources, places, modes and links."""

from __future__ import annotations

from cacorridor.network.columns import (
    BASES,
    ID,
    NOTE,
    PLACE_KINDS,
    SOURCE,
    STATUSES,
    Column,
    Table,
    optional,
)

SOURCES = Table(
    "sources",
    "a publication that a figure comes from",
    (
        ID,
        Column("title", "text", "title of the publication"),
        Column("publisher", "text", "who published it"),
        optional("year", "year", "year of publication"),
        optional("address", "text", "where it can be read"),
        optional("licence", "text", "licence of the data taken from it, where one is stated"),
    ),
)

PLACES = Table(
    "places",
    "a named point in exactly one state",
    (
        ID,
        Column("name", "text", "name in English; unique"),
        optional("name_ru", "text", "name in Russian"),
        optional("name_zh", "text", "name in Chinese"),
        Column("kind", "category", "what the place is", allowed=PLACE_KINDS),
        Column("state", "state", "ISO 3166-1 alpha-3 code of its state"),
        Column("lat", "number", "latitude, degrees north, WGS 84", low=-90, high=90),
        Column("lon", "number", "longitude, degrees east, WGS 84", low=-180, high=180),
        optional("gateway", "text", "group of places that share one border gateway, such as Khorgos"),
        Column(
            "position_basis",
            "category",
            "where the coordinates come from",
            allowed=("geonames", "rail_graph", "published", "assumed"),
        ),
        SOURCE,
        NOTE,
    ),
)

ALIASES = Table(
    "aliases",
    "another spelling of a place: in another language, another script, or of another time",
    (
        ID,
        Column("place", "key", "the place", refers_to="places"),
        Column("alias", "text", "the spelling; no other place has it"),
        optional("language", "text", "ISO 639-1 code of its language, where it is known"),
        SOURCE,
        NOTE,
    ),
    optional=True,
)

NAMESAKES = Table(
    "namesakes",
    "a town of GeoNames, far from a place of the same name, that a question may mean as well (generated)",
    (
        Column("id", "id", "its latitude and longitude, degrees, joined by :"),
        Column("spellings", "text", "its names that a place has too, separated by ;"),
        Column("state", "text", "ISO 3166-1 alpha-3 code of its state"),
        Column("population", "integer", "inhabitants", low=0),
    ),
    optional=True,
)

MODES = Table(
    "modes",
    "a mode of transport; a gauge is a mode",
    (
        ID,
        Column("label", "text", "name shown to a reader"),
        Column("colour", "text", "line colour on maps, #rrggbb"),
        optional(
            "family",
            "text",
            "family of the mode: rail, road, sea; empty: what stands before the first _ of the id",
        ),
        optional("dash", "text", "SVG dash pattern of the line; empty is solid"),
    ),
)

LINKS = Table(
    "links",
    "a stretch of one mode between two places",
    (
        ID,
        Column("from", "key", "place where it begins", refers_to="places"),
        Column("to", "key", "place where it ends", refers_to="places"),
        Column("mode", "key", "mode of transport", refers_to="modes"),
        Column("status", "category", "state of the works", allowed=STATUSES),
        optional("opened", "year", "year of opening, the expected one where not operational"),
        optional("closed", "year", "last year of service; a link that has one is not in service today"),
        optional(
            "length_km",
            "number",
            "published length, km; empty: the measured one is used",
            low=0.1,
            high=30_000,
        ),
        optional("length_basis", "category", "how the length is known", allowed=BASES),
        Column(
            "drawn",
            "category",
            "how its line is drawn: along the railway graph, through the towns of via, or over water",
            allowed=("track", "towns", "sea"),
        ),
        optional("via", "text", "towns (CC:Name) or points (lat lon) it passes, in order, separated by ;"),
        optional("tracks", "integer", "number of tracks", low=1, high=4),
        optional("traction", "category", "traction of a railway", allowed=("electric", "diesel", "mixed")),
        optional("touches", "states", "states it runs through without a border stop, separated by ;"),
        SOURCE,
        NOTE,
    ),
)

CLOSED_LINES = Table(
    "closed_lines",
    "a line inside a state that no freight crosses: roads to towns are supposed on their own side alone",
    (
        ID,
        Column("name", "text", "what it is called, as it stands in a sentence"),
        Column("state", "state", "ISO 3166-1 alpha-3 code of the state that it parts"),
        Column(
            "course", "text", "points (lat lon) in order, separated by ;: from beyond the state to beyond it"
        ),
        optional("since", "year", "year since when it is closed to freight"),
        SOURCE,
        NOTE,
    ),
    optional=True,
)

TABLES = (SOURCES, PLACES, ALIASES, NAMESAKES, MODES, LINKS, CLOSED_LINES)
