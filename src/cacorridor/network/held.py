"""Tables as a network holds them: columns of plain values or frames, each made of the other when asked for.

Columns are what the standard library can read and loop over; frames cost the import of pandas. A table that
was read from a snapshot begins as columns, one that was edited as a frame.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pandas as pd

T = TypeVar("T")
Columns = Mapping[str, "Sequence[Any]"]  # of plain values by name; what is missing is None, a number NaN

GEOMETRY = "geometry"  # the one column that is no plain value
NAN = float("nan")


class _Rows:
    """The rows of a held table, made of its columns when first asked for."""

    _read_rows: Callable[[], Iterable[dict[str, Any]]] | None = None

    @property
    def columns(self) -> Columns:
        """Columns by name; nobody can change them."""
        raise NotImplementedError

    @cached_property
    def rows(self) -> tuple[dict[str, Any], ...]:
        """Rows as dictionaries, which nobody changes; what is missing is None, but a missing number NaN."""
        return tuple(records(self.columns) if self._read_rows is None else self._read_rows())


class HeldColumns(_Rows):
    """A table that begins as columns.

    Parameters
    ----------
    read
        Returns the columns; called when they are first asked for.
    lay_out
        Makes a frame of them.
    row_numbers
        Line of the file of each id, where the file has blank lines.

    """

    def __init__(
        self,
        read: Callable[[], Columns],
        lay_out: Callable[[Columns], Any],
        row_numbers: Mapping[str, int] | None = None,
    ) -> None:
        self._read, self._lay_out, self.row_numbers = read, lay_out, row_numbers

    @cached_property
    def columns(self) -> Columns:
        """Columns by name; nobody can change them."""
        return _frozen(self._read())

    @cached_property
    def frame(self) -> Any:
        """The same as a frame; a copy is handed out, never this one."""
        # laid out once, by whoever asks first
        frame = self._lay_out(self.columns)
        if self.row_numbers is not None:
            frame.attrs["row_numbers"] = dict(self.row_numbers)
        return frame

    def edited(self, rows: Sequence[int], cells: Columns) -> HeldColumns:
        """Return the table of some of its rows, by position, with the cells of some columns replaced."""
        columns = {**_taken(self.columns, rows), **cells}
        held = HeldColumns(partial(dict, columns), self._lay_out, self.row_numbers)
        if not cells:  # rows that are only fewer are the very same, so that they compare quickly
            held._read_rows = lambda: map(self.rows.__getitem__, rows)
        return held

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what can be made again, so that a copy in another process is small."""
        left_out = {"columns", "frame", "geometry", "rows", "_read_rows"}
        return {name: kept for name, kept in vars(self).items() if name not in left_out}


class HeldShapes(HeldColumns):
    """Shapes that begin as columns of properties, with an array of geometries beside them.

    Parameters
    ----------
    read
        Returns the properties.
    lay_out
        Makes a frame of them, with the geometries.
    read_geometry
        Returns the geometries, shape (features,).

    """

    def __init__(
        self, read: Callable[[], Columns], lay_out: Callable[[Columns], Any], read_geometry: Callable[[], Any]
    ) -> None:
        super().__init__(read, lay_out)
        self._read_geometry = read_geometry

    @cached_property
    def geometry(self) -> Any:
        """The geometries, shape (features,); nobody changes them."""
        return self._read_geometry()


class HeldFrame(_Rows):
    """A table that begins as a frame; the caller's own is never touched (pandas copies on write)."""

    def __init__(self, frame: Any) -> None:
        self.frame = frame.copy(deep=False)
        self.row_numbers: Mapping[str, int] | None = frame.attrs.get("row_numbers")

    @cached_property
    def columns(self) -> Columns:
        """The same as columns of plain values; without a geometry."""
        return _plain_columns(self.frame)

    @property
    def geometry(self) -> Any:
        """The geometries of shapes, shape (features,)."""
        return self.frame.geometry.to_numpy()

    def edited(self, rows: Sequence[int], cells: Columns) -> HeldFrame:
        """Return the table of some of its rows, by position, with the cells of some columns replaced."""
        import pandas as pd

        frame = self.frame.iloc[list(rows)].reset_index(drop=True)
        for name, column in cells.items():
            frame[name] = pd.Series(list(column), dtype=frame[name].dtype)
        return HeldFrame(frame)

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what can be made again."""
        return {name: kept for name, kept in vars(self).items() if name not in {"columns", "rows"}}


Held = HeldColumns | HeldFrame


def _taken(columns: Columns, rows: Sequence[int]) -> Columns:
    """Take rows by position; a table that loses none keeps its very columns, so that they compare quickly."""
    if rows == range(len(columns["id"])):
        return columns
    return {name: tuple(map(cells.__getitem__, rows)) for name, cells in columns.items()}


def hold(table: Any) -> Held:
    """Take a table that is held already, columns of plain values, or a frame."""
    if isinstance(table, Mapping):
        return HeldColumns(partial(dict, table), frame_of)
    return table if isinstance(table, Held) else HeldFrame(table)


def frame_of(columns: Columns) -> pd.DataFrame:
    """Make a frame of columns; of which type each is, pandas finds out."""
    import pandas as pd

    return pd.DataFrame({name: list(cells) for name, cells in columns.items()})


def _plain_columns(frame: pd.DataFrame) -> Columns:
    """Turn a frame into columns of plain values; what is missing is None, but a missing number is NaN."""
    import pandas as pd

    columns: dict[str, list[Any]] = {}
    for name in frame:
        if name != GEOMETRY:
            cells = frame[name].tolist()  # plain numbers of Python, no longer those of numpy
            columns[str(name)] = [None if cell is pd.NA else cell for cell in cells]
    return _frozen(columns)


def records(table: pd.DataFrame | Columns) -> list[dict[str, Any]]:
    """List the rows of a table as dictionaries; what is missing is None, but a missing number is NaN."""
    columns = table if isinstance(table, Mapping) else _plain_columns(table)
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _frozen(columns: Columns) -> Columns:
    return MappingProxyType({name: tuple(cells) for name, cells in columns.items()})


class FrozenMapping(Mapping[str, T]):
    """A mapping that cannot be changed."""

    def __init__(self, entries: Mapping[str, T]) -> None:
        self._entries = dict(entries)

    def __getitem__(self, key: str) -> T:
        """Return an entry."""
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        """List the keys."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._entries)

    def __repr__(self) -> str:
        """List the keys; the entries may be tables."""
        return f"<{type(self).__name__}: {', '.join(self)}>"


class Tables(Mapping[str, "pd.DataFrame"]):
    """The tables of a network by name; frames are made when asked for and handed out as copies."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        held = vars(tables)["_held"] if isinstance(tables, Tables) else tables  # not to make their frames
        self._held: Mapping[str, Held] = FrozenMapping({name: hold(table) for name, table in held.items()})

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a table as a frame of the caller's own."""
        frame: pd.DataFrame = self._held[name].frame
        return frame.copy(deep=False)

    def __iter__(self) -> Iterator[str]:
        """List the names."""
        return iter(self._held)

    def __len__(self) -> int:
        """Count the tables."""
        return len(self._held)

    def __contains__(self, name: object) -> bool:
        """Tell whether there is a table, without making its frame."""
        return name in self._held

    def __or__(self, changes: Mapping[str, Any]) -> Tables:
        """Return the tables with some of them replaced; the others stay as they are held."""
        return Tables({**self._held, **changes})

    def replaced(self, name: str, table: Held) -> Tables:
        """Return the tables with one replaced; rows that spoke of lost links go too."""
        changes = {name: table}
        # a crossing, a sailing or a closure of a link that is gone speaks of nothing
        if name == "links":
            kept = {*table.columns["id"], ""}
            for dependent in ("crossings", "services", "closures"):
                links = self.columns(dependent)["link"]
                if not kept.issuperset(links):  # a table that loses nothing stays as it is held
                    rows = [row for row, link in enumerate(links) if link in kept]
                    changes[dependent] = self.held(dependent).edited(rows, {})
        return self | changes

    def __repr__(self) -> str:
        """List the names."""
        return f"<Tables: {', '.join(self)}>"

    def held(self, name: str) -> Held:
        """Return a table as it is held."""
        return self._held[name]

    def columns(self, name: str) -> Columns:
        """Return a table as columns of plain values."""
        return self._held[name].columns

    def stated_row_numbers(self, name: str) -> Mapping[str, int] | None:
        """Return the line of the file of each id, where the file has blank lines."""
        return self._held[name].row_numbers

    def row_numbers(self, name: str) -> Mapping[str, int]:
        """Return the line of the file of each id; the header is line 1."""
        stated = self.stated_row_numbers(name)
        return stated or {key: line for line, key in enumerate(self.columns(name)["id"], start=2)}


class ShapesField:
    """A field of the network that holds shapes: given as a frame or held already, handed out as a frame."""

    def __set_name__(self, owner: type, name: str) -> None:
        """Learn under which name the network holds it."""
        self._name = name

    def __get__(self, network: Any, owner: type | None = None) -> Any:
        """Return the frame; the class itself has none, so the field has no default."""
        if network is None:
            raise AttributeError(self._name)
        return vars(network)[self._name].frame

    def __set__(self, network: Any, shapes: Any) -> None:
        """Hold the shapes."""
        vars(network)[self._name] = hold(shapes)
