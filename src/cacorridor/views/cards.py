"""What a notebook shows of a route: its totals and conditions above its legs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.views import text
from cacorridor.views.headings import describe_conditions
from cacorridor.views.labels import leg_file_headings, legs_of
from cacorridor.views.markup import table_of, tag
from cacorridor.views.tables import TableColumn, TableView

if TYPE_CHECKING:
    from cacorridor.routing.routes import Route

LEG_COLUMNS = ("From", "To", "Kind", "Mode", "States")


def route_card(route: Route) -> str:
    """Show a route: name, length and hours, states, conditions, legs.

    Parameters
    ----------
    route
        The route.

    Returns
    -------
    str
        HTML.

    """
    # the head of the card: what the route takes, whom it meets, under which conditions it was asked
    hours = text.with_range(route.time_h, route.time_low_h, route.time_high_h, unit="h", dash=text.DASH)
    figures = f"{text.kilometres(route.length_km)}, {hours} {text.IN_MOST_CASES}"
    crossed = text.name_states(route.network, route.states)
    touched = text.name_states(route.network, route.touches)
    bypassed = text.name_states(route.network, route.bypasses)
    lines = (
        tag("p", tag("strong", f"{route.name}: {figures}")),
        tag("p", f"crosses {crossed}; touches {touched}; bypasses {bypassed}"),
        tag("p", describe_conditions(route.network, route.query)),
    )
    # below it the legs; headings stand alone here, so that they name their units
    columns = [TableColumn(name) for name in LEG_COLUMNS]
    columns += [TableColumn(name, align="right") for name in leg_file_headings()]
    rows = [
        (leg.start, leg.end, leg.kind, leg.mode, leg.states, leg.length, *leg.amounts)
        for leg in legs_of(route)
    ]
    return "".join([*lines, table_of(TableView(columns, rows))])
