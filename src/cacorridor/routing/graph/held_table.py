"""A table of steps as a route holds it: of vectors at first, of arrays as soon as NumPy is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cacorridor.vectors import has_numpy

if TYPE_CHECKING:
    from cacorridor.routing.graph.steps import StepTable


class TableField:
    """A field that holds a table of steps, and hands it out with arrays as soon as NumPy is loaded."""

    def __set_name__(self, owner: type, name: str) -> None:
        """Learn under which name the table is held."""
        self._name = name

    def __get__(self, holder: Any, owner: type | None = None) -> StepTable:
        """Return the table; the class itself has none, so the field has no default."""
        if holder is None:
            raise AttributeError(self._name)
        table: StepTable = vars(holder)[self._name]
        if has_numpy() and not table.has_arrays:
            table = vars(holder)[self._name] = table.with_arrays()
        return table

    def __set__(self, holder: Any, table: StepTable) -> None:
        """Hold a table."""
        vars(holder)[self._name] = table
