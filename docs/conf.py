"""Sphinx configuration of the site: ``make site-docs``."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import cacorridor

if TYPE_CHECKING:
    from sphinx.application import Sphinx

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent

project = "cacorridor"
author = "The cacorridor maintainers"
copyright = "the cacorridor maintainers; data © OpenStreetMap contributors, GeoNames"  # noqa: A001
release = cacorridor.__version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "_generated/**/README.md"]
html_theme = "furo"
html_title = f"cacorridor {release}"
html_copy_source = False

nb_execution_mode = "off"  # notebooks are stored with their outputs, and the tests execute them
myst_heading_anchors = 3
suppress_warnings = ["myst.header"]  # generated pages may begin a section at the second level

autodoc_typehints = "description"
autodoc_typehints_format = "short"
autodoc_member_order = "bysource"
napoleon_google_docstring = False

# Pages that live elsewhere in the repository, where people look for them first, by their name on the site.
BORROWED = {
    "data/geo/README.md": "data",
    "maps/README.md": "maps",
    "benchmarks/README.md": "benchmarks",
    "CHANGELOG.md": "changelog",
    "CONTRIBUTING.md": "contributing",
}


def borrow(_app: Sphinx, _config: object) -> None:
    """Copy pages and notebooks of the repository into a folder that Sphinx reads and git does not keep."""
    generated = HERE / "_generated"
    shutil.rmtree(generated, ignore_errors=True)
    generated.mkdir()
    for path, name in BORROWED.items():
        (generated / f"{name}.md").write_text((ROOT / path).read_text(encoding="utf-8"), encoding="utf-8")
    for picture in (ROOT / "maps").glob("*.png"):
        shutil.copy(picture, generated)
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        shutil.copy(notebook, generated)


def point_to_borrowed(_app: Sphinx, page: str, source: list[str]) -> None:
    """Turn links to files of the repository into links to their pages of the site."""
    up = "../" * page.count("/")
    for path, name in BORROWED.items():
        pattern = rf"\]\((?:\.\./)*{re.escape(path)}"
        source[0] = re.sub(pattern, f"]({up}_generated/{name}.md", source[0])
    if page.startswith("_generated/"):
        source[0] = re.sub(r"\]\(docs/", f"]({up}", source[0])


def setup(app: Sphinx) -> None:
    """Register what prepares the pages."""
    app.connect("config-inited", borrow)
    app.connect("source-read", point_to_borrowed)
