"""Commands that set ways beside each other: alternatives, the Pareto set, tables of pairs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cacorridor.cli import questions
from cacorridor.cli.input import options as shared
from cacorridor.cli.input.readers import read_share, whole_reader
from cacorridor.cli.output.answers import deliver, form_of, give
from cacorridor.cli.output.printing import lay_out_table, show, show_folded
from cacorridor.cli.parser import command, list_option, option

if TYPE_CHECKING:
    import argparse

MAX_ALTERNATIVES = 20
THIN = 0.03  # share of its amounts within which a route is as good as one that is shown
SHARED = 0.8  # largest share of the way that two alternatives have in common

criteria = list_option(
    "--criteria",
    metavar="NAME",
    help="what is weighed: criteria and borders (time, cost, emissions, borders)",
)


@command(
    "alternatives",
    shared.places,
    option("-k", type=whole_reader(1, MAX_ALTERNATIVES), default=4, metavar="N", help="how many at most (4)"),
    criteria,
    option(
        "--max-shared",
        type=read_share,
        default=SHARED,
        metavar="SHARE",
        help="largest share that two ways have in common (0.8)",
    ),
    option("--dominated", action="store_true", help="also ways that another betters in everything"),
    shared.pins,
    shared.corridor,
    shared.conditions,
    shared.output,
)
def alternatives_command(options: argparse.Namespace) -> None:
    """Show a few ways that truly differ, each with what it is best at and what tells it from the others.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.routing.choice.alternatives import alternatives
    from cacorridor.views.choices import describe_alternative, describe_left_out, list_amounts

    form = form_of(options)
    network, ends = questions.open_network(options), (options.origin, options.destination)
    conditions = {**questions.pins_of(options), **questions.conditions_of(options)}
    alternative_routes = alternatives(
        network,
        *ends,
        k=options.k,
        criteria=options.criteria,
        max_shared=options.max_shared,
        dominated=options.dominated,
        **conditions,
    )
    reply = questions.answer_of(network, options, [ends], {"alternatives": alternative_routes.table()})
    if not form.on_screen:
        deliver(form, reply)
        return

    # a sentence and the totals of each, then all of them as one table
    show_folded(reply.head)
    for rank, alternative in enumerate(alternative_routes, start=1):
        sentence = describe_alternative(network, alternative, alternative_routes)
        show_folded(f"{rank}. {sentence}")
        show_folded(list_amounts(alternative.route), indent="   ")
    if alternative_routes.left_out:
        show_folded(f"{describe_left_out(network, alternative_routes)}; see --dominated")
    show(lay_out_table(alternative_routes.table()))


@command(
    "pareto",
    shared.places,
    criteria,
    option(
        "--thin",
        type=read_share,
        default=THIN,
        metavar="SHARE",
        help="leave out ways within this share of one that is shown (0.03); 0 shows all",
    ),
    shared.pins,
    shared.corridor,
    shared.conditions,
    shared.output,
)
def pareto_command(options: argparse.Namespace) -> None:
    """Show every way that no other betters by all criteria.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.routing.choice.pareto import pareto

    form = form_of(options)
    network, ends = questions.open_network(options), (options.origin, options.destination)
    conditions = {**questions.pins_of(options), **questions.conditions_of(options)}
    front = pareto(network, *ends, criteria=options.criteria, **conditions)

    # a front may hold hundreds of routes that hardly differ: the head line says how many were left out
    table = front.table(thin=options.thin)
    shown = f"{len(table)} of {len(front)} ways by {', '.join(front.criteria)}"
    reply = questions.answer_of(network, options, [ends], {"pareto": table})
    give(form, replace(reply, head=f"{reply.head}; {shown}"))


@command(
    "matrix",
    option("--from", dest="origins", nargs="+", action="extend", required=True, metavar="PLACE",
           help="where journeys begin"),
    option("--to", dest="destinations", nargs="+", action="extend", metavar="PLACE",
           help="where they end (where they begin)"),
    option("--measure", metavar="NAME", help="what is told: a criterion, or borders (the criterion)"),
    shared.pins,
    shared.corridor,
    shared.conditions,
    shared.output,
)  # fmt: skip
def matrix_command(options: argparse.Namespace) -> None:
    """Tabulate one measure of the best route of every pair, origins by destinations.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.routing.choice.matrix import ask_matrix
    from cacorridor.routing.choice.objectives import unit_of
    from cacorridor.routing.conditions import Conditions
    from cacorridor.routing.doors import words
    from cacorridor.routing.telling.provenance import provenance
    from cacorridor.views.exports.findings import Findings
    from cacorridor.views.headings import describe_conditions

    form = form_of(options)
    network = questions.open_network(options)
    settings = {**questions.pins_of(options), **questions.conditions_of(options)}
    told = ask_matrix(network, options.origins, options.destinations, measure=options.measure, **settings)

    # the table says under which conditions it holds: a measure that is a criterion is what routes are best by
    conditions = Conditions(**told.conditions)
    pinned = [f"{name} {' '.join(words(pin, name))}" for name, pin in told.pins.items()]
    listed = ", ".join([describe_conditions(network, conditions), *pinned])
    head = f"{told.measure}, {unit_of(told.measure)}: {listed}"
    by_destination = zip(told.destinations, zip(*told.rows, strict=True), strict=True)
    table = {"from": told.origins, **dict(by_destination)}
    give(form, Findings(network, provenance(network, conditions), {"matrix": table}, head))
