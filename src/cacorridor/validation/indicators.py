"""Set surveyed speeds of trade beside those of the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from cacorridor.costs.calibration import uncalibrated
from cacorridor.costs.time import PANDEMIC_YEARS
from cacorridor.routing.accounts import ledger
from cacorridor.routing.finding import find_route

if TYPE_CHECKING:
    from cacorridor.network.model import Network

INDICATOR_COLUMNS = [
    "id", "state", "mode", "year", "journey", "swod_kmh", "model_swod_kmh", "swd_kmh", "model_swd_kmh",
    "deviation", "model_nights_kmh", "source_id", "note",
]  # fmt: skip

# Few nights fall into the transit of one state, and the survey counts rest only in part: its speeds leave
# trucks 12 to 22 hours at the wheel a day, by state. They are compared with the most that two drivers may do
# (20 h in 30 h), the same for all states.
CREW_H_PER_DAY = 16.0


def check_indicators(network: Network) -> pd.DataFrame:
    """Set surveyed speeds of trade beside the model's, one row a survey that names a journey to compare.

    The journey is taken at the typical level; ``model_swod_kmh`` and ``model_swd_kmh`` are its speeds without
    and with delay inside the state, its own sides of both borders included, by the figures of the tables,
    with rest as far as the survey counts it: trucks with two drivers. ``deviation`` is that speed with delay
    relative to the survey's; ``model_nights_kmh`` is the speed with delay of a route at this level, with the
    nights of one driver and what journeys have taught; ``counts`` marks the newest survey of a state and
    mode outside the pandemic.

    Parameters
    ----------
    network
        What exists, from ``load_network``.

    Returns
    -------
    pd.DataFrame
        One row a survey.

    Examples
    --------
    >>> surveys = cc.check_indicators(net)
    >>> list(surveys)[:6]
    ['id', 'state', 'mode', 'year', 'journey', 'swod_kmh']

    """
    # a survey without ends names no journey that a route could be asked for
    surveys = [row for row in network.rows("indicators") if row["origin"] and row["swd_kmh"] > 0]

    # older surveys, and those of shut borders, are shown but do not count in the figures of quality
    ordinary = [row for row in surveys if row["year"] not in PANDEMIC_YEARS]
    newest = {(row["state"], row["mode"]): row["id"] for row in sorted(ordinary, key=lambda row: row["year"])}
    crewed = _as_surveyed(network)
    compared = [_compare_speeds(network, crewed, row) for row in surveys]
    table = pd.DataFrame(compared, columns=INDICATOR_COLUMNS)
    return table.assign(counts=table["id"].isin(newest.values()))


def _as_surveyed(network: Network) -> Network:
    """Take the figures of the tables as they stand, and give every truck two drivers."""
    speeds = network.table("speeds")
    duty = speeds["duty_h_per_day"].mask(speeds["mode"] == "road", CREW_H_PER_DAY)
    return uncalibrated(network.with_table("speeds", speeds.assign(duty_h_per_day=duty)))


def _compare_speeds(network: Network, crewed: Network, survey: dict[str, Any]) -> dict[str, object]:
    account, nights = (_in_the_state(each, survey) for each in (crewed, network))
    return {
        **{key: survey[key] for key in ("id", "state", "mode", "year")},
        "journey": account["journey"],
        "swod_kmh": survey["swod_kmh"],
        "model_swod_kmh": account["swod_kmh"],
        "swd_kmh": survey["swd_kmh"],
        "model_swd_kmh": account["swd_kmh"],
        "deviation": account["swd_kmh"] / survey["swd_kmh"] - 1,
        "model_nights_kmh": nights["swd_kmh"],
        "source_id": survey["source_id"],
        "note": survey["note"],
    }


def _in_the_state(network: Network, survey: dict[str, Any]) -> dict[str, Any]:
    """Account for the surveyed state on the way of the survey's journey."""
    route = find_route(
        network,
        survey["origin"],
        survey["destination"],
        via=survey["via"],
        modes=[survey["mode"]],
        level="typical",
        year=survey["year"],
    )
    # the survey counts hours inside one state; so does the ledger, its own side of the borders included
    account = ledger(route).set_index("state").loc[survey["state"]]
    return {**account, "journey": f"{route.origin} - {route.destination}"}
