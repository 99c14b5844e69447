"""Transport corridors through Central Asia: how far, how long, whom they cross and whom they bypass."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cacorridor.analysis.blocs import route_blocs as route_blocs
    from cacorridor.analysis.blocs import state_memberships as state_memberships
    from cacorridor.analysis.blocs import through_lens as through_lens
    from cacorridor.analysis.breakeven import break_even as break_even
    from cacorridor.analysis.bypass import bypass as bypass
    from cacorridor.analysis.causes import tornado as tornado
    from cacorridor.analysis.claims import check_claims as check_claims
    from cacorridor.analysis.claims import check_indicators as check_indicators
    from cacorridor.analysis.coalitions import coalitions as coalitions
    from cacorridor.analysis.comparison import compare_routes as compare_routes
    from cacorridor.analysis.comparison import crossing_matrix as crossing_matrix
    from cacorridor.analysis.contest import Alternative as Alternative
    from cacorridor.analysis.contest import contest as contest
    from cacorridor.analysis.interdiction import blocking_sets as blocking_sets
    from cacorridor.analysis.interdiction import vital as vital
    from cacorridor.analysis.ledger import ledger as ledger
    from cacorridor.analysis.leverage import leverage as leverage
    from cacorridor.analysis.pairs import for_pairs as for_pairs
    from cacorridor.analysis.profile import state_profile as state_profile
    from cacorridor.analysis.routes import Route as Route
    from cacorridor.analysis.routes import find_route as find_route
    from cacorridor.analysis.scenarios import Scenario as Scenario
    from cacorridor.analysis.scenarios import apply_scenarios as apply_scenarios
    from cacorridor.analysis.scenarios import run_scenarios as run_scenarios
    from cacorridor.analysis.scenarios import scenarios as scenarios
    from cacorridor.analysis.scenarios import sweep as sweep
    from cacorridor.analysis.simulation import Simulation as Simulation
    from cacorridor.analysis.simulation import simulate as simulate
    from cacorridor.analysis.workers import Workers as Workers
    from cacorridor.errors import CacorridorError as CacorridorError
    from cacorridor.errors import DataError as DataError
    from cacorridor.errors import NoRouteError as NoRouteError
    from cacorridor.errors import UnknownPlaceError as UnknownPlaceError
    from cacorridor.errors import UsageError as UsageError
    from cacorridor.network.model import Network as Network
    from cacorridor.network.tables import load_network as load_network
    from cacorridor.network.tables import write_network as write_network
    from cacorridor.views.charts import plot_leverage as plot_leverage
    from cacorridor.views.charts import plot_openings as plot_openings
    from cacorridor.views.charts import plot_ranges as plot_ranges
    from cacorridor.views.charts import plot_tcd as plot_tcd
    from cacorridor.views.charts import plot_time_by_cause as plot_time_by_cause
    from cacorridor.views.maps import map_routes as map_routes

__version__ = "0.1.0"

_HOME = {  # imported when first used, so that ``import cacorridor`` stays cheap
    "check_claims": "analysis.claims",
    "check_indicators": "analysis.claims",
    "compare_routes": "analysis.comparison",
    "ledger": "analysis.ledger",
    "bypass": "analysis.bypass",
    "leverage": "analysis.leverage",
    "coalitions": "analysis.coalitions",
    "vital": "analysis.interdiction",
    "blocking_sets": "analysis.interdiction",
    "break_even": "analysis.breakeven",
    "Alternative": "analysis.contest",
    "contest": "analysis.contest",
    "for_pairs": "analysis.pairs",
    "state_profile": "analysis.profile",
    "crossing_matrix": "analysis.comparison",
    "route_blocs": "analysis.blocs",
    "through_lens": "analysis.blocs",
    "state_memberships": "analysis.blocs",
    "Route": "analysis.routes",
    "find_route": "analysis.routes",
    "Scenario": "analysis.scenarios",
    "apply_scenarios": "analysis.scenarios",
    "run_scenarios": "analysis.scenarios",
    "scenarios": "analysis.scenarios",
    "sweep": "analysis.scenarios",
    "Simulation": "analysis.simulation",
    "simulate": "analysis.simulation",
    "Workers": "analysis.workers",
    "CacorridorError": "errors",
    "DataError": "errors",
    "NoRouteError": "errors",
    "UnknownPlaceError": "errors",
    "UsageError": "errors",
    "Network": "network.model",
    "load_network": "network.tables",
    "write_network": "network.tables",
    "map_routes": "views.maps",
    "plot_tcd": "views.charts",
    "plot_time_by_cause": "views.charts",
    "plot_ranges": "views.charts",
    "plot_leverage": "views.charts",
    "plot_openings": "views.charts",
    "tornado": "analysis.causes",
}

__all__ = list(_HOME)  # the list is the mapping above


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'cacorridor' has no attribute {name!r}")
    return getattr(import_module(f"cacorridor.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
