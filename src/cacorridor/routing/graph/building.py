"""Build the supernetwork of a network: every link in both directions, every transfer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.network.scenarios.memory import original_of
from cacorridor.network.snapshot.store import Store
from cacorridor.routing.graph import keeping
from cacorridor.routing.graph.supernetwork import Supernetwork
from cacorridor.vectors import has_numpy

if TYPE_CHECKING:
    from cacorridor.network.model import Network

DEFAULT_LOAD = "feu"


def supernetwork_of(
    network: Network,
    level: str,
    month: int | None = None,
    survey_year: int | None = None,
    load: str = DEFAULT_LOAD,
) -> Supernetwork:
    """Return the supernetwork of a network for a load; the network keeps it.

    Months in which the same closures hold share one.
    """
    key = Supernetwork, level, _closures_of_month(network, month), survey_year, load
    if key not in network.derived:
        network.derived[key] = _lay_out(network, level, month, survey_year, load)
    elif has_numpy() and not network.derived[key].has_arrays:  # what came to be asked is more than one route
        network.derived[key] = network.derived[key].with_arrays()
    built: Supernetwork = network.derived[key]
    return built


def _lay_out(
    network: Network, level: str, month: int | None, survey_year: int | None, load: str
) -> Supernetwork:
    """Lay a network out: as it was kept, or beside a neighbour that differs in little, or from scratch.

    Neighbours are the same network in any month and, of an edited network, the one that it comes from.
    """
    # tables as they were read: what was laid out of the same files before is kept with them
    in_any_month = month is None and survey_year is None
    if in_any_month and Store in network.derived:
        return _recall(network, level, load)
    # a neighbour in the same conditions but for the edit, or the month
    neighbour = original_of(network) if in_any_month else network
    if neighbour is not None:
        from cacorridor.routing.graph.layout.link_steps import models_of
        from cacorridor.routing.graph.layout.neighbours import lay_out_beside

        models = models_of(network, level, month, survey_year, load)
        beside = lay_out_beside(neighbour, supernetwork_of(neighbour, level, load=load), models)
        if beside is not None:
            return beside
    return build_supernetwork(network, level=level, month=month, survey_year=survey_year, load=load)


def _recall(network: Network, level: str, load: str) -> Supernetwork:
    """Read the supernetwork of any month as it was laid out before, or lay it out and keep it."""
    store: Store = network.derived[Store]
    name = snapshot_name(level, load)
    kept = store.read(name)
    if kept is not None:
        return keeping.read_supernetwork(kept)
    built = build_supernetwork(network, level=level, load=load)
    store.write(name, keeping.supernetwork_sections(built))
    return built


def snapshot_name(level: str, load: str = DEFAULT_LOAD) -> str:
    """Name the snapshot of the supernetwork of a service level in any month, for a load."""
    # only those of the default load come with the embedded data; others are kept when first asked for
    return f"supernetwork-{level}" if load == DEFAULT_LOAD else f"supernetwork-{level}-{load}"


def _closures_of_month(network: Network, month: int | None) -> tuple[str, ...] | None:
    """List the closures that hold in a month; without a month all count."""
    if month is None:
        return None
    # by id: months in which the same ones hold are the same question
    closures = network.columns("closures")
    return tuple(
        key for key, months in zip(closures["id"], closures["months"], strict=True) if str(month) in months
    )


def build_supernetwork(
    network: Network,
    *,
    level: str,
    month: int | None = None,
    survey_year: int | None = None,
    load: str = DEFAULT_LOAD,
) -> Supernetwork:
    """Build the supernetwork of all links, of whatever year, in a month (any by default), for a load."""
    from cacorridor.routing.graph.layout import link_steps
    from cacorridor.routing.graph.layout.rows import StepRows

    models = link_steps.models_of(network, level, month, survey_year, load)
    times = models.times
    # links first, then transfers at the nodes that they serve
    rows = StepRows()
    links = network.link_columns
    for link in link_steps.directions(links):
        if not times.is_shut(link.key):  # a closure is an absence, never a large number
            rows.add_arc(
                (link.start, link.mode), (link.end, link.mode), link_steps.steps_of_link(link, models)
            )
    for row, tail, head in link_steps.transfers_served(times, set(rows.nodes)):
        rows.add_arc(tail, head, link_steps.steps_of_transfer(row, tail, head, models))
    return rows.supernetwork(times.components, links)
