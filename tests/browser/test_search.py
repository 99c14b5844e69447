"""The search of the page, alone under node: on drawn networks, and against Python's answers."""

from __future__ import annotations

import json
import random
import shlex
import subprocess

import pytest
from tools.agree.asking import ask_page, differences, find_node, run_script

import cacorridor
from cacorridor import find_route, load_network
from cacorridor.cli import main
from cacorridor.views.atlas.address import route_at
from tests.networks import toy_rows, write_toy
from tests.views.atlas import SCRIPTS

pytestmark = pytest.mark.skipif(find_node() is None, reason="no node on this machine")

SAMPLE = 36
LEVELS = ("block", "express", "typical")


def test_modules_hold_on_drawn_networks():
    tests = sorted(map(str, SCRIPTS.glob("*.test.mjs")))
    done = subprocess.run([find_node(), "--test", *tests], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("level", LEVELS)
def test_page_and_python_agree_on_every_pair_of_the_toy(toy, level):
    places = ["a1", "a2", "aport", "b1", "c1", "d1"]
    months = [None, 1, 3, 7, 11]
    questions = [
        (start, end, {"level": level, "month": month, "year": year, "closed": closed})
        for start in places
        for end in places
        for month in months
        for year, closed in [(None, []), (2031, []), (None, ["BBB"]), (None, ["DDD"])]
    ]
    assert differences(toy, questions, ask_page(toy, questions)) == []


def test_a_transfer_that_one_level_lacks_is_no_way_there(tmp_path):
    rows = toy_rows()
    rows["transfers"] = [
        row for row in rows["transfers"] if row["level"] == "express" or row["place"] != "aport"
    ]
    net = load_network(write_toy(tmp_path / "toy", rows))
    questions = [("a1", "c1", {"level": level, "closed": ["BBB", "DDD"]}) for level in LEVELS]
    answers = ask_page(net, questions)
    assert ["why" in answer for answer in answers] == [False, False, True]
    assert differences(net, questions, answers) == []


def test_page_and_python_agree_on_a_sample_of_the_real_network(net):
    draw = random.Random(20261128)  # noqa: S311  # a sample, no secret
    cities = [row["id"] for row in net.rows("places") if row["kind"] == "city"]
    questions = []
    for _ in range(SAMPLE):
        options = {
            "level": draw.choice(LEVELS[1:]),
            "month": draw.choice([None, 1, 7]),
            "year": draw.choice([None, 2031]),
            "criterion": draw.choice(["time", "length", "cost", "emissions"]),
            "modes": draw.choice([None, None, ["rail"], ["road"], ["rail_1520", "road", "sea"]]),
        }
        start, end = draw.sample(cities, 2)
        questions.append((start, end, options))
    answers = ask_page(net, questions)
    assert differences(net, questions, answers) == []
    closing = [  # a state of the best way of each closes
        (start, end, {**options, "closed": [draw.choice(inner)]})
        for (start, end, options), answer in zip(questions, answers, strict=True)
        if (
            inner := [
                state
                for state in answer.get("states", [])
                if state not in {answer["states"][0], answer["states"][-1]}
            ]
        )
    ]
    assert len(closing) > SAMPLE / 3
    assert differences(net, closing, ask_page(net, closing)) == []


def test_closed_links_and_posts_are_gone_and_hours_more_are_paid(toy):
    best = find_route(toy, "a1", "c1")
    first = best.crossings[0]
    post = next(end for end in toy.links.loc[first, ["from", "to"]])
    options = [{}, {"closed": [first]}, {"closed": [post]}, {"added": {first: 3}}, {"added": {first: 5000}}]
    plain, closed, shut, slower, turned = ask_page(toy, [("a1", "c1", each) for each in options])
    assert first not in closed["links"]
    assert first not in shut["links"]
    assert slower["hours"] == pytest.approx(plain["hours"] + 3)
    assert slower["hours_low"] == pytest.approx(plain["hours_low"] + 3)
    assert turned["hours"] == closed["hours"]


def test_page_and_python_agree_where_links_close_or_take_longer(net):
    draw = random.Random(20261129)  # noqa: S311  # a sample, no secret
    cities = [row["id"] for row in net.rows("places") if row["kind"] == "city"]
    plain = []
    for _ in range(SAMPLE):
        criterion = draw.choice(["time", "time", "cost", "emissions", "length", "generalised"])
        options = {"level": draw.choice(LEVELS), "month": draw.choice([None, 1, 7]), "criterion": criterion}
        options |= {"value_of_time": 15.0} if criterion == "generalised" else {}
        plain.append((*draw.sample(cities, 2), options))
    questions = []
    for (start, end, options), answer in zip(plain, ask_page(net, plain), strict=True):
        links = answer.get("links", [])
        if links:
            added = {draw.choice(links): draw.choice([1, 24, 300]), draw.choice(links): 5}
            questions += [(start, end, {**options, "closed": [draw.choice(links)]})]
            questions += [(start, end, {**options, "added": added})]
            questions += [(start, end, {**options, "added": added, "closed": [draw.choice(links)]})]
    assert len(questions) > 2 * SAMPLE
    assert differences(net, questions, ask_page(net, questions)) == []


ADDRESSES = [
    "#kashgar/tashkent&added=road:irkeshtam-chn:irkeshtam-kgz*24",
    "#moscow/osh&via=baku&closed=KAZ,sea:turkmenbashi:astrakhan&added=sea:turkmenbashi:baku*48&criterion=cost",
    "#xian/istanbul&scenario=russia-avoided&closed=sea:aktau:baku&criterion=generalised&worth=7.5&year=2031",
    "#xian/istanbul&added=sea:turkmenbashi:baku*12&month=1&level=typical&modes=rail,sea",
]


def test_the_lines_for_python_and_a_shell_give_the_answer_of_the_page(net, capsys, monkeypatch):
    monkeypatch.setattr(cacorridor, "load_network", lambda: net)
    for address, told in zip(ADDRESSES, run_script("lines.mjs", net, ADDRESSES), strict=True):
        *lines, last = told["python"].splitlines()
        names = {}
        exec("\n".join(lines), names)  # noqa: S102  # what a reader of the page would do
        by_page = pytest.approx(told["answer"]["hours"])
        assert eval(last, names).time_h == by_page  # noqa: S307
        assert route_at(net, address).time_h == by_page
        program, *words = shlex.split(told["command"])
        assert program == "cacorridor"
        assert main([*words, "--format", "json"]) == 0
        assert json.loads(capsys.readouterr().out)["route"]["time_h"] == by_page


REFUSED = [
    (("a1", "nowhere", {}), "unknown place nowhere"),
    (("a1", "a1", {}), "origin and destination are the same place"),
    (("a1", "c1", {"closed": ["AAA"]}), "an end lies in AAA, which is closed"),
    (("a1", "c1", {"closed": ["ZZZ"]}), "unknown state, link or place ZZZ"),
    (("a1", "c1", {"month": 13}), "month 13; allowed: 1 to 12"),
    (("a1", "c1", {"year": 2031.5}), "year 2031.5; allowed: a whole number"),
    (("a1", "c1", {"modes": ["canal"]}), "unknown mode canal"),
    (("a1", "c1", {"level": "x"}), "unknown level x; allowed: block, express, typical"),
    (("a1", "c1", {"closed": ["BBB", "DDD"], "modes": ["road"]}), "no way while closed: BBB, DDD"),
    (("a1", "c1", {"modes": ["rail_1435"]}), "no way by these modes"),
]


def test_what_cannot_be_answered_says_why(toy):
    answers = ask_page(toy, [question for question, _ in REFUSED])
    for answer, (question, why) in zip(answers, REFUSED, strict=True):
        assert answer["why"].startswith(why), question
