"""Commands on the dataset as a whole: the report, the explorer, claims, the check of the tables."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cacorridor.cli import questions
from cacorridor.cli.input import options as shared
from cacorridor.cli.input import values
from cacorridor.cli.output.answers import deliver, form_of
from cacorridor.cli.output.printing import STDOUT, WIDTH, require_writable, say, tell, text, warn, write
from cacorridor.cli.parser import command, list_option, option
from cacorridor.errors import DataError, UsageError
from cacorridor.network.schema import QUANTITIES

if TYPE_CHECKING:
    import argparse

    from cacorridor.network.model import Network


@command(
    "report",
    shared.data,
    option(
        "-o",
        "--output",
        type=values.path,
        default=Path("maps/report.html"),
        help="page to write (maps/report.html), - for stdout",
    ),
    option("--pdf", type=values.path, metavar="FILE", help="print it to a PDF as well (needs Chromium)"),
)
def report(options: argparse.Namespace) -> None:
    """Write the report on the embedded corridors and print its tables.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.routing.comparison import compare_routes
    from cacorridor.routing.corridors import compare_corridors
    from cacorridor.views.report.report import build_report

    output = questions.page_of(options) or STDOUT
    require_writable(options.pdf, (".pdf",))
    if options.pdf is not None and STDOUT in {output, options.pdf}:
        raise UsageError("a PDF is printed from a page in a file to a file: name both")

    # files first: whoever reads what is printed may stop reading
    network = questions.network_of(options)
    comparisons = compare_corridors(network)
    write(output, build_report(network, comparisons))
    if options.pdf is not None:
        from cacorridor.views.report.pdf import write_pdf

        write_pdf(output, options.pdf)
    if output == STDOUT:
        return

    say(f"named corridors, express service, each in its year: {_data(network)}\n")
    for comparison in comparisons:
        say(f"{comparison.heading}\n{text(compare_routes(comparison.routes))}\n")
    for path in filter(None, (output, options.pdf)):
        say(f"written: {path}")


@command(
    "claims",
    shared.data,
    list_option(
        "--what",
        convert=values.one_of(QUANTITIES),
        metavar="WHAT",
        help=f"only lengths, hours or prices: {', '.join(QUANTITIES)}",
    ),
    shared.output,
)
def claims(options: argparse.Namespace) -> None:
    """Set published figures beside the model: how often it does as well, by which factor it differs.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.routing.conditions import Conditions
    from cacorridor.routing.telling.provenance import provenance
    from cacorridor.validation.claims import check_claims
    from cacorridor.views.exports.findings import Findings
    from cacorridor.views.terminal import lay_out
    from cacorridor.views.verdicts import claims_view

    form = form_of(options)
    network = questions.network_of(options)
    table = check_claims(network, what=options.what or QUANTITIES)
    head = f"each claim at its own level, modes and year: {_data(network)}"
    if not form.on_screen:
        told = {key: each for key, each in provenance(network, Conditions()).items() if key != "conditions"}
        deliver(form, Findings(network, told, {"claims": table}, head))
        return
    tell(head)
    say(lay_out(claims_view(table), WIDTH.get()))
    say(text(table["verdict"].value_counts().rename("claims").reset_index()))


@command("check", shared.data)
def check(options: argparse.Namespace) -> int:
    """Check a directory of tables with its scenarios; print every fault, else what a reader should know.

    Parameters
    ----------
    options
        What stood on the command line.

    Returns
    -------
    int
        Exit code.

    """
    from cacorridor.network.checks.warnings import network_warnings
    from cacorridor.network.scenarios.scenarios import scenario_faults

    try:
        network = questions.network_of(options)
        faults = scenario_faults(network)
        total = len(faults)
    except DataError as error:
        faults, total = list(error.faults), error.total
    if faults:
        for fault in faults:
            say(str(fault))
        sys.stdout.flush()
        warn(count_faults(total))
        return 1
    for warning in network_warnings(network):
        warn(f"warning: {warning}")
    say(f"{network!r}: sound")
    return 0


def count_faults(total: int) -> str:
    """Count faults: 1 fault, 2 faults.

    Parameters
    ----------
    total
        How many there will be.

    Returns
    -------
    str
        A number and a noun.

    """
    return f"{total} fault" if total == 1 else f"{total} faults"


def _data(network: Network) -> str:
    """Say what today means, and that nothing was changed."""
    from cacorridor.views.headings import describe_years

    return f"{describe_years(network, [None])}, any month, no scenario"


@command(
    "explorer",
    shared.optional_places,
    shared.data,
    shared.scenario,
    option("--title", default="", help="title of the page"),
    option("--language", choices=("en", "ru", "zh"), default="en", help="in which the page opens (en)"),
    option(
        "-o",
        "--output",
        type=values.path,
        default=Path("explorer.html"),
        help="page to write (explorer.html), - for stdout",
    ),
)
def explore(options: argparse.Namespace) -> None:
    """Write the page that answers any pair of places with any set of closures, offline.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.views.atlas.explorer import explorer

    output = questions.page_of(options)
    network = questions.network_of(options)
    page = explorer(
        network,
        origin=options.origin,
        destination=options.destination,
        title=options.title,
        language=options.language,
    )
    write(output or STDOUT, page.html())
    if output != STDOUT:
        say(str(output))


@command(
    "site",
    option(
        "folder", type=values.path, metavar="DIR", help="folder to write: new, empty, or a site of before"
    ),
    shared.data,
    shared.scenario,
)
def site(options: argparse.Namespace) -> None:
    """Write a folder for any static host: the explorer, a page for each state, corridor, crossing, claim.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.views.site.site import require_own, write_site

    require_own(options.folder)  # before the work begins
    write_site(questions.network_of(options), options.folder)
    say(str(options.folder / "index.html"))
