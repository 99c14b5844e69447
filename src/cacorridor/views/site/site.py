"""Write the site: the explorer, and a page for each state, corridor, crossing and claim."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from cacorridor.errors import UsageError
from cacorridor.network.files import write_folder
from cacorridor.views.atlas.explorer import explorer
from cacorridor.views.explorer.controls import LANGUAGES
from cacorridor.views.site.claims import write_claim, write_claims
from cacorridor.views.site.corridors import write_corridor
from cacorridor.views.site.crossings import write_crossing, write_crossings
from cacorridor.views.site.facts import CLAIM, CORRIDOR, CROSSING, STATE, Facts, collect_facts
from cacorridor.views.site.index import write_index
from cacorridor.views.site.shell import file_in, in_language
from cacorridor.views.site.states import write_state

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from cacorridor.network.model import Network

LIST = "site.json"  # names the files of a site, so that one can be told from a folder of somebody else's
OTHERS_NAMED = 3
WRITERS = {STATE: write_state, CORRIDOR: write_corridor, CROSSING: write_crossing, CLAIM: write_claim}


def write_site(network: Network, folder: str | os.PathLike[str]) -> None:
    """Write a folder of pages for any static host, which also opens from a disk.

    The explorer, and one page for each state, named corridor, border crossing and published figure, with
    links between them, a search over all in ``index.html``, and the source of every figure; each page in
    English and, as ``.ru.html`` and ``.zh.html``, in Russian and Chinese. No page makes a request. The same
    network gives the same files; those of an earlier site that are no longer needed are
    removed. Files whose name begins with a dot are left alone.

    Parameters
    ----------
    network
        What exists, from ``load_network``; under a scenario the pages tell that.
    folder
        To write to; it is made, and may hold a site written before but nothing else.

    Raises
    ------
    UsageError
        If the folder holds other files, or something else than a folder stands there.

    Examples
    --------
    >>> import cacorridor as cc
    >>> cc.write_site(cc.load_network(), "public")  # doctest: +SKIP

    """
    # refused before the work begins: hundreds of pages take their time
    folder = Path(folder)
    earlier = require_own(folder)
    pages = dict(build_pages(network))
    listed = json.dumps({"files": [*sorted(pages), LIST]}, indent=1)
    write_folder(folder, {LIST: f"{listed}\n", **pages})  # the list first: it tells whose a half site is

    # pages of the earlier site that this one has no more
    for name in earlier - {*pages, LIST}:
        (folder / name).unlink(missing_ok=True)


def build_pages(network: Network) -> Iterator[tuple[str, str]]:
    """Build every page in every language; with the name of its file."""
    facts = collect_facts(network)
    yield "explorer.html", explorer(network).html()
    for language, _ in LANGUAGES:
        index = write_index(facts, language)
        yield file_in("index.html", language), in_language(index, "index.html", language, network)
    for file, page in _write_pages(facts):
        for language, _ in LANGUAGES:
            yield file_in(file, language), in_language(page, file, language, network)


def _write_pages(facts: Facts) -> Iterator[tuple[str, str]]:
    """Write each page but the first and the explorer, in English, with what it takes to say it in others."""
    yield "crossings.html", write_crossings(facts)
    yield "claims.html", write_claims(facts)
    for (kind, key), file in facts.files.items():
        yield file, WRITERS[kind](facts, key)


def require_own(folder: Path) -> set[str]:
    """Return the files of the site that stands in a folder; refuse a folder that holds others.

    Raises
    ------
    UsageError
        Naming some of the others.

    """
    if not folder.exists():
        return set()
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder; allowed: a new folder, or one with a site written before")
    files = {path.name for path in folder.iterdir() if not path.name.startswith(".")}

    # a folder is a site's if its list names all that is in it
    others = sorted(files - _files_of_site(folder / LIST))
    if others:
        named = ", ".join(others[:OTHERS_NAMED]) + (" and more" if len(others) > OTHERS_NAMED else "")
        raise UsageError(f"{folder} holds other files ({named}); allowed: a new or empty folder, or a site")
    return files


def _files_of_site(path: Path) -> set[str]:
    """Read which files a site has; none if that cannot be read."""
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {name for name in files if isinstance(name, str)} if isinstance(files, list) else set()
