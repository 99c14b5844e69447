"""The wheel carries the data: installed alone, away from the checkout, it does the main job."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.mark.package
def test_the_wheel_holds_its_data_and_writes_the_report(tmp_path):
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    build = [
        *pip,
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(tmp_path),
        str(CHECKOUT),
    ]
    subprocess.run(build, check=True)
    (wheel,) = tmp_path.glob("cacorridor-*.whl")
    site = tmp_path / "site"
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--target", str(site), str(wheel)], check=True)
    program = (
        f"import sys; sys.path.insert(0, {str(site)!r})\n"
        "import cacorridor\n"
        f"assert cacorridor.__file__.startswith({str(site)!r}), cacorridor.__file__\n"
        "from cacorridor.cli import main\n"
        "sys.exit(main(['report', '-o', 'report.html']))"
    )
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "report.html").stat().st_size > 100_000
