"""What an answer on a screen remarks on its way: what closes it, what it leaves, what it counts as open."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from cacorridor.cli.output.closures import closures_in_words
from cacorridor.cli.output.printing import STDOUT, write
from cacorridor.errors import NoRouteError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cacorridor.cli.output.answers import Form
    from cacorridor.routing.routes import Route
    from cacorridor.routing.telling.openings import CountedOpen

BLOCK, RAIL = "block", "rail"  # the service level that trains alone have, and their family of modes


@contextmanager
def no_route_told(form: Form) -> Iterator[None]:
    """Tell programs that read JSON what blocks a route that there is not; the error goes on.

    Parameters
    ----------
    form
        Where the answer goes, and how.

    Yields
    ------
    None
        While the route is looked for.

    """
    try:
        yield
    except NoRouteError as error:
        if form.text_format == "json" and form.path in {None, STDOUT}:
            from cacorridor.views.exports.texts import no_route_text

            write(STDOUT, no_route_text(error))
        raise


def remarks_on(route: Route) -> Iterator[str]:
    """Tell what a reader of a route should not have to look for.

    Parameters
    ----------
    route
        The route.

    Yields
    ------
    str
        A line each.

    """
    yield from _level_without_effect(route)
    yield from _avoided_in_vain(route)
    yield from _turning_back(route)
    yield from _way_abroad(route)
    yield from _links_counted_open(route)
    yield from closures_in_words(route)


def remarks_on_each(routes: Sequence[Route]) -> Iterator[str]:
    """Tell the remarks on routes that stand side by side: each once, with the routes that it holds of.

    Parameters
    ----------
    routes
        The routes, in the order of their table.

    Yields
    ------
    str
        A line for each remark, in the order in which it is first made.

    """
    holders: dict[str, list[str]] = {}
    for route in routes:
        for remark in remarks_on(route):
            holders.setdefault(remark, []).append(route.name)
    for remark, names in holders.items():
        # what holds of all of them needs no name
        whom = "" if len(names) == len(routes) else f"{', '.join(names)}: "
        yield f"{whom}{remark}"


def _level_without_effect(route: Route) -> Iterator[str]:
    """Say that the way has no train of which a block train could be made."""
    query, families = route.query, route.network.families
    if query.level == BLOCK and RAIL not in {families[mode] for mode in route.modes}:
        yield "level block, of trains, changes nothing on this way: hours as of level express"


def _avoided_in_vain(route: Route) -> Iterator[str]:
    """Say which states the best way keeps out of by itself."""
    if not route.query.avoid:
        return
    from cacorridor.routing.telling.bypassed import avoided_in_vain
    from cacorridor.views.text import name_states

    idle = avoided_in_vain(route)
    if idle:
        them = "it" if len(idle) == 1 else "them"
        yield f"avoiding {name_states(route.network, idle)} changes nothing: no best way enters {them}"


def _turning_back(route: Route) -> Iterator[str]:
    """Say that a way over given places goes far round because it may not turn back there."""
    if not route.query.via:
        return
    from cacorridor.routing.telling.turning import turning_of
    from cacorridor.views.text import amount

    turning, network, measure = turning_of(route), route.network, route.query.measure
    if turning is not None:
        total = amount(measure, float(measure.amount(turning.way.table).sum()))
        places = ", ".join(map(network.place_name, route.query.via))
        yield (
            f"this way passes no place twice; one over {places} that turns back takes {total}, "
            f"{amount(measure, turning.less)} less"
        )


def _way_abroad(route: Route) -> Iterator[str]:
    """Say that a way between two places of one customs territory leaves it, and what staying costs."""
    from cacorridor.routing.query import endpoint_states
    from cacorridor.routing.telling.staying import excursion_of
    from cacorridor.views.text import amount, name_states

    trip = excursion_of(route)
    if trip is None:
        return
    network, measure = route.network, route.query.measure
    union = "" if len(trip.home) == 1 else f"the {trip.territory}"
    states = set(endpoint_states(network, route.query))
    both = union if len(states) > 1 else name_states(network, states)
    if trip.within is None or trip.more is None:
        staying = f"no way stays within {union or both} under these conditions"
    else:
        kept = both if set(trip.within.states) == states else union
        total = amount(measure, float(measure.amount(trip.within.table).sum()))
        staying = f"the best way that stays in {kept} takes {total}, {amount(measure, trip.more)} more"
    border = f", outside the customs union {trip.territory}" if union else ""
    through = f"{name_states(network, trip.abroad)}{border}"
    yield f"both ends lie in {both}, yet the way runs through {through}: {staying}"


def _links_counted_open(route: Route) -> Iterator[str]:
    """Say which links of the way the year counts as open that are not in service today."""
    from cacorridor.routing.telling.openings import links_counted_open

    counted = links_counted_open(route)
    awaited = [_awaited(each) for each in counted if each.closed is None]
    shut = [_named_with_its_end(each) for each in counted if each.closed is not None]
    year = route.query.year
    if awaited:
        yield f"counts as open by the end of {year}, not in service today: {'; '.join(awaited)}"
    if shut:
        yield f"open in {year}, in service no more: {'; '.join(shut)}"
    # far from today a reader may take the hours for those of that year
    if year is not None and not route.network.as_of.startswith(str(year)):
        yield f"the year {year} chooses which links are open; speeds, stands and prices are those of the data"


def _awaited(link: CountedOpen) -> str:
    from cacorridor.views.text import STATUS_WORDS

    works = STATUS_WORDS.get(link.status, link.status)
    when = f", expected {link.opened}" if link.opened is not None else ""
    return f"{' - '.join(link.ends)} ({works}{when})"


def _named_with_its_end(link: CountedOpen) -> str:
    return f"{' - '.join(link.ends)} (last year {link.closed})"
