"""The public list, and what importing it costs."""

from __future__ import annotations

import dataclasses
import inspect
import re
import subprocess
import sys
import typing
from importlib.util import find_spec

import pytest

import cacorridor
from cacorridor.costs.loads import LOADS
from cacorridor.costs.measures import criteria
from cacorridor.network.schema import CLOCKS, SERVICE_LEVELS

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


EXTERNAL = {  # words of annotations that are not ours
    "Any", "Axes", "Callable", "Collection", "DataFrame", "False", "GeoDataFrame", "Iterable",
    "Literal", "Mapping", "None", "Pair", "PathLike", "Sequence", "True", "bool", "borders",
    "cacorridor", "carbon", "crossings", "dict", "dwell", "fee", "float", "fuel", "gpd", "headway",
    "int", "list", "ndarray", "np", "os", "pd", "self", "states", "str", "tariff", "tuple",
    "value_of_time",
}  # fmt: skip


def _functions() -> list[str]:
    return [name for name in cacorridor.__all__ if inspect.isfunction(getattr(cacorridor, name))]


@pytest.mark.parametrize("name", _functions())
def test_a_public_function_spells_out_its_options_and_names_public_types(name: str) -> None:
    signature = inspect.signature(getattr(cacorridor, name))
    kinds = {each.kind for each in signature.parameters.values()}
    assert name == "for_pairs" or inspect.Parameter.VAR_KEYWORD not in kinds  # it passes them on
    annotations = [each.annotation for each in signature.parameters.values()] + [signature.return_annotation]
    words = {word for text in annotations for word in re.findall(r"[A-Za-z_]\w*", str(text))}
    assert words - EXTERNAL <= set(cacorridor.__all__)


@pytest.mark.parametrize(("method", "function"), [("explore", "map_routes"), ("plot", "plot_tcd")])
def test_a_route_draws_itself_with_the_options_of_the_function(method: str, function: str) -> None:
    own, others = (
        {
            each.name: each.default
            for each in inspect.signature(drawn).parameters.values()
            if each.kind is each.KEYWORD_ONLY
        }
        for drawn in (getattr(cacorridor.Route, method), getattr(cacorridor, function))
    )
    assert own == others


def test_conditions_are_described_once() -> None:
    told = inspect.signature(cacorridor.bypass).parameters
    names = {field.name for field in dataclasses.fields(cacorridor.Conditions)}
    assert names == set(cacorridor.ConditionOptions.__annotations__)
    assert names <= set(told)
    assert told["level"].default == cacorridor.Conditions().level
    assert typing.get_args(cacorridor.Level) == SERVICE_LEVELS
    assert set(typing.get_args(cacorridor.Criterion)) == set(criteria())
    assert typing.get_args(cacorridor.LoadName) == tuple(LOADS)
    assert typing.get_args(cacorridor.Clock) == CLOCKS


def test_an_error_shows_the_users_own_lines_in_a_notebook() -> None:
    cell = compile("\n\nraise_it()", "<ipython-input-7>", "exec")

    error = cacorridor.UsageError("no such thing")

    def fail() -> None:
        raise error

    with pytest.raises(cacorridor.UsageError):
        exec(cell, {"raise_it": fail})  # noqa: S102  # our own text
    *frames, last = error._render_traceback_()
    assert last == "UsageError: no such thing"
    assert len(frames) == 1
    assert '"<ipython-input-7>", line 3' in frames[0]
