"""Turn options into the network, the conditions and the pairs that a command asks about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    import pandas as pd

    from cacorridor.network.model import Network

CONDITIONS = ("avoid", "modes", "level", "month", "survey_year", "criterion", "allow_touch")


def network_of(options: argparse.Namespace) -> Network:
    """Load the tables that the options name, under the scenarios that they name."""
    from cacorridor.network.io import load_network

    network = load_network(options.data)
    if getattr(options, "scenario", None):
        from cacorridor.network.scenarios.scenarios import apply_scenarios

        return apply_scenarios(network, *options.scenario)
    return network


def conditions_of(options: argparse.Namespace) -> dict[str, Any]:
    """Collect the conditions that hold for a whole question, but for the year."""
    return {name: getattr(options, name) for name in CONDITIONS}


def ask(question: Callable[..., pd.DataFrame], options: argparse.Namespace, **extra: Any) -> pd.DataFrame:
    """Ask a question of the pair given, or of a table of pairs, in the years given."""
    from cacorridor.routing.sweeps import for_pairs

    network, conditions = network_of(options), conditions_of(options) | extra
    pairs, years = pairs_of(options, network), options.years or [None]
    if options.pairs is None and len(years) == 1:
        return question(network, *pairs[0], year=years[0], **conditions)
    return for_pairs(question, network, pairs, years=years, **conditions)


def pairs_of(options: argparse.Namespace, network: Network) -> Any:
    """Return the pair that the options name, or their table of pairs."""
    from cacorridor.errors import UsageError

    if options.pairs is None:
        if options.destination is None:
            raise UsageError("name an origin and a destination, or ask --pairs")
        return [(options.origin, options.destination)]
    if options.origin is not None:
        raise UsageError("name an origin and a destination, or ask --pairs, not both")
    return _table(options.pairs) if options.pairs else network.table("pairs")


def _table(path: str) -> pd.DataFrame:
    """Read a table of pairs."""
    import pandas as pd

    from cacorridor.errors import UsageError

    try:
        return pd.read_csv(path)
    except (ValueError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not a table of pairs: {error}") from None
