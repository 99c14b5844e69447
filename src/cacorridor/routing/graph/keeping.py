"""A supernetwork as sections of a snapshot, and back: every field by its type, none by its name."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from cacorridor.costs.components import Component, Components
from cacorridor.routing.graph.steps import Names, StepTable
from cacorridor.routing.graph.supernetwork import Supernetwork

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np

    from cacorridor.network.snapshot.container import Container

T = TypeVar("T")


def supernetwork_sections(supernetwork: Supernetwork) -> dict[str, Any]:
    """Lay a supernetwork out as sections.

    Parameters
    ----------
    supernetwork
        Any supernetwork.

    Returns
    -------
    dict
        Sections by name, for ``network.snapshot.container.pack``.

    Raises
    ------
    TypeError
        If a field is of a type that no section knows.

    """
    steps = supernetwork.steps
    return {
        "nodes": list(zip(*supernetwork.nodes, strict=True)),
        "names": vars(steps.names),
        "components": _component_columns(steps.components),
        **_arrays("arcs", supernetwork, ("nodes", "steps")),
        **_arrays("steps", steps, ("names", "components")),
    }


def read_supernetwork(container: Container) -> Supernetwork:
    """Return the supernetwork of a snapshot.

    Parameters
    ----------
    container
        A snapshot of ``supernetwork_sections``.

    Returns
    -------
    Supernetwork
        With arrays of its own, or vectors on the snapshot where NumPy is not loaded.

    """
    # JSON gives lists; names and nodes are tuples, whose positions are the codes in the arrays
    names = Names(**{name: tuple(words) for name, words in container.json("names").items()})
    rows = _components(container.json("components"))
    components = Components(rows)
    steps = _from_arrays(StepTable, "steps", container, names=names, components=components)
    nodes = tuple(zip(*container.json("nodes"), strict=True))
    return _from_arrays(Supernetwork, "arcs", container, nodes=nodes, steps=steps)


def _arrays(prefix: str, table: Any, others: Iterable[str]) -> dict[str, np.ndarray]:
    """Collect the fields of a table that are arrays; all but the others must be."""
    import numpy as np

    # a field that is no array would be lost in silence
    arrays = {
        f"{prefix}/{each.name}": getattr(table, each.name)
        for each in fields(table)
        if each.name not in others
    }
    for name, array in arrays.items():
        if not isinstance(array, np.ndarray):
            raise TypeError(f"{name} is {type(array).__name__}, not an array")
    return arrays


def _from_arrays(make: type[T], prefix: str, container: Container, **others: Any) -> T:
    """Make a table of its arrays and of what is no array."""
    names = [each.name for each in fields(make) if each.name not in others]  # type: ignore[arg-type]
    return make(**{name: container.column(f"{prefix}/{name}") for name in names}, **others)


def _component_columns(components: Components) -> dict[str, list[Any]]:
    columns = zip(Component._fields, zip(*components.rows, strict=True), strict=True)
    return {name: list(cells) for name, cells in columns} if components.rows else {}


def _components(columns: dict[str, list[Any]]) -> tuple[Component, ...]:
    """Make the components of their columns; ``shared`` holds pairs."""
    if not columns:
        return ()
    # JSON knows no tuples, and a component must be hashable
    columns["shared"] = [tuple(map(tuple, pairs)) for pairs in columns["shared"]]
    cells = zip(*(columns[name] for name in Component._fields), strict=True)
    return tuple(map(Component._make, cells))
