"""One view of a table, whatever it is written in: HTML (``markup``), Markdown, text for a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pandas as pd


@dataclass(frozen=True)
class TableColumn:
    """One column: its label, the unit of its figures, where they stand, and how one is written."""

    label: str
    unit: str = ""
    align: Literal["left", "right"] = "left"
    write: Callable[[Any], str] = str

    @property
    def heading(self) -> str:
        """Label and unit."""
        return f"{self.label}, {self.unit}" if self.unit else self.label


@dataclass(frozen=True)
class TableView:
    """A table as it is shown: every cell is written already, and the first names its row."""

    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[str]]
    caption: str = ""

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame | Mapping[str, Any],
        columns: Mapping[Any, TableColumn],
        caption: str = "",
    ) -> TableView:
        """Write columns of a table under their labels.

        Parameters
        ----------
        frame
            One row a row; a frame, or columns of values by name.
        columns
            How each column is shown, by its name in the table; one that the table lacks stays empty.
        caption
            What the table shows, in words.

        Returns
        -------
        TableView
            With the cells as texts.

        """
        # a table of an older network may lack a column: its cells are empty, its heading stays
        cells = {name: _plain(frame[name]) for name in columns if name in frame}
        empty = [""] * max(map(len, cells.values()), default=0)
        written = [
            list(map(column.write, cells[name])) if name in cells else empty
            for name, column in columns.items()
        ]
        return cls(tuple(columns.values()), list(zip(*written, strict=True)), caption)

    @property
    def headings(self) -> list[str]:
        """Labels and units of the columns."""
        return [column.heading for column in self.columns]


def _plain(cells: Any) -> list[Any]:
    """List the values of a column, whatever holds them."""
    # numbers of numpy and pandas become those of Python, which format as a reader expects
    return list(cells.tolist() if hasattr(cells, "tolist") else cells)


def rows_of(frame: pd.DataFrame | Mapping[str, Any], *names: str) -> Iterator[tuple[Any, ...]]:
    """Go through the rows of some columns of a table; cells are plain Python values."""
    return zip(*(_plain(frame[name]) for name in names), strict=True)
