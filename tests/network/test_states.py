"""What texts for states mean."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from cacorridor import UsageError
from cacorridor.network.states import resolve_state
from tests.networks import toy_network

if TYPE_CHECKING:
    from cacorridor import Network


@pytest.mark.parametrize(
    "text", ["KAZ", "kaz", " Kaz ", "KZ", "kz", "Kazakhstan", "KAZAKHSTAN", "Казахстан", "哈萨克斯坦"]
)
def test_a_state_has_codes_and_names(net: Network, text: str) -> None:
    assert resolve_state(net, text) == "KAZ"


@pytest.mark.parametrize("text", ["Türkiye", "turkiye", "Turkey", "Турция", "土耳其", "TR"])
def test_old_and_new_names_mean_the_same(net: Network, text: str) -> None:
    assert resolve_state(net, text) == "TUR"


def test_every_state_is_found_by_its_name_in_the_data(net: Network) -> None:
    names = net.states["name"]
    assert {state: resolve_state(net, name) for state, name in names.items()} == {
        state: state for state in names.index
    }


def test_an_unknown_state_is_refused_with_the_nearest(net: Network) -> None:
    with pytest.raises(UsageError, match=r"unknown state 'Kazakstan'; nearest: Kazakhstan \(KAZ\)"):
        resolve_state(net, "Kazakstan")


@pytest.mark.parametrize("text", ["", "ZZZ", "!", "x" * 5000])
def test_what_is_like_no_state_is_refused_in_one_short_line(net: Network, text: str) -> None:
    with pytest.raises(UsageError, match="unknown state") as caught:
        resolve_state(net, text)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize("text", [None, 5, ("KAZ",), b"KAZ"])
def test_a_state_is_text(net: Network, text: Any) -> None:
    with pytest.raises(UsageError, match="named by text"):
        resolve_state(net, text)


def test_states_of_a_network_of_ones_own() -> None:
    toy = toy_network()
    assert resolve_state(toy, "State BBB") == "BBB"
    with pytest.raises(UsageError, match="allowed: AAA, BBB, CCC, DDD"):
        resolve_state(toy, "ZZ")


def test_codes_of_three_letters_do_not_read_the_names_of_states() -> None:
    code = (
        "import sys\n"
        "from tests.networks import toy_network\n"
        "from cacorridor.network.states import resolve_state\n"
        "assert resolve_state(toy_network(), 'aaa') == 'AAA'\n"
        "sys.exit('babel' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
