"""Commands that ask about states: who is crossed, who is bypassed, who holds the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.cli import questions
from cacorridor.cli.input import options as shared
from cacorridor.cli.input.readers import hours_reader, read_hours_or_zero, whole_reader
from cacorridor.cli.output.answers import deliver, form_of, give
from cacorridor.cli.output.printing import lay_out_table, show, show_folded
from cacorridor.cli.parser import command, list_option, option
from cacorridor.network.tables.answered import hold_columns

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from cacorridor.network.held import Held

QUESTION = (shared.places_or_pairs, shared.conditions_of_years, shared.output)
NOTHING_TO_GO_ROUND = "the best way crosses no third state: there is none to go round; see --states"
LARGEST_CUT = 6  # members of a cut; larger sets are too many to be tried


@command(
    "bypass",
    *QUESTION,
    list_option(
        "--states",
        metavar="ISO3[+ISO3]",
        default=[],
        help="states to go round, joined by + if together (each transit state of the best route)",
    ),
)
def bypass_command(options: argparse.Namespace) -> None:
    """Show what it costs to go round each state: hours, kilometres, the way round and what it hangs on.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.criticality.bypass import ask_bypass

    form = form_of(options)
    states = [word.split("+") for word in options.states] or None
    give(form, questions.ask(ask_bypass, options, states=states), NOTHING_TO_GO_ROUND)


@command(
    "leverage",
    *QUESTION,
    option(
        "--outside",
        "--outside-h",
        type=hours_reader(),
        metavar="X",
        help="the outside option, in the unit of the criterion (the best ocean route)",
    ),
)
def leverage_command(options: argparse.Namespace) -> None:
    """Show how much of what is saved, by default time, falls to each transit state (Shapley value).

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.criticality.leverage import ask_leverage

    form = form_of(options)
    give(form, questions.ask(ask_leverage, options, outside=options.outside))


@command("coalitions", *QUESTION)
def coalitions_command(options: argparse.Namespace) -> None:
    """List the coalitions of transit states that carry a better route than any smaller one.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.criticality.coalitions import ask_coalitions

    form = form_of(options)
    give(form, questions.ask(ask_coalitions, options))


@command("vital-links", *QUESTION, aliases=("vital",))
def vital_links_command(options: argparse.Namespace) -> None:
    """Show what the loss of each link of the best route adds, the most vital first.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.criticality.interdiction import ask_vital_links

    form = form_of(options)
    give(form, questions.ask(ask_vital_links, options))


@command(
    "minimal-cuts",
    *QUESTION,
    option("--of", choices=["states", "crossings"], default="states", help="what is missing (states)"),
    option(
        "--more-than",
        "--more-than-h",
        type=read_hours_or_zero,
        metavar="X",
        help="also what adds more than this by the criterion",
    ),
    option(
        "--largest",
        type=whole_reader(1, LARGEST_CUT),
        default=3,
        metavar="N",
        help="largest set to look for (3)",
    ),
    aliases=("blocking-sets",),
)
def minimal_cuts_command(options: argparse.Namespace) -> None:
    """Find the smallest sets of states, or of crossings, whose absence cuts a pair or delays it.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.criticality.interdiction import ask_minimal_cuts

    form = form_of(options)
    extra = {"of": options.of, "more_than": options.more_than, "largest": options.largest}
    give(form, questions.ask(ask_minimal_cuts, options, **extra), _no_cut(options))


def _no_cut(options: argparse.Namespace) -> str:
    """Say that nothing cuts a pair, and how to look further."""
    from cacorridor.routing.choice.objectives import unit_of

    # what was looked for: cuts, or what adds more than a bound in the unit of the criterion
    unit = unit_of(options.criterion or "time")
    effect = "" if options.more_than is None else f" or adds more than {options.more_than:g} {unit}"

    # only what was not asked yet is advised
    hints = [f"--largest {options.largest + 1}"] * (options.largest < LARGEST_CUT)
    hints += ["--more-than X"] * (options.more_than is None)
    advice = f"; try {' or '.join(hints)}" if hints else ""
    return f"no set of up to {options.largest} {options.of} cuts it{effect}{advice}"


@command(
    "break-even",
    *QUESTION,
    list_option("--at", metavar="NAME", help="a link, a place, a gateway such as khorgos; states of prices"),
    option(
        "--what",
        choices=["dwell", "headway", "fee", "tariff", "carbon", "fuel", "value_of_time"],
        default="dwell",
        help="what varies (dwell): h; fee, USD an entry; tariff, USD a km; carbon, USD a tonne of CO2e; "
        "fuel, USD a litre on top; value_of_time, USD an hour of the load",
    ),
    option(
        "--up-to",
        "--up-to-h",
        type=hours_reader(),
        metavar="X",
        help="largest value (1000 h, 10000 USD, 10 USD/km, 1000 USD/t, 10 USD/l, 1000 USD/h)",
    ),
)
def break_even_command(options: argparse.Namespace) -> None:
    """Show up to which dwell, headway, price or value of time each route is the best.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.criticality.break_even import ask_break_even

    form = form_of(options)
    give(form, questions.ask(ask_break_even, options, at=options.at, what=options.what, up_to=options.up_to))


@command(
    "state",
    option("state", metavar="ISO3"),
    shared.data_folder,
    lambda parser: shared.add_condition(parser, "level"),
    shared.years,
    shared.output,
)
def state_command(options: argparse.Namespace) -> None:
    """Describe a state: corridors, transit, posts and ports, memberships, agreements, leverage.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.criticality.profile import HEADINGS, hold_profile
    from cacorridor.network.states import resolve_state
    from cacorridor.routing.conditions import Conditions
    from cacorridor.routing.telling.provenance import provenance
    from cacorridor.views.exports.findings import Findings
    from cacorridor.views.headings import describe_conditions

    form = form_of(options)
    network = questions.open_network(options)

    # a profile is of the years asked, by default of today; of the conditions it knows the level alone
    all_years, settings = options.years or [None], questions.conditions_of(options)
    state = resolve_state(network, options.state)
    tables = hold_profile(network, state, years=all_years, **settings)
    conditions = Conditions(**settings)
    head = f"{network.state_name(state)}: {describe_conditions(network, conditions, all_years)}"
    if not form.on_screen:
        about = {**provenance(network, conditions, all_years), "of": state}
        deliver(form, Findings(network, about, _tables_for_programs(tables), head))
        return
    show_folded(head)
    for name, heading in HEADINGS.items():
        show()
        show_folded(heading)
        show(lay_out_table(tables[name].columns))


def _tables_for_programs(tables: Mapping[str, Held]) -> dict[str, Held]:
    """Put first what lies on the ground: the gates are places."""
    gates = {"place" if name == "id" else name: cells for name, cells in tables["gates"].columns.items()}
    return {"gates": hold_columns(gates, dict.fromkeys(gates, "str"))} | {
        name: table for name, table in tables.items() if name != "gates"
    }
