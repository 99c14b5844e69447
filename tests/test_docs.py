"""What the README and the site show is true: every block of code runs, every public name has its place."""

from __future__ import annotations

import contextlib
import re
import shlex
from pathlib import Path

import pytest
from tools.pages.transcript import refreshed

import cacorridor
from cacorridor.cli import main

pytestmark = pytest.mark.docs
ROOT = Path(__file__).resolve().parents[1]
AUTHORED = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
PAGES = [page for page in AUTHORED if "_generated" not in page.parts]


def blocks(page: Path, language: str) -> list[str]:
    found = re.findall(
        rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    return [str(block) for block in found]


def pages_with(language: str) -> list[Path]:
    return [page for page in PAGES if blocks(page, language)]


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", pages_with("python"), ids=named)
def test_the_python_of_a_page_runs_from_top_to_bottom(page: Path, tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    program = compile("".join(blocks(page, "python")), named(page), "exec")
    with contextlib.chdir(tmp_path):
        exec(program, {"__name__": "page"})  # noqa: S102  # it is what is tested


@pytest.mark.parametrize("page", pages_with("console"), ids=named)
def test_a_page_shows_what_the_command_prints(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert refreshed(text) == text, "run make docs"


@pytest.mark.parametrize(
    "command",
    [
        line
        for block in blocks(ROOT / "README.md", "")
        for line in block.splitlines()
        if line.startswith("cacorridor")
    ],
)
def test_a_command_of_the_readme_runs(command: str, tmp_path: Path) -> None:
    with contextlib.chdir(tmp_path):
        assert main(shlex.split(command, comments=True)[1:]) == 0


def test_targets_that_pages_name_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        lines = [
            line for language in ("sh", "") for block in blocks(page, language) for line in block.splitlines()
        ]
        for line in lines:
            if line.startswith("make "):
                words = shlex.split(line, comments=True)[1:]
                assert set(words) <= targets, (page.name, line)


def test_every_public_name_has_its_place_in_the_reference() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs" / "reference").glob("*.md"))
    shown = re.findall(r"^\.\. auto\w+:: cacorridor\.(\w+)$", pages, re.MULTILINE)
    assert sorted(shown) == sorted(cacorridor.__all__)
