"""Commands that set ways beside each other: alternatives, the Pareto set, tables of pairs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cacorridor.cli import questions
from cacorridor.cli.input import options as shared
from cacorridor.cli.input import values
from cacorridor.cli.output.answers import deliver, form_of, give
from cacorridor.cli.output.printing import say, text
from cacorridor.cli.parser import command, list_option, option

if TYPE_CHECKING:
    import argparse

MOST = 20  # alternatives
THIN = 0.03
SHARED = 0.8

criteria = list_option(
    "--criteria",
    metavar="NAME",
    help="what is weighed: criteria and borders (time, cost, emissions, borders)",
)


@command(
    "alternatives",
    shared.places,
    option("-k", type=values.whole(1, MOST), default=4, metavar="N", help="how many at most (4)"),
    criteria,
    option(
        "--max-shared",
        type=values.share,
        default=SHARED,
        metavar="SHARE",
        help="largest share that two ways have in common (0.8)",
    ),
    option("--dominated", action="store_true", help="also ways that another betters in everything"),
    shared.conditions,
    shared.output,
)
def alternatives(options: argparse.Namespace) -> None:
    """Show a few ways that truly differ, each with what it is best at and what tells it from the others.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.routing.choice.alternatives import alternatives as question
    from cacorridor.views.choices import describe_alternative, describe_amounts

    form = form_of(options)
    network, ends = questions.network_of(options), (options.origin, options.destination)
    ways = question(
        network,
        *ends,
        k=options.k,
        criteria=options.criteria,
        max_shared=options.max_shared,
        dominated=options.dominated,
        **questions.conditions_of(options),
    )
    answer = questions.answer_of(network, options, [ends], {"alternatives": ways.table()})
    if not form.on_screen:
        deliver(form, answer)
        return
    say(answer.head)
    for rank, way in enumerate(ways, start=1):
        say(f"{rank}. {describe_alternative(network, way, ways)}\n   {describe_amounts(way.route)}")
    say(text(ways.table()))


@command(
    "pareto",
    shared.places,
    criteria,
    option(
        "--thin",
        type=values.share,
        default=THIN,
        metavar="SHARE",
        help="leave out ways within this share of one that is shown (0.03); 0 shows all",
    ),
    shared.conditions,
    shared.output,
)
def pareto(options: argparse.Namespace) -> None:
    """Show every way that no other betters by all criteria.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.routing.choice.pareto import pareto as question

    form = form_of(options)
    network, ends = questions.network_of(options), (options.origin, options.destination)
    conditions = questions.conditions_of(options)
    front = question(network, *ends, criteria=options.criteria, **conditions)
    table = front.table(thin=options.thin)
    shown = f"{len(table)} of {len(front)} ways by {', '.join(front.criteria)}"
    answer = questions.answer_of(network, options, [ends], {"pareto": table})
    give(form, replace(answer, head=f"{answer.head}; {shown}"))


@command(
    "matrix",
    option("--from", dest="origins", nargs="+", action="extend", required=True, metavar="PLACE",
           help="where journeys begin"),
    option("--to", dest="destinations", nargs="+", action="extend", metavar="PLACE",
           help="where they end (where they begin)"),
    option("--measure", metavar="NAME", help="what is told: a criterion, or borders (the criterion)"),
    shared.conditions,
    shared.output,
)  # fmt: skip
def matrix(options: argparse.Namespace) -> None:
    """Tabulate one measure of the best route of every pair, origins by destinations.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.routing.choice.matrix import matrix as question
    from cacorridor.routing.conditions import Conditions
    from cacorridor.routing.telling.provenance import provenance
    from cacorridor.views.exports.findings import Findings
    from cacorridor.views.headings import describe_conditions

    form = form_of(options)
    network = questions.network_of(options)
    conditions = questions.conditions_of(options)
    table = question(network, options.origins, options.destinations, measure=options.measure, **conditions)
    asked = Conditions(**table.attrs["conditions"])
    head = f"{table.attrs['measure']}, {table.attrs['unit']}: {describe_conditions(network, asked)}"
    tables = {"matrix": table.rename_axis("from").reset_index()}
    give(form, Findings(network, provenance(network, asked), tables, head))
