"""Time what a person waits for beside an earlier checkout: ``python -m benchmarks.batch --base DIR``.

Each job is a process of its own in both checkouts, one after the other in each round, in changing order. What
is told is CPU seconds of the whole process, with imports and loading, and the peak of its memory; the ratio
is formed inside the round; its median and range are told. A round before the first fills all caches.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

OWN = Path(__file__).resolve().parents[1]
LOAD = "import cacorridor as cc; net = cc.load_network(); PAIR = ('Xi\\'an', 'Tashkent'); "
PAIRS = "[PAIR, ('Xi\\'an', 'Istanbul'), ('Kashgar', 'Osh'), ('Moscow', 'Tashkent'), ('Urumqi', 'Baku')]"
SIMULATE = LOAD + "cc.simulate(net, [PAIR], draws={}).summary()"
SCENARIOS = "from cacorridor.cli import main; main(['scenarios', 'Xi\\'an', 'Tashkent'])"
REPORT = "from cacorridor.cli import main; main(['report', '--output', 'report.html'])"


class Job(NamedTuple):
    """What both checkouts run."""

    code: str
    fresh: bool = False  # with a compile cache of its own each time


JOBS = {
    "all scenarios, one pair": Job(SCENARIOS),
    "all scenarios, five pairs": Job(LOAD + f"cc.sweep(net, {PAIRS})"),
    "check_claims": Job(LOAD + "cc.check_claims(net)"),
    "state_profile UZB": Job(LOAD + "cc.state_profile(net, 'UZB').tables()"),
    "map of one route": Job(LOAD + "cc.map_routes(net, [cc.find_route(net, *PAIR)]).html()"),
    "report": Job(REPORT),
    "simulate 20,000, empty compile cache": Job(SIMULATE.format(20_000), fresh=True),
    "simulate 200,000": Job(SIMULATE.format(200_000)),
}


class Cost(NamedTuple):
    """CPU seconds and the peak of memory, MiB, of a whole process."""

    cpu_s: float
    peak_mib: float


def main() -> None:
    """Run the jobs and print a Markdown table."""
    options = _options()
    print("| job | CPU s | MiB | base, CPU s | MiB | here / base |\n|---|---:|---:|---:|---:|---:|")
    for name in options.jobs or JOBS:
        rounds = [_round(JOBS[name], Path(options.base), number) for number in range(options.rounds + 1)][1:]
        own, base = (_median(costs) for costs in zip(*rounds, strict=True))
        ratios = sorted(ours.cpu_s / theirs.cpu_s for ours, theirs in rounds)
        print(
            f"| {name} | {own.cpu_s:.2f} | {own.peak_mib:.0f} | {base.cpu_s:.2f} | {base.peak_mib:.0f} "
            f"| {statistics.median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f}) |",
            flush=True,
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", required=True, help="checkout to compare with")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--jobs", nargs="*", choices=JOBS, help="default: all")
    return parser.parse_args()


def _round(job: Job, base: Path, number: int) -> tuple[Cost, Cost]:
    """Run a job in both checkouts, in changing order."""
    costs: dict[str, Cost] = {}
    for name in sorted(("base", "own"), reverse=bool(number % 2)):
        costs[name] = _run(job.code, base if name == "base" else OWN, fresh=job.fresh)
    return costs["own"], costs["base"]


def _run(code: str, checkout: Path, *, fresh: bool) -> Cost:
    """Run code in a process of its own, with the package of a checkout; what it prints is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "PYTHONPATH": str(checkout / "src"),
            "OPENBLAS_NUM_THREADS": "1",  # a waiting thread of BLAS spins, and counts
            **({"NUMBA_CACHE_DIR": folder} if fresh else {}),
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # bytecode is one of the caches
        command = [sys.executable, "-c", code]
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.DEVNULL)  # noqa: S603  # our own words
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{checkout}: the job ended with {process.returncode}: {code}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _median(costs: tuple[Cost, ...]) -> Cost:
    return Cost(*(statistics.median(column) for column in zip(*costs, strict=True)))


if __name__ == "__main__":
    main()
