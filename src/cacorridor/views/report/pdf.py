"""Print a page to PDF with the Chromium of the machine; nothing is downloaded."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from cacorridor.errors import UsageError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE_S = 180  # a report of 1 MB takes about 5 s


def write_pdf(html_path: str | os.PathLike[str], pdf_path: str | os.PathLike[str]) -> None:
    """Print an HTML file to a PDF file on A4, whole or not at all; directories are made.

    Parameters
    ----------
    html_path
        The page.
    pdf_path
        The file to write.

    Raises
    ------
    UsageError
        If the page does not exist, no Chromium is on the path, or it could not print.

    """
    page, target = Path(html_path), Path(pdf_path)
    if not page.is_file():
        raise UsageError(f"{page}: no such page to print")
    browser = _find_browser()
    target.parent.mkdir(parents=True, exist_ok=True)

    # printed beside the target and then moved there: a failed run leaves an earlier file as it was
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".pdf-") as scratch:
        printed = Path(scratch) / "page.pdf"
        _print(browser, page.resolve().as_uri(), printed, Path(scratch) / "profile")
        printed.replace(target)


def _find_browser() -> str:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise UsageError(f"a PDF needs a browser on the path: {', '.join(BROWSERS)}; none was found")
    return browser


def _print(browser: str, address: str, printed: Path, profile: Path) -> None:
    """Run the browser once, without a window, with a profile of its own and no way to the network."""
    command = [
        browser,
        "--headless",
        "--disable-gpu",
        "--no-first-run",
        "--no-pdf-header-footer",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={profile}",
        f"--print-to-pdf={printed}",
        *(["--no-sandbox"] if _is_root() else []),  # Chromium refuses to run as root within its sandbox
        address,
    ]
    try:
        ended = subprocess.run(  # noqa: S603  # a list, no shell; the browser is from the path
            command, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise UsageError(f"{browser} did not print within {PATIENCE_S} s") from None

    # what counts is the file, whatever the browser says of itself
    if not printed.is_file() or not printed.read_bytes().startswith(b"%PDF"):
        last = ended.stderr.strip().splitlines()[-1:] or ["no message"]
        raise UsageError(f"{browser} printed nothing: {last[0]}")


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
