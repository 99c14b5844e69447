"""Hostile names are shown as they are, in every field, and become no markup."""

from __future__ import annotations

import pytest

from cacorridor import map_routes
from cacorridor.views.report.report import build_report
from tests.views import pages
from tests.views.reading import Reader, unpacked


def build(kind, directory, text):
    net, routes, comparisons = pages.hostile_pages(directory, text)
    if kind == "map":
        return map_routes(net, routes, title=f"Title{text}").html()
    return build_report(net, comparisons, title=f"Title{text}")


@pytest.fixture(scope="module", params=["map", "report"])
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def harmless(kind, tmp_path_factory):
    return Reader(build(kind, tmp_path_factory.mktemp("harmless"), "x"))


@pytest.mark.parametrize("text", pages.HOSTILE_ROWS)
def test_hostile_names_are_shown_as_they_are_and_nothing_more(kind, harmless, text, tmp_path):
    hostile = Reader(build(kind, tmp_path, text))
    assert html_tags(hostile) == html_tags(harmless)
    assert drawing_tags(hostile) <= drawing_tags(harmless)
    assert hostile.scripts == harmless.scripts
    assert len(hostile.comments) == len(harmless.comments)
    assert lacking(kind, hostile, text) == []


DRAWING = {"clippath", "defs", "g", "path", "rect", "svg", "text", "tspan", "use"}


def html_tags(reader):
    """List tags and attributes outside drawings, whose parts depend on the length of their texts."""
    return [(tag, set(attributes)) for tag, attributes in reader.tags if tag not in DRAWING]


def drawing_tags(reader):
    """Tell which tags and attributes stand in drawings."""
    return {(tag, name) for tag, attributes in reader.tags if tag in DRAWING for name in attributes}


def lacking(kind, reader, text):
    """List the fields whose hostile text the reader does not see letter by letter."""
    shown = "\n".join(reader.texts)
    data = unpacked(reader)
    wanted = [f"Title{text}", f"Road{text}", f"A1{text}", f"ROAD{text}", f"State AAA{text}"]
    if kind == "report":
        wanted += [f"H1{text}", f"P1{text}", f"T{text}", f"P{text}", f"A{text}", f"toy{text}"]
    in_data = {item[key] for item in data["places"] for key in ("ru", "zh")} | {
        item["name"] for item in [*data["places"], *data["states"]]
    }
    return [name for name in wanted if name not in shown] + [
        name for name in (f"A1{text}", f"RA1{text}", f"ZA1{text}", f"State AAA{text}") if name not in in_data
    ]
