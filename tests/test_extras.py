"""The plain install does the main job; what needs more says which extra brings it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from cacorridor.extras import EXTRAS, require_extra

ROOT = Path(__file__).resolve().parents[1]
PLAIN = """
import sys
from importlib.machinery import PathFinder

class Installed(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        is_absent = name.partition(".")[0] in {absent!r}
        return None if is_absent else super().find_spec(name, path, target)

sys.meta_path = [Installed if each is PathFinder else each for each in sys.meta_path]

import cacorridor as cc
from cacorridor.cli import main

net = cc.load_network()
for command in (["report", "-o", "report.html"], ["route", "Kashgar", "Osh", "-o", "route.gpkg"],
                ["simulate", "Kashgar", "Osh", "--draws", "200", "-o", "draws.csv"]):
    assert main(command) == 0, command
route = cc.find_route(net, "Kashgar", "Osh")
cc.map_routes(net, [route]).save("map.html")
cc.explorer(net).save("explorer.html")
for needs, refused in (("charts", route.plot), ("excel", lambda: cc.export(route, "x.xlsx"))):
    try:
        refused()
    except cc.UsageError as error:
        assert f"cacorridor[{{needs}}]" in str(error), error
    else:
        raise AssertionError(needs)
"""


def required(lines: list[str]) -> set[str]:
    return {re.split(r"[^\w-]", line)[0].lower() for line in lines}


@pytest.mark.package
def test_the_plain_install_does_the_main_job(tmp_path: Path) -> None:
    program = PLAIN.format(absent=[*EXTRAS, "numba", "distributed"])
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True, capture_output=True)
    assert {each.name for each in tmp_path.iterdir()} == {
        "report.html", "route.gpkg", "draws.csv", "map.html", "explorer.html",
    }  # fmt: skip


def test_each_extra_brings_what_is_told_of_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for module, extra in EXTRAS.items():
        assert module in required(project["optional-dependencies"][extra])
        assert module not in required(project["dependencies"])
    everything = re.search(r"\[(.*)\]", project["optional-dependencies"]["all"][0])
    assert everything is not None
    assert sorted([*everything.group(1).split(","), "all"]) == sorted(project["optional-dependencies"])


def test_a_library_that_is_there_is_not_refused() -> None:
    require_extra("matplotlib", "a chart")
    with pytest.raises(KeyError):
        require_extra("no_such_library", "nothing")
