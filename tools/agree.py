"""Hold the page's search against Python: every pair of cities, open and with each state of its way closed.

``python -m tools.agree [--pairs N] [--level LEVEL]`` asks both and prints what differs; it ends with 1 if
anything does. All pairs are some 33,000, with closures some 150,000 questions: hours on one core.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.views import atlas

from cacorridor import load_network

if TYPE_CHECKING:
    from tests.views.atlas import Question

    from cacorridor import Network

BATCH = 500  # questions that node is asked at once


def main() -> int:
    """Compare the answers, batch by batch."""
    options = _options()
    network = load_network()
    pairs = list(itertools.permutations(_cities(network), 2))
    if options.pairs:
        pairs = random.Random(options.seed).sample(pairs, min(options.pairs, len(pairs)))  # noqa: S311  # a sample
    asked = found = 0
    for at in range(0, len(pairs), BATCH):
        open_ones: list[Question] = [(*pair, {"level": options.level}) for pair in pairs[at : at + BATCH]]
        unlike, closing = _compare(network, open_ones)
        more, _ = _compare(network, closing)
        asked += len(open_ones) + len(closing)
        found += len(unlike) + len(more)
        print(*unlike, *more, f"{asked} questions, {found} differ", sep="\n", flush=True)
    return 1 if found else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pairs", type=int, default=0, help="a sample of so many pairs (all)")
    parser.add_argument("--level", default="express", help="service level (express)")
    parser.add_argument("--seed", type=int, default=1, help="of the sample (1)")
    return parser.parse_args()


def _cities(network: Network) -> list[str]:
    return [row["id"] for row in network.rows("places") if row["kind"] == "city"]


def _compare(network: Network, questions: list[Question]) -> tuple[list[str], list[Question]]:
    """Return what differs, and the same questions with each transit state of the answer closed."""
    if not questions:
        return [], []
    with tempfile.TemporaryDirectory() as folder:
        answers = atlas.ask_page(network, questions, Path(folder))
    closing = [
        (start, end, {**asked, "closed": [state]})
        for (start, end, asked), answer in zip(questions, answers, strict=True)
        for state in dict.fromkeys([*answer.get("states", [])[1:-1], *answer.get("touches", [])])
        if state not in {answer["states"][0], answer["states"][-1]}
    ]
    return atlas.differences(network, questions, answers), closing


if __name__ == "__main__":
    sys.exit(main())
