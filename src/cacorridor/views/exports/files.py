"""Write an answer to a file: the ending of the name says in which format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cacorridor.errors import UsageError
from cacorridor.extras import require_extra

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route
    from cacorridor.views.exports.findings import Findings

PAGE_ENDINGS = (".html", ".htm")
TEXT_FORMATS = ("csv", "json", "geojson")
LIBRARIES = {".xlsx": "xlsxwriter", ".parquet": "pyarrow"}  # what a format needs beyond the plain install
BINARY_ENDINGS = (".gpkg", *LIBRARIES)
ENDINGS = (*(f".{name}" for name in TEXT_FORMATS), *BINARY_ENDINGS)  # of any answer; routes have pages, too


def require_library(path: Path) -> None:
    """Refuse a file whose format needs a library that is not there.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    UsageError
        Naming the extra that brings the library.

    """
    needed = LIBRARIES.get(path.suffix.lower())
    if needed is not None:
        require_extra(needed, str(path))


def text_in(findings: Findings, form: str) -> str:
    """Write an answer as text.

    Parameters
    ----------
    findings
        What was found out.
    form
        One of ``TEXT_FORMATS``, or html for a map of the answer's routes.

    Returns
    -------
    str
        Text of the file.

    """
    from cacorridor.views.exports import texts

    # a page is drawn, all other forms are written from tables
    if form == "html":
        from cacorridor.views.explorer.maps import map_routes

        return map_routes(findings.network, findings.routes).html()
    writers: dict[str, Callable[[Findings], str]] = {
        "csv": texts.csv_text,
        "json": texts.json_text,
        "geojson": texts.geojson_text,
    }
    return writers[form](findings)


def write_answer(findings: Findings, path: Path, form: str = "") -> None:
    """Write an answer to a file, whole or not at all; directories are made.

    Parameters
    ----------
    findings
        What was found out.
    path
        The file; its ending says the format, unless ``form`` does.
    form
        One of ``TEXT_FORMATS``, or html.

    Raises
    ------
    UsageError
        If the format needs a library that is not there.

    """
    from cacorridor.network.files import write_atomically, write_by

    # before any work, which a lacking library would waste
    require_library(path)
    ending = path.suffix.lower()
    if form or ending not in BINARY_ENDINGS:
        text = text_in(findings, form or {".htm": "html"}.get(ending, ending[1:]))
        write_atomically(path, text)
        return
    # libraries that write these take a path, not a stream; they get one beside the file
    from cacorridor.views.exports.geopackage import write_geopackage
    from cacorridor.views.exports.tables import write_excel, write_parquet

    write = {".gpkg": write_geopackage, ".xlsx": write_excel, ".parquet": write_parquet}[ending]
    write_by(path, lambda beside: write(findings, beside))


def export(
    what: Route | Sequence[Route] | pd.DataFrame | Mapping[str, pd.DataFrame],
    path: str | os.PathLike[str],
    *,
    network: Network | None = None,
) -> None:
    """Write routes or tables to a file that other programs read.

    Parameters
    ----------
    what
        One route or several; or a table that a question returned, or several by name.
    path
        The file: .geojson, .gpkg (GeoPackage with styles for QGIS), .parquet (GeoParquet), .json, .csv,
        .xlsx, and of routes .html.
    network
        Which network tables are about; routes know it.

    Raises
    ------
    UsageError
        If the format is unknown, or needs a library that is not there, or tables come without a network.

    Examples
    --------
    >>> import cacorridor as cc
    >>> route = cc.find_route(cc.load_network(), "Kashgar", "Osh")
    >>> cc.export(route, "kashgar-osh.gpkg")  # doctest: +SKIP

    """
    findings = _findings_of(what, network)
    target = Path(path)
    # a page draws routes, so that tables alone have none
    endings = (*ENDINGS, *PAGE_ENDINGS) if findings.routes else ENDINGS
    if target.suffix.lower() not in endings:
        raise UsageError(f"{target}: not written; allowed: a name that ends in {' or '.join(endings)}")
    write_answer(findings, target)


def _findings_of(what: Any, network: Network | None) -> Findings:
    """Bring routes or tables into one form."""
    import pandas as pd

    from cacorridor.routing.comparison import compare_routes
    from cacorridor.routing.conditions import Conditions
    from cacorridor.routing.routes import list_routes
    from cacorridor.routing.telling.provenance import provenance
    from cacorridor.views.exports.findings import Findings
    from cacorridor.views.headings import describe_conditions

    if isinstance(what, pd.DataFrame):
        what = {"answer": what}
    if isinstance(what, dict):
        if network is None:
            raise UsageError("tables are written with the version of their data: name the network")
        # a table does not know its question: the release and the data are all that can be said
        about = provenance(network, Conditions())
        return Findings(network, {key: about[key] for key in ("cacorridor", "data")}, what)
    routes = list_routes(what)
    if not routes:
        raise UsageError("no routes: a file holds one route or more")
    first, *others = routes
    heads = [describe_conditions(each.network, each.query) for each in routes]
    # legs of one route; several may differ in their conditions, so that each row tells its own
    tables = {"legs": first.legs, "evidence": first.evidence()}
    if others:
        tables = {"comparison": compare_routes(routes).assign(conditions=heads)}
    about = provenance(first.network, first.query)
    return Findings(first.network, about, tables, "" if others else heads[0], tuple(routes))
