"""The notebooks run from top to bottom, show what is stored in them, and their maps need no network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import nbformat
import pytest

from tools import notebooks

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.docs
NOTEBOOKS = sorted(notebooks.NOTEBOOKS.glob("*.ipynb"))


def told(notebook) -> list[str]:
    """List the texts and tables that a notebook shows; pictures depend on fonts."""
    forms = [
        output.get("data", {"text/plain": output.get("text", "")}) for output in notebooks.outputs(notebook)
    ]
    texts = ["\n".join(form.get(name, "") for name in ("text/plain", "text/html")) for form in forms]
    return [re.sub(r"0x[0-9a-f]+", "0x", text) for text in texts]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("default")  # what the kernel's own packages warn of is not ours
def test_a_notebook_runs_and_shows_what_is_stored(path: Path) -> None:
    run = notebooks.run(path)
    assert not [output for output in notebooks.outputs(run) if output["output_type"] == "error"]
    assert told(run) == told(nbformat.read(path, as_version=4)), "run make notebooks"
    for text in told(run):
        assert 'src="http' not in text


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) >= 4
