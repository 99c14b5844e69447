"""Explain the colours, marks and lines of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cacorridor.views.explorer import payload
from cacorridor.views.markup import Html, tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cacorridor.network.model import Network
    from cacorridor.views.explorer.payload import MapRoute

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


def legend(network: Network, drawn: Iterable[MapRoute]) -> Html:
    """Explain the colours, marks and lines that the routes use."""
    routes = [item.route for item in drawn]
    links = payload.links_of(network, routes)
    items = [_state_sample("crossed", "state crossed")]
    if any(route.touches for route in routes):
        items.append(_state_sample("touched", "touched: run through without a border stop"))
    items.append(_state_sample("bypassed", "bypassed: another route crosses it"))
    items.append(_state_sample("other", "other state"))
    modes = network.table("modes")
    items += [_line_sample(modes.loc[mode], str(modes["label"][mode])) for mode in links["mode"].unique()]
    items.append(_rival_sample("o", "another route"))
    if (links["status"] != "operational").any():
        items.append(_line_sample(None, "not open yet (hollow)"))
        items += [_rival_sample(letter, text) for letter, text in _NOT_OPEN]
    if len(routes) > 1:
        items.append(_sample('<path d="M1 7H29" class="cac-second"/>', "route compared with"))
    items += [_sample(mark, text) for mark, text in _MARKS]
    return tag("ul", *items, class_="cac-legend", aria_label="Legend")


_NOT_OPEN = (("c", "under construction"), ("p", "planned"))
_MARKS = (
    ('<rect x="9" y="1.5" width="11" height="11" class="cac-mark cac-border"/>', "border crossing point"),
    ('<path d="M15 1L22 13H8Z" class="cac-mark cac-port"/>', "port"),
    ('<circle cx="15" cy="7" r="5" class="cac-mark cac-hub"/>', "origin, destination, hub"),
    ('<path d="M15 0L22 7L15 14L8 7Z" class="cac-mark cac-transfer"/>', "change of mode or gauge"),
)


def _rival_sample(status: str, text: str) -> Html:
    return _sample(f'<path d="M1 7H29" class="cac-rival" data-status="{status}"/>', text)


def _sample(drawing: str, text: str) -> Html:
    box = {"width": 30, "height": 14, "viewBox": "0 0 30 14", "focusable": "false"}
    svg = tag("svg", Html(drawing), **box, aria_hidden="true")
    return tag("li", svg, tag("span", text))


def _state_sample(relation: str, text: str) -> Html:
    return _sample(
        f'<rect width="28" height="13" x="1" y=".5" class="cac-state" data-relation="{relation}"/>', text
    )


def _line_sample(mode: Any, text: str) -> Html:
    """Draw a line of a mode, or a hollow one for what is not open yet."""
    path: dict[str, Any] = {"d": "M1 7H29", "class_": "cac-line", "stroke_width": 4}
    if mode is None:
        hollow = tag("path", d="M1 7H29", class_="cac-hollow", stroke_width=2)
        return _sample(tag("path", **path, stroke="#3b4754") + hollow, text)
    return _sample(tag("path", **path, stroke=mode["colour"], stroke_dasharray=mode["dash"] or None), text)
