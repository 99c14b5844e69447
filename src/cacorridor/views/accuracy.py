"""How good the hours are: what the validation found on journeys that the model had not seen, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.validation.quality import hours_quality
from cacorridor.views import text
from cacorridor.views.words.phrases import say

if TYPE_CHECKING:
    from cacorridor.network.model import Network
    from cacorridor.views.words.phrases import Phrase


def describe_accuracy(network: Network) -> Phrase | None:
    """Say how often the ranges held; nothing of tables that were never judged, or changed since.

    Parameters
    ----------
    network
        What is shown.

    Returns
    -------
    Phrase or None
        One line.

    """
    quality = None if network.edited else hours_quality(network)
    if quality is None:
        return None
    # per cent stands once, behind the three shares
    inside = (
        text.per_cent(share).removesuffix("%") for share in (quality.in_50, quality.in_80, quality.in_95)
    )
    return say(
        "How good are the hours? Of {journeys} journeys that the model had not seen, {shares} % fell into "
        "its ranges of 50, 80 and 95 %; its bias is {bias}, its error {ratio} of that of the plain rule of "
        "kilometres a day.",
        journeys=str(quality.journeys),
        shares=tuple(inside),
        bias=text.per_cent(quality.bias_log).replace("-", text.MINUS),
        ratio=text.fixed(quality.error_ratio, 2),
    )
