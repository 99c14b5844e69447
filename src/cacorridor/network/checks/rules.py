"""Check what the tables say together: one rule a function, all faults at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from cacorridor.errors import DataError, Fault
from cacorridor.network import schema
from cacorridor.network.checks import geography, lines, money, names
from cacorridor.network.checks.faults import disordered_ranges, fault_of, repeated_keys, rows_where
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


def every_figure_has_a_source(network: Network) -> Iterator[Fault]:
    """Require that a row with a basis names its source, or says why it is assumed."""
    for name in FIGURES:
        frame = network.tables[name]
        basis = frame["length_basis" if name == "links" else "basis"]
        # a figure from somewhere says from where; an assumed one says why
        unsourced = (basis != "") & (basis != "assumed") & (frame["source_id"] == "")
        for row in rows_where(frame, unsourced):
            yield fault_of(network, name, row, "source_id", "an id of sources (the basis is not assumed)")
        for row in rows_where(frame, (basis == "assumed") & (frame["note"] == "")):
            yield fault_of(network, name, row, "note", "the reason of what is assumed")


def positions_have_a_source(network: Network) -> Iterator[Fault]:
    """Require that coordinates come from a source, or are marked as assumed."""
    places = network.tables["places"]
    unsourced = (places["position_basis"] != "assumed") & (places["source_id"] == "")
    for row in rows_where(places, unsourced):
        yield fault_of(network, "places", row, "source_id", "an id of sources")


def lengths_say_how_they_are_known(network: Network) -> Iterator[Fault]:
    """Require that a length and its basis stand together or not at all."""
    links = network.tables["links"]
    for row in rows_where(links, links["length_km"].notna() != (links["length_basis"] != "")):
        yield fault_of(network, "links", row, "length_basis", "a basis exactly where length_km stands")


def links_join_two_places(network: Network) -> Iterator[Fault]:
    """Require two different ends, years in order, and a year for what is not open."""
    links = network.tables["links"]
    for row in rows_where(links, links["from"] == links["to"]):
        yield fault_of(network, "links", row, "to", "another place than from")
    # a year that is not known is in no wrong order
    for row in rows_where(links, (links["closed"] < links["opened"]).fillna(value=False)):
        yield fault_of(network, "links", row, "closed", "a year not before opened")
    for row in rows_where(links, (links["status"] != "operational") & links["opened"].isna()):
        yield fault_of(network, "links", row, "opened", "the expected year of a link that is not open")


def ranges_are_in_order(network: Network) -> Iterator[Fault]:
    """Require that low, mean and high stand in this order, and that no crossing is free."""
    yield from disordered_ranges(network, RANGES)
    crossings = network.tables["crossings"]
    for row in rows_where(crossings, crossings["dwell_h"] <= 0):
        yield fault_of(network, "crossings", row, "dwell_h", "more than 0: no crossing is free")
    # claims have bounds without a mean
    claims = network.tables["claims"]
    for row in rows_where(claims, claims["low"] > claims["high"]):
        yield fault_of(network, "claims", row, "low", "not more than high")


def journeys_have_two_ends(network: Network) -> Iterator[Fault]:
    """Require that claims and pairs lead from one place to another."""
    for name in ("claims", "pairs"):
        frame = network.tables[name]
        for row in rows_where(frame, frame["origin"] == frame["destination"]):
            yield fault_of(network, name, row, "destination", "another place than origin")


RANGES = {  # 10th percentile, mean and 90th percentile
    "crossings": ("dwell_low_h", "dwell_h", "dwell_high_h"),
    "transfers": ("handling_low_h", "handling_h", "handling_high_h"),
    "services": ("sailing_low_h", "sailing_h", "sailing_high_h"),
    "speeds": ("speed_low_kmh", "speed_kmh", "speed_high_kmh"),
    "terminals": ("stay_low_h", "stay_h", "stay_high_h"),
}
KEYS = {  # columns that name what a row gives a figure of
    "crossings": ["link", "state", "mode", "direction", "level", "year"],
    "speeds": ["mode", "state", "level", "year"],
    "services": ["link", "level"],
    "terminals": ["mode", "side", "level"],
}


def keys_are_unique(network: Network) -> Iterator[Fault]:
    """Require that no two rows give a figure for the same thing: the order of rows must not choose."""
    return repeated_keys(network, KEYS)


def closures_do_not_overlap(network: Network) -> Iterator[Fault]:
    """Require that a link has at most one closure in a month."""
    frame = network.tables["closures"]
    # one row a month of each closure
    by_month = frame.explode("months")
    twice = by_month.loc[by_month.duplicated(["link", "months"]), "id"]
    for row in rows_where(frame, frame["id"].isin(twice)):
        yield fault_of(network, "closures", row, "months", "months that no other closure of the link names")


def crossings_lie_on_borders(network: Network) -> Iterator[Fault]:
    """Require that a crossing names a border link, one of its two states, and its mode."""
    links = network.table("links")
    state_of = network.table("places")["state"]
    crossings = network.tables["crossings"]
    # rows without a link are averages of a state or of all: they name no crossing
    of_links = crossings[crossings["link"] != ""]
    ends = pd.DataFrame(
        {"a": links["from"].map(state_of), "b": links["to"].map(state_of), "mode": links["mode"]}
    ).loc[of_links["link"]]
    a, b, mode = (ends[column].to_numpy() for column in ("a", "b", "mode"))
    for row in rows_where(of_links, a == b):
        yield fault_of(network, "crossings", row, "link", "a link between two states")
    for row in rows_where(of_links, (of_links["state"] != a) & (of_links["state"] != b)):
        yield fault_of(network, "crossings", row, "state", "one of the link's two states")
    for row in rows_where(of_links, of_links["mode"] != mode):
        yield fault_of(network, "crossings", row, "mode", "the link's mode")


def services_sail_on_sea_links(network: Network) -> Iterator[Fault]:
    """Require a service at each level for every sea link, and for no other link."""
    links, services = network.tables["links"], network.tables["services"]
    sea = links.loc[links["mode"] == SEA, "id"]
    for row in rows_where(services, ~services["link"].isin(sea)):
        yield fault_of(network, "services", row, "link", "a sea link")
    # a sea link without a service would never be sailed
    for level in schema.LEVELS:
        sailed = set(services.loc[services["level"] == level, "link"])
        for row in rows_where(links, (links["mode"] == SEA) & ~links["id"].isin(sailed)):
            yield fault_of(network, "links", row, "id", f"a sea link with a service at level {level}")


def defaults_exist(network: Network) -> Iterator[Fault]:
    """Require a speed, and a dwell in each direction, that each mode and level falls back on."""
    speeds, crossings = network.columns("speeds"), network.columns("crossings")
    # rows without a state, on which all others fall back
    known = set(zip(*(speeds[name] for name in ("mode", "level", "state")), strict=True))
    names = ("mode", "level", "direction", "link", "state")
    standing = set(zip(*(crossings[name] for name in names), strict=True))
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
    modes = network.tables["modes"]
    families = network.families
    # families of families would make the meaning of a word depend on the order of reading
    odd = [families.get(families[mode], families[mode]) != families[mode] for mode in modes["id"]]
    for row in rows_where(modes, odd):
        yield fault_of(network, "modes", row, "family", "a family, not a mode of another family")
    for row in rows_where(modes, ~modes["colour"].str.fullmatch(COLOUR_PATTERN)):
        yield fault_of(network, "modes", row, "colour", "#rrggbb")


def shapes_match_links(network: Network) -> Iterator[Fault]:
    """Require a generated line for every link."""
    # a line without a link does no harm: a scenario may have taken the link away
    links, shapes = set(network.tables["links"]["id"]), set(network.link_shapes.index)
    for link in sorted(links - shapes):
        yield Fault("link_shapes.geojson", None, "id", link, "a line for every link (make geo)")


def corridors_name_places(network: Network) -> Iterator[Fault]:
    """Require that corridors name known places, modes, states and sources, and a mode a stretch."""
    known = {
        "via": set(network.tables["places"]["id"]),
        "by": set(network.mode_words),
        "modes": set(network.mode_words),
        "avoid": set(network.state_shapes.index),
        "sources": set(network.tables["sources"]["id"]),
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
    known = {"states": set(network.state_shapes.index), "sources": set(network.tables["sources"]["id"])}
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
    every_figure_has_a_source: FIGURES,
    positions_have_a_source: ("places",),
    names.place_names_are_unique: ("places",),
    names.aliases_are_names: ("aliases",),
    lengths_say_how_they_are_known: ("links",),
    links_join_two_places: ("links", "links events"),
    ranges_are_in_order: ("crossings", "transfers", "services", "speeds", "terminals", "claims"),
    journeys_have_two_ends: ("claims", "pairs"),
    keys_are_unique: ("crossings", "speeds", "services", "terminals"),
    closures_do_not_overlap: ("closures", "closures events"),
    crossings_lie_on_borders: ("links", "places", "crossings"),
    services_sail_on_sea_links: ("links", "services"),
    defaults_exist: ("modes", "speeds", "crossings"),
    modes_are_complete: ("modes",),
    shapes_match_links: ("links", SHAPES),
    corridors_name_places: ("places", "modes", "sources", STATES, LISTS),
    regions_name_states: ("sources", STATES, LISTS),
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
}
