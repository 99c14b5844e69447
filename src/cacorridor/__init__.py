"""Transport corridors through Central Asia: how far, how long, whom they cross and whom they bypass."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cacorridor.criticality.break_even import break_even as break_even
    from cacorridor.criticality.bypass import bypass as bypass
    from cacorridor.criticality.coalitions import coalitions as coalitions
    from cacorridor.criticality.interdiction import blocking_sets as blocking_sets
    from cacorridor.criticality.interdiction import vital as vital
    from cacorridor.criticality.leverage import leverage as leverage
    from cacorridor.criticality.profile import state_profile as state_profile
    from cacorridor.errors import CacorridorError as CacorridorError
    from cacorridor.errors import DataError as DataError
    from cacorridor.errors import NoRouteError as NoRouteError
    from cacorridor.errors import UnknownPlaceError as UnknownPlaceError
    from cacorridor.errors import UsageError as UsageError
    from cacorridor.network.io import load_network as load_network
    from cacorridor.network.io import write_network as write_network
    from cacorridor.network.model import Network as Network
    from cacorridor.routing.accounts import ledger as ledger
    from cacorridor.routing.blocs import route_blocs as route_blocs
    from cacorridor.routing.blocs import state_memberships as state_memberships
    from cacorridor.routing.blocs import through_lens as through_lens
    from cacorridor.routing.comparison import compare_routes as compare_routes
    from cacorridor.routing.comparison import crossing_matrix as crossing_matrix
    from cacorridor.routing.routes import Route as Route
    from cacorridor.routing.routes import find_route as find_route
    from cacorridor.routing.scenarios import Scenario as Scenario
    from cacorridor.routing.scenarios import apply_scenarios as apply_scenarios
    from cacorridor.routing.scenarios import run_scenarios as run_scenarios
    from cacorridor.routing.scenarios import scenarios as scenarios
    from cacorridor.routing.scenarios import sweep as sweep
    from cacorridor.routing.sweeps import for_pairs as for_pairs
    from cacorridor.uncertainty.alternatives import Alternative as Alternative
    from cacorridor.uncertainty.alternatives import contest as contest
    from cacorridor.uncertainty.executors import Workers as Workers
    from cacorridor.uncertainty.sensitivity import tornado as tornado
    from cacorridor.uncertainty.simulation import Simulation as Simulation
    from cacorridor.uncertainty.simulation import simulate as simulate
    from cacorridor.validation.claims import check_claims as check_claims
    from cacorridor.validation.claims import check_indicators as check_indicators
    from cacorridor.views.charts.bars import plot_leverage as plot_leverage
    from cacorridor.views.charts.bars import plot_openings as plot_openings
    from cacorridor.views.charts.bars import plot_ranges as plot_ranges
    from cacorridor.views.charts.bars import plot_tcd as plot_tcd
    from cacorridor.views.charts.bars import plot_time_by_cause as plot_time_by_cause
    from cacorridor.views.explorer.maps import map_routes as map_routes

__version__ = "0.1.0"

_HOME = {  # imported when first used, so that ``import cacorridor`` stays cheap
    "check_claims": "validation.claims",
    "check_indicators": "validation.claims",
    "compare_routes": "routing.comparison",
    "ledger": "routing.accounts",
    "bypass": "criticality.bypass",
    "leverage": "criticality.leverage",
    "coalitions": "criticality.coalitions",
    "vital": "criticality.interdiction",
    "blocking_sets": "criticality.interdiction",
    "break_even": "criticality.break_even",
    "Alternative": "uncertainty.alternatives",
    "contest": "uncertainty.alternatives",
    "for_pairs": "routing.sweeps",
    "state_profile": "criticality.profile",
    "crossing_matrix": "routing.comparison",
    "route_blocs": "routing.blocs",
    "through_lens": "routing.blocs",
    "state_memberships": "routing.blocs",
    "Route": "routing.routes",
    "find_route": "routing.routes",
    "Scenario": "routing.scenarios",
    "apply_scenarios": "routing.scenarios",
    "run_scenarios": "routing.scenarios",
    "scenarios": "routing.scenarios",
    "sweep": "routing.scenarios",
    "Simulation": "uncertainty.simulation",
    "simulate": "uncertainty.simulation",
    "Workers": "uncertainty.executors",
    "CacorridorError": "errors",
    "DataError": "errors",
    "NoRouteError": "errors",
    "UnknownPlaceError": "errors",
    "UsageError": "errors",
    "Network": "network.model",
    "load_network": "network.io",
    "write_network": "network.io",
    "map_routes": "views.explorer.maps",
    "plot_tcd": "views.charts.bars",
    "plot_time_by_cause": "views.charts.bars",
    "plot_ranges": "views.charts.bars",
    "plot_leverage": "views.charts.bars",
    "plot_openings": "views.charts.bars",
    "tornado": "uncertainty.sensitivity",
}

__all__ = list(_HOME)  # the list is the mapping above


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'cacorridor' has no attribute {name!r}")
    return getattr(import_module(f"cacorridor.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
