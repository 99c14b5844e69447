"""The report: tables, matrix, evidence, sources."""

from __future__ import annotations

import gc
import re
import weakref

import pytest

from cacorridor import UsageError, find_route, load_network
from cacorridor.routing.corridors import Comparison
from cacorridor.routing.graph import building
from cacorridor.views.atlas.address import route_at
from cacorridor.views.explorer.page import ATTRIBUTION, DISCLAIMER
from cacorridor.views.markup import address
from cacorridor.views.report.report import build_report
from tests.views import pages
from tests.views.reading import Reader

SLUGS = (
    "road", "southern-road", "railway", "by-sea", "the-best-way-without-state-bbb", "the-best-way", "road-2",
    "road-of-2030",
)  # fmt: skip


@pytest.fixture(scope="module")
def shown(report_page):
    return " ".join(text.strip() for text in Reader(report_page).texts if text.strip())


def test_comparison_is_a_table_with_units(shown):
    assert "Today: the routes side by side" in shown
    assert "598 km" in shown
    assert "State AAA, State BBB, State CCC" in shown
    assert "21%" in shown
    assert "Against the best way" in shown


def test_sentence_and_cards_set_the_routes_against_the_same_best_way(drawn):
    """The quickest may be no named way; what comes later is then set against it, as in the cards."""
    _, south, _, sea, later = pages.toy_routes(drawn)
    page = Reader(build_report(drawn, [Comparison("Ways", [south, sea, later])]))
    shown = " ".join("".join(page.texts).split())
    best = find_route(drawn, "a1", "c1")
    assert best.time_h < min(south.time_h, sea.time_h)
    assert f"The quickest is none of the named ways: {best.length_km:.0f} km in {best.time_h:.0f} h" in shown
    more_h = later.time_h - best.time_h
    assert f"In 2031, Road of 2030 takes {more_h:.0f} h more" in shown
    assert f"In 2031, Road of 2030: +{more_h:.0f} h" in shown


def test_matrix_has_letters_and_words(report_page):
    reader = Reader(report_page)
    relations = [a["data-relation"] for tag, a in reader.tags if tag == "td" and "data-relation" in a]
    assert relations[:4] == ["crosses", "crosses", "crosses", "bypasses"]
    assert "touches" in relations
    assert "C crosses, T touches, B bypasses" in " ".join(reader.texts)


def test_evidence_names_basis_and_source(shown):
    assert "What the hours of Road rest on" in shown
    assert "published" in shown
    assert "T, P" in shown


def test_what_is_missing_is_said_in_words(shown):
    assert "not known" in shown  # the year of the source
    assert not re.search(r"\b(None|nan|NaN|NaT)\b|<NA>", shown)


def test_one_map_with_the_routes_by_comparison(report_page):
    reader = Reader(report_page)
    assert [a["label"] for tag, a in reader.tags if tag == "optgroup"] == ["Today", "In 2031"]
    assert report_page.partition('id="cac-second"')[0].count("<option") == len(SLUGS)
    assert len([a for _, a in reader.tags if a.get("class") == "cac-map"]) == 1


def test_addresses_of_routes_differ(report_page):
    shown = [
        a["href"]
        for tag, a in Reader(report_page).tags
        if tag == "a" and a.get("class") == "cac-needs-script" and a["href"] != "#"
    ]
    assert sorted(set(shown)) == sorted(f"#{slug}" for slug in SLUGS)


def test_ends_with_disclaimer_and_attribution(shown):
    assert DISCLAIMER in shown
    assert f"Map data: {ATTRIBUTION}." in shown


def test_the_same_again(drawn, report_page):
    assert build_report(drawn, pages.toy_comparisons(drawn), title="Toy report") == report_page


def test_nothing_to_report_is_refused(drawn):
    with pytest.raises(UsageError, match="no routes"):
        build_report(drawn, [Comparison("Empty", [])])


@pytest.mark.parametrize("text", ["https://example.org/a?b=1&c=2", "http://example.org"])
def test_web_addresses_become_links(text):
    link = Reader(address(text)).first("a")
    assert link == {"href": text, "rel": "noopener noreferrer"}


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https:",
        "https://a b",
        "https://[",
        "p. 12 <b>",
    ],
)
def test_other_addresses_stay_text(text):
    reader = Reader(address(text))
    assert [tag for tag, _ in reader.tags] == ["span"]
    assert "".join(reader.texts) == text


def test_charts_stand_in_the_page_with_their_numbers(report_page, shown):
    reader = Reader(report_page)
    charts = [a for tag, a in reader.tags if tag == "svg" and a.get("class") == "cac-chart"]
    assert len(charts) == len(SLUGS)  # one a route
    assert {a["role"] for a in charts} == {"img"}
    assert "Today: expected hours by cause" in shown
    assert "In 2031: hours since departure over kilometres, on one scale." in shown


def test_no_two_elements_share_an_id(report_page):
    ids = [a["id"] for _, a in Reader(report_page).tags if a.get("id")]
    assert len(ids) == len(set(ids))


def test_a_report_builds_one_supernetwork_for_each_level(tmp_path, monkeypatch):
    built = []
    build_supernetwork = building.build_supernetwork

    def counted(network, **conditions):
        built.append(conditions)
        return build_supernetwork(network, **conditions)

    monkeypatch.setattr(building, "build_supernetwork", counted)
    monkeypatch.setenv(
        "CACORRIDOR_CACHE", str(tmp_path / "cache")
    )  # else a snapshot of this toy may lie there
    network = load_network(pages.write_pages_toy(tmp_path / "toy"))
    build_report(network, pages.toy_comparisons(network))
    assert len(built) == 2, built  # two levels
    build_report(network, pages.toy_comparisons(network))
    assert len(built) == 2, built


def test_a_report_does_not_hold_a_network_that_nobody_else_holds(tmp_path):
    network = load_network(pages.write_pages_toy(tmp_path / "toy"))
    build_report(network, pages.toy_comparisons(network))
    held = weakref.ref(network)
    del network
    gc.collect()
    assert held() is None


def test_every_heading_has_an_address(report_page):
    headings = [a for tag, a in Reader(report_page).tags if tag in {"h2", "h3"}]
    assert len(headings) > 10
    assert all(a.get("id") for a in headings)


def test_lines_lead_to_the_explorer_only_where_one_is_named(drawn, report_page):
    assert "cac-ask" not in {a.get("class") for _, a in Reader(report_page).tags}
    page = build_report(drawn, pages.toy_comparisons(drawn), explorer="maps/explorer.html")
    asked = [a["href"] for tag, a in Reader(page).tags if tag == "a" and a.get("class") == "cac-ask"]
    assert "maps/explorer.html#a1/c1" in asked
    assert "maps/explorer.html#a1/c1&closed=BBB" in asked
    assert "maps/explorer.html#a1/c1&year=2031&modes=road" in asked
    for each in asked:
        route_at(drawn, each)  # none of them leads nowhere
