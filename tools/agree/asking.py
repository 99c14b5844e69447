"""Ask the search of the page by node, as the page asks it, and list what Python answers otherwise."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cacorridor import NoRouteError, UsageError, find_route
from cacorridor.network.scenarios.scenarios import network_under
from cacorridor.network.scenarios.supposing import suppose
from cacorridor.views.atlas.data import collect, pack_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cacorridor import Network, Route

HERE = Path(__file__).parent
ASSETS = resources.files("cacorridor.views") / "atlas" / "assets"
SAME = 1e-9  # relative; the page computes with the same numbers as Python

Question = tuple[
    str, str, dict[str, Any]
]  # origin, destination, options as window.cacorridor.route takes them


def find_node() -> str | None:
    """Find node: the machine's own, or the one that playwright brings; None if there is neither."""
    node = shutil.which("node")
    if node is None:
        try:
            import playwright
        except ImportError:
            return None
        brought = Path(playwright.__file__).parent / "driver" / "node"
        node = str(brought) if brought.exists() else None
    return node


def run_script(script: str, network: Network, asked: Any) -> Any:
    """Run a script of this folder on the data of a network's page and on what is asked; read its answer."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "asked.json"
        path.write_text(json.dumps({"data": packed(network), "asked": asked}), encoding="utf-8")
        words = [str(find_node()), str(HERE / script), str(ASSETS), str(path)]
        finished = subprocess.run(  # noqa: S603  # our own script
            words, capture_output=True, text=True, check=False, encoding="utf-8"
        )
    if finished.returncode:
        raise RuntimeError(finished.stderr)
    return json.loads(finished.stdout)


def packed(network: Network) -> str:
    """Pack the data of a network's page; the network keeps them."""
    if packed not in network.derived:
        network.derived[packed] = pack_data(collect(network, {}))
    text: str = network.derived[packed]
    return text


def ask_page(network: Network, questions: Sequence[Question]) -> list[dict[str, Any]]:
    """Answer questions by the scripts of the page."""
    answers: list[dict[str, Any]] = run_script("answer.mjs", network, questions)
    return answers


def differences(
    network: Network, questions: Iterable[Question], answers: Iterable[dict[str, Any]]
) -> list[str]:
    """List the questions to which the page and Python answer differently."""
    return [
        f"{question}: {unlike}"
        for question, said in zip(questions, answers, strict=True)
        if (unlike := _unlike(network, question, said))
    ]


def _unlike(network: Network, question: Question, said: dict[str, Any]) -> list[str]:
    """Name what differs in the answer of the page from that of Python."""
    origin, destination, options = question
    try:
        route = _ask_python(network, origin, destination, **options)
    except (NoRouteError, UsageError):
        return [] if "why" in said else ["a way where Python has none"]
    if "why" in said:
        return [said["why"]]
    expected = {"km": route.length_km, "hours": route.time_h}
    expected |= {"hours_low": route.time_low_h, "hours_high": route.time_high_h}
    # every measure with its range; one of which the data know nothing is not in the page
    totals = {name: total for name, total in route.totals().items() if total == total}  # noqa: PLR0124  # NaN
    numbers = [name for name, number in expected.items() if not near(said[name], number)] + [
        name for name, number in totals.items() if not near(said["totals"].get(name), number)
    ]
    lists = {"states": route.states, "touches": route.touches, "links": route.links}
    return numbers + [name for name, names in lists.items() if tuple(said[name]) != names]


def _ask_python(
    network: Network,
    *ends: str,
    closed: Sequence[str] = (),
    added: Mapping[str, float] | None = None,
    **conditions: Any,
) -> Route:
    """Ask Python what the page was asked: links close, or take longer, in a scenario of their own."""
    states = [each for each in closed if each in network.state_names]
    others = [each for each in closed if each not in states]
    if others or added:
        network = network_under(network, conditions.pop("scenario", None))
        conditions["scenario"] = suppose(network, closed=others, delays=(added or {}).items())
    return find_route(network, *ends, avoid=states, **conditions)


def near(one: float | None, other: float) -> bool:
    """Tell whether two numbers are the same but for rounding."""
    return one is not None and abs(one - other) <= SAME * max(1.0, abs(other))
