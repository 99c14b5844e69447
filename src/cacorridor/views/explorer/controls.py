"""Write what a reader chooses with: route, second route, year, service level, month, language."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from cacorridor.views.markup import Html, spoken, tag
from cacorridor.views.text import MONTHS
from cacorridor.views.words.phrases import phrase_of, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cacorridor.views.explorer.payload import MapRoute
    from cacorridor.views.words.phrases import Part

MANY_ROUTES = 12  # from which the list of routes has a search
MOST_TICKS = 12  # years that have room below the slider
LANGUAGES = (("en", "English"), ("ru", "\u0420\u0443\u0441\u0441\u043a\u0438\u0439"), ("zh", "\u4e2d\u6587"))


def route_choice(headings: Sequence[Part], groups: Sequence[Sequence[MapRoute]]) -> Html:
    """Offer the routes, grouped by comparison, a second one to set beside the first, and the answer."""
    # the first route is the one that the page tells of, the second is set beside it
    first = _labelled_select("cac-choice", "Route", _route_options(headings, groups))
    none = _option(say("no other route"))
    second = _labelled_select("cac-second", "Compare with", [none])  # the script adds the routes
    several = sum(map(len, groups)) > 1
    status = tag("p", id="cac-status", class_="cac-status", aria_live="polite")
    selects = tag("div", first, second if several else "", class_="cac-selects")
    search = _route_search() if sum(map(len, groups)) >= MANY_ROUTES else ""
    return tag("div", search, selects, status, class_="cac-choice cac-needs-script")


def _route_search() -> Html:
    """Offer a search that shortens the lists of routes; what it finds is counted."""
    box = {"type": "search", "autocomplete": "off", "aria_describedby": "cac-found"}
    return tag(
        "div",
        tag("label", say("Find a route"), for_="cac-filter"),
        tag("input", id="cac-filter", **box),
        tag("output", id="cac-found", for_="cac-filter", class_="cac-note"),
        class_="cac-select cac-find",
    )


def _route_options(headings: Sequence[Part], groups: Sequence[Sequence[MapRoute]]) -> list[Html]:
    # numbers go on from group to group: the script knows a route by its place among all of them
    numbers = itertools.count()
    options = [_numbered_options(group, numbers) for group in groups]
    if len(groups) == 1:
        return options[0]
    return [tag("optgroup", *group, label=heading) for heading, group in zip(headings, options, strict=True)]


def _numbered_options(group: Sequence[MapRoute], numbers: Iterator[int]) -> list[Html]:
    return [_option(drawn.label, number) for drawn, number in zip(group, numbers, strict=False)]


def _option(part: Part, key: object = "") -> Html:
    return tag("option", str(part), value=key, **spoken(part))


def switches(payload: dict[str, Any]) -> Html:
    """Offer the conditions that were asked, and the languages of the page."""
    # a switch with one position is none: it is left out
    months = list(dict.fromkeys(month for _, _, month in payload["conditions"] if month is not None))
    parts = [
        _year_slider(payload["years"]) if len(payload["years"]) > 1 else "",
        _level_select(payload["levels"], payload["level"]) if len(payload["levels"]) > 1 else "",
        _month_select(months) if months else "",
        _labelled_select(
            "cac-language", "Language", [tag("option", name, value=key) for key, name in LANGUAGES]
        ),
        tag("p", id="cac-note", class_="cac-note", aria_live="polite"),
    ]
    return tag("div", *filter(None, parts), class_="cac-switches cac-needs-script")


def _year_slider(years: Sequence[int | None]) -> Html:
    """Offer the years as the stops of a slider; its first stop leaves each route in its own year."""
    # years lie at equal distances, though not each of them is there: the ticks name the stops
    slider = {"id": "cac-year", "type": "range", "min": 0, "max": len(years) - 1, "step": 1, "value": 0}
    ticks = [tag("span", _tick(years, stop)) for stop in range(len(years))]
    label = tag(
        "label", say("Year"), " ", tag("output", id="cac-year-shown", for_="cac-year"), for_="cac-year"
    )
    player = tag("button", say("Play the years"), type="button", id="cac-play")
    return tag(
        "div",
        tag("div", label, player, class_="cac-years-head"),
        tag("input", **slider, autocomplete="off"),
        tag("div", *ticks, class_="cac-ticks", aria_hidden="true"),
        class_="cac-years",
    )


def _tick(years: Sequence[int | None], stop: int) -> Part:
    """Name a stop of the slider; of many years only some have room, the first and the last among them."""
    last, step = len(years) - 1, -(-len(years) // MOST_TICKS)
    if years[stop] is None:
        return say("now")
    return str(years[stop]) if stop == last or (stop % step == 0 and last - stop >= step) else ""


def _level_select(levels: Sequence[str | None], shared: str) -> Html:
    """Offer the service levels; the first is the one that the routes were asked under."""
    options = [
        _option(phrase_of(level or shared or "each its own"), number) for number, level in enumerate(levels)
    ]
    return _labelled_select("cac-level", "Service", options)


def _month_select(months: Sequence[int]) -> Html:
    options = [_option(phrase_of(MONTHS[month - 1]), month) for month in months]
    return _labelled_select("cac-month", "Month", [_option(say("any")), *options])


def _labelled_select(key: str, label: str, options: Sequence[Html]) -> Html:
    select = tag("select", *options, id=key, autocomplete="off")
    return tag("div", tag("label", phrase_of(label), for_=key), select, class_="cac-select")
