"""What a route costs and emits, element by element: the figures from which both can be computed by hand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cacorridor.costs.components import NO_FIGURE
from cacorridor.costs.loads import LOADS
from cacorridor.network.held import NAN
from cacorridor.routing.graph.steps import KINDS, NO_LINK, RUN, TRANSFER

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from cacorridor.costs.components import Component
    from cacorridor.routing.graph.steps import StepTable
    from cacorridor.routing.routes import Route

COST_COLUMNS = (
    "kind", "from", "to", "mode", "state", "link", "what", "quantity", "quantity_unit", "price", "price_unit",
    "cost_usd", "usd_per_unit", "figure", "basis", "year", "source_id", "note",
)  # fmt: skip
EMISSION_COLUMNS = (
    "element", "kind", "from", "to", "mode", "state", "link", "what", "load_t", "distance_km",
    "distance_basis", "factor", "factor_unit", "carbon", "carbon_unit", "co2e_kg", "standard", "basis",
    "source_id", "figures", "note",
)  # fmt: skip
FACTOR_COLUMNS = {  # both factors of an element: the name of the same thing in ``Component``
    "standard": "component", "basis": "basis", "source_id": "source_id", "figures": "key", "note": "note",
}  # fmt: skip
TRANSPORT, HUB = "transport", "hub"  # elements of a transport chain (ISO 14083)
DISTANCE_BASIS = "network"  # published lengths of the links, else lengths of their lines; no detour factor


def cost_elements(route: Route) -> pd.DataFrame:
    """List what is paid on a route: one row a step and price, quantity times dollars for a unit of it.

    ``price`` stands in the currency of its year (``price_unit``), ``usd_per_unit`` in dollars of 2025 for
    the load asked for; ``cost_usd`` is ``quantity`` times ``usd_per_unit``.
    """
    import pandas as pd

    return pd.DataFrame(cost_rows(route), columns=list(COST_COLUMNS)).astype({"year": "Int64"})


def cost_rows(route: Route) -> list[dict[str, Any]]:
    """List the same as rows; one that the data lack a price for has no figure."""
    rows: list[dict[str, Any]] = []
    table = route.table
    for step, described in enumerate(_describe_steps(route)):
        km, hours = float(table.km[step]), float(table.hours[step])
        fixed, hourly = float(table.usd[step]), float(table.usd_per_h[step])
        # what is paid once, by the kilometre or for the passage; a lack of it shows as a row
        price = _figure_behind(table, table.price, step)
        if price is not None or math.isnan(fixed):
            by_km = price is not None and price.unit.endswith("-km")
            quantity, unit = (km, "km") if by_km else (1.0, "each")
            rows.append(described | _price_cells(price, quantity, unit, fixed))
        # what is paid by the hour, beside it
        hour_price = _figure_behind(table, table.hour_price, step)
        if hour_price is not None:
            rows.append(described | _price_cells(hour_price, hours, "h", hourly * hours))
    return rows


def _price_cells(price: Component | None, quantity: float, unit: str, usd: float) -> dict[str, Any]:
    """Lay out what is paid for a quantity."""
    # without a price the row still shows what it is that the data lack
    figure: dict[str, Any] = {}
    if price is not None:
        figure = {"price": price.value, "price_unit": price.unit, "figure": price.key}
        figure |= {name: getattr(price, name) for name in ("basis", "year", "source_id", "note")}
    per_unit = usd / quantity if quantity else NAN
    return {"quantity": quantity, "quantity_unit": unit, "cost_usd": usd, "usd_per_unit": per_unit, **figure}


def emission_elements(route: Route) -> pd.DataFrame:
    """List the elements of the transport chain: runs and sailings, and hubs where goods are handled.

    A transport element emits ``load_t * distance_km * factor`` grams, times ``carbon`` where the factor is
    an energy; a hub element its factor for each container. Standing at borders has no factor.
    """
    import pandas as pd

    load_t = LOADS[route.query.load].tonnes
    rows = []
    for step, described in enumerate(_describe_steps(route)):
        if described["kind"] in {RUN, TRANSFER}:
            rows.append(described | _emission_cells(route.table, step, load_t))
    return pd.DataFrame(rows, columns=list(EMISSION_COLUMNS))


def _emission_cells(table: StepTable, step: int, load_t: float) -> dict[str, Any]:
    """Lay out what one element emits, with both factors and where they come from."""
    # a run has a distance; a hub handles the load where it stands
    is_run = table.kind[step] == KINDS.index(RUN)
    factor, carbon = (_figure_behind(table, column, step) for column in (table.energy, table.carbon))
    # both factors stand in one row, so what they rest on is told of both, once where it is the same
    known = [figure for figure in (factor, carbon) if figure is not None]
    rests_on = {}
    for column, name in FACTOR_COLUMNS.items():
        texts = dict.fromkeys(getattr(figure, name) for figure in known)
        rests_on[column] = "; ".join(filter(None, texts))
    return {
        "element": TRANSPORT if is_run else HUB,
        "load_t": load_t,
        "distance_km": float(table.km[step]) if is_run else NAN,
        "distance_basis": DISTANCE_BASIS if is_run else "",
        "co2e_kg": float(table.grams[step]) / 1000,
        **_factor_cells("factor", factor),
        **_factor_cells("carbon", carbon),
        **rests_on,
    }


def _factor_cells(name: str, figure: Component | None) -> dict[str, Any]:
    """Lay out the value and the unit of a factor; not a number where there is none."""
    amount, unit = (NAN, "") if figure is None else (figure.value, figure.unit)
    return {name: amount, f"{name}_unit": unit}


def _describe_steps(route: Route) -> list[dict[str, Any]]:
    """Say of each step what it is and where."""
    table, names = route.table, route.table.names
    columns = (table.kind, table.tail, table.head, table.mode, table.state, table.link, table.detail)
    codes_of_steps = zip(*(column.tolist() for column in columns), strict=True)
    return [
        {
            "kind": KINDS[kind],
            "from": route.place_name[names.places[tail]],
            "to": route.place_name[names.places[head]],
            "mode": names.modes[mode],
            "state": names.states[state],
            "link": names.links[link] if link != NO_LINK else "",
            "what": names.details[detail],
        }
        for kind, tail, head, mode, state, link, detail in codes_of_steps
    ]


def _figure_behind(table: StepTable, numbers: np.ndarray, step: int) -> Component | None:
    """Look up the figure that a step rests on, if there is one."""
    number = int(numbers[step])
    return None if number == NO_FIGURE else table.components.rows[number]
