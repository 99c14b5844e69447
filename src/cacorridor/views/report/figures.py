"""Name the figures that hours rest on in words, and list what is assumed and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.network.model import SEA
from cacorridor.routing.graph.steps import BOARD, BORDER, STAY, TRANSFER, WAIT
from cacorridor.views import text
from cacorridor.views.markup import Html, join, table, table_of, tag
from cacorridor.views.tables import TableColumn, TableView, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from cacorridor.routing.routes import Route
    from cacorridor.views.labels import Labels

ASSUMPTIONS_SHOWN = 4  # the largest
NOTE_LETTERS = 50
FIGURES_SHOWN = 3  # of the evidence, largest first
STEP_COLUMNS = ("kind", "from", "to", "mode", "state", "what")  # that the name of a figure is made of


def figure_names(labels: Labels, route: Route) -> dict[str, str]:
    """Name each figure of a route in words, by its key: what is done, where, by which mode."""
    # many steps rest on one figure, such as a speed: the first of them names it
    steps = route.steps.drop_duplicates("factor")
    return {
        str(factor): _figure_name(labels, dict(zip(STEP_COLUMNS, rest, strict=True)))
        for factor, *rest in rows_of(steps, "factor", *STEP_COLUMNS)
    }


def _figure_name(labels: Labels, step: dict[str, str]) -> str:
    """Name the figure that a step rests on."""
    kind, start, end, what = (step[name] for name in ("kind", "from", "to", "what"))
    mode_name, state_name = labels.modes[step["mode"]], labels.network.state_name(step["state"])
    if kind == BORDER:
        doing = "leaving" if what == "outbound" else "entering"
        return f"Border at {start}, {doing} {state_name}: {mode_name.lower()}"
    if kind == TRANSFER:
        return f"Transfer at {start}: {text.humanize(what)}"
    waits = {
        BOARD: f"Wait for a ship at {start}",
        WAIT: f"Wait for the pass to open, {start} {text.DASH} {end}",
        STAY: f"Stay at the terminal of {start}: {what}",
    }
    if kind in waits:
        return waits[kind]
    if step["mode"] == SEA:
        return f"Sailing {start} {text.DASH} {end}"
    return f"Running in {state_name}: {mode_name.lower()}"


def assumptions_of(labels: Labels, heading: str, routes: Sequence[Route]) -> Html:
    """List the assumed figures that most hours of the routes rest on, with their reasons."""
    import pandas as pd

    # a figure that several routes rest on is listed once, with the route that it weighs most in
    parts = [_with_words(labels, route) for route in routes]
    stacked = pd.concat(parts, ignore_index=True)
    assumed = stacked[stacked["basis"] == "assumed"].sort_values("time_h", ascending=False, kind="stable")
    assumed = assumed.drop_duplicates("factor")
    if assumed.empty:
        return tag("p", "No hour of these routes rests on an assumed figure.", class_="cac-note")
    columns = {
        "figure": TableColumn("Figure"),
        "route": TableColumn("Route"),
        "time_h": TableColumn("Hours", write=text.duration),
        "note": TableColumn("Why it is assumed"),
    }
    shown = assumed.head(ASSUMPTIONS_SHOWN)
    caption = f"{heading}: the assumed figures that most hours rest on ({len(shown)} of {len(assumed)})"
    view = TableView.from_frame(shown, columns, caption)
    return join([tag("h3", "What is assumed"), table_of(view, class_="cac-assumed")])


def _with_words(labels: Labels, route: Route) -> pd.DataFrame:
    """Take the evidence of a route, with its name and that of each figure."""
    evidence = route.evidence()
    named = evidence["factor"].map(figure_names(labels, route))
    return evidence.assign(route=route.name, figure=named)


def _shortened(note: str) -> str:
    """Cut a long note; the whole of it stands in the tables of the dataset."""
    return note if len(note) <= NOTE_LETTERS else f"{note[:NOTE_LETTERS].rsplit(' ', 1)[0]} \u2026"


def evidence_of(labels: Labels, route: Route) -> Html:
    """List the largest figures behind the hours."""
    # the appendix of a report shows the largest only; the site and the exports have all of them
    frame, called = route.evidence(), figure_names(labels, route)
    largest = frame.head(FIGURES_SHOWN)
    part = f" (the {len(largest)} largest of {len(frame)})" if len(frame) > len(largest) else ""
    columns = ("factor", "time_h", "share", "basis", "year", "source_id", "note")
    rows = (
        (
            called[factor],
            tag("td", text.duration(time_h), class_="cac-number"),
            tag("td", text.per_cent(share), class_="cac-number"),
            ", ".join(filter(None, (text.humanize(basis), text.year_cell(year)))),
            labels.sources.get(source) or text.NOTHING,
            _shortened(note) or text.NOTHING,
        )
        for factor, time_h, share, basis, year, source, note in rows_of(largest, *columns)
    )
    head = ("Figure", "Hours", "Share", "Basis", "Source", "Note")
    return table(f"What the hours of {route.name} rest on{part}", head, rows, class_="cac-evidence")
