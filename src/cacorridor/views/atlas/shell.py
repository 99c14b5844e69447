"""Write the page around the map: places to choose, answer, conditions, legend; the script fills it in."""

from __future__ import annotations

import re
from typing import Any

from cacorridor.views.atlas.data import write_block
from cacorridor.views.atlas.words import LANGUAGES, read_words
from cacorridor.views.markup import Html, tag
from cacorridor.views.offline import OfflineFigure, PageParts, asset

MIDDLE = (43.0, 66.0)  # degrees; the script fits the map at once
CLOSEST_ZOOM = 10
MODULES = (  # in the order in which they need each other
    "search", "pinned", "ranges", "keys", "measures", "block", "world", "routes", "journey", "lately", "api",
    "address", "text", "session", "solving", "geometry", "fold", "combobox", "map", "labels",
    "panel", "legend", "scene", "choosing", "controls", "idle", "frame", "claims", "cards", "takeaway",
    "picture", "leaving", "years", "sheet", "main",
)  # fmt: skip
IMPORT = re.compile(r'^import (\{.*\}) from "\./(\w+)\.mjs";$', re.MULTILINE)
COMMENT = re.compile(r"^ *(?:/\*.*?\*/)\n", re.MULTILINE | re.DOTALL)
REMARK = re.compile(r" +/\*[^*\n]*\*/$", re.MULTILINE)  # behind a line
INDENT = re.compile(r"^\s+", re.MULTILINE)  # and lines with nothing on them
EXPORT = re.compile(r"^export (const|class) (\w+)", re.MULTILINE)
LANGUAGE_NAMES = ("English", "\u0420\u0443\u0441\u0441\u043a\u0438\u0439", "\u4e2d\u6587")
RELATIONS = ("end", "p0", "p1", "p2", "p3", "p4", "cut", "closed", "bypassed")
CHOICES = ("month", "level")
MARKS = ("hub", "border", "port", "transfer")
ATTRIBUTION = (
    "\u00a9 OpenStreetMap contributors (ODbL) via scgraph_data and timezone-boundary-builder; "
    "GeoNames (CC BY 4.0); Leaflet"
)
SWATCH = (
    '<svg width="22" height="14" aria-hidden="true">'
    '<rect class="cac-state" width="22" height="14" data-relation="{}"/></svg>'
)
ASSUMED_LINE = (
    '<svg width="30" height="10" aria-hidden="true"><path d="M0 5H30" stroke="#3d3d3d" stroke-width="4.5"/>'
    '<path d="M0 5H30" stroke="#fff" stroke-width="1.6" stroke-dasharray="2 5"/></svg>'
)
SHUT_LINE = (
    '<svg width="30" height="10" aria-hidden="true">'
    '<path d="M0 5H30" stroke="#8c1d18" stroke-width="3" stroke-dasharray="3 6"/></svg>'
)
PATTERNS = Html(
    '<svg class="cac-patterns" aria-hidden="true" focusable="false"><defs>'
    '<pattern id="cac-cut" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="7" height="7" fill="#e6b1a5"/><rect width="2" height="7" fill="#7a1f1f"/></pattern>'
    '<pattern id="cac-shut" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<rect width="8" height="8" fill="#d7d7da"/><path d="M0 0L8 8M8 0L0 8" stroke="#4a4d55"/></pattern>'
    '<pattern id="cac-round" width="8" height="8" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(-45)"><rect width="8" height="8" fill="#efe6f4"/>'
    '<rect width="1.6" height="8" fill="#7d5599"/></pattern>'
    "</defs></svg>"
)


def render_explorer(page: dict[str, Any], title: str, about: str) -> str:
    """Render the page of one block of data; ``about`` describes it in one sentence."""
    import folium

    # one figure: the map between the question above it and the sheet below
    parts = PageParts(
        title=title,
        before=PATTERNS + _question_and_answer(),
        after=f"</div></figure>{_sheet()}</main>",
        style=asset("atlas.css", room="atlas"),
        script=join_modules(),
        block=write_block(page),
        about=about,
    )
    figure = OfflineFigure(parts)
    options: dict[str, Any] = {"zoomSnap": 0.25, "maxZoom": CLOSEST_ZOOM, "wheelPxPerZoomLevel": 90}
    figure.add_child(
        folium.Map(location=MIDDLE, zoom_start=4, tiles=None, attributionControl=True, **options)
    )
    return figure.render()


def join_modules() -> str:
    """Join the modules of the script into one function; each keeps a scope of its own."""
    parts = "".join(scope(name, asset(f"{name}.mjs", room="atlas")) for name in MODULES)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


def scope(name: str, module: str) -> str:
    """Turn a module into a constant that holds what it exports."""
    # comments, indents and empty lines are for people; names stay, so that an error can be read
    exported = ", ".join(match[2] for match in EXPORT.finditer(module))
    module = INDENT.sub("", REMARK.sub("", COMMENT.sub("", module)))
    body = EXPORT.sub(r"\1 \2", IMPORT.sub(r"const \1 = \2Module;", module))
    return f"const {name}Module = (() => {{\n{body}return {{ {exported} }};\n}})();\n"


def _question_and_answer() -> Html:
    """Write what stands before the map: skip link, question, answer."""
    skip = tag("a", _say("skip"), href="#cac-answer", class_="cac-skip", data_say="skip")
    languages = zip(LANGUAGES, LANGUAGE_NAMES, strict=True)
    choice = tag(
        "select",
        *(tag("option", name, value=key, lang=key) for key, name in languages),
        id="cac-language",
        autocomplete="off",
        **_label_attributes("language"),
    )
    top = tag("div", tag("h1", "", id="cac-title"), choice, class_="cac-top")
    swap = tag("button", "\u21c4", type="button", id="cac-swap", data_label="swap", aria_label=_say("swap"))
    ask = tag("div", _place_box("from"), swap, _place_box("to"), class_="cac-ask", role="search")
    # the answer is read aloud when it changes; an embedded page links the whole one
    said = tag("div", id="cac-answer", aria_live="polite", tabindex="-1")
    whole = tag(
        "a", _say("open_explorer"), id="cac-whole", target="_blank", rel="noopener", class_="cac-whole",
        data_say="open_explorer",
    )  # fmt: skip
    closed = tag("div", id="cac-closed", class_="cac-closed")
    no_script = tag(
        "noscript", tag("p", "This page searches the network itself: it needs its script to run.")
    )
    head = tag(
        "section", top, ask, said, whole, closed, no_script, class_="cac-head", **_label_attributes("from")
    )
    region = '<div class="cac-map" role="region" data-label="map" aria-label="Map">'
    return Html(f'{skip}<main class="cac-atlas">{head}<figure class="cac-figure">{region}')


def _place_box(end: str) -> Html:
    """Write a search box for one end."""
    key = f"cac-{end}"
    box = Html(
        f'<input type="text" id="{key}" role="combobox" aria-expanded="false" aria-autocomplete="list" '
        f'aria-controls="{key}-list" autocomplete="off" spellcheck="false">'
    )
    label = tag("label", _say(end), for_=key, data_say=end)
    listed = tag("ul", id=f"{key}-list", role="listbox", hidden=True, **_label_attributes(end))
    return tag("div", label, box, listed, class_="cac-field")


def _sheet() -> Html:
    """Write what stands below the answer: prices, way, conditions, what to take away, legend."""
    parts = [
        tag("div", id="cac-prices"),
        tag("h3", _say("settings"), data_say="settings"),
        _conditions(),
        tag("div", id="cac-claims"),
        tag("div", id="cac-legs"),
        tag("div", id="cac-take"),
        tag("h3", _say("legend"), data_say="legend"),
        _legend(),
        tag("p", id="cac-told", class_="cac-small", role="status"),
        tag("p", _say("disclaimer"), class_="cac-small", data_say="disclaimer"),
        tag("p", ATTRIBUTION, id="cac-credit", class_="cac-small", lang="en"),
    ]
    return tag("section", *parts, class_="cac-sheet", tabindex="0", **_label_attributes("settings"))


def _conditions() -> Html:
    """Write what a reader sets: year, month, level, what is best, modes, scenario, what is to be passed."""
    # a slider stops at the years in which something opens, and says what
    shown = tag("output", id="cac-year-shown")
    year = tag(
        "div",
        tag("label", _spoken("year"), " ", shown, for_="cac-year"),
        Html('<input type="range" id="cac-year" min="0" value="0" autocomplete="off" list="cac-years">'),
        Html('<datalist id="cac-years"></datalist>'),
        tag("button", _say("play"), type="button", id="cac-play", aria_pressed="false"),
        tag("small", id="cac-openings", aria_live="polite"),
        tag("small", id="cac-turns", class_="cac-turns"),
        class_="cac-wide",
    )
    # the value of an hour is asked where it counts
    field = '<input type="number" id="cac-worth" min="0" step="any" inputmode="decimal" autocomplete="off">'
    worth = tag(
        "div",
        tag("label", _say("worth"), for_="cac-worth", data_say="worth"),
        Html(field),
        tag("small", id="cac-goods"),
        class_="cac-wide",
    )
    # the note of a scenario stands in the data, in English
    supposed = tag("small", id="cac-supposed", lang="en")
    modes = tag("fieldset", id="cac-modes", class_="cac-wide")
    selects = [_select_box(name) for name in CHOICES]
    criterion = _select_box("criterion", class_="cac-wide")
    pins = [_place_box("via"), _select_box("through")]
    scenario = _select_box("scenario", supposed, class_="cac-wide")
    return tag("div", year, *selects, criterion, worth, modes, scenario, *pins, class_="cac-conditions")


def _select_box(name: str, *more: Html, **attributes: str) -> Html:
    label = tag("label", _say(name), for_=f"cac-{name}", data_say=name)
    return tag("div", label, tag("select", id=f"cac-{name}", autocomplete="off"), *more, **attributes)


def _legend() -> Html:
    """Explain the colours and marks; the script shows those that the map has."""
    signs = {
        **{key: Html(SWATCH.format(key)) for key in RELATIONS},
        **{key: tag("span", _mark(), class_=f"cac-{key}") for key in MARKS},
        "assumed": Html(ASSUMED_LINE),
        "shut": Html(SHUT_LINE),
    }
    return tag(
        "ul",
        *(
            tag("li", tag("button", sign, _spoken(f"key_{key}"), type="button"), data_key=key)
            for key, sign in signs.items()
        ),
        class_="cac-legend",
        id="cac-key",
    )


def _mark() -> Html:
    return tag("span", class_="cac-mark")


def _spoken(key: str) -> Html:
    return tag("span", _say(key), data_say=key)


def _label_attributes(key: str) -> dict[str, str]:
    return {"aria_label": _say(key), "data_label": key}


def _say(key: str) -> str:
    return read_words()[key][0]
