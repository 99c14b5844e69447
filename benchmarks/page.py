"""Measure the explorer's page: bytes, Python seconds, and milliseconds in Chromium.

``python benchmarks/page.py`` prints a Markdown table. Ready is the end of loading, first tab of a fresh
browser; recolour is the median over all routes of choosing one and laying the page out.
"""

from __future__ import annotations

import itertools
import shutil
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from cacorridor import compare_corridors, load_network, map_routes
from cacorridor.views.report.report import build_report

READY = "() => performance.getEntriesByType('navigation')[0].domComplete"
RECOLOUR = """() => { const choice = document.getElementById('cac-choice');
  return [...choice.options].map((option, index) => {
    const start = performance.now(); choice.value = String(index);
    choice.dispatchEvent(new Event('change')); document.body.getBoundingClientRect();
    return performance.now() - start; }); }"""
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
        chromium.close()


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
