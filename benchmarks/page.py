"""Measure the explorer's page: bytes, Python seconds, and milliseconds in Chromium.

``python benchmarks/page.py`` prints a Markdown table. Ready is the end of loading, first tab of a fresh
browser; recolour is the median over all routes of choosing one and laying the page out. A second table is
that of the explorer: a tap closes a state of the way, or opens it again, and the page is laid out.
"""

from __future__ import annotations

import itertools
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from cacorridor import compare_corridors, explorer, load_network, map_routes
from cacorridor.views.report.report import build_report

if TYPE_CHECKING:
    from cacorridor import Network

READY = "() => performance.getEntriesByType('navigation')[0].domComplete"
RECOLOUR = """() => { const choice = document.getElementById('cac-choice');
  return [...choice.options].map((option, index) => {
    const start = performance.now(); choice.value = String(index);
    choice.dispatchEvent(new Event('change')); document.body.getBoundingClientRect();
    return performance.now() - start; }); }"""
WRITTEN = "html.cac-live .cac-sheet:not([aria-busy])"
TAP = """at => {
  const shut = [...document.querySelectorAll('#cac-prices table:first-of-type button')];
  const again = document.querySelector('.cac-chip');
  const button = again && (at % 3 === 2 || shut.length === 0) ? again : shut[at % shut.length];
  const start = performance.now(); button.click(); document.body.getBoundingClientRect();
  return performance.now() - start; }"""
TAPS = 12
PANDAS = "import pandas, time; print(time.process_time())"
ROUTES = """() => { const places = window.cacorridor.places();
  const start = performance.now(); const pairs = 200;
  for (let at = 0; at < pairs; at += 1) {
    const end = (at * 7 + 3) % places.length;
    window.cacorridor.route(places[(at * 3) % places.length], places[end]); }
  return (performance.now() - start) / pairs; }"""
RUNS = 3


def main() -> None:
    """Measure the report, and maps of 10 and 200 routes."""
    network = load_network()
    comparisons = compare_corridors(network)
    routes = [route for comparison in comparisons for route in comparison.routes]
    many = [replace(route, name=f"{route.name} {n}") for n, route in _take(routes, 200)]
    still: dict[str, Any] = {"years": (), "levels": ()}
    pages = {
        "report, all switches": lambda: build_report(network, comparisons),
        "10 routes, years and levels": lambda: map_routes(network, many[:10]).html(),
        "10 routes, no switches": lambda: map_routes(network, many[:10], **still).html(),
        "200 routes, no switches": lambda: map_routes(network, many, **still).html(),
    }
    print("| page | kB | Python, s | ready, ms | recolour, ms |\n|---|---|---|---|---|")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, make in pages.items():
            start = time.perf_counter()
            text = make()
            seconds = time.perf_counter() - start
            path = Path(folder) / "page.html"
            path.write_text(text, encoding="utf-8")
            ready, recolour = zip(*(_open(chromium, path) for _ in range(RUNS)), strict=True)
            size = len(text.encode()) / 1000
            print(f"| {name} | {size:.0f} | {seconds:.1f} | {min(ready):.0f} | {min(recolour):.0f} |")
        _explorer(network, chromium, Path(folder) / "explorer.html")
        chromium.close()


def _explorer(network: Network, chromium: Any, path: Path) -> None:
    """Measure the page that searches itself: the least of several runs, as others use the machine too."""
    start = time.process_time()
    explorer(network, origin="Moscow", destination="Osh").save(path)
    seconds = time.process_time() - start
    # the speed of a shared machine varies: beside what everybody waits for
    pandas = float(subprocess.check_output([sys.executable, "-c", PANDAS], text=True))  # noqa: S603
    runs = []
    for _ in range(RUNS):
        page = chromium.new_page(viewport={"width": 1280, "height": 800})
        page.goto(path.as_uri())
        page.locator(WRITTEN).wait_for(state="attached")
        ready = page.evaluate("performance.getEntriesByName('cacorridor-ready')[0].startTime")
        runs.append((ready, *_taps(page), page.evaluate(ROUTES)))
        page.close()
    ready, tap, cpu, route = map(min, zip(*runs, strict=True))
    print("\n| explorer | kB | CPU, s | x import pandas | ready, ms | a tap, ms | CPU, ms | a question, ms |")
    print("|---|---|---|---|---|---|---|---|")
    size = path.stat().st_size / 1000
    print(
        f"| all places | {size:.0f} | {seconds:.1f} | {seconds / pandas:.1f} | {ready:.0f} "
        f"| {tap:.0f} | {cpu:.0f} | {route:.1f} |"
    )


def _taps(page: Any) -> tuple[float, float]:
    """Tap until the answer is laid out; return the medians by the clock, and by that of the page's thread."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(1000 * each["value"] for each in metrics if each["name"] == "TaskDuration")

    times = []
    for at in range(TAPS):
        page.locator(WRITTEN).wait_for(state="attached")
        start = busy()
        times.append((page.evaluate(TAP, at), busy() - start))
    tap, cpu = map(statistics.median, zip(*times, strict=True))
    return tap, cpu


def _take(routes: list[Any], count: int) -> list[tuple[int, Any]]:
    return list(enumerate(itertools.islice(itertools.cycle(routes), count)))


def _open(chromium: Any, path: Path) -> tuple[float, float]:
    """Open a page in a tab of its own; return the time until it is ready and to recolour it."""
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(path.as_uri())
    times = page.evaluate(READY), statistics.median(page.evaluate(RECOLOUR))
    page.close()
    return times


if __name__ == "__main__":
    main()
