"""Run the notebooks and store them with what they show: ``python -m tools.notebooks``.

Hosts show stored outputs. A page that is larger than ``LARGEST_OUTPUT`` is left out, because a host shows no
page in a frame anyway and each change would add it to the history; it appears when the notebook is run.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbclient import NotebookClient

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
LARGEST_OUTPUT = 60_000  # characters of one form of an output


def run(path: Path) -> Any:
    """Run one notebook from top to bottom and return it with its outputs."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    for output in outputs(notebook):
        forms = output.get("data", {})
        for form in [
            form for form, text in forms.items() if form == "text/html" and len(text) > LARGEST_OUTPUT
        ]:
            del forms[form]
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # times of day
    notebook.metadata = {"kernelspec": notebook.metadata["kernelspec"], "language_info": {"name": "python"}}
    return notebook


def outputs(notebook: Any) -> Iterator[Any]:
    """List the outputs of all cells."""
    for cell in notebook.cells:
        yield from cell.get("outputs", [])


if __name__ == "__main__":
    for each in sorted(NOTEBOOKS.glob("*.ipynb")):
        nbformat.write(run(each), each)
