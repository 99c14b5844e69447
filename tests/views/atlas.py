"""Ask the search of the page by node, as the page asks it; questions for both, and what differs."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cacorridor import NoRouteError, UsageError, find_route
from cacorridor.views.atlas.data import collect

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cacorridor import Network

SCRIPTS = Path(__file__).parent.parent / "browser" / "js"
ASSETS = resources.files("cacorridor.views") / "atlas" / "assets"
SAME = 1e-9  # relative; the page computes with the same numbers as Python


def find_node() -> str | None:
    """Find node: the machine's own, or the one that playwright brings."""
    import playwright

    own = Path(playwright.__file__).parent / "driver" / "node"
    return shutil.which("node") or (str(own) if own.exists() else None)


Question = tuple[str, str, dict[str, Any]]


def ask_page(network: Network, questions: Sequence[Question], directory: Path) -> list[dict[str, Any]]:
    """Answer questions (origin, destination, options) by the scripts of the page."""
    asked = directory / "questions.json"
    if ask_page not in network.derived:
        network.derived[ask_page] = collect(network, {})
    asked.write_text(
        json.dumps({"data": network.derived[ask_page], "questions": questions}), encoding="utf-8"
    )
    words = [str(find_node()), str(SCRIPTS / "answer.mjs"), str(ASSETS), str(asked)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def differences(
    network: Network, questions: Iterable[Question], answers: Iterable[dict[str, Any]]
) -> list[str]:
    """List the questions to which the page and Python answer differently."""
    return [
        f"{question}: {unlike}"
        for question, answer in zip(questions, answers, strict=True)
        if (unlike := _unlike(network, question, answer))
    ]


def _unlike(network: Network, question: Question, answer: dict[str, Any]) -> list[str]:
    """Name what differs in two answers."""
    origin, destination, options = question
    asked = {"avoid" if key == "closed" else key: value for key, value in options.items()}
    try:
        route = find_route(network, origin, destination, **asked)
    except (NoRouteError, UsageError):
        return [] if "why" in answer else ["a way where Python has none"]
    if "why" in answer:
        return [answer["why"]]
    hours = {"hours": route.time_h, "hours_low": route.time_low_h, "hours_high": route.time_high_h}
    numbers = {**hours, "km": route.length_km}
    numbers |= {f"totals.{column}": value for column, value in route.totals().items()}
    own = answer | {f"totals.{column}": value for column, value in answer["totals"].items()}
    lists = {"states": route.states, "touches": route.touches, "links": route.links}
    return [
        name
        for name, value in numbers.items()
        if name in own and abs(own[name] - value) > SAME * max(1.0, abs(value))
    ] + [name for name, value in lists.items() if tuple(answer[name]) != value]
