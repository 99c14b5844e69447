"""Name the figures that hours rest on in words, and list what is assumed and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cacorridor.costs.measures import TIME
from cacorridor.network.model import SEA
from cacorridor.routing.graph.steps import BOARD, BORDER, STAY, TRANSFER, WAIT
from cacorridor.views import text
from cacorridor.views.markup import Html, join, table, tag
from cacorridor.views.tables import rows_of
from cacorridor.views.words import names
from cacorridor.views.words.phrases import in_phrase, join_parts, phrase_of, say

if TYPE_CHECKING:
    import pandas as pd

    from cacorridor.routing.routes import Route
    from cacorridor.views.explorer.payload import MapRoute
    from cacorridor.views.labels import Labels
    from cacorridor.views.report.leads import Section
    from cacorridor.views.words.phrases import Part

ASSUMPTIONS_SHOWN = 4  # the largest
NOTE_LETTERS = 50
FIGURES_SHOWN = 3  # of the evidence, largest first
STEP_COLUMNS = ("kind", "from", "to", "mode", "state", "what")  # that the name of a figure is made of


def figure_names(labels: Labels, route: Route) -> dict[str, Part]:
    """Name each figure of a route in words, by its key: what is done, where, by which mode."""
    # many steps rest on one figure, such as a speed: the first of them names it
    steps = route.steps.drop_duplicates("factor")
    return {
        str(factor): _figure_name(labels, dict(zip(STEP_COLUMNS, rest, strict=True)))
        for factor, *rest in rows_of(steps, "factor", *STEP_COLUMNS)
    }


def _figure_name(labels: Labels, step: dict[str, str]) -> Part:
    """Name the figure that a step rests on."""
    network, what = labels.network, step["what"]
    start, end = (names.called(network, step[name]) for name in ("from", "to"))
    mode, state = in_phrase(labels.modes[step["mode"]]), names.state(network, step["state"])
    ends = say(f"{{start}} {text.DASH} {{end}}", start=start, end=end)

    # a stand is named by its place, a run by its state, a sailing by its ports
    leaving = say("Border at {place}, leaving {state}: {mode}", place=start, state=state, mode=mode)
    entering = say("Border at {place}, entering {state}: {mode}", place=start, state=state, mode=mode)
    sailing, running = (
        say("Sailing {ends}", ends=ends),
        say("Running in {state}: {mode}", state=state, mode=mode),
    )
    stands = {
        BORDER: leaving if what == "outbound" else entering,
        TRANSFER: say("Transfer at {place}: {method}", place=start, method=in_phrase(text.humanize(what))),
        BOARD: say("Wait for a ship at {place}", place=start),
        WAIT: say("Wait for the pass to open, {ends}", ends=ends),
        STAY: say("Stay at the terminal of {place}: {what}", place=start, what=phrase_of(what)),
    }
    return stands.get(step["kind"], sailing if step["mode"] == SEA else running)


def assumptions_of(labels: Labels, section: Section) -> Html:
    """List the assumed figures that most hours of the routes rest on, with their reasons."""
    import pandas as pd

    # a figure that several routes rest on is listed once, with the route that it weighs most in
    parts = [_with_words(labels, drawn) for drawn in section.group]
    stacked = pd.concat(parts, ignore_index=True)
    assumed = stacked[stacked["basis"] == "assumed"].sort_values("time_h", ascending=False, kind="stable")
    assumed = assumed.drop_duplicates("factor")
    if assumed.empty:
        return tag("p", say("No hour of these routes rests on an assumed figure."), class_="cac-note")

    # the largest, each with the reason that the tables give; the reason is in English
    shown = assumed.head(ASSUMPTIONS_SHOWN)
    caption = say(
        "{heading}: the assumed figures that most hours rest on ({count} of {all})",
        heading=section.heading,
        count=str(len(shown)),
        all=str(len(assumed)),
    )
    rows = (
        (figure, route, text.figure(TIME, hours), note)
        for figure, route, hours, note in rows_of(shown, "figure", "route", "time_h", "note")
    )
    head = map(say, ("Figure", "Route", "Hours", "Why it is assumed"))
    listed = table(caption, list(head), rows, class_="cac-assumed")
    return join([tag("h3", say("What is assumed"), id=section.part("assumed")), listed])


def _with_words(labels: Labels, drawn: MapRoute) -> pd.DataFrame:
    """Take the evidence of a route, with its name and that of each figure."""
    evidence, called = drawn.route.evidence(), figure_names(labels, drawn.route)
    figures: list[Any] = [called[factor] for factor in evidence["factor"]]
    routes: list[Any] = [drawn.label] * len(evidence)
    return evidence.assign(route=routes, figure=figures)


def _shortened(note: str) -> str:
    """Cut a long note; the whole of it stands in the tables of the dataset."""
    return note if len(note) <= NOTE_LETTERS else f"{note[:NOTE_LETTERS].rsplit(' ', 1)[0]} \u2026"


def evidence_of(labels: Labels, drawn: MapRoute) -> Html:
    """List the largest figures behind the hours."""
    # the appendix of a report shows the largest only; the site and the exports have all of them
    frame, called = drawn.route.evidence(), figure_names(labels, drawn.route)
    largest = frame.head(FIGURES_SHOWN)
    columns = ("factor", "time_h", "share", "basis", "year", "source_id", "note")
    rows = (
        (
            called[factor],
            tag("td", text.figure(TIME, time_h), class_="cac-number"),
            tag("td", text.per_cent(share), class_="cac-number"),
            join_parts([phrase_of(text.humanize(basis)), text.year_cell(year)], ", "),
            labels.sources.get(source) or text.NOTHING,
            _shortened(note) or text.NOTHING,
        )
        for factor, time_h, share, basis, year, source, note in rows_of(largest, *columns)
    )
    head = map(say, ("Figure", "Hours", "Share", "Basis", "Source", "Note"))
    caption = say(
        "What the hours of {route} rest on (the {count} largest of {all})",
        route=drawn.label,
        count=str(len(largest)),
        all=str(len(frame)),
    )
    return table(caption, list(head), rows, class_="cac-evidence")
