"""What people read in prose: figures are those of the pages they come from, links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    *ROOT.glob("*.md"),
    *(ROOT / "docs").rglob("*.md"),
    *(ROOT / "maps").glob("*.md"),
    *(ROOT / "data").rglob("*.md"),
    *(ROOT / "benchmarks").glob("*.md"),
]
AUTHORED = sorted(page for page in PAGES if "_generated" not in page.parts)
VALIDATION = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
LINK = re.compile(r"(?<!\\)\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]*))?\)")
CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def rows_of(heading: str) -> dict[str, list[str]]:
    """Read the first table below a heading of the validation, by the first cell of each row."""
    section = VALIDATION.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in section.splitlines()
        if line[:1] == "|"
    ]
    return {first: others for first, *others in reversed(rows)}  # of several tables the first counts


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("**", ""))


def anchors_of(page: Path) -> set[str]:
    """List the anchors of the headings of a page, as hosts make them."""
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_readme_tells_the_quality_that_the_validation_found() -> None:
    told = plain((ROOT / "README.md").read_text(encoding="utf-8"))

    # hours, each journey predicted without its own source: n, in 50, 80, 95 %, bias, error, rule's, ratio
    seen = rows_of("Hours on journeys that the model has not seen")["all"]
    assert f"On {seen[0]} published journeys" in told
    assert f"held {seen[2].replace('%', ' %')}, and the median error was {seen[7]} of that" in told

    # hours on the holdout
    holdout = rows_of("Hours on a holdout")
    held, by_rail = holdout["all"], holdout["rail"]
    assert f"On {held[0]} journeys gathered by somebody" in told
    bias = round(float(held[4]) * 100)
    assert f"it held {held[2].replace('%', ' %')}, right in the middle ({bias:+d} %)" in told
    assert f"an error of {held[7]} of the plain rule's ({by_rail[7]} by rail)" in told
    assert f"a 95 % range held {held[3].replace('%', ' %')}" in told

    # prices: count, within 1.5, rule's, bias, rule's, error, rule's
    prices = {name: [cell.replace("%", " %") for cell in row] for name, row in rows_of("Prices").items()}
    every, rail = prices["independent"], prices["independent, rail"]
    assert f"{every[1]} of {every[0]} published through rates" in told
    assert f"by a plain rule of dollars a kilometre {every[2]}" in told
    assert f"the rule's median error is smaller, {every[6]} and not {every[5]}" in told
    assert f"By rail alone ({rail[0]} rates) the model is {rail[3].lstrip('-')} too low" in told


def test_pages_agree_on_how_long_things_take() -> None:
    pages = [
        plain((ROOT / page).read_text(encoding="utf-8"))
        for page in ("README.md", "docs/first_ten_minutes.md")
    ]
    for duration in (r"\w+ to \w+ minutes", r"about [\w ]+ on two cores"):
        told = [re.findall(duration, page) for page in pages]
        assert len(told[0]) == 1
        assert told[0] == told[1]


@pytest.mark.parametrize("page", AUTHORED, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_link_leads_to_a_file_and_a_heading_that_are_there(page: Path) -> None:
    for target, anchor in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8"))):
        path = (page.parent / target).resolve() if target else page
        if "_generated" in path.parts:  # copied when the site is built
            continue
        assert path.exists(), target
        if anchor and path.suffix == ".md":
            assert anchor in anchors_of(path), f"{target}#{anchor}"


def test_every_reference_of_the_method_is_cited() -> None:
    text, references = (ROOT / "docs" / "method.md").read_text(encoding="utf-8").split("## References")
    listed = re.findall(r"^([A-Z][a-z]+)[^(\n]* \((\d{4})\):", references, re.MULTILINE)
    assert len(listed) == len(references.strip().splitlines())
    for name, year in listed:
        assert re.search(rf"\b{name}\b[^;:]{{0,60}}\b{year}\b", text), f"{name} ({year})"
