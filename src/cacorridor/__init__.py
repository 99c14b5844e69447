"""Transport corridors through Central Asia: how far, how long, whom they cross and whom they bypass."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cacorridor.release import VERSION

# Type checkers and editors read these imports; at run time ``__getattr__`` makes them one by one.
if TYPE_CHECKING:
    from cacorridor.costs.loads import LoadName as LoadName
    from cacorridor.costs.measures import Criterion as Criterion
    from cacorridor.criticality.break_even import break_even as break_even
    from cacorridor.criticality.bypass import bypass as bypass
    from cacorridor.criticality.coalitions import coalitions as coalitions
    from cacorridor.criticality.interdiction import minimal_cuts as minimal_cuts
    from cacorridor.criticality.interdiction import vital_links as vital_links
    from cacorridor.criticality.leverage import leverage as leverage
    from cacorridor.criticality.profile import StateProfile as StateProfile
    from cacorridor.criticality.profile import state_profile as state_profile
    from cacorridor.drawing import Page as Page
    from cacorridor.errors import AmbiguousPlaceError as AmbiguousPlaceError
    from cacorridor.errors import CacorridorError as CacorridorError
    from cacorridor.errors import DataError as DataError
    from cacorridor.errors import Fault as Fault
    from cacorridor.errors import NoRouteError as NoRouteError
    from cacorridor.errors import Obstacle as Obstacle
    from cacorridor.errors import UnknownPlaceError as UnknownPlaceError
    from cacorridor.errors import UsageError as UsageError
    from cacorridor.network.about import DataVersion as DataVersion
    from cacorridor.network.about import data_version as data_version
    from cacorridor.network.columns import Clock as Clock
    from cacorridor.network.columns import Level as Level
    from cacorridor.network.io import load_network as load_network
    from cacorridor.network.io import write_network as write_network
    from cacorridor.network.memberships import state_memberships as state_memberships
    from cacorridor.network.model import Network as Network
    from cacorridor.network.scenarios.edits import Edit as Edit
    from cacorridor.network.scenarios.scenarios import Scenario as Scenario
    from cacorridor.network.scenarios.scenarios import ScenarioLike as ScenarioLike
    from cacorridor.network.scenarios.scenarios import apply_scenarios as apply_scenarios
    from cacorridor.network.scenarios.scenarios import scenarios as scenarios
    from cacorridor.network.tables.named import Corridor as Corridor
    from cacorridor.network.tables.named import Region as Region
    from cacorridor.network.towns import Town as Town
    from cacorridor.network.towns import find_town as find_town
    from cacorridor.routing.accounts import ledger as ledger
    from cacorridor.routing.accounts import time_by_cause as time_by_cause
    from cacorridor.routing.accounts import time_distance as time_distance
    from cacorridor.routing.choice.alternatives import AlternativeRoute as AlternativeRoute
    from cacorridor.routing.choice.alternatives import Alternatives as Alternatives
    from cacorridor.routing.choice.alternatives import alternatives as alternatives
    from cacorridor.routing.choice.matrix import matrix as matrix
    from cacorridor.routing.choice.pareto import ParetoFront as ParetoFront
    from cacorridor.routing.choice.pareto import pareto as pareto
    from cacorridor.routing.comparison import compare_routes as compare_routes
    from cacorridor.routing.comparison import crossing_matrix as crossing_matrix
    from cacorridor.routing.comparison import region_shares as region_shares
    from cacorridor.routing.comparison import route_blocs as route_blocs
    from cacorridor.routing.conditions import ConditionOptions as ConditionOptions
    from cacorridor.routing.conditions import Conditions as Conditions
    from cacorridor.routing.corridors import Comparison as Comparison
    from cacorridor.routing.corridors import compare_corridors as compare_corridors
    from cacorridor.routing.ends.access import with_town as with_town
    from cacorridor.routing.finding import find_route as find_route
    from cacorridor.routing.graph.supernetwork import Supernetwork as Supernetwork
    from cacorridor.routing.pairs import Pairs as Pairs
    from cacorridor.routing.pairs import for_pairs as for_pairs
    from cacorridor.routing.query import Query as Query
    from cacorridor.routing.routes import Route as Route
    from cacorridor.routing.sweeps import run_scenarios as run_scenarios
    from cacorridor.routing.sweeps import sweep as sweep
    from cacorridor.uncertainty.contenders import Contender as Contender
    from cacorridor.uncertainty.contenders import win_probabilities as win_probabilities
    from cacorridor.uncertainty.executors import DrawExecutor as DrawExecutor
    from cacorridor.uncertainty.outcomes import Simulation as Simulation
    from cacorridor.uncertainty.sensitivity import sensitivity as sensitivity
    from cacorridor.uncertainty.simulation import simulate as simulate
    from cacorridor.validation.claims import check_claims as check_claims
    from cacorridor.validation.indicators import check_indicators as check_indicators
    from cacorridor.views.atlas.explorer import Explorer as Explorer
    from cacorridor.views.atlas.explorer import explorer as explorer
    from cacorridor.views.charts.bars import plot_leverage as plot_leverage
    from cacorridor.views.charts.bars import plot_openings as plot_openings
    from cacorridor.views.charts.bars import plot_ranges as plot_ranges
    from cacorridor.views.charts.bars import plot_time_by_cause as plot_time_by_cause
    from cacorridor.views.charts.front import plot_pareto as plot_pareto
    from cacorridor.views.charts.time_distance import plot_tcd as plot_tcd
    from cacorridor.views.explorer.maps import RouteMap as RouteMap
    from cacorridor.views.explorer.maps import map_routes as map_routes
    from cacorridor.views.exports.files import export as export
    from cacorridor.views.site.site import write_site as write_site

__version__ = VERSION

_HOME = {  # imported when first used, so that ``import cacorridor`` stays cheap
    "check_claims": "validation.claims",
    "check_indicators": "validation.indicators",
    "compare_routes": "routing.comparison",
    "crossing_matrix": "routing.comparison",
    "route_blocs": "routing.comparison",
    "region_shares": "routing.comparison",
    "alternatives": "routing.choice.alternatives",
    "Alternatives": "routing.choice.alternatives",
    "AlternativeRoute": "routing.choice.alternatives",
    "pareto": "routing.choice.pareto",
    "ParetoFront": "routing.choice.pareto",
    "matrix": "routing.choice.matrix",
    "compare_corridors": "routing.corridors",
    "Comparison": "routing.corridors",
    "with_town": "routing.ends.access",
    "ledger": "routing.accounts",
    "time_distance": "routing.accounts",
    "time_by_cause": "routing.accounts",
    "bypass": "criticality.bypass",
    "leverage": "criticality.leverage",
    "coalitions": "criticality.coalitions",
    "vital_links": "criticality.interdiction",
    "minimal_cuts": "criticality.interdiction",
    "break_even": "criticality.break_even",
    "state_profile": "criticality.profile",
    "StateProfile": "criticality.profile",
    "Contender": "uncertainty.contenders",
    "win_probabilities": "uncertainty.contenders",
    "for_pairs": "routing.pairs",
    "run_scenarios": "routing.sweeps",
    "sweep": "routing.sweeps",
    "state_memberships": "network.memberships",
    "Conditions": "routing.conditions",
    "Query": "routing.query",
    "Route": "routing.routes",
    "find_route": "routing.finding",
    "Scenario": "network.scenarios.scenarios",
    "apply_scenarios": "network.scenarios.scenarios",
    "scenarios": "network.scenarios.scenarios",
    "Simulation": "uncertainty.outcomes",
    "simulate": "uncertainty.simulation",
    "DrawExecutor": "uncertainty.executors",
    "sensitivity": "uncertainty.sensitivity",
    "AmbiguousPlaceError": "errors",
    "CacorridorError": "errors",
    "DataError": "errors",
    "NoRouteError": "errors",
    "UnknownPlaceError": "errors",
    "UsageError": "errors",
    "Network": "network.model",
    "find_town": "network.towns",
    "load_network": "network.io",
    "write_network": "network.io",
    "Supernetwork": "routing.graph.supernetwork",
    "map_routes": "views.explorer.maps",
    "explorer": "views.atlas.explorer",
    "Explorer": "views.atlas.explorer",
    "plot_tcd": "views.charts.time_distance",
    "plot_time_by_cause": "views.charts.bars",
    "plot_ranges": "views.charts.bars",
    "plot_leverage": "views.charts.bars",
    "plot_openings": "views.charts.bars",
    "Criterion": "costs.measures",
    "Level": "network.columns",
    "LoadName": "costs.loads",
    "Clock": "network.columns",
    "DataVersion": "network.about",
    "data_version": "network.about",
    "Edit": "network.scenarios.edits",
    "ScenarioLike": "network.scenarios.scenarios",
    "Pairs": "routing.pairs",
    "ConditionOptions": "routing.conditions",
    "Corridor": "network.tables.named",
    "Region": "network.tables.named",
    "RouteMap": "views.explorer.maps",
    "Page": "drawing",
    "Fault": "errors",
    "Obstacle": "errors",
    "export": "views.exports.files",
    "Town": "network.towns",
    "plot_pareto": "views.charts.front",
    "write_site": "views.site.site",
}

_NAMES_IN_0_1 = {  # kept through 0.2
    "Alternative": "Contender",
    "vital": "vital_links",
    "blocking_sets": "minimal_cuts",
    "contest": "win_probabilities",
    "through_lens": "region_shares",
    "tornado": "sensitivity",
    "Workers": "DrawExecutor",
}

__all__ = list(_HOME)  # the list is the mapping above


def __getattr__(name: str) -> Any:
    # Python asks here for names that the module does not have yet (PEP 562).
    current = _NAMES_IN_0_1.get(name, name)
    if current not in _HOME:
        raise AttributeError(f"module 'cacorridor' has no attribute {name!r}")
    return getattr(import_module(f"cacorridor.{_HOME[current]}"), current)


def __dir__() -> list[str]:
    return sorted(__all__)
