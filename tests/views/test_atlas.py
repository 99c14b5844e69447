"""The explorer as it is written: offline, in three languages, its months and names those of the network."""

from __future__ import annotations

import json
import re
import sys

import numpy as np
import pytest

from cacorridor import (
    UnknownPlaceError,
    UsageError,
    apply_scenarios,
    explorer,
    find_route,
    load_network,
    scenarios,
)
from cacorridor.cli import main
from cacorridor.costs.measures import GENERALISED, MEASURES, measures_of
from cacorridor.routing.graph.building import supernetwork_of
from cacorridor.views import offline
from cacorridor.views.atlas.address import route_at
from cacorridor.views.atlas.borders import join_arcs, share_borders
from cacorridor.views.atlas.data import pack_data, unpack_data
from cacorridor.views.atlas.names import names_of_state
from cacorridor.views.atlas.shell import MODULES
from cacorridor.views.atlas.widget import _widget_class
from cacorridor.views.atlas.words import LANGUAGES, read_table, read_words
from cacorridor.views.atlas.worlds.changes import compare_networks
from cacorridor.views.atlas.worlds.columns import Columns
from cacorridor.views.atlas.worlds.months import monthly_changes
from cacorridor.views.atlas.worlds.pool import KINDS, Pool
from cacorridor.views.atlas.worlds.scenarios import changes_under, describe_links_under, edited_networks
from cacorridor.views.explorer import geometry
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


# ---------------------------------------------------------------- arrays and months


@pytest.mark.parametrize("values", [[1, 2, 300], [-5, 4], [0.5, 0.1, 0.5, 0.1] * 9, [0.1], [True, False], []])
def test_an_array_comes_back_bit_by_bit(values):
    pool = Pool()
    pool.add(np.array([7, 8]))
    first, again = pool.add(np.array(values)), pool.add(np.array(values))
    assert first == again
    sizes = [0 if kind < 0 else int(KINDS[kind][1]) * count for kind, count, *_ in pool.entries]
    starts = np.cumsum([0, *sizes])

    def read(number):
        kind, count, *places = pool.entries[number]
        if kind < 0:
            return read(count)[read(places[0])]
        content = pool.content[starts[number] : starts[number + 1]]
        if KINDS[kind] == "f8":
            content = np.frombuffer(content, np.uint8).reshape(8, -1).T.tobytes()
        return np.frombuffer(content, dtype=f"<{KINDS[kind]}")

    assert read(first).tolist() == [
        float(value) if isinstance(value, float) else int(value) for value in values
    ]


def test_packed_data_come_back_and_hold_no_letter_of_markup():
    data = {
        "names": ["<b>&amp;</b>", "\u041e\u0448", "\u2028"],
        "arrays": {"entries": [], "content": bytes(range(256))},
    }
    packed = pack_data(data)
    assert unpack_data(packed) == data
    assert not set('<>&"\\') & set(packed)
    assert packed.isascii()


def test_each_month_is_the_year_with_its_changes(net):
    whole = supernetwork_of(net, "express")
    columns = Columns(measures_of(whole.steps.components))
    changes = {
        month: change for change in monthly_changes(net, whole, "express", columns) for month in change.months
    }
    assert sorted(changes) == list(range(1, 13))
    for month in (1, 7):
        hours = whole.steps.hours.copy()
        hours[changes[month].gone] = 0
        hours[changes[month].rows] = changes[month].steps.hours
        kept = np.setdiff1d(np.arange(len(whole.tail)), changes[month].absent)
        sums = np.add.reduceat(hours, whole.arc_start[:-1])[kept]
        own = supernetwork_of(net, "express", month)
        expected = np.add.reduceat(own.steps.hours, own.arc_start[:-1])
        assert sorted(sums) == pytest.approx(sorted(expected), rel=1e-12)


# ---------------------------------------------------------------- borders


def test_borders_are_written_once_and_give_the_outlines_back(net):
    drawn = geometry.draw_states(net)
    borders, shared = share_borders(drawn)
    written = sum(len(ring) for state in drawn for part in state["area"] for ring in part)
    assert sum(map(len, borders)) < 0.75 * written
    for state, outline in zip(shared, drawn, strict=True):
        for part, rings in zip(state["area"], outline["area"], strict=True):
            for chain, text in zip(part, rings, strict=True):
                ring, before = join_arcs(borders, chain), join_arcs([text], [0])
                begin = before.index(ring[0])
                assert ring == (*before[begin:-1], *before[:begin], before[begin])


# ---------------------------------------------------------------- scenarios


def test_every_scenario_of_the_data_is_in_the_page_and_has_names(net):
    names = [supposed.name for supposed in edited_networks(net)]
    assert names == list(scenarios(net))
    assert set(names) == set(read_table("scenarios")), "a scenario has its name in assets/words.toml"
    assert [each["id"] for each in data_of(explorer(net).html())["network"]["scenarios"]] == names


def test_scenarios_that_only_open_and_close_leave_every_step_as_it_was(net):
    """What the page is told of them is what a comparison step by step finds."""
    whole = supernetwork_of(net, "express")
    columns = Columns(measures_of(whole.steps.components))
    kept = [supposed for supposed in edited_networks(net) if supposed.keeps_figures]
    assert {"cku-opens", "cku-late", "khorgos-closed", "iran-avoided"} <= {each.name for each in kept}
    for supposed in kept:
        found = compare_networks(whole, supernetwork_of(supposed.network, "express"), columns)
        assert len(found.rows) == len(found.gone) == 0, supposed.name
        along = found.absent[whole.link[found.absent] >= 0]  # transfers lead nowhere without their links
        (told,) = changes_under(net, supposed, "express", columns)
        assert told.absent.tolist() == along.tolist(), supposed.name
    opened = next(each for each in kept if each.name == "cku-opens")
    assert describe_links_under(net, opened.network)["in_service"].tolist() == [1] * 8


def test_a_scenario_that_is_applied_is_not_offered_again(net):
    edited = apply_scenarios(net, "khorgos-closed")
    assert "khorgos-closed" not in [supposed.name for supposed in edited_networks(edited)]


def test_a_network_with_more_ways_is_no_change_of_this_one(net):
    fewer = net.with_table("links", net.tables["links"].iloc[:-40])
    columns = Columns(measures_of(supernetwork_of(net, "express").steps.components))
    with pytest.raises(UsageError, match="ways that the network lacks"):
        compare_networks(supernetwork_of(fewer, "express"), supernetwork_of(net, "express"), columns)


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
