"""Commands on the dataset as a whole: report, explorer, site, claims, and the check of its tables."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from cacorridor.cli import NO_ANSWER, questions
from cacorridor.cli.input import options as shared
from cacorridor.cli.input.readers import read_path, word_reader
from cacorridor.cli.output.answers import deliver, form_of
from cacorridor.cli.output.printing import (
    STDOUT,
    WIDTH,
    lay_out_table,
    require_place,
    require_writable,
    show,
    show_folded,
    warn,
    write,
)
from cacorridor.cli.output.progress import progress
from cacorridor.cli.parser import command, list_option, option
from cacorridor.errors import DataError, UsageError
from cacorridor.network.schema import QUANTITIES

if TYPE_CHECKING:
    import argparse

    from cacorridor.network.model import Network


REPORT = Path("maps/report.html")  # where the report goes, if nothing else is said
EXPLORER = "explorer.html"  # beside the report, which leads to it


@command(
    "report",
    shared.data_folder,
    option(
        "-o",
        "--output",
        type=read_path,
        help=f"page to write ({REPORT}, whose folder is made), - for stdout",
    ),
    option(
        "--explorer",
        type=read_path,
        metavar="FILE",
        help=f"where the explorer goes that lines of the report lead to ({EXPLORER} beside the report)",
    ),
    option("--pdf", type=read_path, metavar="FILE", help="print it to a PDF as well (needs Chromium)"),
)
def report_command(options: argparse.Namespace) -> None:
    """Write the report on the embedded corridors, beside it the explorer, and print its tables.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.routing.comparison import compare_routes
    from cacorridor.routing.corridors import compare_corridors
    from cacorridor.views.atlas.explorer import explorer
    from cacorridor.views.report.report import build_report

    output = questions.page_of(options) or REPORT
    require_writable(options.pdf, (".pdf",))
    if options.pdf is not None and STDOUT in {output, options.pdf}:
        raise UsageError("a PDF is printed from a page in a file to a file: name both")
    beside = _explorer_beside(output, options.explorer)

    # files come first: whoever reads what is printed may stop reading; the explorer before what leads to it
    network = questions.open_network(options)
    comparisons = compare_corridors(network)
    if beside is not None:
        write(beside, explorer(network).html())
    write(output, build_report(network, comparisons, explorer=_way_to(beside, output)))
    if options.pdf is not None:
        from cacorridor.views.report.pdf import write_pdf

        write_pdf(output, options.pdf)
    if output == STDOUT:  # the page is all that may stand there
        return

    show_folded(f"named corridors, express service, each in its year: {_describe_data(network)}\n")
    for comparison in comparisons:
        show_folded(comparison.heading)
        show(f"{lay_out_table(compare_routes(comparison.routes))}\n")
    for path in filter(None, (output, beside, options.pdf)):
        show(f"written: {path}")


def _explorer_beside(output: Path, named: Path | None) -> Path | None:
    """Return the file of the explorer that the report leads to; a report on standard output has none."""
    from cacorridor.views.exports.files import PAGE_ENDINGS

    if output == STDOUT:
        if named is not None:
            raise UsageError("a report on standard output leads to no explorer: name a file for both")
        return None
    beside = named or output.with_name(EXPLORER)
    if beside == STDOUT or beside.absolute() == output.absolute():
        raise UsageError(f"--explorer {beside}: the explorer needs a file of its own, beside the report")
    if named is not None or beside.parent.is_dir():  # the folder of the report is made
        require_writable(beside, PAGE_ENDINGS)
    return beside


def _way_to(beside: Path | None, output: Path) -> str | None:
    """Write the address of the explorer as the report sees it: both may move together."""
    if beside is None:
        return None
    way = os.path.relpath(beside.absolute(), output.absolute().parent)
    return quote(Path(way).as_posix())


@command(
    "claims",
    shared.data_folder,
    list_option(
        "--what",
        convert=word_reader(QUANTITIES),
        metavar="WHAT",
        help=f"only lengths, hours or prices: {', '.join(QUANTITIES)}",
    ),
    shared.output,
)
def claims_command(options: argparse.Namespace) -> None:
    """Set published figures beside the model: how often it does as well, by which factor it differs.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.validation.claims import ask_claims
    from cacorridor.views.exports.findings import Findings
    from cacorridor.views.terminal import lay_out
    from cacorridor.views.verdicts import claims_view

    form = form_of(options)
    network = questions.open_network(options)
    table = ask_claims(network, what=options.what or QUANTITIES, progress=progress)
    head = f"each claim at its own level, modes and year: {_describe_data(network)}"
    if not form.on_screen:
        deliver(form, Findings(network, questions.data_alone(network), {"claims": table}, head))
        return
    show_folded(head)
    show(lay_out(claims_view(table.columns), WIDTH.get()))
    # below the claims, how many of them got which verdict
    counted = Counter(table.columns["verdict"]).most_common()  # of a tie the one met first stands first
    verdicts, counts = zip(*counted, strict=True) if counted else ((), ())
    show(lay_out_table({"verdict": verdicts, "claims": counts}))


@command("check", shared.data_folder)
def check_command(options: argparse.Namespace) -> int:
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

    # tables that do not fit together raise all their faults; scenarios are tried on tables that do
    try:
        network = questions.open_network(options)
        faults = scenario_faults(network)
        total = len(faults)
    except DataError as error:
        faults, total = list(error.faults), error.total
    if faults:
        for fault in faults:
            show(str(fault))
        sys.stdout.flush()  # so that the count stands below them where both streams are one
        warn(count_faults(total))  # of all, also of those that the reader did not keep
        return NO_ANSWER

    # a warning is no fault: the answer is that the data are sound
    for warning in network_warnings(network):
        warn(f"warning: {warning}")
    show(f"{network!r}: sound")
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


def _describe_data(network: Network) -> str:
    """Say what today means, and that nothing was changed."""
    from cacorridor.views.headings import describe_years

    return f"{describe_years(network, [None])}, any month, no scenario"


@command(
    "explorer",
    shared.optional_places,
    shared.data_folder,
    shared.scenario,
    option("--title", default="", help="title of the page"),
    option("--language", choices=("en", "ru", "zh"), default="en", help="in which the page opens (en)"),
    option(
        "-o",
        "--output",
        type=read_path,
        default=Path("explorer.html"),
        help="page to write (explorer.html), - for stdout",
    ),
)
def explorer_command(options: argparse.Namespace) -> None:
    """Write the page that answers any pair of places with any set of closures, offline.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.views.atlas.explorer import explorer

    output = questions.page_of(options)
    network = questions.open_network(options)
    page = explorer(
        network,
        origin=options.origin,
        destination=options.destination,
        title=options.title,
        language=options.language,
    )
    write(output or STDOUT, page.html())
    if output != STDOUT:
        show(str(output))


@command(
    "site",
    option(
        "folder",
        type=read_path,
        metavar="DIR",
        help="folder to write: new, empty, or a site of before",
    ),
    shared.data_folder,
    shared.scenario,
)
def site_command(options: argparse.Namespace) -> None:
    """Write a folder for any static host: the explorer, a page for each state, corridor, crossing, claim.

    Parameters
    ----------
    options
        What stood on the command line.

    """
    from cacorridor.views.site.site import require_own, write_site

    # what could not stand there in the end is refused before the work begins
    require_place(options.folder)
    require_own(options.folder)
    write_site(questions.open_network(options), options.folder)
    show(str(options.folder / "index.html"))
