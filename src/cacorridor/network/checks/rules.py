"""Check what the tables say together: one rule a function, all faults at once."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from cacorridor.errors import DataError, Fault
from cacorridor.network import schema
from cacorridor.network.checks import closed_lines, dates, geography, lines, money, names
from cacorridor.network.checks.faults import (
    disordered_ranges,
    fault_of,
    marked,
    repeated_keys,
    rows_of,
)
from cacorridor.network.model import SEA

if TYPE_CHECKING:
    from cacorridor.network.model import Network


Rule = Callable[["Network"], Iterable[Fault]]

COLOUR_PATTERN = re.compile(r"#[0-9a-fA-F]{6}")


def validate(network: Network, changed: Collection[str] | None = None) -> None:
    """Run every rule over a network; over an edited one those that read what has ``changed``.

    Raises
    ------
    DataError
        With every fault that any rule finds.

    """
    faults = find_faults(network, changed)
    if faults:
        raise DataError(faults)


def find_faults(network: Network, changed: Collection[str] | None = None) -> list[Fault]:
    """List what the rules find; rules that measure wait until the tables fit together.

    A scenario does not move the ground, so that of an edited network is not measured again.
    """
    # an edit moves no line and no place, so that little of the ground needs to be measured again
    ground = RULES_OF_EDITED_GROUND if network.edited else RULES_OF_GROUND
    return _faults_of(RULES_OF_TABLES, network, changed) or _faults_of(ground, network, changed)


def _faults_of(
    rules: Mapping[Rule, Sequence[str]], network: Network, changed: Collection[str] | None
) -> list[Fault]:
    """List what some rules find, those left out that read nothing that has changed."""
    concerned = [
        rule for rule, reads in rules.items() if changed is None or not set(reads).isdisjoint(changed)
    ]
    return [fault for rule in concerned for fault in rule(network)]


def figures_have_a_source(table: str, network: Network) -> Iterator[Fault]:
    """Require that a row with a basis names its source, or says why it is assumed."""
    columns = network.columns(table)
    cells = list(rows_of(columns, "length_basis" if table == "links" else "basis", "source_id", "note"))
    # a figure from somewhere says from where; an assumed one says why
    for row in marked(columns, (basis not in {"", "assumed"} and not source for basis, source, _ in cells)):
        yield fault_of(network, table, row, "source_id", "an id of sources (the basis is not assumed)")
    for row in marked(columns, (basis == "assumed" and not note for basis, _, note in cells)):
        yield fault_of(network, table, row, "note", "the reason of what is assumed")


def positions_have_a_source(network: Network) -> Iterator[Fault]:
    """Require that coordinates come from a source, or are marked as assumed."""
    places = network.columns("places")
    cells = rows_of(places, "position_basis", "source_id")
    for row in marked(places, (basis != "assumed" and not source for basis, source in cells)):
        yield fault_of(network, "places", row, "source_id", "an id of sources")


def lengths_say_how_they_are_known(network: Network) -> Iterator[Fault]:
    """Require that a length and its basis stand together or not at all."""
    links = network.columns("links")
    cells = rows_of(links, "length_km", "length_basis")
    for row in marked(links, (math.isnan(length) == bool(basis) for length, basis in cells)):
        yield fault_of(network, "links", row, "length_basis", "a basis exactly where length_km stands")


def links_join_two_places(network: Network) -> Iterator[Fault]:
    """Require two different ends."""
    links = network.columns("links")
    for row in marked(links, map(operator.eq, links["from"], links["to"])):
        yield fault_of(network, "links", row, "to", "another place than from")


def no_crossing_is_free(network: Network) -> Iterator[Fault]:
    """Require that a crossing takes some time."""
    crossings = network.columns("crossings")
    for row in marked(crossings, (dwell_h <= 0 for dwell_h in crossings["dwell_h"])):
        yield fault_of(network, "crossings", row, "dwell_h", "more than 0: no crossing is free")


def bounds_are_in_order(network: Network) -> Iterator[Fault]:
    """Require that the low bound of a claim is not above its high one; there is no mean."""
    claims = network.columns("claims")
    for row in marked(claims, map(operator.gt, claims["low"], claims["high"])):
        yield fault_of(network, "claims", row, "low", "not more than high")


def journeys_have_two_ends(network: Network) -> Iterator[Fault]:
    """Require that claims and pairs lead from one place to another."""
    for name in ("claims", "pairs"):
        columns = network.columns(name)
        for row in marked(columns, map(operator.eq, columns["origin"], columns["destination"])):
            yield fault_of(network, name, row, "destination", "another place than origin")


RANGES = {  # 10th percentile, mean and 90th percentile
    "crossings": ("dwell_low_h", "dwell_h", "dwell_high_h"),
    "transfers": ("handling_low_h", "handling_h", "handling_high_h"),
    "services": ("sailing_low_h", "sailing_h", "sailing_high_h"),
    "speeds": ("speed_low_kmh", "speed_kmh", "speed_high_kmh"),
    "terminals": ("stay_low_h", "stay_h", "stay_high_h"),
}
KEYS = {  # columns that name what a row gives a figure of: the order of rows must not choose
    "crossings": ["link", "state", "mode", "direction", "level", "year"],
    "speeds": ["mode", "state", "level", "year"],
    "services": ["link", "level"],
    "terminals": ["mode", "side", "level"],
}


def crossings_lie_on_borders(network: Network) -> Iterator[Fault]:
    """Require that a crossing names a border link, one of its two states, and its mode."""
    links, crossings, state_of = network.columns("links"), network.columns("crossings"), network.state_of
    of_link = {
        key: (state_of[start], state_of[end], mode)
        for key, start, end, mode in rows_of(links, "id", "from", "to", "mode")
    }
    # what may be wrong of each row, in the order in which it is told
    sayings = {
        "link": "a link between two states",
        "state": "one of the link's two states",
        "mode": "the link's mode",
    }
    faults: list[tuple[bool, bool, bool]] = []
    for link, state, mode in rows_of(crossings, "link", "state", "mode"):
        # a row without a link is an average of a state or of all: it names no crossing
        one, other, link_mode = of_link[link] if link else (state, None, mode)
        faults.append((one == other, state not in {one, other}, mode != link_mode))
    for number, (column, allowed) in enumerate(sayings.items()):
        for row in marked(crossings, map(operator.itemgetter(number), faults)):
            yield fault_of(network, "crossings", row, column, allowed)


def services_sail_on_sea_links(network: Network) -> Iterator[Fault]:
    """Require a service at each level for every sea link, and for no other link."""
    links, services = network.columns("links"), network.columns("services")
    sea = {key for key, mode in rows_of(links, "id", "mode") if mode == SEA}
    for row in marked(services, (link not in sea for link in services["link"])):
        yield fault_of(network, "services", row, "link", "a sea link")
    # a sea link without a service would never be sailed
    sailed = set(rows_of(services, "link", "level"))
    for level in schema.LEVELS:
        for row in marked(links, (key in sea and (key, level) not in sailed for key in links["id"])):
            yield fault_of(network, "links", row, "id", f"a sea link with a service at level {level}")


def defaults_exist(network: Network) -> Iterator[Fault]:
    """Require a speed, and a dwell in each direction, that each mode and level falls back on."""
    # rows without a state, on which all others fall back
    known = set(rows_of(network.columns("speeds"), "mode", "level", "state"))
    standing = set(rows_of(network.columns("crossings"), "mode", "level", "direction", "link", "state"))
    for mode in network.modes:
        for level in schema.LEVELS:
            if mode != SEA and (mode, level, "") not in known:
                yield Fault("speeds.csv", None, "state", "", f"a row for {mode}, {level}, any state")
            for direction in schema.DIRECTIONS:
                if (mode, level, direction, "", "") not in standing:
                    allowed = f"a row for {mode}, {level}, {direction}, any state"
                    yield Fault("crossings.csv", None, "state", "", allowed)


def modes_are_complete(network: Network) -> Iterator[Fault]:
    """Require a colour that a browser reads, and no family that is a mode of another family."""
    modes, families = network.columns("modes"), network.families
    # families of families would make the meaning of a word depend on the order of reading
    odd = [families.get(families[mode], families[mode]) != families[mode] for mode in modes["id"]]
    for row in marked(modes, odd):
        yield fault_of(network, "modes", row, "family", "a family, not a mode of another family")
    for row in marked(modes, (not COLOUR_PATTERN.fullmatch(colour) for colour in modes["colour"])):
        yield fault_of(network, "modes", row, "colour", "#rrggbb")


def shapes_match_links(network: Network) -> Iterator[Fault]:
    """Require a generated line for every link."""
    # a line without a link does no harm: a scenario may have taken the link away; the lines stay as they
    # are held, because their frame would import geopandas
    links, shapes = set(network.columns("links")["id"]), set(vars(network)["link_shapes"].columns["id"])
    for link in sorted(links - shapes):
        yield Fault("link_shapes.geojson", None, "id", link, "a line for every link (make geo)")


def corridors_name_places(network: Network) -> Iterator[Fault]:
    """Require that corridors name known places, modes, states and sources, and a mode a stretch."""
    known = {
        "via": set(network.columns("places")["id"]),
        "by": set(network.mode_words),
        "modes": set(network.mode_words),
        "avoid": set(network.state_names),
        "sources": set(network.columns("sources")["id"]),
    }
    for key, corridor in network.corridors.items():
        for field, allowed in known.items():
            for name in getattr(corridor, field):
                if name not in allowed:
                    yield Fault("corridors.toml", None, f"{key}.{field}", name, f"a known name ({field})")
        # modes for all stretches or for none
        if corridor.by and len(corridor.by) != len(corridor.via) - 1:
            stretches = f"{len(corridor.via) - 1} modes, one for each stretch of via"
            yield Fault("corridors.toml", None, f"{key}.by", f"{len(corridor.by)} modes", stretches)


def regions_name_states(network: Network) -> Iterator[Fault]:
    """Require that regions name known states and sources."""
    known = {"states": set(network.state_names), "sources": set(network.columns("sources")["id"])}
    for key, region in network.regions.items():
        for field, allowed in known.items():
            for name in getattr(region, field):
                if name not in allowed:
                    yield Fault("regions.toml", None, f"{key}.{field}", name, f"a known name ({field})")


# What each rule reads: tables, the events of a table (``scenarios.edits``), and files that no edit changes.
FIGURES = (
    "crossings", "transfers", "services", "closures", "speeds", "pairs", "links", "rates", "emissions",
    "currencies", "terminals",
)  # fmt: skip
SHAPES, STATES, LISTS = "link_shapes", "state_shapes", "corridors and regions"

RULES_OF_TABLES: Mapping[Rule, Sequence[str]] = {
    **{partial(figures_have_a_source, table): (table,) for table in FIGURES},
    positions_have_a_source: ("places",),
    names.place_names_are_unique: ("places",),
    names.aliases_are_names: ("aliases",),
    lengths_say_how_they_are_known: ("links",),
    links_join_two_places: ("links",),
    dates.years_of_links_agree: ("links", "links events"),
    dates.links_in_service_have_opened: ("links", "links events"),
    **{partial(disordered_ranges, table, names): (table,) for table, names in RANGES.items()},
    no_crossing_is_free: ("crossings",),
    bounds_are_in_order: ("claims",),
    journeys_have_two_ends: ("claims", "pairs"),
    **{partial(repeated_keys, table, key): (table,) for table, key in KEYS.items()},
    dates.closures_do_not_overlap: ("closures", "closures events"),
    crossings_lie_on_borders: ("links", "places", "crossings"),
    services_sail_on_sea_links: ("links", "services"),
    defaults_exist: ("modes", "speeds", "crossings"),
    modes_are_complete: ("modes",),
    shapes_match_links: ("links", SHAPES),
    corridors_name_places: ("places", "modes", "sources", STATES, LISTS),
    regions_name_states: ("sources", STATES, LISTS),
    closed_lines.courses_can_be_read: ("closed_lines",),
    **money.RULES,
}
RULES_OF_EDITED_GROUND: Mapping[Rule, Sequence[str]] = {
    geography.links_are_as_long_as_the_ground_allows: ("links", "places", SHAPES),
}
RULES_OF_GROUND: Mapping[Rule, Sequence[str]] = {
    lines.lines_join_their_places: ("links", "places", SHAPES),
    lines.shares_stand_in_order_of_travel: ("links", "places", SHAPES),
    lines.lines_have_a_likely_length: ("links", "places", SHAPES),
    geography.places_lie_in_their_states: ("places", STATES),
    **RULES_OF_EDITED_GROUND,
    geography.shares_sum_to_the_link: ("links", "places", SHAPES),
    geography.border_posts_stand_together: ("links", "places"),
    geography.state_outlines_fit_together: (STATES,),
    closed_lines.lines_part_their_states: ("closed_lines", STATES),
}
