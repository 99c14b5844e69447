"""Explain the colours, marks and lines of the map; the script shows what the view holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cacorridor.views.explorer import payload
from cacorridor.views.markup import Html, tag
from cacorridor.views.words.phrases import phrase_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cacorridor.network.model import Network
    from cacorridor.views.explorer.payload import MapRoute

# patterns beside colours, so that crossed and bypassed can be told apart without them
PATTERNS = Html(
    '<svg class="cac-patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    '<pattern id="cac-hatch" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)">'
    '<rect class="cac-ground" width="7" height="7"/><rect class="cac-stroke" width="2" height="7"/></pattern>'
    '<pattern id="cac-dots" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect class="cac-ground" width="7" height="7"/>'
    '<circle class="cac-stroke" cx="3.5" cy="3.5" r="1.3"/></pattern>'
    "</defs></svg>"
)
STATES = (  # a relation as the script and the style call it, and what a reader is told
    ("crossed", "state crossed"),
    ("touched", "touched: run through without a border stop"),
    ("bypassed", "bypassed: on the best way, not on this one"),
    ("other", "other state"),
)
NOT_OPEN = (("c", "under construction"), ("p", "planned"))
# shapes differ as colours do: square, triangle, circle, diamond
MARKS = (
    (
        "border",
        '<rect x="9" y="1.5" width="11" height="11" class="cac-mark cac-border"/>',
        "border crossing point",
    ),
    ("port", '<path d="M15 1L22 13H8Z" class="cac-mark cac-port"/>', "port"),
    ("hub", '<circle cx="15" cy="7" r="5" class="cac-mark cac-hub"/>', "origin, destination, hub"),
    (
        "transfer",
        '<path d="M15 0L22 7L15 14L8 7Z" class="cac-mark cac-transfer"/>',
        "change of mode or gauge",
    ),
)


def legend(network: Network, drawn: Iterable[MapRoute]) -> Html:
    """Explain the signs that the routes may use, by groups: states, lines, marks."""
    links = payload.links_of(network, [route.route for route in drawn])
    modes = {mode["id"]: mode for mode in network.rows("modes")}
    # a line for each mode that some route uses; the script hides what the view does not hold
    lines = [
        *(
            _line_sample(f"mode-{mode}", modes[mode], modes[mode]["label"])
            for mode in dict.fromkeys(link["mode"] for link in links)
        ),
        _line_sample("hollow", None, "not open yet (hollow)"),
        _sample("second", '<path d="M1 7H29" class="cac-second"/>', "route compared with"),
        _rival_sample("rival", "o", "another route"),
        *(_rival_sample(f"rival-{letter}", letter, text) for letter, text in NOT_OPEN),
    ]
    states = [_state_sample(relation, meaning) for relation, meaning in STATES]
    marks = [_sample(key, mark, meaning) for key, mark, meaning in MARKS]
    return tag(
        "div",
        *(tag("ul", *samples) for samples in (states, lines, marks)),
        tag("p", class_="cac-told", role="status"),
        class_="cac-legend",
        role="group",
        aria_label="Legend",
        data_t_label=True,
    )


def _rival_sample(key: str, status: str, text: str) -> Html:
    return _sample(key, f'<path d="M1 7H29" class="cac-rival" data-status="{status}"/>', text)


def _sample(key: str, drawing: str, text: str) -> Html:
    # the picture says nothing that the words beside it do not: screen readers skip it
    box = {"width": 30, "height": 14, "viewBox": "0 0 30 14", "focusable": "false"}
    svg = tag("svg", Html(drawing), **box, aria_hidden="true")
    button = tag("button", svg, tag("span", phrase_of(text)), type="button", aria_pressed="false")
    return tag("li", button, data_sign=key)


def _state_sample(relation: str, text: str) -> Html:
    return _sample(
        relation,
        f'<rect width="28" height="13" x="1" y=".5" class="cac-state" data-relation="{relation}"/>',
        text,
    )


def _line_sample(key: str, mode: Any, text: str) -> Html:
    """Draw a line of a mode, or a hollow one for what is not open yet."""
    # hollow: a dark line with a light one in it; else a halo keeps the line apart from the ground
    path: dict[str, Any] = {"d": "M1 7H29", "class_": "cac-line", "stroke_width": 4}
    if mode is None:
        hollow = tag("path", d="M1 7H29", class_="cac-hollow", stroke_width=2)
        return _sample(key, tag("path", **path, stroke="#3b4754") + hollow, text)
    halo = tag("path", d="M1 7H29", class_="cac-halo")
    drawn = tag("path", **path, stroke=mode["colour"], stroke_dasharray=mode["dash"] or None)
    return _sample(key, halo + drawn, text)
