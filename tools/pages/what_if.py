"""Write the page on who wins when: ``python -m tools.pages.what_if docs/what_if.md``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cacorridor import Contender, NoRouteError, break_even, load_network, win_probabilities
from cacorridor.network.files import write_atomically
from cacorridor.views import text
from cacorridor.views.markdown import to_markdown
from cacorridor.views.tables import TableColumn, TableView

if TYPE_CHECKING:
    from cacorridor import Network

PAIR = "Xi'an", "Tashkent"
YEARS = range(2026, 2034)  # the years asked; those in which nothing opens are those before them again
DWELLS_H = (2.0, 5.0, 10.0, 20.0, 40.0, 80.0)
UP_TO_H = 1000.0
DRAWS, SEED = 20_000, 0

KAZAKHSTAN = Contender("Kazakhstan", {"avoid": ["KGZ"], "allow_touch": True}, ("khorgos",))
KYRGYZSTAN = Contender(
    "Kyrgyzstan", {"avoid": ["KAZ"]}, ("irkeshtam-kgz", "torugart-kgz", "torugart-rail-kgz")
)
NEITHER = Contender("neither", {"avoid": ["KAZ", "KGZ"]})
ALTERNATIVES = (KAZAKHSTAN, KYRGYZSTAN, NEITHER)

TEXT = """\
# What if: who wins Xi'an - Tashkent, in which year, under which waiting at the border

This page is generated (`make what-if`). It sets three alternatives side by side, at the express level:

- **through Kazakhstan**: no stop in Kyrgyzstan (the railway may touch it, as it does at Maimak);
- **through Kyrgyzstan**: no kilometre in Kazakhstan;
- **neither**: no kilometre in either.

Two hours are varied: the *dwell at Khorgos* (road and both railways, both sides of the border together), and the *dwell at
Irkeshtam and Torugart* (both roads and the railway under construction, likewise). All else stays as the tables have it. A route through
both states, Kyrgyzstan and then Kazakhstan, belongs to none of the three.

Two answers are given. **Exactly**, in expected hours: the time of each alternative is piecewise linear in its dwell, so the dwell at which
two are equal is solved, not searched. **With probabilities**: {draws} worlds are drawn (seed {seed}; every dwell, ship, transfer and
speed at once, the dwells varied with their own relative spread), each alternative takes its best route in each world, and the share
of worlds is told in which each is the fastest. [method.md](method.md) says what a draw is, and what it leaves out: prices and capacities.

{parts}
"""

SECTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("By any mode", {}),
    ("By rail alone", {"modes": ["rail"]}),
)


class Lines(NamedTuple):
    """The expected hours of an alternative over its dwell, piece by piece; no pieces if it has no route."""

    pieces: tuple[tuple[float, float, float, float, str], ...]  # from, to, hours at from, hours at to, states
    today_h: float

    def time_h(self, dwell_h: float) -> float:
        """Return the hours at a dwell."""
        for start, stop, first_h, last_h, _ in self.pieces:
            if start <= dwell_h <= stop:
                return first_h + (last_h - first_h) * (dwell_h - start) / (stop - start)
        return np.inf

    def dwell_h(self, time_h: float) -> float:
        """Return the largest dwell that leaves the hours below a time: infinite if any does, nan if none."""
        below = [piece for piece in self.pieces if piece[2] < time_h]
        if not below:
            return np.nan
        start, stop, first_h, last_h, _ = below[-1]
        return np.inf if last_h < time_h else start + (time_h - first_h) / (last_h - first_h) * (stop - start)


def page(network: Network) -> str:
    """Lay out the page in Markdown."""
    parts = [
        part for heading, conditions in SECTIONS for part in (f"## {heading}", *section(network, conditions))
    ]
    return TEXT.format(draws=text.fixed(DRAWS), seed=SEED, parts="\n\n".join(parts))


def section(network: Network, conditions: dict[str, Any]) -> list[str]:
    """Say who wins, for each span of years in which nothing changes."""
    parts = []
    for years, kazakhstan, kyrgyzstan, neither_h in _spans(network, conditions):
        parts += [f"### {years[0]} to {years[-1]}" if len(years) > 1 else f"### {years[0]}"]
        parts += [_in_words(kazakhstan, kyrgyzstan, neither_h), _pieces(kazakhstan, kyrgyzstan)]
        if kazakhstan.pieces and kyrgyzstan.pieces:
            parts += [_thresholds(kazakhstan, kyrgyzstan), _shares(network, years[0], conditions)]
    return parts


def _spans(network: Network, conditions: dict[str, Any]) -> list[tuple[list[int], Lines, Lines, float]]:
    """Put years together in which every alternative takes the same hours at each dwell."""
    spans: list[tuple[list[int], Lines, Lines, float]] = []
    links: tuple[str, ...] = ()
    for year in YEARS:
        before, links = links, tuple(network.open_links(year).index)
        if links != before:
            lines = [_lines(network, each, {**conditions, "year": year}) for each in ALTERNATIVES]
            outcome = (lines[0], lines[1], lines[2].time_h(0.0))
        if spans and spans[-1][1:] == outcome:
            spans[-1][0].append(year)
        else:
            spans.append(([year], *outcome))
    return spans


def _lines(network: Network, alternative: Contender, conditions: dict[str, Any]) -> Lines:
    """Find the hours of an alternative over its dwell; one that hangs on a crossing and does not use it is none."""
    at = alternative.crossings or ("khorgos",)  # an alternative that varies nothing uses neither crossing
    extra = {**conditions, **alternative.conditions}
    try:
        table = break_even(network, *PAIR, at=at, up_to_h=UP_TO_H, **extra)
    except NoRouteError:
        return Lines((), np.inf)
    if alternative.crossings and not table["uses_it"].iloc[0]:
        return Lines((), np.inf)
    rows = table[["from_h", "to_h", "time_from_h", "time_to_h", "states"]].round(6)
    return Lines(
        tuple(rows.itertuples(index=False, name=None)), float(table["today_h"].fillna(0).iloc[0].round(6))
    )


# ---------------------------------------------------------------- the parts of a span


def _in_words(kazakhstan: Lines, kyrgyzstan: Lines, neither_h: float) -> str:
    """Say who wins today, and what would have to happen."""
    today_h, round_h = kazakhstan.time_h(kazakhstan.today_h), kazakhstan.time_h(UP_TO_H)
    third = _third(min(round_h, kyrgyzstan.time_h(UP_TO_H)), neither_h)
    if not kyrgyzstan.pieces:
        return (
            f"Through Kazakhstan takes {text.fixed(today_h)} h at the {_tenths(kazakhstan.today_h)} h that the tables have for Khorgos, and "
            f"never more than {text.fixed(round_h)} h, because there is a way round it. There is no way through Kyrgyzstan. {third}"
        )
    other_h = kyrgyzstan.time_h(kyrgyzstan.today_h)
    return (
        f"At the dwells of the tables (Khorgos {_tenths(kazakhstan.today_h)} h, Irkeshtam and Torugart {_tenths(kyrgyzstan.today_h)} h, "
        f"in the direction of travel) it takes {text.fixed(today_h)} h through Kazakhstan and {text.fixed(other_h)} h through Kyrgyzstan. "
        f"{_turns(kazakhstan, kyrgyzstan, today_h, other_h)} {third}"
    )


def _third(longest_h: float, neither_h: float) -> str:
    """Say whether the way without both can win; the better of the two never takes more than ``longest_h``."""
    if np.isinf(neither_h):
        return "There is no way without both."
    if longest_h < neither_h:
        return (
            f"The way without both takes {text.fixed(neither_h)} h and wins under no dwell: "
            f"the better of the two never takes more than {text.fixed(longest_h)} h."
        )
    return f"The way without both takes {text.fixed(neither_h)} h and wins once both dwells are long enough."


def _turns(kazakhstan: Lines, kyrgyzstan: Lines, kaz_h: float, kgz_h: float) -> str:
    """Say by which single change the other one would win."""
    khorgos_h, passes_h = kazakhstan.dwell_h(kgz_h), kyrgyzstan.dwell_h(kaz_h)
    if kaz_h < kgz_h:
        changes = [
            "" if np.isinf(khorgos_h) else f"Khorgos took more than {_tenths(khorgos_h)} h",
            "" if np.isnan(passes_h) else f"the passes took less than {_tenths(passes_h)} h",
        ]
        other = "Kyrgyzstan"
    else:
        changes = [
            "" if np.isnan(khorgos_h) else f"Khorgos took less than {_tenths(khorgos_h)} h",
            "" if np.isinf(passes_h) else f"the passes took more than {_tenths(passes_h)} h",
        ]
        other = "Kazakhstan"
    there = [change for change in changes if change]
    if not there:
        return f"No dwell at either, the other being as it is, would let {other} win."
    alone = "" if len(there) == len(changes) else "; no dwell at the other would"
    return f"Through {other} would win if {' or if '.join(there)}{alone}."


def _pieces(kazakhstan: Lines, kyrgyzstan: Lines) -> str:
    """List the pieces of each alternative's time."""
    rows = []
    for name, lines in (
        ("Kazakhstan, over Khorgos", kazakhstan),
        ("Kyrgyzstan, over the passes", kyrgyzstan),
    ):
        for start, stop, first_h, last_h, states in lines.pieces:
            span = f"{_tenths(start)} and more" if stop >= UP_TO_H else f"{_tenths(start)} to {_tenths(stop)}"
            grows = last_h > first_h  # by an hour for each hour of dwell
            rows.append(
                [name, span, f"{_tenths(first_h - start)} + dwell" if grows else _tenths(first_h), states]
            )
    return _table(["through", "dwell, h", "expected hours", "states"], rows)


def _thresholds(kazakhstan: Lines, kyrgyzstan: Lines) -> str:
    """List for each dwell at Khorgos the dwell at the passes below which Kyrgyzstan wins."""
    rows = []
    for dwell_h in (*DWELLS_H, UP_TO_H):
        time_h = kazakhstan.time_h(dwell_h)
        limit = kyrgyzstan.dwell_h(time_h)
        wins = "never" if np.isnan(limit) else "always" if np.isinf(limit) else f"below {_tenths(limit)} h"
        rows.append(
            ["closed" if dwell_h == UP_TO_H else text.fixed(dwell_h, unit="h"), _tenths(time_h), wins]
        )
    return _table(
        ["Khorgos takes", "through Kazakhstan, h", "through Kyrgyzstan wins if the passes take"], rows
    )


def _shares(network: Network, year: int, conditions: dict[str, Any]) -> str:
    """Set the shares of worlds in a square: Khorgos down, the passes across."""
    dwells_h = {KAZAKHSTAN.name: DWELLS_H, KYRGYZSTAN.name: DWELLS_H}
    table = win_probabilities(
        network, *PAIR, ALTERNATIVES, dwells_h=dwells_h, draws=DRAWS, seed=SEED, year=year, **conditions
    )
    shares = [f"{each.name} win_share" for each in ALTERNATIVES]
    square = table.pivot_table(index="Kazakhstan dwell_h", columns="Kyrgyzstan dwell_h", values=shares)
    rows = [
        [text.fixed(down, unit="h"), *(_share(square.loc[down, (shares[1], across)]) for across in DWELLS_H)]
        for down in DWELLS_H
    ]
    head = ["Khorgos takes", *(f"passes {text.fixed(across)} h" for across in DWELLS_H)]
    most = table[shares[2]].max()
    rest = "neither of them in no world" if most == 0 else f"neither of them in {_share(most)} at most"
    heading = (
        f"Share of worlds in which through Kyrgyzstan is the fastest (the rest: through Kazakhstan; {rest}):"
    )
    return f"{heading}\n\n{_table(head, rows)}"


def _share(value: float) -> str:
    return "< 1 %" if 0 < value < 0.01 else text.per_cent(value).replace("%", " %")


def _table(head: list[str], rows: list[list[str]]) -> str:
    return to_markdown(TableView([TableColumn(label) for label in head], rows), spaced_rule=True)


def _tenths(value: float) -> str:
    return text.fixed(value, 1)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    write_atomically(target, page(load_network()))
    print(f"written: {target}")
