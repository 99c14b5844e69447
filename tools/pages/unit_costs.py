"""What a tonne-kilometre costs and emits by each means, for the page on money and carbon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cacorridor.costs.loads import LOADS
from cacorridor.network.model import SEA
from cacorridor.routing.graph.building import supernetwork_of
from cacorridor.routing.graph.steps import KINDS, RUN
from cacorridor.views import text
from tools.pages.best_ways import table_of
from tools.pages.turning_points import OCEANS_FROM

if TYPE_CHECKING:
    from cacorridor import Network

LEAST_KM = 1.0  # a run at a border is too short to divide by
TENTHS = (0.1, 0.5, 0.9)
LOAD = "feu"


def unit_costs(network: Network) -> str:
    """Tabulate cents and grams of a tonne-km: the median of the runs of today, and what 8 of 10 lie in."""
    table = supernetwork_of(network, "express", None).steps
    runs = np.flatnonzero((table.kind == KINDS.index(RUN)) & (table.km > LEAST_KM))
    tonne_km = LOADS[LOAD].tonnes * table.km[runs]
    cents, grams = 100 * table.usd[runs] / tonne_km, table.grams[runs] / tonne_km
    means = np.array([_means(network, table.names.links[link]) for link in table.link[runs]])
    rows = []
    for name in sorted(set(means.tolist())):
        of_name = means == name
        figures = [_middle_and_range(amounts[of_name]) for amounts in (cents, grams)]
        rows.append([name, *(cell for pair in figures for cell in pair)])
    return table_of(["By", "US cents a t-km", "8 of 10", "g CO2e a t-km", "8 of 10"], rows)


def _means(network: Network, link: str) -> str:
    """Name what runs on a link: ships of the ocean and others, trains by their traction, trucks."""
    row = network.links.loc[link]
    if row["mode"] == SEA:
        return "ocean" if OCEANS_FROM in link.split(":") else "feeders and ferries"
    family = network.families[row["mode"]]
    if family == "road":
        return family
    return "rail, electric" if row["traction"] == "electric" else "rail, diesel or not known"


def _middle_and_range(amounts: np.ndarray) -> tuple[str, str]:
    low, middle, high = np.quantile(amounts, TENTHS).tolist()
    return text.fixed(middle, 1), f"{text.fixed(low, 1)}-{text.fixed(high, 1)}"
