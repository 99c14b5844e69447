"""Take the pictures of maps/ from the real pages: ``python -m tools.pages.pictures``."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from cacorridor import compare_corridors, load_network
from cacorridor.views.report.report import build_report

FOLDER = Path(__file__).parents[2] / "maps"
NEW = "through-kyrgyzstan-by-the-new-railway-from-about-2030"
CASPIAN = "over-the-caspian-turkmenistan-and-uzbekistan"


class Picture(NamedTuple):
    """What is photographed: file, address of the view, size of the window, and what is cut out."""

    name: str
    fragment: str
    size: tuple[int, int] = (1280, 900)
    part: str = ".cac-explorer"


PICTURES = (
    Picture("report", f"#{CASPIAN}"),
    Picture("year-2026", f"#{NEW}&year=2026"),
    Picture("year-2031", f"#{NEW}&year=2031&compare=through-kazakhstan-by-rail-khorgos"),
    Picture("russian", f"#{CASPIAN}&lang=ru", (390, 844)),
)


def main() -> None:
    """Build the report once and photograph its views."""
    network = load_network()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.html"
        path.write_text(build_report(network, compare_corridors(network)), encoding="utf-8")
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for picture in PICTURES:
            width, height = picture.size
            page = chromium.new_page(viewport={"width": width, "height": height})
            page.goto(path.as_uri() + picture.fragment)
            page.locator(picture.part).screenshot(path=FOLDER / f"{picture.name}.png")
            page.close()
            print(f"maps/{picture.name}.png")
        chromium.close()


if __name__ == "__main__":
    main()
