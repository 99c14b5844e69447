"""Write what a comparison finds: charts, leverage before and after, claims, assumptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor.costs.measures import MEASURES
from cacorridor.criticality.leverage import leverage
from cacorridor.errors import NoRouteError
from cacorridor.network.schema import QUANTITIES
from cacorridor.routing.accounts import time_by_cause
from cacorridor.routing.corridors import openings
from cacorridor.validation.claims import check_claims
from cacorridor.views import text
from cacorridor.views.charts import bars as charts
from cacorridor.views.markup import Html, address, join, table_of, tag
from cacorridor.views.tables import Column, TableView, rows_of
from cacorridor.views.verdicts import sources, verdicts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from cacorridor.costs.measures import Measure
    from cacorridor.network.model import Network
    from cacorridor.routing.routes import Route

ASSUMPTIONS_SHOWN = 8  # the largest
STATES_SHOWN = 8  # of the leverage


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
    spent = hours.loc[:, hours.sum() > 0].rename_axis("Route").reset_index()
    columns = {"Route": Column("Route")}
    columns |= {cause: Column(cause, align="right", write=text.number) for cause in spent.columns[1:]}
    view = TableView.from_frame(spent, columns, f"{heading}: expected hours by cause")
    return _numbers(table_of(view, class_="cac-hours"))


def _numbers(content: Html) -> Html:
    return tag("details", tag("summary", "The numbers"), content)


def openings_of(network: Network) -> Html:
    """Draw and list from which year each named corridor is open; nothing if there is none."""
    opened = openings(network)
    if opened.empty:
        return Html("")
    title = "The year from which every link of a corridor is open"
    columns = {
        "corridor": Column("Corridor"),
        "pair": Column("Between"),
        "year": Column("Year", write=lambda year: text.year(year) or "earlier"),
        "status": Column("Its least finished link", write=text.humanize),
    }
    numbers = table_of(TableView.from_frame(opened, columns, title))
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
    saving_h, outside_h = (text.fixed(before[name].iloc[0], unit="h") for name in ("saving_h", "outside_h"))
    note = (
        f"Shapley value of each transit state, by all modes; today {saving_h} saved against {outside_h} by "
        f"sea. An index of the model, not a forecast."
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
    """Write the leverage that the bars show, as hours and shares; a state that is not listed has none."""
    frames = [frame.set_index("state") for frame in (before, after) if frame is not None]
    names: dict[str, str] = {}
    for frame in frames:
        names |= dict(frame["state_name"])
    # two columns for each table, filled up beside those before
    columns, rows = [Column("State")], [[name] for name in names.values()]
    for label, frame in zip(labels, frames, strict=False):
        columns += [Column("Hours", label, align="right"), Column("Share", label, align="right")]
        listed = frame[["leverage_h", "leverage_share"]].reindex(list(names), fill_value=0.0)
        for row, (hours, share) in zip(rows, rows_of(listed, "leverage_h", "leverage_share"), strict=True):
            row += [text.number(hours), text.share(share)]
    return table_of(TableView(columns, rows, title), class_="cac-hours")


def claims_of(network: Network, heading: str, routes: Sequence[Route]) -> Html:
    """Set what was published about the pair beside the model."""
    ends = {(route.query.origin, route.query.destination) for route in routes}
    checked = check_claims(network, what=list(_claimed()), between=ends)
    if checked.empty:
        return tag("p", "No figure about this pair was found published.", class_="cac-note")
    names = ("what", "low", "high", "model_low", "model_high")
    spans = [(_span(unit, *said), _span(unit, *model)) for unit, said, model in _claims(checked, names)]
    shown = checked.assign(
        said=[said for said, _ in spans],
        modelled=[model for _, model in spans],
        verdict=verdicts(checked),
        source_cell=_source_cells(checked),
    )
    columns = {
        "claimant": Column("Who", write=lambda claimant: claimant or text.NOT_KNOWN),
        "year": Column("Year", write=lambda year: text.year(year) or text.NOT_KNOWN),
        "standing": Column("Standing"),
        "modes": Column("By", write=lambda modes: modes.replace("_", " ")),
        "said": Column("Said"),
        "modelled": Column("Model"),
        "verdict": Column("Verdict"),
        "source_cell": Column("Source", write=lambda markup: markup),
    }
    view = TableView.from_frame(shown, columns, f"{heading}: what was said, beside the model")
    return join([tag("h3", "Is it true?"), table_of(view, class_="cac-claims")])


def _source_cells(checked: pd.DataFrame) -> list[Html]:
    """Name the source of each figure, with its address."""
    return [
        tag("span", line, " ", address(place))
        for line, place in zip(sources(checked), checked["address"].tolist(), strict=True)
    ]


def _claimed() -> dict[str, Measure]:
    """List the measures that claims speak of, by unit."""
    return {measure.unit: measure for measure in MEASURES.values() if measure.unit in QUANTITIES}


def _claims(checked: pd.DataFrame, names: Sequence[str]) -> list[tuple[str, list[float], list[float]]]:
    """List the unit of each claim, its range, and that of the model."""
    return [(unit, bounds[:2], bounds[2:]) for unit, *bounds in rows_of(checked, *names)]


def _span(unit: str, low: float, high: float) -> str:
    measure = _claimed()[unit]
    if low == high or low != low:  # noqa: PLR0124  # NaN is unlike itself
        return text.amount(measure, low)
    return f"{text.number(low)}{text.DASH}{text.amount(measure, high)}"


def assumptions_of(heading: str, routes: Sequence[Route]) -> Html:
    """List the assumed figures that most hours of the routes rest on, with their reasons."""
    import pandas as pd

    parts = [route.evidence().assign(route=route.name) for route in routes]
    stacked = pd.concat(parts, ignore_index=True)
    assumed = stacked[stacked["basis"] == "assumed"].sort_values("time_h", ascending=False, kind="stable")
    assumed = assumed.drop_duplicates("factor")
    if assumed.empty:
        return tag("p", "No hour of these routes rests on an assumed figure.", class_="cac-note")
    columns = {
        "factor": Column("Figure", write=lambda factor: factor.partition("/")[2]),
        "route": Column("Route"),
        "time_h": Column("Hours", write=text.hours),
        "note": Column("Why it is assumed"),
    }
    shown = assumed.head(ASSUMPTIONS_SHOWN)
    caption = f"{heading}: the assumed figures that most hours rest on ({len(shown)} of {len(assumed)})"
    view = TableView.from_frame(shown, columns, caption)
    return join([tag("h3", "What is assumed"), table_of(view, class_="cac-assumed")])
