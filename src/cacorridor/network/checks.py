"""The second door: what the tables say together, one rule a function, all faults at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cacorridor.errors import DataError, Fault
from cacorridor.geodesy import distance_km
from cacorridor.network import schema
from cacorridor.network.model import SEA, fold

if TYPE_CHECKING:
    from cacorridor.network.model import Network

STATE_TOLERANCE_KM = 3.0  # the display outlines are simplified: 1.08 km at the worst crossing measured
BORDER_PAIR_KM = 60.0  # two posts of one border; further apart one of them is misplaced
DEVIATION_TO_EXPLAIN = 0.06  # published against measured length of a railway
LINE_RATIO = (0.97, 1.6)  # length of a road against the line drawn through its towns
SUM_TOLERANCE_KM = 0.2  # shares are written with one decimal

COLOUR_PATTERN = re.compile(r"#[0-9a-fA-F]{6}")


def require_sound(network: Network) -> None:
    """Run every rule over a network.

    Raises
    ------
    DataError
        With every fault that any rule finds.

    """
    faults = find_faults(network)
    if faults:
        raise DataError(faults)


def find_faults(network: Network) -> list[Fault]:
    """List what the rules find; rules that measure wait until the tables fit together."""
    faults = [fault for rule in RULES_OF_TABLES for fault in rule(network)]
    return faults or [fault for rule in RULES_OF_GROUND for fault in rule(network)]


def _fault(network: Network, table: str, row: Any, column: str, allowed: str) -> Fault:
    """Make the fault of one row."""
    line = network.row_number(table, row["id"])
    return Fault(schema.TABLES[table].file, line, column, str(row[column]), allowed)


def _rows(frame: pd.DataFrame, wrong: Sequence[bool] | pd.Series[bool] | np.ndarray) -> Iterator[Any]:
    for _, row in frame[np.asarray(wrong, dtype=bool)].iterrows():
        yield row


def every_figure_has_a_source(network: Network) -> Iterator[Fault]:
    """Require that a row with a basis names its source, or says why it is assumed."""
    for name in ("crossings", "transfers", "services", "closures", "speeds", "links"):
        frame = network.tables[name]
        basis = frame["length_basis" if name == "links" else "basis"]
        unsourced = (basis != "") & (basis != "assumed") & (frame["source_id"] == "")
        for row in _rows(frame, unsourced):
            yield _fault(network, name, row, "source_id", "an id of sources (the basis is not assumed)")
        for row in _rows(frame, (basis == "assumed") & (frame["note"] == "")):
            yield _fault(network, name, row, "note", "the reason of what is assumed")


def positions_have_a_source(network: Network) -> Iterator[Fault]:
    """Require that coordinates come from a source, or are marked as assumed."""
    places = network.tables["places"]
    unsourced = (places["position_basis"] != "assumed") & (places["source_id"] == "")
    for row in _rows(places, unsourced):
        yield _fault(network, "places", row, "source_id", "an id of sources")


def place_names_are_unique(network: Network) -> Iterator[Fault]:
    """Require that no two places share a name."""
    places = network.tables["places"]
    for row in _rows(places, places["name"].map(fold).duplicated()):
        yield _fault(network, "places", row, "name", "a name that no other place has")


def lengths_say_how_they_are_known(network: Network) -> Iterator[Fault]:
    """Require that a length and its basis stand together or not at all."""
    links = network.tables["links"]
    for row in _rows(links, links["length_km"].notna() != (links["length_basis"] != "")):
        yield _fault(network, "links", row, "length_basis", "a basis exactly where length_km stands")


def links_join_two_places(network: Network) -> Iterator[Fault]:
    """Require two different ends, years in order, and a year for what is not open."""
    links = network.tables["links"]
    for row in _rows(links, links["from"] == links["to"]):
        yield _fault(network, "links", row, "to", "another place than from")
    for row in _rows(links, (links["closed"] < links["opened"]).fillna(value=False)):
        yield _fault(network, "links", row, "closed", "a year not before opened")
    for row in _rows(links, (links["status"] != "operational") & links["opened"].isna()):
        yield _fault(network, "links", row, "opened", "the expected year of a link that is not open")


def ranges_are_in_order(network: Network) -> Iterator[Fault]:
    """Require that low, mean and high stand in this order, and that no crossing is free."""
    triples = {
        "crossings": ("dwell_low_h", "dwell_h", "dwell_high_h"),
        "transfers": ("handling_low_h", "handling_h", "handling_high_h"),
        "services": ("sailing_low_h", "sailing_h", "sailing_high_h"),
        "speeds": ("speed_low_kmh", "speed_kmh", "speed_high_kmh"),
    }
    for name, (low, mean, high) in triples.items():
        frame = network.tables[name]
        for row in _rows(frame, (frame[low] > frame[mean]) | (frame[mean] > frame[high])):
            yield _fault(network, name, row, mean, f"a number from {low} to {high}")
    crossings = network.tables["crossings"]
    for row in _rows(crossings, crossings["dwell_h"] <= 0):
        yield _fault(network, "crossings", row, "dwell_h", "more than 0: no crossing is free")
    claims = network.tables["claims"]
    for row in _rows(claims, claims["low"] > claims["high"]):
        yield _fault(network, "claims", row, "low", "not more than high")
    for row in _rows(claims, claims["origin"] == claims["destination"]):
        yield _fault(network, "claims", row, "destination", "another place than origin")


KEYS = {
    "crossings": ["link", "state", "mode", "direction", "level", "year"],
    "speeds": ["mode", "state", "level", "year"],
    "services": ["link", "level"],
}


def one_row_speaks_of_a_thing(network: Network) -> Iterator[Fault]:
    """Require that no two rows give a figure for the same thing: the order of rows must not choose."""
    for name, key in KEYS.items():
        frame = network.tables[name]
        for row in _rows(frame, frame.duplicated(key)):
            yield _fault(network, name, row, "id", f"one row for each {', '.join(key)}")


def closures_do_not_overlap(network: Network) -> Iterator[Fault]:
    """Require that a link has at most one closure in a month."""
    frame = network.tables["closures"]
    by_month = frame.explode("months")
    twice = by_month.loc[by_month.duplicated(["link", "months"]), "id"]
    for row in _rows(frame, frame["id"].isin(twice)):
        yield _fault(network, "closures", row, "months", "months that no other closure of the link names")


def crossings_lie_on_borders(network: Network) -> Iterator[Fault]:
    """Require that a crossing names a border link, one of its two states, and its mode."""
    links = network.table("links")
    state_of = network.table("places")["state"]
    crossings = network.tables["crossings"]
    own = crossings[crossings["link"] != ""]
    ends = pd.DataFrame(
        {"a": links["from"].map(state_of), "b": links["to"].map(state_of), "mode": links["mode"]}
    ).loc[own["link"]]
    a, b, mode = (ends[column].to_numpy() for column in ("a", "b", "mode"))
    for row in _rows(own, a == b):
        yield _fault(network, "crossings", row, "link", "a link between two states")
    for row in _rows(own, (own["state"] != a) & (own["state"] != b)):
        yield _fault(network, "crossings", row, "state", "one of the link's two states")
    for row in _rows(own, own["mode"] != mode):
        yield _fault(network, "crossings", row, "mode", "the link's mode")


def services_sail_on_sea_links(network: Network) -> Iterator[Fault]:
    """Require a service at each level for every sea link, and for no other link."""
    links, services = network.tables["links"], network.tables["services"]
    sea = links.loc[links["mode"] == SEA, "id"]
    for row in _rows(services, ~services["link"].isin(sea)):
        yield _fault(network, "services", row, "link", "a sea link")
    for level in schema.LEVELS:
        sailed = set(services.loc[services["level"] == level, "link"])
        for row in _rows(links, (links["mode"] == SEA) & ~links["id"].isin(sailed)):
            yield _fault(network, "links", row, "id", f"a sea link with a service at level {level}")


def defaults_exist(network: Network) -> Iterator[Fault]:
    """Require a speed, and a dwell in each direction, that each mode and level falls back on."""
    speeds, crossings = network.tables["speeds"], network.tables["crossings"]
    for mode in schema.MODES:
        for level in schema.LEVELS:
            rows = speeds[(speeds["mode"] == mode) & (speeds["level"] == level) & (speeds["state"] == "")]
            if rows.empty and mode != SEA:
                yield Fault("speeds.csv", None, "state", "", f"a row for {mode}, {level}, any state")
            for direction in schema.DIRECTIONS:
                keys = {"mode": mode, "level": level, "direction": direction, "link": "", "state": ""}
                if crossings.loc[(crossings[list(keys)] == pd.Series(keys)).all(axis=1)].empty:
                    yield Fault(
                        "crossings.csv",
                        None,
                        "state",
                        "",
                        f"a row for {mode}, {level}, {direction}, any state",
                    )


def modes_are_complete(network: Network) -> Iterator[Fault]:
    """Require a row for every mode, with a colour that a browser reads."""
    modes = network.tables["modes"]
    for mode in sorted(set(schema.MODES) - set(modes["id"])):
        yield Fault("modes.csv", None, "id", mode, "a row for every mode")
    for row in _rows(modes, ~modes["colour"].str.fullmatch(COLOUR_PATTERN)):
        yield _fault(network, "modes", row, "colour", "#rrggbb")


def shapes_match_links(network: Network) -> Iterator[Fault]:
    """Require a generated line for every link."""
    links, shapes = set(network.tables["links"]["id"]), set(network.link_shapes.index)
    for link in sorted(links - shapes):
        yield Fault("link_shapes.geojson", None, "id", link, "a line for every link (make geo)")


def corridors_name_places(network: Network) -> Iterator[Fault]:
    """Require that corridors name known places, modes, states and sources, and a mode a stretch."""
    known = {
        "via": set(network.tables["places"]["id"]),
        "by": {*schema.MODES, "rail"},
        "modes": {*schema.MODES, "rail"},
        "avoid": set(network.state_shapes.index),
        "sources": set(network.tables["sources"]["id"]),
    }
    for key, corridor in network.corridors.items():
        for field, allowed in known.items():
            for value in getattr(corridor, field):
                if value not in allowed:
                    yield Fault("corridors.toml", None, f"{key}.{field}", value, f"a known name ({field})")
        if corridor.by and len(corridor.by) != len(corridor.via) - 1:
            stretches = f"{len(corridor.via) - 1} modes, one for each stretch of via"
            yield Fault("corridors.toml", None, f"{key}.by", f"{len(corridor.by)} modes", stretches)


def places_lie_in_their_states(network: Network) -> Iterator[Fault]:
    """Require that each place lies in its own state; tell coordinates that look swapped."""
    import geopandas as gpd

    places = network.places
    outlines = network.state_shapes.geometry
    unknown = ~places["state"].isin(outlines.index)
    for row in _rows(places, unknown):
        yield _fault(network, "places", row, "state", "a state of states.geojson")
    known = places[~unknown]
    own = gpd.GeoSeries(outlines.loc[known["state"]].to_numpy(), index=known.index, crs="EPSG:4326")
    inside = known.geometry.within(own)
    for place in known.index[~inside.to_numpy()]:
        row, outline = known.loc[place], own[place]
        if _distance_to_outline_km(row, outline) > STATE_TOLERANCE_KM:
            swapped = gpd.points_from_xy([row["lat"]], [row["lon"]])[0].within(outline)
            hint = " (lat and lon look swapped)" if swapped else ""
            yield _fault(network, "places", row, "lat", f"a position in {row['state']}{hint}")


def _distance_to_outline_km(place: Any, outline: Any) -> float:
    from shapely.ops import nearest_points

    near = nearest_points(place.geometry, outline)[1]
    return float(distance_km(place["lon"], place["lat"], near.x, near.y))


def links_are_as_long_as_the_ground_allows(network: Network) -> Iterator[Fault]:
    """Require lengths not below the straight line, and a note where one is unlike the measured."""
    links, places = network.links, network.places
    a, b = places.loc[links["from"]], places.loc[links["to"]]
    straight = distance_km(a["lon"], a["lat"], b["lon"], b["lat"])
    for row in _rows(links, links["length_km"] < 0.97 * straight - 1):
        yield _fault_of_length(
            network, row, f"at least the straight line, {straight[links.index.get_loc(row['id'])]:.0f} km"
        )
    track = links["drawn"] == "track"
    deviation = (links["length_km"] / links["measured_km"] - 1).abs()
    odd_track = track & (deviation > DEVIATION_TO_EXPLAIN)
    ratio = links["length_km"] / links["line_km"]
    odd_line = ~track & ((ratio < LINE_RATIO[0]) | (ratio > LINE_RATIO[1]))
    for row in _rows(links, (odd_track | odd_line) & (links["note"] == "") & links["published_km"].notna()):
        yield _fault_of_length(
            network, row, f"about {row['measured_km']:.0f} km, or a note that explains the difference"
        )


def _fault_of_length(network: Network, row: Any, allowed: str) -> Fault:
    return _fault(
        network, "links", {"id": row["id"], "length_km": round(row["length_km"], 1)}, "length_km", allowed
    )


def shares_sum_to_the_link(network: Network) -> Iterator[Fault]:
    """Require that the kilometres in each state sum to the link and lie in states it may lie in."""
    for row in _rows(network.links, np.ones(len(network.tables["links"]), dtype=bool)):
        shares: Mapping[str, float] = row["state_km"]
        if abs(sum(shares.values()) - row["length_km"]) > SUM_TOLERANCE_KM * max(
            1.0, row["length_km"] / row["measured_km"]
        ):
            yield Fault("link_shapes.geojson", None, "km", str(shares), f"shares that sum to {row['id']}")
        allowed = {SEA} if row["mode"] == SEA else {row["from_state"], row["to_state"], *row["touches"]}
        for state in sorted(set(shares) - allowed):
            yield _fault(
                network,
                "links",
                row,
                "touches",
                f"{state} as well: {shares[state]:.1f} km of the line lie there",
            )
        if row["mode"] != SEA:
            for state in sorted(allowed - set(shares) - {row["from_state"], row["to_state"]}):
                yield _fault(network, "links", row, "touches", f"not {state}: the line never enters it")


def border_posts_stand_together(network: Network) -> Iterator[Fault]:
    """Require that the two posts of a land border stand near each other, or a note."""
    links, places = network.links, network.places
    border = links[links["is_border"] & (links["mode"] != SEA)]
    a, b = places.loc[border["from"]], places.loc[border["to"]]
    apart = distance_km(a["lon"], a["lat"], b["lon"], b["lat"])
    for row in _rows(border, (apart > BORDER_PAIR_KM) & (border["note"] == "")):
        yield _fault(
            network, "links", row, "to", f"a post within {BORDER_PAIR_KM:.0f} km of the other, or a note"
        )


def state_outlines_fit_together(network: Network) -> Iterator[Fault]:
    """Require outlines that are valid and leave neither gaps nor overlaps."""
    from shapely import coverage_is_valid

    shapes = network.state_shapes
    for iso3 in shapes.index[~shapes.is_valid]:
        yield Fault("states.geojson", None, "geometry", str(iso3), "a valid polygon")
    if not coverage_is_valid(shapes.geometry.to_numpy()):
        yield Fault("states.geojson", None, "geometry", "overlap or gap", "a valid coverage")


Rule = Callable[["Network"], Iterable[Fault]]

RULES_OF_TABLES: tuple[Rule, ...] = (
    every_figure_has_a_source,
    positions_have_a_source,
    place_names_are_unique,
    lengths_say_how_they_are_known,
    links_join_two_places,
    ranges_are_in_order,
    one_row_speaks_of_a_thing,
    closures_do_not_overlap,
    crossings_lie_on_borders,
    services_sail_on_sea_links,
    defaults_exist,
    modes_are_complete,
    shapes_match_links,
    corridors_name_places,
)
RULES_OF_GROUND: tuple[Rule, ...] = (
    places_lie_in_their_states,
    links_are_as_long_as_the_ground_allows,
    shares_sum_to_the_link,
    border_posts_stand_together,
    state_outlines_fit_together,
)
