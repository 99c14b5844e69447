"""What exists: a frozen network of places, links, crossings, transfers and services."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING, Any

from cacorridor.network.gazetteer import gazetteer_of
from cacorridor.network.held import FrozenMapping, ShapesField, Tables, hold
from cacorridor.network.tables.lengths import LINK_DTYPES, StateKm, link_columns
from cacorridor.network.years import is_open_in, require_year

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping, Sequence

    import geopandas as gpd
    import pandas as pd

    from cacorridor.network.held import Columns
    from cacorridor.network.scenarios.edits import Delay
    from cacorridor.network.tables.named import Corridor, Region

SEA = "sea"  # stands for the state in the ``km`` of a sea link: the high seas belong to nobody
HELD = ("tables", "link_shapes", "state_shapes")  # fields that are held as columns until a frame is asked for


@dataclass(frozen=True, eq=False)
class Network:
    """The tables of a checked network; every property returns a frame of its own.

    Build one with ``load_network``. Frames handed out are copies (pandas copies on write), so
    changing one never changes the network.

    Parameters
    ----------
    tables
        The authored tables by name, as ``schema`` describes them.
    corridors
        Named corridors by id.
    link_shapes, state_shapes
        Lines of links and outlines of states, WGS 84, each a GeoDataFrame indexed by id when asked for.
    regions
        Lenses by id.
    applied
        Names of the scenarios, in the order in which they were applied.
    edited
        Whether a scenario or a year changed the tables that were loaded.
    closed_places
        Ids of places that scenarios took away; nothing begins or ends there.
    delays
        Hours that scenarios add at links, by id.
    as_of
        The day that "today" means, YYYY-MM-DD; empty if the dataset does not say.
    version
        Version of the dataset.
    sha256
        Hash of the files that were read; an edit leaves it as it is and sets ``edited``.
    known_ids
        Of an edited network: the ids of each table before, of which some may be gone.
    derived
        What modules derive and keep, each under a key of its own; not for users.

    Examples
    --------
    >>> net.find_place("Ташкент")
    'tashkent'
    >>> net.state_name("KGZ")
    'Kyrgyzstan'
    >>> net.places.loc["kashgar", "state"]
    'CHN'

    """

    tables: Tables
    corridors: Mapping[str, Corridor]
    link_shapes: ShapesField = ShapesField()  # noqa: RUF009  # a descriptor, shared by design
    state_shapes: ShapesField = ShapesField()  # noqa: RUF009
    regions: Mapping[str, Region] = field(default_factory=dict)
    applied: tuple[str, ...] = ()  # scenarios, in the order in which they were applied
    edited: bool = False  # a scenario or a year changed the tables that were loaded
    closed_places: frozenset[str] = frozenset()  # what scenarios took away; nothing begins or ends there
    delays: Mapping[str, Delay] = field(default_factory=dict)  # hours that scenarios add at links, by id
    as_of: str = ""  # the day that "today" means, YYYY-MM-DD; empty if the dataset does not say
    version: str = ""  # of the dataset
    sha256: str = ""  # of the files that were read; an edit leaves it as it is and sets ``edited``
    known_ids: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    derived: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)  # dies with it

    def __post_init__(self) -> None:
        """Take copies, so that the caller's frames and this network never change each other."""
        object.__setattr__(self, "tables", Tables(self.tables))
        object.__setattr__(self, "corridors", FrozenMapping(self.corridors))
        object.__setattr__(self, "regions", FrozenMapping(self.regions))

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what can be derived again, so that a copy in another process is small."""
        # what cached properties have left in the dictionary is no field
        kept = {each.name for each in fields(self)}
        return {name: field for name, field in vars(self).items() if name in kept} | {"derived": {}}

    def __repr__(self) -> str:
        """Count what the network holds."""
        places, links = (len(self.columns(name)["id"]) for name in ("places", "links"))
        return f"<Network: {places} places, {links} links>"

    def changed(self, **changes: Any) -> Network:
        """Return the network with some fields changed; tables and shapes stay as they are held."""
        # the held tables themselves: to read the fields would make their frames
        held = {name: vars(self)[name] for name in HELD}
        return replace(self, **{**held, **changes})

    def _repr_html_(self) -> str:
        """Count the rows of each table for a notebook; pandas escapes what it writes."""
        import pandas as pd

        rows = {name: len(table) for name, table in self.tables.items()}
        return str(pd.DataFrame({"rows": rows}).to_html())

    def table(self, name: str) -> pd.DataFrame:
        """Return one authored table, typed, indexed by id."""
        return self.tables[name].set_index("id", drop=False).rename_axis(None)  # the column has the name

    def columns(self, name: str) -> Columns:
        """Return one authored table as columns of plain values; an empty year is None, a number NaN."""
        tables: Tables = vars(self)["tables"]
        return tables.columns(name)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """List the rows of one authored table as dictionaries, not to be changed; an empty year is None."""
        tables: Tables = vars(self)["tables"]
        return list(tables.held(name).rows)

    @cached_property
    def _places(self) -> gpd.GeoDataFrame:
        import geopandas as gpd

        frame = self.table("places")
        points = gpd.points_from_xy(frame["lon"], frame["lat"])
        return gpd.GeoDataFrame(frame.rename_axis("place"), geometry=points, crs="EPSG:4326")

    @property
    def places(self) -> gpd.GeoDataFrame:
        """Places by id, with point geometry (WGS 84)."""
        return self._places.copy(deep=False)

    @cached_property
    def link_columns(self) -> Columns:
        """The columns of ``links`` without the geometry, as plain values."""
        return link_columns(self.columns("links"), vars(self)["link_shapes"].columns, self.state_of)

    def columns_of_links(self, keys: Collection[str]) -> Columns:
        """Return the same of some links alone."""
        links = self.columns("links")
        # a selection of rows, the same in each column
        is_kept = [key in keys for key in links["id"]]
        cells_of = {name: tuple(compress(cells, is_kept)) for name, cells in links.items()}
        return link_columns(cells_of, vars(self)["link_shapes"].columns, self.state_of)

    @cached_property
    def _links(self) -> gpd.GeoDataFrame:
        import geopandas as gpd
        import pandas as pd

        frame = self.table("links").rename(columns={"length_km": "published_km"})
        # columns that the shapes add, or that are filled from them
        for name, cells in self.link_columns.items():
            if name not in frame or name == "length_basis":
                frame[name] = pd.Series(cells, index=frame.index, dtype=LINK_DTYPES.get(name, str))
        return gpd.GeoDataFrame(
            frame, geometry=self.link_shapes.geometry.loc[frame.index], crs="EPSG:4326"
        ).rename_axis("link")

    @property
    def links(self) -> gpd.GeoDataFrame:
        """Links by id, with line geometry and the length that counts.

        ``length_km`` is the published length where there is one, else the measured one;
        ``length_basis`` says which; ``state_km`` maps states to kilometres and sums to ``length_km``.
        """
        links = self._links.copy(deep=False)
        links["state_km"] = links["state_km"].map(StateKm)
        return links

    @property
    def states(self) -> gpd.GeoDataFrame:
        """States by ISO code, with display geometry; what a link crosses stands on the link."""
        return self.state_shapes.rename_axis("state")

    @cached_property
    def state_names(self) -> Mapping[str, str]:
        """English name of each state that has an outline, in the order of the file."""
        columns = vars(self)["state_shapes"].columns
        return dict(zip(columns["iso3"], columns["name"], strict=True))

    def state_name(self, iso3: str) -> str:
        """Name a state in English; an unknown code stands for itself."""
        return self.state_names.get(iso3, iso3)

    @cached_property
    def families(self) -> Mapping[str, str]:
        """Family of each mode, in the order of the table: ``rail`` of every gauge."""
        rows = self.columns("modes")
        named = zip(rows["id"], rows["family"], strict=True)
        return {mode: family or mode.partition("_")[0] for mode, family in named}

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
        places = self.columns("places")
        return dict(zip(places["id"], places["state"], strict=True))

    def open_links(self, year: int | None = None) -> gpd.GeoDataFrame:
        """Select the links in service: those operational today, or those open in a year."""
        links = self.links
        return links[links.index.isin(self.links_open_in(year))]

    def links_open_in(self, year: int | None = None) -> frozenset[str]:
        """List the ids of the links in service today or in a year."""
        links = self.columns("links")
        names = ("id", "status", "opened", "closed")
        rows = zip(*(links[name] for name in names), strict=True)
        if year is None:
            today = "operational", None
            return frozenset(key for key, status, _, closed in rows if (status, closed) == today)
        return frozenset(key for key, _, opened, closed in rows if is_open_in(year, opened, closed))

    def at(self, year: int) -> Network:
        """Return the network of a year: links open by then are operational, others are gone.

        Raises
        ------
        UsageError
            If it is a year of which the data do not speak.

        """
        import pandas as pd

        require_year(self, year)
        links = self.tables["links"]
        # what is open in the year counts as open today
        kept = links[links["id"].isin(self.links_open_in(year))].copy()
        kept["status"] = "operational"
        kept["closed"] = pd.array([pd.NA] * len(kept), dtype="Int64")
        return self.mark_edited().with_table("links", kept)

    def mark_edited(self) -> Network:
        """Return the network, noting its ids, so that what an edit takes away is not taken for unknown."""
        if self.edited:
            return self
        known = {name: frozenset(self.columns(name)["id"]) for name in self.tables}
        return self.changed(edited=True, known_ids=known)

    def with_table(self, name: str, frame: pd.DataFrame) -> Network:
        """Return the network with one table replaced; rows that spoke of lost links go too."""
        tables: Tables = vars(self)["tables"]
        return self.changed(tables=tables.replaced(name, hold(frame.reset_index(drop=True))))

    def with_cells(self, name: str, cells: Columns, rows: Sequence[int] | None = None) -> Network:
        """Return the network with columns of a table replaced, of all its rows or of some by position."""
        tables: Tables = vars(self)["tables"]
        every = range(len(self.columns(name)["id"]))
        table = tables.held(name).edited(every if rows is None else rows, cells)
        return self.changed(tables=tables.replaced(name, table))

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
    def _row_numbers(self) -> dict[str, Mapping[str, int]]:
        tables: Tables = vars(self)["tables"]
        return {name: tables.row_numbers(name) for name in tables}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        places = self.columns("places")
        return dict(zip(places["id"], places["name"], strict=True))
