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
    """Load the tables that the options name."""
    from cacorridor.network.tables import load_network

    return load_network(options.data)


def conditions_of(options: argparse.Namespace) -> dict[str, Any]:
    """Collect the conditions that hold for a whole question, but for the year."""
    return {name: getattr(options, name) for name in CONDITIONS}


def ask(question: Callable[..., pd.DataFrame], options: argparse.Namespace, **extra: Any) -> pd.DataFrame:
    """Ask a question of the pair given, or of a table of pairs, in the years given."""
    from cacorridor.analysis.pairs import for_pairs
    from cacorridor.errors import UsageError

    network, conditions = network_of(options), conditions_of(options) | extra
    years = options.years or [None]
    if options.pairs is None:
        if options.destination is None:
            raise UsageError("name an origin and a destination, or ask --pairs")
        if len(years) == 1:
            return question(network, options.origin, options.destination, year=years[0], **conditions)
        pairs: Any = [(options.origin, options.destination)]
    else:
        if options.origin is not None:
            raise UsageError("name an origin and a destination, or ask --pairs, not both")
        pairs = _table(options.pairs)
    return for_pairs(question, network, pairs, years=years, **conditions)


def _table(path: str) -> pd.DataFrame | None:
    """Read a table of pairs; no path means the dataset's own."""
    if not path:
        return None
    import pandas as pd

    from cacorridor.errors import UsageError

    try:
        return pd.read_csv(path)
    except (ValueError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not a table of pairs: {error}") from None
