"""The network, the conditions and the pairs that options stand for, and the answer to a question of them."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from cacorridor.cli.output.progress import progress
from cacorridor.routing import conditions as routing_conditions

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from cacorridor.network.held import Held
    from cacorridor.network.model import Network
    from cacorridor.routing.query import Query
    from cacorridor.views.exports.findings import Findings


def conditions_of(options: argparse.Namespace) -> dict[str, Any]:
    """Collect the conditions given; what is not given keeps its default.

    Parameters
    ----------
    options
        What stood on the command line.

    Returns
    -------
    dict[str, Any]
        The conditions by name.

    """
    # a command without the option of a condition has no such attribute: it asks with the default
    given = {each.name: getattr(options, each.name, None) for each in fields(routing_conditions.Conditions)}
    return {name: condition for name, condition in given.items() if condition is not None}


def pins_of(options: argparse.Namespace) -> dict[str, Any]:
    """Collect what pins the way and what its clock counts, as far as a command has options for it.

    Parameters
    ----------
    options
        What stood on the command line.

    Returns
    -------
    dict[str, Any]
        Arguments of ``find_route`` by name.

    """
    given = {name: getattr(options, name, None) for name in ("via", "through", "corridor", "count")}
    return {name: pin for name, pin in given.items() if pin}


def open_network(options: argparse.Namespace) -> Network:
    """Load the tables that the options name, under the scenarios and closures that they name.

    Parameters
    ----------
    options
        What stood on the command line.

    Returns
    -------
    Network
        The network.

    """
    from cacorridor.network.io import load_network

    network = load_network(options.data)
    if getattr(options, "scenario", None):
        from cacorridor.network.scenarios.scenarios import network_under

        network = network_under(network, options.scenario)
    # what is supposed beside them speaks of what they leave
    closed, delays = (getattr(options, name, None) or [] for name in ("close", "delay"))
    if closed or delays:
        from cacorridor.network.scenarios.scenarios import apply_scenarios
        from cacorridor.network.scenarios.supposing import suppose

        network = apply_scenarios(network, suppose(network, closed=closed, delays=delays))
    return network


def ask(question: Callable[..., Held], options: argparse.Namespace, **extra: Any) -> Findings:
    """Ask a question of the pair given, or of a table of pairs, in the years given.

    Parameters
    ----------
    question
        A function such as ``ask_bypass``.
    options
        What stood on the command line.
    **extra
        Options of the question itself.

    Returns
    -------
    Findings
        The answer, with a head line that names the pair and the conditions.

    """
    from cacorridor.routing.pairs import ask_pairs

    network, settings = open_network(options), conditions_of(options)
    journeys, all_years = pairs_of(options, network), options.years or [None]

    # one pair in one year gets the question's own table; of more, pair and year come first in each row
    if options.pairs is None and len(all_years) == 1:
        table = question(network, *journeys[0], year=all_years[0], **settings, **extra)
    else:
        settings |= {**extra, "progress": progress}
        table = ask_pairs(question, network, journeys, years=all_years, **settings)
    # the name of the function names the table, in files too
    return answer_of(network, options, journeys, {question.__name__.removeprefix("ask_"): table})


def data_alone(network: Network) -> dict[str, Any]:
    """Tell what a table of the data rests on: release, version and day, but no conditions.

    Parameters
    ----------
    network
        The network that is asked.

    Returns
    -------
    dict[str, Any]
        As of ``provenance``.

    """
    from cacorridor.routing.telling.provenance import provenance

    about = provenance(network, routing_conditions.Conditions())
    del about["conditions"]
    return about


def answer_of(
    network: Network,
    options: argparse.Namespace,
    journeys: Any,
    tables: Mapping[str, Any],
    *,
    row_by_scenario: bool = False,
) -> Findings:
    """Put tables and what they rest on into one answer.

    Parameters
    ----------
    network
        The network that is asked.
    options
        What stood on the command line.
    journeys
        Pairs, or a table of pairs.
    tables
        What was found out.
    row_by_scenario
        Whether the answer names the scenario of each row.

    Returns
    -------
    Findings
        Its head line says who is asked about, and under which conditions.

    """
    from cacorridor.routing.ends.access import join_places
    from cacorridor.routing.pairs import join_pairs
    from cacorridor.routing.telling.provenance import provenance
    from cacorridor.views.exports.findings import Findings
    from cacorridor.views.headings import describe_conditions

    # an end may be a town or a point: the network has it once it is joined
    network, rows = join_pairs(network, journeys)
    network, _ = join_places(network, getattr(options, "via", None) or ())
    if not rows:
        return Findings(network, provenance(network, routing_conditions.Conditions()), tables, "no pairs")

    # every pair is asked under the same conditions, so the first query stands for all of them
    ends, names = rows[0]
    all_years = getattr(options, "years", None) or [getattr(options, "year", None)]
    query = query_of(network, options, *ends)
    about = provenance(network, query, all_years)
    conditions = describe_conditions(network, query, all_years, row_by_scenario=row_by_scenario)
    if len(rows) == 1:
        return Findings(network, about, tables, f"{names['origin']} - {names['destination']}: {conditions}")

    # what holds for one pair alone is no condition of the whole table
    one_pair = {"origin", "destination", "via", "through"}
    shared = {name: condition for name, condition in about["conditions"].items() if name not in one_pair}
    pairs = [pair for _, pair in rows]
    return Findings(
        network, {**about, "conditions": shared, "pairs": pairs}, tables, f"{len(rows)} pairs: {conditions}"
    )


def query_of(network: Network, options: argparse.Namespace, origin: str, destination: str) -> Query:
    """Build the query of one pair, as the questions themselves do.

    Parameters
    ----------
    network
        The network that is asked.
    options
        What stood on the command line.
    origin
        Where a journey begins.
    destination
        Where it ends.

    Returns
    -------
    Query
        The query.

    """
    from cacorridor.routing.ends.access import join_places
    from cacorridor.routing.query import build_query

    pins = pins_of(options)
    network, between = join_places(network, pins.pop("via", ()))
    return build_query(network, origin, destination, via=between, **pins, **conditions_of(options))


def pairs_of(options: argparse.Namespace, network: Network) -> Any:
    """Return the pair that the options name, or their table of pairs.

    Parameters
    ----------
    options
        With ``origin``, ``destination`` and ``pairs``.
    network
        In which the places are looked up.

    Returns
    -------
    list, pandas.DataFrame or None
        One pair, a table with the columns origin, destination, weight, or None for the dataset's own.

    Raises
    ------
    UsageError
        If neither or both are given, or a table is none of pairs.

    """
    from cacorridor.cli.input.pairs import read_pairs
    from cacorridor.errors import UsageError

    if options.pairs is None:
        if options.destination is None:
            raise UsageError("name an origin and a destination, or ask --pairs")
        return [(options.origin, options.destination)]
    if options.origin is not None:
        raise UsageError("name an origin and a destination, or ask --pairs, not both")
    # True is --pairs without a file: the dataset's own pairs, which questions ask by default
    return None if options.pairs is True else read_pairs(options.pairs, network)


def page_of(options: argparse.Namespace) -> Path | None:
    """Return the page that is to be written, refused before the work begins if it cannot be.

    Parameters
    ----------
    options
        What stood on the command line.

    Returns
    -------
    Path | None
        The file, ``-`` for standard output, or None.

    Raises
    ------
    UsageError
        If it is a directory or a special file, or no page.

    """
    from cacorridor.cli.output.printing import require_writable
    from cacorridor.views.exports.files import PAGE_ENDINGS

    require_writable(options.output, PAGE_ENDINGS)
    path: Path | None = options.output
    return path
