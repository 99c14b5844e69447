"""The explorer as it is written: offline, in three languages, its months and names those of the network."""

from __future__ import annotations

import json
import re
import sys

import pytest

from cacorridor import (
    UnknownPlaceError,
    UsageError,
    explorer,
    find_route,
    load_network,
)
from cacorridor.cli import main
from cacorridor.costs.measures import GENERALISED, MEASURES
from cacorridor.routing.corridors import corridor_routes
from cacorridor.views import offline
from cacorridor.views.atlas.address import address_of, route_at
from cacorridor.views.atlas.data import unpack_data
from cacorridor.views.atlas.names import names_of_state
from cacorridor.views.atlas.shell import MODULES
from cacorridor.views.atlas.words import LANGUAGES, read_table, read_words
from cacorridor.views.explorer.widget import _widget_class
from tests.views import pages
from tests.views.reading import Reader


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    return load_network(pages.write_pages_toy(tmp_path_factory.mktemp("drawn") / "toy"))


@pytest.fixture(scope="module")
def page(drawn):
    return explorer(drawn, origin="a1", destination="c1").html()


def data_of(page):
    return unpack_data(json.loads(Reader(page).data_blocks[0]))


# ---------------------------------------------------------------- the page


def test_nothing_is_linked_and_the_policy_names_exactly_the_scripts(page):
    reader = Reader(page)
    policy = next(a["content"] for t, a in reader.tags if a.get("http-equiv") == "Content-Security-Policy")
    scripts = re.search(r"script-src ([^;]*);", policy)[1].split()
    assert scripts == [offline.script_hash(script) for script in reader.scripts]
    links = [a.get(name) for tag, a in reader.tags for name in ("src", "href") if tag != "a" and name in a]
    assert all(link.startswith("data:") for link in links)
    assert all(script.isascii() for script in reader.scripts)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Any two places"), ("ru", "\u041b\u044e\u0431\u044b\u0435"), ("zh", "\u4efb\u610f")],
)
def test_a_preview_of_the_page_is_in_the_language_in_which_it_opens(drawn, language, said):
    tags = Reader(explorer(drawn, language=language).html()).tags
    told = {own.get("name", own.get("property")): own.get("content") for tag, own in tags if tag == "meta"}
    assert told["description"].startswith(said)
    assert told["og:description"] == told["description"]
    assert told["og:title"]


@pytest.mark.parametrize("text", pages.HOSTILE)
def test_hostile_names_add_no_markup_and_stand_in_the_data(page, tmp_path, text):
    net = load_network(pages.write_pages_toy(tmp_path / "toy", text))
    hostile = explorer(net, title=f"Title{text}").html()
    assert [tag for tag, _ in Reader(hostile).tags] == [tag for tag, _ in Reader(page).tags]
    assert Reader(hostile).scripts == Reader(page).scripts
    data = data_of(hostile)
    assert f"A1{text}" in data["places"]["names"][0]
    assert [f"State BBB{text}"] * 3 in [state["names"] for state in data["states"]]
    assert data["about"]["title"] == f"Title{text}"


def test_same_network_gives_the_same_bytes(drawn, page):
    assert explorer(drawn, origin="a1", destination="c1").html() == page


def test_every_module_is_in_the_page_and_short_enough_to_read():
    assets = sorted(
        path.name
        for path in offline.importlib.resources.files("cacorridor.views.atlas").joinpath("assets").iterdir()
    )
    assert sorted(f"{name}.mjs" for name in MODULES) == [name for name in assets if name.endswith(".mjs")]
    for name in MODULES:
        lines = offline.asset(f"{name}.mjs", room="atlas").splitlines()
        assert len(lines) <= 300, name
        assert max(map(len, lines)) <= 140, name


def test_search_and_ranges_import_nothing():
    for name in ("search", "ranges"):
        assert "import" not in offline.asset(f"{name}.mjs", room="atlas")


# ---------------------------------------------------------------- words and names


def test_every_phrase_that_the_page_says_is_written_in_three_languages():
    words = read_words()
    said = set()
    for name in MODULES:
        said |= set(re.findall(r'(?:say|unit)\("([\w]+)"', offline.asset(f"{name}.mjs", room="atlas")))
    assert said <= set(words)
    for key, texts in words.items():
        assert all(texts), key
        places = [set(re.findall(r"\{\w+\}", text)) for text in texts]
        assert places[0] == places[1] == places[2], key


def test_every_measure_level_and_basis_has_words(net):
    words = read_words()
    assert {f"criterion_{name}" for name in (*MEASURES, GENERALISED)} <= set(words)
    assert {f"level_{level}" for level in ("block", "express", "typical")} <= set(words)
    assert {f"family_{family}" for family in net.families.values()} <= set(words)
    bases = {row["basis"] for table in ("crossings", "speeds", "transfers") for row in net.rows(table)}
    assert {f"basis_{basis}" for basis in bases} <= set(words)
    assert set(net.modes) <= set(read_table("modes"))


def test_states_have_the_names_usual_in_the_region(net):
    names = {state: names_of_state(net, state) for state in net.state_shapes.index}
    assert names["KGZ"] == [
        "Kyrgyzstan",
        "\u041a\u044b\u0440\u0433\u044b\u0437\u0441\u0442\u0430\u043d",
        "\u5409\u5c14\u5409\u65af\u65af\u5766",
    ]
    for state, texts in names.items():
        assert len(texts) == len(LANGUAGES)
        assert not texts[1].isascii(), state
        assert not texts[2].isascii(), state


# ---------------------------------------------------------------- Python and the command line


def test_notebook_shows_a_frame_of_the_height_asked_for(drawn):
    shown = explorer(drawn, height=500, title="A <b>")._repr_html_()
    assert 'height="500"' in shown
    assert 'title="A &lt;b&gt;"' in shown
    assert repr(explorer(drawn)) == "<Explorer of <Network: 17 places, 20 links>; save(path) writes it>"


def test_ends_may_be_named_in_any_language(net):
    page = explorer(net, origin="\u041c\u043e\u0441\u043a\u0432\u0430", destination="Osh")
    assert page.ends == ("moscow", "osh")


ADDRESSES = [
    ("#moscow/osh", {}),
    ("file:///x.html#moscow/osh&closed=KAZ&year=2031&month=1", {"avoid": ["KAZ"], "year": 2031, "month": 1}),
    (
        "#moscow/osh&via=baku&through=UZB&level=typical&lang=ru",
        {"via": "baku", "through": "UZB", "level": "typical"},
    ),
    (
        "#moscow/osh&scenario=iran-avoided&modes=rail%2Croad",
        {"scenario": "iran-avoided", "modes": ["rail", "road"]},
    ),
    ("#moscow/osh&criterion=generalised", {"criterion": "generalised", "value_of_time": "general"}),
    ("#moscow/osh&criterion=generalised&worth=2.5", {"criterion": "generalised", "value_of_time": 2.5}),
]


@pytest.mark.parametrize(("address", "options"), ADDRESSES)
def test_the_route_of_an_address_is_that_of_its_question(net, address, options):
    route, expected = route_at(net, address.replace("%2C", ",")), find_route(net, "moscow", "osh", **options)
    assert (route.links, route.time_h) == (expected.links, expected.time_h)


QUESTIONS = [
    {"avoid": ["KAZ"], "year": 2031, "month": 1, "level": "typical"},
    {"via": ["baku", "turkmenbashi"], "through": ["UZB"]},
    {"modes": ["rail"], "criterion": "length"},
    {"criterion": "generalised", "value_of_time": 2.5},
]


@pytest.mark.parametrize("options", QUESTIONS)
def test_the_address_of_a_question_is_that_of_its_route(net, options):
    route = find_route(net, "moscow", "osh", **options)
    again = route_at(net, address_of(route.query))
    assert (again.links, again.time_h) == (route.links, route.time_h)


def test_a_corridor_has_an_address_only_if_that_leads_to_it(net):
    found = {key: (route, address_of(route.query)) for key, route in corridor_routes(net)}
    addressed = [(route, address) for route, address in found.values() if address]
    assert len(addressed) > 5
    assert all(route_at(net, address).links == route.links for route, address in addressed)
    assert found["kashgar-tashkent-kgz-road-rail"][1] is None  # its modes differ by stretch


def test_a_question_that_no_address_puts_has_none(net):
    for options in ({"load": "truck20t"}, {"avoid": ["KAZ"], "allow_touch": True}, {"survey_year": 2022}):
        assert address_of(find_route(net, "moscow", "osh", **options).query) is None, options


def test_links_closed_in_the_page_are_closed_in_its_route(toy):
    assert "road:a3:b1" not in route_at(toy, "#a1/c1&closed=road:a3:b1").links


@pytest.mark.parametrize(
    "address", ["", "#", "#moscow", "#a/b/c", "#moscow/osh&added=x*4", "#moscow/osh&year=soon", 5]
)
def test_an_address_of_no_question_is_refused(net, address):
    with pytest.raises(UsageError):
        route_at(net, address)


def test_a_widget_reads_the_chosen_route_back(drawn):
    pytest.importorskip("anywidget", reason="anywidget is not installed")
    widget = explorer(drawn, origin="a1", destination="c1", height=400).widget()
    assert (widget.height, widget.view) == (400, "")
    widget.view = "#a1/c1&closed=BBB"
    assert widget.route.links == find_route(drawn, "a1", "c1", avoid=["BBB"]).links


def test_a_widget_without_anywidget_says_what_is_needed(drawn, monkeypatch):
    monkeypatch.setitem(sys.modules, "anywidget", None)
    _widget_class.cache_clear()
    with pytest.raises(UsageError, match="pip install anywidget"):
        explorer(drawn).widget()


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"language": "fr"}, UsageError, "en, ru, zh"),
        ({"height": 20}, UsageError, "height 20"),
        ({"height": "tall"}, UsageError, "height 'tall'"),
        ({"origin": "a1"}, UsageError, "one end alone"),
        ({"origin": "a1", "destination": "nowhere"}, UnknownPlaceError, "nowhere"),
    ],
)
def test_what_cannot_be_shown_is_refused(drawn, options, error, said):
    with pytest.raises(error, match=said):
        explorer(drawn, **options)


def test_command_writes_the_page(toy_dir, tmp_path, capsys):
    target = tmp_path / "x.html"
    assert main(["explorer", "a1", "c1", "--data", str(toy_dir), "-o", str(target)]) == 0
    assert capsys.readouterr().out == f"{target}\n"
    assert data_of(target.read_text(encoding="utf-8"))["about"]["ends"] == ["a1", "c1"]
    assert main(["explorer", "--data", str(toy_dir), "-o", str(tmp_path / "x.txt")]) == 2
    assert main(["explorer", "a1", "nowhere", "--data", str(toy_dir), "-o", str(target)]) == 2
    assert "unknown place" in capsys.readouterr().err


def test_the_python_line_of_a_closed_link_is_what_the_library_takes(toy):
    import pandas as pd

    import cacorridor as cc

    edits = pd.DataFrame({"table": "links", "row": ["road:a3:b1"], "operation": "close", "note": "what if"})
    closed = cc.apply_scenarios(toy, cc.Scenario.of("closed", edits))
    assert "road:a3:b1" not in find_route(closed, "a1", "c1").links
