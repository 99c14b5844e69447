"""Write what a comparison finds: charts, leverage before and after, claims, assumptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.criticality.leverage import leverage
from cacorridor.errors import NoRouteError
from cacorridor.network.model import records
from cacorridor.routing.accounts import time_by_cause
from cacorridor.routing.corridors import openings
from cacorridor.validation.claims import check_claims
from cacorridor.views import text as words
from cacorridor.views.charts import bars as charts
from cacorridor.views.markup import Html, join, table, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route

ASSUMPTIONS_SHOWN = 8  # the largest
STATES_SHOWN = 8  # of the leverage
QUANTITY_WORDS = {"km": words.kilometres, "h": words.hours}


def charts_of(heading: str, routes: Sequence[Route]) -> Html:
    """Draw a comparison: hours over kilometres, what they are spent on."""
    drawn = [
        (
            charts.plot_tcd(routes),
            f"{heading}: hours since departure over kilometres, with the range of 8 in 10 cases",
        ),
        (charts.plot_time_by_cause(routes), f"{heading}: what the expected hours are spent on"),
        (charts.plot_ranges(routes), f"{heading}: expected hours and the range of 8 in 10 cases"),
    ]
    figures = (_figure(charts.svg(axes, title), title) for axes, title in drawn)
    return join([tag("div", *figures, class_="cac-charts"), _causes(heading, routes)])


def _causes(heading: str, routes: Sequence[Route]) -> Html:
    """Write the hours by cause that the bars show."""
    hours = time_by_cause(routes)
    spent = [cause for cause in hours if hours[cause].sum() > 0]
    rows = (
        (name, *(tag("td", words.number(h), class_="cac-number") for h in own))
        for name, own in zip(hours.index, hours[spent].to_numpy(), strict=True)
    )
    return _numbers(table(f"{heading}: expected hours by cause", ("Route", *spent), rows, class_="cac-hours"))


def _numbers(content: Html) -> Html:
    return tag("details", tag("summary", "The numbers"), content)


def openings_of(network: Network) -> Html:
    """Draw and list from which year each named corridor is open; nothing if there is none."""
    found = openings(network)
    if found.empty:
        return Html("")
    title = "The year from which every link of a corridor is open"
    rows = (
        (row["corridor"], row["pair"], words.year(row["year"]) or "earlier", words.plain(row["status"]))
        for row in records(found)
    )
    numbers = table(title, ("Corridor", "Between", "Year", "Its least finished link"), rows)
    drawing = _figure(charts.svg(charts.plot_openings(network), title), title)
    return tag("section", tag("h2", "What opens when"), drawing, _numbers(numbers))


def _figure(drawing: Html, title: str) -> Html:
    return tag("figure", drawing, tag("figcaption", title), class_="cac-drawing")


def leverage_of(network: Network, heading: str, routes: Sequence[Route]) -> Html:
    """Draw who holds the keys of a pair, today and in the last year that the routes speak of."""
    years = [route.query.year for route in routes if route.query.year]
    origin, destination = routes[0].query.origin, routes[0].query.destination
    level = routes[0].query.level
    try:
        before = leverage(network, origin, destination, level=level)
        after = leverage(network, origin, destination, level=level, year=max(years)) if years else None
    except NoRouteError:  # without an ocean route there is no outside option to measure against
        return Html("")
    if before.empty:
        return Html("")
    labels = ("today", str(max(years))) if years else ("today", "")
    title = f"{heading}: leverage of the transit states"
    drawing = charts.svg(charts.plot_leverage(before, after, labels=labels, most=STATES_SHOWN), title)
    saving = f"{before['saving_h'].iloc[0]:.0f} h saved against {before['outside_h'].iloc[0]:.0f} h by sea"
    note = (
        f"Shapley value of each transit state, by all modes; today {saving}. An index of the model, not a "
        f"forecast."
    )
    return join(
        [
            tag("h3", "Who holds the keys"),
            _figure(drawing, title),
            tag("p", note, class_="cac-note"),
            _numbers(_shares(title, before, after, labels)),
        ]
    )


def _shares(title: str, before: pd.DataFrame, after: pd.DataFrame | None, labels: tuple[str, str]) -> Html:
    """Write the leverage that the bars show, as hours and shares."""
    told = [
        (label, frame.set_index("state"))
        for label, frame in zip(labels, (before, after), strict=True)
        if frame is not None
    ]
    names = {state: name for _, frame in told for state, name in frame["state_name"].items()}
    rows = (
        (name, *(cell for _, frame in told for cell in _share(frame, str(state))))
        for state, name in names.items()
    )
    head = ("State", *(text for label, _ in told for text in (f"Hours, {label}", f"Share, {label}")))
    return table(title, head, rows, class_="cac-hours")


def _share(frame: pd.DataFrame, state: str) -> list[Html]:
    if state not in frame.index:
        return [tag("td", "0", class_="cac-number"), tag("td", "0%", class_="cac-number")]
    texts = words.number(frame["leverage_h"][state]), words.share(frame["leverage_share"][state])
    return [tag("td", text, class_="cac-number") for text in texts]


def claims_of(network: Network, heading: str, routes: Sequence[Route]) -> Html:
    """Set what was published about the pair beside the model."""
    ends = {(route.query.origin, route.query.destination) for route in routes}
    found = check_claims(network, what=tuple(QUANTITY_WORDS), between=ends)
    if found.empty:
        return tag("p", "No figure about this pair was found published.", class_="cac-note")
    rows = [
        (
            row["claimant"] or words.NOT_KNOWN,
            words.year(row["year"]) or words.NOT_KNOWN,
            row["standing"],
            row["modes"].replace("_", " "),
            _span(row["what"], row["low"], row["high"]),
            _span(row["what"], row["model_low"], row["model_high"]),
            row["verdict"],
        )
        for row in records(found)
    ]
    head = ("Who", "Year", "Standing", "By", "Said", "Model", "Verdict")
    caption = f"{heading}: what was said, beside the model"
    return join([tag("h3", "Is it true?"), table(caption, head, rows, class_="cac-claims")])


def _span(what: str, low: float, high: float) -> str:
    word = QUANTITY_WORDS[what]
    return word(low) if low == high or low != low else f"{words.number(low)}\u2013{word(high)}"  # noqa: PLR0124


def assumptions_of(heading: str, routes: Sequence[Route]) -> Html:
    """List the assumed figures that most hours of the routes rest on, with their reasons."""
    import pandas as pd

    parts = [route.evidence().assign(route=route.name) for route in routes]
    stacked = pd.concat(parts, ignore_index=True)
    assumed = stacked[stacked["basis"] == "assumed"].sort_values("time_h", ascending=False, kind="stable")
    assumed = assumed.drop_duplicates("factor")
    if assumed.empty:
        return tag("p", "No hour of these routes rests on an assumed figure.", class_="cac-note")
    rows = [
        (row["factor"].partition("/")[2], row["route"], words.hours(row["time_h"]), row["note"])
        for row in records(assumed.head(ASSUMPTIONS_SHOWN))
    ]
    caption = f"{heading}: the assumed figures that most hours rest on ({len(rows)} of {len(assumed)})"
    head = ("Figure", "Route", "Hours", "Why it is assumed")
    return join([tag("h3", "What is assumed"), table(caption, head, rows, class_="cac-assumed")])
