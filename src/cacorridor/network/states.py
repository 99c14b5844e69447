"""What a text for a state means: a code of three or two letters, or a name in English, Russian or Chinese."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from cacorridor.errors import UsageError
from cacorridor.network.spelling import fold_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cacorridor.network.model import Network

LANGUAGES = ("en", "ru", "zh")
OTHER_NAMES = {"TUR": ("Turkey",), "RUS": ("Russian Federation",), "CZE": ("Czech Republic",)}
SIMILAR = 0.7  # share of matching letters above which a name is offered as nearest
LISTED = 12  # states that an error lists at most


def resolve_state(network: Network, text: str) -> str:
    """Find the state that a text means.

    Parameters
    ----------
    network
        Its states are those of ``network.states``.
    text
        ISO 3166-1 alpha-3 or alpha-2, in any case, or a name in English, Russian or Chinese as the Unicode
        Common Locale Data Repository has it.

    Returns
    -------
    str
        The alpha-3 code.

    Raises
    ------
    UsageError
        With the names most like it.

    """
    if not isinstance(text, str):
        raise UsageError(f"a state is named by text, not by {type(text).__name__} {str(text)[:40]!r}")
    state = match_state(network, text)
    if state is None:
        shown = text if len(text) <= 80 else f"{text[:77]}..."
        raise UsageError(f"unknown state {shown!r}; {_offer(network, text)}")
    return state


def match_state(network: Network, text: str) -> str | None:
    """Find the state that a text means, or None."""
    code = text.strip().upper()
    if code in network.state_names:
        return code
    return _spellings(network).get(fold_name(text))


def _spellings(network: Network) -> Mapping[str, str]:
    """Return the states by folded alpha-2 code and name; the network keeps them."""
    key = resolve_state
    if key not in network.derived:
        network.derived[key] = _read_spellings(network)
    kept: Mapping[str, str] = network.derived[key]
    return kept


def _read_spellings(network: Network) -> dict[str, str]:
    from babel.core import Locale, get_global  # only where a code of three letters does not do

    alpha2 = get_global("territory_aliases")  # the overlong codes of territories, and what stands for them
    territories = [Locale.parse(language).territories for language in LANGUAGES]
    spellings: dict[str, str] = {}
    for state in network.state_names:
        short = (alpha2.get(state) or [""])[0]
        # the code of two letters before names; the first state with a spelling keeps it
        names = [names.get(short, "") for names in territories]
        for text in (short, network.state_name(state), *OTHER_NAMES.get(state, ()), *names):
            if folded := fold_name(text):
                spellings.setdefault(folded, state)
    return spellings


def _offer(network: Network, text: str) -> str:
    """Say what is most like a text, or what is allowed."""
    # the likeliest, else all if they are few, else what a state may be called
    states = sorted(network.state_names)
    close = difflib.get_close_matches(fold_name(text), _spellings(network), n=6, cutoff=SIMILAR)
    nearest = dict.fromkeys(_spellings(network)[spelling] for spelling in close)
    if nearest:
        return f"nearest: {', '.join(f'{network.state_name(state)} ({state})' for state in nearest)}"
    if len(states) <= LISTED:
        return f"allowed: {', '.join(states)}"
    return "allowed: ISO 3166-1 codes and names, such as KAZ or Kazakhstan"
