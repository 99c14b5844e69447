"""Hold the page's search against Python: all pairs of cities, open and with each state of the way closed.

``python -m tools.agree [--share N] [--sample N] [--seed N]`` asks both, prints what differs, and ends with
1 if anything does. All pairs are told by hours, kilometres and states, at every service level, by one search
an origin and closed state; ``--share 10`` takes a tenth of the origins. A sample of other questions (months,
years, modes, criteria, scenarios, places to pass) is told by every figure and its range.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from typing import TYPE_CHECKING, Any

from cacorridor import load_network, scenarios
from cacorridor.network.schema import SERVICE_LEVELS
from tools.agree.all_pairs import AllPairs
from tools.agree.asking import ask_page, differences, find_node

if TYPE_CHECKING:
    from cacorridor import Network
    from tools.agree.asking import Question

BATCH = 24  # origins that node is asked at once


def main() -> int:
    """Compare the answers, batch by batch."""
    options = _options()
    if find_node() is None:
        sys.exit("no node on this machine: the search of the page cannot be run")
    network = load_network()
    draw = random.Random(options.seed)  # noqa: S311  # a sample, no secret
    unlike = _compare_pairs(network, draw, options.share) + _compare_sample(network, draw, options.sample)
    return 1 if unlike else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--share", type=int, default=100, help="per cent of the origins (100)")
    parser.add_argument("--sample", type=int, default=600, help="questions of every kind (600)")
    parser.add_argument("--seed", type=int, default=1, help="of the samples (1)")
    return parser.parse_args()


def cities_of(network: Network) -> list[str]:
    """List the places that are cities."""
    return [row["id"] for row in network.rows("places") if row["kind"] == "city"]


def _compare_pairs(network: Network, draw: random.Random, share: int) -> int:
    """Compare all pairs at each level; return how many answers differ."""
    cities, differing = cities_of(network), 0
    for level in SERVICE_LEVELS:
        pairs = AllPairs(network, cities, level)
        count = max(1, len(cities) * share // 100)
        origins = sorted(draw.sample(cities, count))
        questions = 0
        for first in range(0, count, BATCH):
            compared = pairs.compare(origins[first : first + BATCH])
            questions += compared.questions
            differing += len(compared.unlike)
            print(*compared.unlike, sep="\n", end="\n" if compared.unlike else "")
            _tell(
                f"{level}: {min(first + BATCH, count)} of {len(cities)} origins, {questions} questions",
                differing,
            )
    return differing


def _compare_sample(network: Network, draw: random.Random, count: int) -> int:
    """Compare questions of every kind; return how many answers differ."""
    questions = [_question(network, draw) for _ in range(count)]
    unlike = differences(network, questions, ask_page(network, questions))
    print(*unlike, sep="\n", end="\n" if unlike else "")
    _tell(f"sample of every kind: {count} questions", len(unlike))
    return len(unlike)


def _question(network: Network, draw: random.Random) -> Question:
    """Draw a question of any kind."""
    cities = cities_of(network)
    start, end, between = draw.sample(cities, 3)
    options: dict[str, Any] = {
        "level": draw.choice(SERVICE_LEVELS),
        "month": draw.choice([None, *range(1, 13)]),
        "year": draw.choice([None, 2027, 2031]),
        "modes": draw.choice([None, None, ["rail"], ["road"], ["rail_1520", "road", "sea"]]),
        "criterion": draw.choice(["time", "length", "cost", "emissions", "generalised"]),
        "scenario": draw.choice([None, *scenarios(network)]),
        "via": draw.choice([[], [], [between]]),
        "through": draw.choice([[], [], [], [draw.choice(["KAZ", "UZB", "TKM", "IRN", "AZE", "GEO"])]]),
        "closed": draw.choice([[], [draw.choice(["KAZ", "RUS", "UZB", "IRN", "KGZ"])]]),
    }
    if options["criterion"] == "generalised":
        options["value_of_time"] = draw.choice([1.92, 15.77, 224.37])
    return start, end, options


def _tell(what: str, differing: int) -> None:
    print(f"{time.process_time():6.0f} s  {what}, {differing} differ", flush=True)


if __name__ == "__main__":
    sys.exit(main())
