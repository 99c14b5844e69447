"""The public list, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

import cacorridor

HEAVY = ("folium", "geopandas", "matplotlib", "networkx", "numpy", "pandas", "pyproj", "scipy", "shapely")


def modules_after(statement: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after a statement."""
    code = f"{statement}; import sys; print(*sys.modules)"
    done = subprocess.run(  # our own interpreter and words
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_importing_the_package_loads_nothing_heavy() -> None:
    loaded = modules_after("import cacorridor")
    assert "cacorridor" in loaded
    assert not loaded & set(HEAVY)


def test_an_error_can_be_named_without_loading_anything_heavy() -> None:
    assert not modules_after("import cacorridor; cacorridor.DataError") & set(HEAVY)


def test_the_network_knows_no_graph_library() -> None:
    assert "networkx" not in modules_after("import cacorridor.network.io, cacorridor.network.checks.rules")


def test_analysis_draws_nothing() -> None:
    loaded = modules_after("import cacorridor.routing.comparison, cacorridor.validation.claims")
    assert not loaded & {"folium", "branca", "matplotlib"}


@pytest.mark.parametrize("name", cacorridor.__all__)
def test_every_public_name_is_there(name: str) -> None:
    home = cacorridor._HOME.get(name)
    if home and find_spec(f"cacorridor.{home}") is None:
        pytest.fail(f"cacorridor.{home}, the home of {name}, does not exist")
    assert getattr(cacorridor, name)


def test_the_public_list_is_what_dir_shows() -> None:
    assert dir(cacorridor) == sorted(cacorridor.__all__)
    assert len(set(cacorridor.__all__)) == len(cacorridor.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'find_rout'"):
        _ = cacorridor.find_rout
