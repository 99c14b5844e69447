"""The site: a folder whose pages lead to each other, say what find_route says, and ask nobody anything."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from cacorridor import UsageError, bypass, find_route, load_network, write_site
from cacorridor.cli import main
from cacorridor.costs.measures import TIME
from cacorridor.network.tables.named import Corridor
from cacorridor.views import text as written
from cacorridor.views.labels import Labels
from cacorridor.views.markup import tag
from cacorridor.views.site.crossings import status_of, write_crossing
from cacorridor.views.site.dwells import dwells_of
from cacorridor.views.site.facts import collect_facts
from cacorridor.views.site.figures import name_figures
from cacorridor.views.site.shell import figure_value, file_in, number_cell
from cacorridor.views.site.site import build_pages
from cacorridor.views.words.notes import plain_note
from cacorridor.views.words.phrases import as_data, say
from cacorridor.views.words.translation import say_data, translate
from tests.views import pages
from tests.views.reading import Reader

LANGUAGES = ("en", "ru", "zh")
KEYED = (
    "links",
    "crossings",
    "transfers",
    "services",
    "speeds",
    "closures",
    "rates",
    "emissions",
    "terminals",
)
ROAD = "road:a3:b1"
SOURCE = "https://example.org/survey?a=1&b=2"


def with_corridors(network, hostile=""):
    """Name two corridors from a1 to c1, and put a claimant and a note in the claims."""
    corridors = {
        "through": Corridor(f"Through{hostile}", ("a1", "b1", "c1"), modes=("road",), text=f"Text{hostile}"),
        "south": Corridor(f"South{hostile}", ("a1", "d1", "c1"), modes=("road",), sources=("s1",)),
    }
    claims = network.tables["claims"].assign(claimant=f"Minister{hostile}", note=f"Note{hostile}")
    return network.with_table("claims", claims).changed(corridors=corridors)


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    toy = load_network(pages.write_pages_toy(tmp_path_factory.mktemp("site") / "toy"))
    sources = toy.tables["sources"].assign(address=SOURCE)
    return with_corridors(toy.with_table("sources", sources))


@pytest.fixture(scope="module")
def built(network):
    return dict(build_pages(network))


def shown(page):
    """Write the text of a page on one line."""
    return " ".join(" ".join(Reader(page).texts).split())


def entries_of(page):
    """Read what the search of a first page knows."""
    return json.loads("".join(Reader(page).data_blocks))["entries"]


def cells_of(page, row_begins):
    """List the cells of the first row that begins with a text."""
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    row = next(row for row in rows if shown(row).startswith(row_begins))
    return [shown(cell) for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL)]


# ---------------------------------------------------------------- pages and links


def test_there_is_a_page_for_each_state_corridor_crossing_and_claim(network, built):
    kinds = {kind: sum(name.startswith(f"{kind}-") for name in built) for kind in ("state", "claim")}
    assert kinds == {"state": 3 * 4, "claim": 3 * 1}  # in three languages
    assert {"index.html", "explorer.html", "crossings.html", "claims.html"} <= set(built)
    assert {"corridor-through.html", "corridor-south.html"} <= set(built)
    borders = network.links["is_border"].sum()
    assert sum(name.startswith("crossing-") for name in built) == 3 * borders > 0


def test_every_link_leads_to_a_page_or_to_a_source(built):
    reached = set()
    for name, page in built.items():
        if name == "explorer.html":
            continue
        for element, attributes in Reader(page).tags:
            assert "src" not in attributes, (name, element)
            href = attributes.get("href", "")
            if element == "link" or href.startswith("#"):
                continue
            if href and not urlsplit(href).scheme:
                reached.add(urlsplit(href).path)
            elif href:
                assert href == SOURCE
    assert reached == set(built)


def test_the_search_knows_every_page_of_the_four_kinds(built):
    own = {name for name in built if name.partition("-")[2]}
    for language in LANGUAGES:
        entries = entries_of(built[file_in("index.html", language)])
        pages_listed = {file for _, _, file, _ in entries}
        assert pages_listed == {
            name for name in own if name == file_in(f"{name.split('.')[0]}.html", language)
        }
        words = {file: words for _, _, file, words in entries}
        assert "RA3" in words[file_in("crossing-road-a3-b1.html", language)]  # its Russian name


def test_the_policy_allows_no_request_and_no_script_but_the_search(built):
    for name in set(built) - {"explorer.html"}:
        reader = Reader(built[name])
        policy = next(own["content"] for tag, own in reader.tags if tag == "meta" and "http-equiv" in own)
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "style" not in {key for _, own in reader.tags for key in own}
        assert bool(reader.scripts) == name.startswith("index.")
        assert ("script-src 'none'" in policy) != name.startswith("index.")


# ---------------------------------------------------------------- figures


def test_a_corridor_has_the_figures_of_its_route(network, built):
    route = find_route(network, "a1", "c1", corridor="through")
    page = shown(built["corridor-through.html"])
    assert written.kilometres(route.length_km) in page
    span = written.figure_range(TIME, route.time_low_h, route.time_high_h)
    assert f"{written.duration(route.time_h)} ({span} in 8 of 10 cases)" in page
    leg = route.legs.iloc[1]
    cells = cells_of(built["corridor-through.html"], f"{leg['from']} {leg['to']}")
    assert written.number(leg["time_h"]) in cells
    evidence = route.evidence().iloc[0]
    assert written.per_cent(evidence["share"]) in page


def test_a_state_tells_what_its_closure_adds_with_its_range(network, built):
    best, left = find_route(network, "a1", "c1"), find_route(network, "a1", "c1", avoid=["BBB"])
    cells = cells_of(built["state-bbb.html"], "A1 → C1 " + written.duration(best.time_h))
    row = bypass(network, "a1", "c1", states="BBB").iloc[0]
    span = written.span(row["penalty_low_h"], row["penalty_high_h"])
    assert cells[1:4] == [
        written.duration(best.time_h),
        written.duration(left.time_h),
        f"+{written.number(left.time_h - best.time_h)} {span}",
    ]
    assert 'href="explorer.html#a1/c1&amp;closed=BBB"' in built["state-bbb.html"]
    assert "Union" in built["state-aaa.html"]
    assert "APORT" in built["state-aaa.html"]


def test_a_crossing_has_the_hours_that_a_route_stands_there(network, built):
    route = find_route(network, "a1", "c1", corridor="through")
    border = route.steps[(route.steps["link"] == ROAD) & (route.steps["kind"] == "border")]
    own = {(row["state"], row["what"]): row for row in dwells_of(network)[ROAD] if row["level"] == "express"}
    for state, what, hours in zip(border["state"], border["what"], border["time_h"], strict=True):
        assert own[state, what]["time_h"] == pytest.approx(hours)
    cells = cells_of(built["crossing-road-a3-b1.html"], "express, outbound")
    assert written.duration(border["time_h"].iloc[0]) in cells
    assert "assumed" in cells
    assert "Through" in shown(built["crossing-road-a3-b1.html"])


@pytest.mark.parametrize(
    ("basis", "said"),
    [("line", "измерено по линии через города"), ("track", "измерено по пути"), ("assumed", "допущение")],
)
def test_how_a_length_is_known_is_said_in_the_language_of_the_page(network, basis, said):
    facts = collect_facts(network)
    road = {**facts.crossings[ROAD], "length_basis": basis}
    page = write_crossing(replace(facts, crossings={ROAD: road}), ROAD)
    assert f"(основание: {said})" in shown(translate(page, "ru", network))


def test_a_crossing_says_whether_it_is_open(network):
    links, closures = network.tables["links"], network.tables["closures"]
    at = links["id"] == ROAD
    gone = network.with_table("links", links.assign(closed=links["closed"].mask(at, 2019)))
    planned = network.with_table("links", links.assign(status=links["status"].mask(at, "planned")))
    snowed = network.with_table("closures", closures.assign(link=ROAD))
    found = [str(status_of(collect_facts(each), ROAD)) for each in (network, gone, planned, snowed)]
    assert found == [
        "open",
        "closed, last year of service 2019",
        "planned",
        "open, seasonally closed (January, February, December), at times closed (March, November)",
    ]


def test_a_claim_tells_who_what_and_the_verdict(network, built):
    page = shown(built["claim-km-a1-c1.html"])
    route = find_route(network, "a1", "c1", modes=["road"], criterion="length")
    for told in ("610 km", "Minister", "Note", "observed", f"{route.length_km:,.0f} km", "Verdict: agrees"):
        assert told in page
    assert "explorer.html#a1/c1&amp;modes=road&amp;criterion=length" in built["claim-km-a1-c1.html"]
    assert 'href="corridor-through.html"' in built["claim-km-a1-c1.html"]


def test_no_page_shows_an_id_of_the_tables(network, built):
    # ids of links, prices and figures have colons; a table and an id make the key of a figure
    held = {row["id"] for name in KEYED for row in network.rows(name)}
    ids = {each for each in held if ":" in each}
    assert len(ids) > 20
    keyed = re.compile(rf"(?<![\w/.])(?:[a-z]\w*:[a-z][\w-]*|(?:{'|'.join(KEYED)})/\w)")
    for name, page in built.items():
        if not name.startswith("explorer."):
            texts = Reader(page).texts
            told = [each for each in texts if keyed.search(each) or any(key in each for key in ids)]
            assert [each for each in told if "sha256" not in each and "http" not in each] == [], name


def test_every_figure_behind_dollars_and_grams_is_named_in_words(network):
    labels = Labels.of(network)
    route = find_route(network, "a1", "c1", corridor="through")
    keys = {*route.costs()["figure"].dropna(), *route.emissions()["figures"], *route.evidence()["factor"]}
    assert any(key.startswith("rates/") for key in keys)
    assert any(key.startswith("emissions/") for key in keys)
    for key in keys:
        named = name_figures(labels, key)
        assert str(named) != "a figure of the data"
        for language in ("ru", "zh"):
            assert not re.search(r"[/_]|price|border", say_data(as_data(named), language, network).lower())


def test_a_note_names_a_source_by_its_publisher_not_by_its_id(network):
    row = {"id": "tass-2025", "title": "T", "publisher": "tass.com", "year": 2025, "address": SOURCE}
    facts = replace(collect_facts(network), sources={"tass-2025": row})
    noted = facts.remark("both posts rest on Sunday (tass-2025), <b>range</b> assumed")
    assert shown(noted) == "both posts rest on Sunday ( tass.com, 2025 ), <b>range</b> assumed"
    assert f'href="{SOURCE.replace("&", "&amp;")}"' in noted
    assert facts.remark("range assumed") == "range assumed"
    told = network.with_table(
        "sources", network.tables["sources"].assign(id="tass-2025", publisher="tass.com")
    )
    assert plain_note(told, "Sunday (tass-2025) - 4-5 h") == "Sunday (tass.com) - 4-5 h"


# ---------------------------------------------------------------- languages


def test_a_page_of_another_language_says_everything_in_it_and_leads_to_its_own(built):
    page = built["state-bbb.ru.html"]
    assert Reader(page).first("html")["lang"] == "ru"
    for told in ("Если закроется", "Лучший путь", "RA3", "открыт"):
        assert told in shown(page)
    assert 'href="explorer.html#a1/c1&amp;closed=BBB&amp;lang=ru"' in page
    assert 'href="crossings.ru.html"' in page
    assert ("state-bbb.html", "en") in {
        (own.get("href"), own.get("hreflang")) for _, own in Reader(page).tags
    }
    assert "data-say" not in page
    assert "如果关闭" in shown(built["state-bbb.zh.html"])
    assert "If it closes" in shown(built["state-bbb.html"])


def test_figures_are_written_as_their_language_does(network):
    page = str(tag("td", say("{figure} km", figure="1,234.5")))
    assert translate(page, "ru", network) == "<td>1\u00a0234,5\u00a0км</td>"
    assert translate(page, "zh", network) == "<td>1,234.5公里</td>"
    assert translate(page, "en", network) == "<td>1,234.5 km</td>"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (number_cell("12.5%"), "12,5\u00a0%"),
        (number_cell(figure_value(0.5, "km/h")), "0,5 км/ч"),
        (number_cell(figure_value(1234.0, "USD/feu-km")), "1\u00a0234 USD/feu-km"),
        (number_cell(figure_value(None, "h")), "\u2013"),
    ],
)
def test_every_cell_of_figures_is_written_as_in_russian(network, cell, said):
    assert translate(str(cell), "ru", network) == f'<td class="number">{said}</td>'


def test_each_page_describes_itself_in_its_language(built):
    for name in set(built) - {"explorer.html"}:
        told = {
            own.get("name", own.get("property")): own["content"]
            for each, own in Reader(built[name]).tags
            if each == "meta" and "content" in own
        }
        assert told["description"] == told["og:description"] != ""
        assert " ".join(told["og:title"].split()) in shown(built[name])
    russian = Reader(built["state-bbb.ru.html"])
    described = next(own["content"] for _, own in russian.tags if own.get("name") == "description")
    assert described.startswith("Основные коридоры, которые через него проходят")


@pytest.mark.parametrize("hostile", [*pages.HOSTILE, ' data-say="1"', "<td data-t>open</td>"])
def test_a_text_is_never_taken_for_a_phrase(network, hostile):
    page = str(tag("td", tag("span", hostile, title=hostile), say("open since {year}", year=hostile)))
    for language in ("en", *LANGUAGES[1:]):
        reader = Reader(translate(page, language, network))
        assert [name for name, _ in reader.tags] == ["td", "span"]
        assert "".join(reader.texts).count(hostile) == 2


# ---------------------------------------------------------------- hostile names


@pytest.fixture(scope="module")
def tame(tmp_path_factory):
    folder = pages.write_pages_toy(tmp_path_factory.mktemp("tame") / "x", "x")
    return dict(build_pages(with_corridors(load_network(folder), "x")))


@pytest.mark.parametrize("hostile", pages.HOSTILE_ROWS)
def test_hostile_names_are_shown_as_they_are_and_nothing_more(hostile, tame, tmp_path):
    net = with_corridors(load_network(pages.write_pages_toy(tmp_path / "y", hostile)), hostile)
    wild = dict(build_pages(net))
    assert list(wild) == list(tame)
    for name in set(wild) - {"explorer.html"}:
        one, other = Reader(wild[name]), Reader(tame[name])
        assert [(tag, set(own)) for tag, own in one.tags] == [(tag, set(own)) for tag, own in other.tags]
        assert one.scripts == other.scripts
        assert len(one.comments) == len(other.comments)
    texts = "\n".join(Reader(wild["claim-km-a1-c1.html"]).texts)
    assert all(f"{word}{hostile}" in texts for word in ("Minister", "Note", "A1", "T", "State AAA"))
    assert f"Text{hostile}" in "\n".join(Reader(wild["corridor-through.html"]).texts)
    assert f"Through{hostile}" in "".join(title for _, title, *_ in entries_of(wild["index.html"]))


def test_an_address_that_would_run_is_no_link(network):
    sources = network.tables["sources"].assign(address="javascript:alert(1)")
    built = dict(build_pages(network.with_table("sources", sources)))
    assert not any("javascript:" in page for name, page in built.items() if name != "explorer.html")


# ---------------------------------------------------------------- the folder


def test_a_site_replaces_its_own_and_removes_what_is_gone(network, tmp_path):
    folder = tmp_path / "public"
    write_site(network, folder)
    assert "corridor-through.html" in {path.name for path in folder.iterdir()}
    (folder / ".nojekyll").touch()
    write_site(network.changed(corridors={}), folder)
    names = {path.name for path in folder.iterdir()}
    assert "corridor-through.html" not in names
    assert {".nojekyll", "index.html", "site.json"} <= names
    assert not any(name.startswith(".") for name in names - {".nojekyll"})


def test_the_same_network_gives_the_same_files(network, built):
    assert dict(build_pages(replace(network))) == built


@pytest.mark.parametrize("listed", ["", "[]", '{"files": 3}', '{"files": ["site.json", "../thesis.txt"]}'])
def test_a_folder_that_holds_other_files_is_refused(network, tmp_path, listed):
    folder = tmp_path / "mine"
    folder.mkdir()
    (tmp_path / "thesis.txt").write_text("years of work")
    (folder / "thesis.txt").write_text("years of work")
    if listed:
        (folder / "site.json").write_text(listed)
    with pytest.raises(UsageError, match=r"holds other files \(.*thesis.txt"):
        write_site(network, folder)
    assert (tmp_path / "thesis.txt").exists()
    with pytest.raises(UsageError, match="is no folder"):
        write_site(network, folder / "thesis.txt")


def test_the_command_writes_a_site_or_refuses_before_it_reads(toy_dir, tmp_path, capsys):
    folder = tmp_path / "public"
    assert main(["site", str(folder), "--data", str(toy_dir)]) == 0
    assert capsys.readouterr().out.strip() == str(folder / "index.html")
    (folder / "mine.txt").touch()
    assert main(["site", str(folder), "--data", str(tmp_path / "none")]) == 2
    assert "holds other files (mine.txt)" in capsys.readouterr().err
