"""How good the hours are: what the validation found on journeys that the model had not seen."""

from __future__ import annotations

import functools
import importlib.resources
import json
from typing import TYPE_CHECKING, Any

from cacorridor.views import text
from cacorridor.views.words.phrases import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cacorridor.network.model import Network
    from cacorridor.views.words.phrases import Phrase

FILE = "accuracy.json"  # written by tools.pages.validate beside docs/validation.md


def describe_accuracy(network: Network) -> Phrase | None:
    """Say how often the ranges held; nothing of tables that were not validated."""
    found = _accuracy()
    if network.version != found["version"] or network.edited:
        return None
    inside = (text.share(found[name]).removesuffix("%") for name in ("in_50", "in_80", "in_95"))
    return say(
        "How good are the hours? Of {journeys} journeys that the model had not seen, {shares} % fell into "
        "its ranges of 50, 80 and 95 %; its bias is {bias}, its error {ratio} of that of the plain rule of "
        "kilometres a day.",
        journeys=str(found["journeys"]),
        shares=tuple(inside),
        bias=text.share(found["bias"]),
        ratio=text.fixed(found["ratio"], 2),
    )


@functools.cache
def _accuracy() -> Mapping[str, Any]:
    content: dict[str, Any] = json.loads(
        (importlib.resources.files(__package__) / FILE).read_text(encoding="utf-8")
    )
    return content
