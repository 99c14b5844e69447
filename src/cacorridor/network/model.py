"""What exists: a frozen network of places, links, crossings, transfers and services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np
import pandas as pd

from cacorridor.network.gazetteer import gazetteer_of
from cacorridor.network.years import require_year

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    import geopandas as gpd

T = TypeVar("T")

SEA = "sea"  # stands for the state in the ``km`` of a sea link: the high seas belong to nobody


@dataclass(frozen=True)
class Corridor:
    """A named list of places that a route is pinned to.

    ``modes`` hold for the whole way, ``by`` names one mode for each stretch between two places of
    ``via``; "rail" means both gauges.
    """

    name: str
    via: tuple[str, ...]
    by: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    year: int | None = None
    text: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Region:
    """A lens on the region: a named list of states."""

    name: str
    states: tuple[str, ...]
    text: str = ""
    sources: tuple[str, ...] = ()


class FrozenMapping(Mapping[str, T]):
    """A mapping that cannot be changed; frames in it are handed out as copies (pandas copies on write)."""

    def __init__(self, items: Mapping[str, T]) -> None:
        self._items = {key: _own(value) for key, value in items.items()}

    def __getitem__(self, key: str) -> T:
        """Return an item; of a frame, a copy."""
        return _own(self._items[key])

    def __iter__(self) -> Iterator[str]:
        """List the keys."""
        return iter(self._items)

    def __len__(self) -> int:
        """Count the items."""
        return len(self._items)

    def __repr__(self) -> str:
        """List the keys; the values may be tables."""
        return f"<FrozenMapping: {', '.join(self._items)}>"


def _own(value: T) -> T:
    return cast("T", value.copy(deep=False)) if isinstance(value, pd.DataFrame) else value


@dataclass(frozen=True, eq=False)
class Network:
    """The tables of a checked network; every property returns a frame of its own.

    Build one with ``load_network``. Frames handed out are copies (pandas copies on write), so
    changing one never changes the network.
    """

    tables: Mapping[str, pd.DataFrame]
    corridors: Mapping[str, Corridor]
    link_shapes: gpd.GeoDataFrame
    state_shapes: gpd.GeoDataFrame
    regions: Mapping[str, Region] = field(default_factory=dict)
    applied: tuple[str, ...] = ()  # scenarios, in the order in which they were applied
    edited: bool = False  # a scenario or a year changed the tables that were loaded
    closed_places: frozenset[str] = frozenset()  # what scenarios took away; nothing begins or ends there
    as_of: str = ""  # the day that "today" means, YYYY-MM-DD; empty if the dataset does not say
    version: str = ""  # of the dataset
    known_ids: Mapping[str, frozenset[str]] = field(
        default_factory=dict, repr=False
    )  # of an edited network: the ids of each table before, of which some may be gone
    derived: dict[Hashable, Any] = field(
        default_factory=dict, init=False, repr=False
    )  # lives and dies with it

    def __post_init__(self) -> None:
        """Take copies, so that the caller's frames and this network never change each other."""
        object.__setattr__(self, "tables", FrozenMapping(self.tables))
        object.__setattr__(self, "corridors", FrozenMapping(self.corridors))
        object.__setattr__(self, "regions", FrozenMapping(self.regions))

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what can be derived again, so that a copy in another process is small."""
        kept = {each.name for each in fields(self)}
        return {name: value for name, value in vars(self).items() if name in kept} | {"derived": {}}

    def __repr__(self) -> str:
        """Count what the network holds."""
        return f"<Network: {len(self.tables['places'])} places, {len(self.tables['links'])} links>"

    def _repr_html_(self) -> str:
        """Count the rows of each table for a notebook; pandas escapes what it writes."""
        import pandas as pd

        return str(pd.DataFrame({"rows": {name: len(table) for name, table in self.tables.items()}}).to_html())

    def table(self, name: str) -> pd.DataFrame:
        """Return one authored table, typed, indexed by id."""
        return self.tables[name].set_index("id", drop=False)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """List the rows of one authored table as dictionaries; an empty year is None."""
        return records(self.tables[name])

    @cached_property
    def _places(self) -> gpd.GeoDataFrame:
        import geopandas as gpd

        frame = self.table("places")
        points = gpd.points_from_xy(frame["lon"], frame["lat"])
        return gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")

    @property
    def places(self) -> gpd.GeoDataFrame:
        """Places by id, with point geometry (WGS 84)."""
        return self._places.copy(deep=False)

    @cached_property
    def _links(self) -> gpd.GeoDataFrame:
        import geopandas as gpd

        frame = self.table("links")
        shapes = self.link_shapes.loc[frame.index]
        frame = frame.rename(columns={"length_km": "published_km"})
        published = frame["published_km"].notna()
        frame["length_km"] = frame["published_km"].where(published, shapes["measured_km"])
        frame["length_basis"] = frame["length_basis"].where(published, shapes["basis"])
        frame["measured_km"] = shapes["measured_km"]
        frame["line_km"] = shapes["line_km"]
        scale = frame["length_km"] / shapes["measured_km"]
        frame["state_km"] = pd.Series(
            [
                {state: km * factor for state, km in shares.items()}
                for shares, factor in zip(shapes["km"], scale, strict=True)
            ],
            index=frame.index,
            dtype=object,
        )
        frame["from_state"] = frame["from"].map(self.state_of)
        frame["to_state"] = frame["to"].map(self.state_of)
        frame["is_border"] = frame["from_state"] != frame["to_state"]
        return gpd.GeoDataFrame(frame, geometry=shapes.geometry, crs="EPSG:4326")

    @property
    def links(self) -> gpd.GeoDataFrame:
        """Links by id, with line geometry and the length that counts.

        ``length_km`` is the published length where there is one, else the measured one;
        ``length_basis`` says which; ``state_km`` maps states to kilometres and sums to ``length_km``.
        """
        links = self._links.copy(deep=False)
        links["state_km"] = links["state_km"].map(dict)
        return links

    @property
    def states(self) -> gpd.GeoDataFrame:
        """States by ISO code, with display geometry; what a link crosses stands on the link."""
        return self.state_shapes.copy(deep=False)

    def state_name(self, iso3: str) -> str:
        """Name a state in English; an unknown code stands for itself."""
        names = self.state_shapes["name"]
        return str(names[iso3]) if iso3 in names.index else iso3

    @cached_property
    def families(self) -> Mapping[str, str]:
        """Family of each mode, in the order of the table: ``rail`` of every gauge."""
        rows = self.tables["modes"]
        own = zip(rows["id"], rows["family"], strict=True)
        return {mode: family or mode.partition("_")[0] for mode, family in own}

    @property
    def modes(self) -> tuple[str, ...]:
        """Modes of transport, in the order of the table."""
        return tuple(self.families)

    @property
    def mode_words(self) -> tuple[str, ...]:
        """Words that a question or a corridor may say for modes: families of several modes, then modes."""
        families = [family for family in self.families.values() if family not in self.families]
        return tuple(dict.fromkeys([*families, *self.modes]))

    @cached_property
    def state_of(self) -> Mapping[str, str]:
        """State of each place."""
        return dict(zip(self.tables["places"]["id"], self.tables["places"]["state"], strict=True))

    def open_links(self, year: int | None = None) -> gpd.GeoDataFrame:
        """Select the links in service: those operational today, or those open in a year."""
        links = self.links
        if year is None:
            return links[(links["status"] == "operational") & links["closed"].isna()]
        opened = links["opened"].astype("Float64").fillna(-np.inf)  # operational since long ago
        closed = links["closed"].astype("Float64").fillna(np.inf)
        return links[(opened <= year) & (closed >= year)]

    def at(self, year: int) -> Network:
        """Return the network of a year: links open by then are operational, others are gone.

        Raises
        ------
        UsageError
            If it is a year of which the data do not speak.

        """
        require_year(self, year)
        links = self.tables["links"]
        kept = links[links["id"].isin(self.open_links(year).index)].copy()
        kept["status"] = "operational"
        kept["closed"] = pd.array([pd.NA] * len(kept), dtype="Int64")
        return self.mark_edited().with_table("links", kept)

    def mark_edited(self) -> Network:
        """Return the network, noting its ids, so that what an edit takes away is not taken for unknown."""
        if self.edited:
            return self
        known = {name: frozenset(frame["id"]) for name, frame in self.tables.items()}
        return replace(self, edited=True, known_ids=known)

    def with_table(self, name: str, frame: pd.DataFrame) -> Network:
        """Return the network with one table replaced; rows that spoke of lost links go too."""
        tables = {**self.tables, name: frame.reset_index(drop=True)}
        if name == "links":
            kept = set(frame["id"])
            for dependent in ("crossings", "services", "closures"):
                rows = tables[dependent]
                tables[dependent] = rows[rows["link"].isin(kept | {""})].reset_index(drop=True)
        return replace(self, tables=tables)

    def find_place(self, name: str) -> str:
        """Find the one place that a name means: its id, its name in English, Russian or Chinese, or an alias.

        Raises
        ------
        UnknownPlaceError
            With the names most like it, if any are.
        AmbiguousPlaceError
            With every place that the name may mean.

        """
        return gazetteer_of(self).find(name)

    def has_place(self, place: str) -> bool:
        """Tell whether there is a place of an id."""
        return place in self._names

    def place_name(self, place: str) -> str:
        """Name a place in English."""
        return self._names[place]

    def row_number(self, table: str, key: str) -> int | None:
        """Tell in which line of its file a row stands; the header is line 1; none if it stands in no file."""
        return self._row_numbers[table].get(key)

    @cached_property
    def _row_numbers(self) -> dict[str, dict[str, int]]:
        return {
            name: frame.attrs.get("row_numbers")
            or {key: line for line, key in enumerate(frame["id"], start=2)}
            for name, frame in self.tables.items()
        }

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return dict(zip(self.tables["places"]["id"], self.tables["places"]["name"], strict=True))


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """List the rows of a frame as dictionaries; what is missing is None, but a missing number is NaN."""
    columns = [[None if cell is pd.NA else cell for cell in frame[name].tolist()] for name in frame]
    return [dict(zip(map(str, frame), cells, strict=True)) for cells in zip(*columns, strict=True)]
