"""What can be typed: lists, aliases, help, errors."""

from __future__ import annotations

import subprocess
import sys


def test_our_own_errors_take_one_line(ask):
    _, _, err = ask("route", "A1", "Cc1")
    assert err.count("\n") == 1


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from cacorridor.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'geopandas', 'networkx', 'folium', 'numpy', 'shapely'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "route" in done.stdout


def test_python_m_runs_the_same_command():
    done = subprocess.run(
        [sys.executable, "-m", "cacorridor", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("cacorridor ")
