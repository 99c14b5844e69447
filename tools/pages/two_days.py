"""The page on the famous claim: "two days instead of ten"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cacorridor import find_route
from cacorridor.network.schema import LEVELS
from cacorridor.views import text
from cacorridor.views.markdown import to_markdown
from cacorridor.views.tables import TableColumn, TableView, rows_of
from cacorridor.views.verdicts import published, verdicts
from tools.pages.sources import links

if TYPE_CHECKING:
    import pandas as pd

    from cacorridor import Network

TEXT = """\
# "Two days instead of ten"

This page is generated (`make validate`).

## What was said

In February 2018, when trucks under TIR began to run from Tashkent and Andijan through Osh and Irkeshtam to Kashgar, the Ministry of
Foreign Trade of Uzbekistan promised two days, and 24 hours for urgent cargo; the operator told of two days instead of eight to ten
on the existing corridor, which in his own words also led through Kyrgyzstan. No source of that year says "through Kazakhstan".
Later tellings made it "two days through Kyrgyzstan instead of ten through Kazakhstan".

## What was measured

The pilot convoy of autumn 2017 took 31 hours for 920 km, 16 of them moving.

{claims}

## What the model says of the same pair

Kashgar - Tashkent. Hours are the expected value and the range of 8 cases in 10, over the year; both express rows of the road are
the service that the claim speaks of.

{pair}

## What it says of Xi'an - Tashkent by rail

{rail}

## Reading

- Two days by truck through Kyrgyzstan hold: the published 31 and 48 hours lie in the range of the express level. Part of the range is
  the weekend, when the posts at Irkeshtam pass nothing.
- Eight to ten days do not fit as a transit time of this road: neither level of the model comes near them. What they held, the
  sources do not say.
- Through Kazakhstan the same truck needs about a day more, not eight: the road from Kashgar to Kazakhstan itself leads through
  Kyrgyzstan. Ten days fit neither.
- By rail the way through Kazakhstan is several times as long from Kashgar; from Xi'an it is about as long as the new railway, and the
  difference lies in gauge changes and borders.
"""

PAIR = (
    ("road, through Kyrgyzstan (Irkeshtam)", {"corridor": "kashgar-tashkent-kgz-road"}),
    ("road, through Kazakhstan (Torugart, Bishkek, Shymkent)", {"corridor": "kashgar-tashkent-kaz-road"}),
    ("rail, through Kazakhstan (Khorgos)", {"corridor": "kashgar-tashkent-kaz-rail"}),
    ("rail, through Kyrgyzstan, in 2031", {"corridor": "kashgar-tashkent-cku-rail"}),
)
RAIL = (
    ("through Kazakhstan (Khorgos)", {"corridor": "xian-tashkent-kaz-rail"}),
    ("through Kyrgyzstan, in 2031", {"corridor": "xian-tashkent-cku-rail"}),
)


def page(network: Network, hours: pd.DataFrame) -> str:
    """Lay out the page in Markdown; ``hours`` are the checked claims of hours."""
    famous = hours[hours["id"].str.startswith(("h-tashkent-kashgar", "h-andijan-kashgar"))]
    return TEXT.format(
        claims=_claims(famous),
        pair=_table(network, "Kashgar", "Tashkent", PAIR),
        rail=_table(network, "Xi'an", "Tashkent", RAIL),
    )


def _claims(famous: pd.DataFrame) -> str:
    """Set what was said beside the model."""
    model = [text.with_range(*hours) for hours in rows_of(famous, "model", "model_low", "model_high")]
    shown = famous.assign(said=published(famous), modelled=model, judged=verdicts(famous), link=links(famous))
    columns = {
        "claimant": TableColumn("who"),
        "year": TableColumn("year", write=text.year_cell),
        "origin": TableColumn("from"),
        "standing": TableColumn("standing"),
        "level": TableColumn("level"),
        "said": TableColumn("said", align="right"),
        "modelled": TableColumn("model, h", align="right"),
        "judged": TableColumn("verdict"),
        "note": TableColumn("what it speaks of"),
        "link": TableColumn("source"),
    }
    return to_markdown(TableView.from_frame(shown, columns))


def _table(
    network: Network, origin: str, destination: str, ways: tuple[tuple[str, dict[str, str]], ...]
) -> str:
    columns = (
        TableColumn("way"),
        TableColumn("level"),
        TableColumn("km", align="right"),
        TableColumn("hours", align="right"),
        TableColumn("states"),
    )
    rows = []
    for name, conditions in ways:
        for level in LEVELS:
            route = find_route(network, origin, destination, level=level, **conditions)
            hours = text.with_range(route.time_h, route.time_low_h, route.time_high_h)
            rows.append((name, level, text.fixed(route.length_km), hours, " ".join(route.states)))
    return to_markdown(TableView(columns, rows))
