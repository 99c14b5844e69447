"""What a step of a journey costs in money: the most specific price for a load, in dollars of 2025."""

from __future__ import annotations

import itertools
import math
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from cacorridor.costs.calibration import family
from cacorridor.costs.components import NO_FIGURE, Component
from cacorridor.costs.loads import LOADS
from cacorridor.costs.time import PANDEMIC_YEARS
from cacorridor.errors import UsageError
from cacorridor.network.model import SEA

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cacorridor.costs.components import Register
    from cacorridor.network.model import Network

PRICE_YEAR = 2025  # of the dollars that every price is converted to
USD = "USD"
LATE_CONTROLS = {("CHN", 2022)}  # Chinese borders kept the controls of the pandemic until January 2023


class StepPrice(NamedTuple):
    """Dollars of one step and dollars for each of its hours, with the numbers of the prices behind them."""

    usd: float
    price: int = NO_FIGURE
    usd_per_h: float = 0.0
    hour_price: int = NO_FIGURE


FREE = StepPrice(0.0)
NOT_PRICED = StepPrice(math.nan)


class PriceModel:
    """The prices of a network for one load; the figures that were asked for stand in a register.

    Prices are those of a shipper: from terminal to terminal, without the container itself, insurance, and
    the way to and from the terminals. ``level`` is one of the tables': what a container train pays is not
    what wagons pay in a survey. Months do not change prices.
    """

    def __init__(self, network: Network, load: str, level: str, register: Register) -> None:
        self.network, self.load, self.level, self.register = network, LOADS[load], level, register
        self._rate_of: dict[tuple[str, ...], dict[str, Any] | None] = {}  # those that were looked for

    # ------------------------------------------------------------ steps

    def run(self, mode: str, state: str, link: str, km: float) -> StepPrice:
        """Price a run within one state by the kilometre; a sailing from port to port where it has a fare."""
        if mode == SEA:
            fare = self._find("sailing", mode=mode, link=link)
            if fare is not None:
                return self._paid(fare)
        rate = self._find("run", mode=mode, state=state, link=link)
        return NOT_PRICED if rate is None else self._paid(rate, km)

    def crossing(self, link: str, mode: str, state: str, direction: str, *, union: bool = False) -> StepPrice:
        """Price one side of a crossing: payments there, from the survey of it first, and the hours stood.

        ``union`` marks a border inside a customs union, where a state's usual payments are not made.
        """
        # inside a union its own price goes before what the survey has for the state
        within = self._find("union", mode=mode, state=state, link=link) if union else None
        payments = self._surveyed([link] if within else [link, ""], mode, state, direction)
        if payments is None:
            rate = within or self._find("crossing", mode=mode, state=state, link=link, direction=direction)
            payments = NOT_PRICED if rate is None else self._paid(rate)
        return self._standing(payments, mode, state)

    def waiting(self, mode: str, state: str) -> StepPrice:
        """Price the hours of a wait, for a ship or a pass."""
        return self._standing(FREE, mode, state) if self._rates else NOT_PRICED

    def handling(self, kind: str, place: str, state: str, cost_usd: float = math.nan) -> StepPrice:
        """Price a handling: ``kind`` is gauge, port or terminal; ``cost_usd`` is the transfer's own price."""
        rate = self._find(kind, state=state, place=place)
        if rate is None:
            return NOT_PRICED
        if math.isnan(cost_usd):
            return self._paid(rate)
        # a price of the transfer itself has the relative range of the usual one
        row = {**rate, "mean": cost_usd, "currency": USD, "year": PRICE_YEAR, "unit": "feu"}
        return self._paid(_scaled(row, rate), key=f"rates/{rate['id']}@{place}")

    # ------------------------------------------------------------ figures

    def _paid(self, row: dict[str, Any], amount: float = 1.0, key: str = "") -> StepPrice:
        """Pay a price for an amount: kilometres, or one."""
        return StepPrice(amount * self._usd(row), self._number(row, key or f"rates/{row['id']}"))

    def _standing(self, payments: StepPrice, mode: str, state: str) -> StepPrice:
        """Add what each hour of standing costs, where there is a price for it."""
        rate = self._find("hour", mode=mode, state=state)
        if rate is None:
            return payments
        number = self._number(rate, f"rates/{rate['id']}")
        return payments._replace(usd_per_h=self._usd(rate), hour_price=number)

    def _usd(self, row: dict[str, Any]) -> float:
        """Convert a price to dollars of 2025 for the load."""
        per_unit: float = row["mean"] * self._dollars[row["currency"], int(row["year"])]
        return per_unit * self.load.units[row["unit"]]

    def _number(self, row: dict[str, Any], key: str) -> int:
        """Give a price its number; prices of a kilometre vary together in all states, as a market does."""
        return self.register.number(
            key,
            lambda: Component(
                key=key,
                group=f"rates/{row['what']}:{family(row['mode'])}" if row["what"] == "run" else key,
                value=row["mean"],
                unit=f"{row['currency']}/{row['unit']}{PER[row['what']]}",
                low=row["low"] / row["mean"],
                high=row["high"] / row["mean"],
                basis=row["basis"],
                source_id=row["source_id"],
                year=int(row["year"]),
                note=row["note"],
            ),
        )

    def _surveyed(self, links: Sequence[str], mode: str, state: str, direction: str) -> StepPrice | None:
        """Price one side of a crossing by its row of the table of crossings; the range is the usual one."""
        usual = self._find("crossing", mode=mode)
        for link in links:
            row = self.payments.get((link, state, mode, direction))
            if row is not None and usual is not None:
                year = int(row["year"] or PRICE_YEAR)
                paid = {**usual, **{name: row[name] for name in ("basis", "source_id", "note")}}
                paid |= {"mean": row["cost_usd"], "currency": USD, "year": year, "unit": "feu"}
                return self._paid(_scaled(paid, usual), key=f"crossings/{row['id']}.cost")
        return None

    # ------------------------------------------------------------ rows of the tables

    def _find(self, what: str, **where: str) -> dict[str, Any] | None:
        """Find the most specific price: of the link or place, then of the state, then of the mode."""
        # most links and places have no price of their own: their questions are one and the same
        spots = [where.get(name, "") for name in WHERE]
        spots = [spot if spot in named else "" for spot, named in zip(spots, self._priced, strict=True)]
        question = (what, where.get("mode", ""), *spots)
        if question not in self._rate_of:
            self._rate_of[question] = self._most_specific(*question)
        return self._rate_of[question]

    def _most_specific(self, what: str, mode: str, *spots: str) -> dict[str, Any] | None:
        """Go from the price of the very spot to that of the mode anywhere."""
        places = [[spot, ""] if spot else [""] for spot in spots]
        modes = dict.fromkeys((mode, family(mode)))
        for *place, level, mode_word in itertools.product(*places, (self.level, ""), modes):
            rows = self._rates.get((what, mode_word, level, *place))
            row = self._of_load(rows) if rows else None
            if row is not None:
                return row
        return None

    @cached_property
    def _priced(self) -> list[set[str]]:
        """Collect the links, places, states and directions that some price is for."""
        return [set(self.network.columns("rates")[name]) for name in WHERE]

    def _of_load(self, rows: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
        """Choose among the prices of one thing that of the load's own unit, else of the next."""
        return next((rows[unit] for unit in self.load.units if unit in rows), None)

    @cached_property
    def _rates(self) -> dict[tuple[str, ...], dict[str, dict[str, Any]]]:
        """Group the prices by what they are for, the newest of each unit."""
        rates: dict[tuple[str, ...], dict[str, dict[str, Any]]] = {}
        for row in sorted(self.network.rows("rates"), key=lambda row: int(row["year"])):
            key = row["what"], row["mode"], row["level"], *(row[name] for name in WHERE)
            rates.setdefault(key, {})[row["unit"]] = row
        return rates

    @cached_property
    def payments(self) -> dict[tuple[str, ...], dict[str, Any]]:
        """Payments at crossings, the newest; those of the pandemic say little about others."""
        rows = [row for row in self.network.rows("crossings") if not math.isnan(row["cost_usd"])]
        rows = [row for row in rows if row["cost_usd"] > 0 and not _of_the_pandemic(row)]
        rows.sort(key=lambda row: int(row["year"] or PRICE_YEAR))
        # a later row of the same side takes the place of an earlier one
        side_of = itemgetter("link", "state", "mode", "direction")
        return {side_of(row): row for row in rows}

    @cached_property
    def _dollars(self) -> dict[tuple[str, int], float]:
        """Dollars of 2025 for one unit of a currency of a year."""
        return dollars(self.network)


WHERE = ("link", "place", "state", "direction")  # what may make a price more specific, the narrowest first
ON_LINKS = frozenset({"run", "sailing", "hour", "crossing", "union"})  # prices that steps of a link may pay
AT_PLACES = frozenset({"gauge", "port", "terminal"})  # and those of handlings
PER = {"run": "-km", "hour": "-hour", "time": "-hour"}
PER |= dict.fromkeys(("crossing", "union", "sailing", "gauge", "port", "terminal"), "")


def _of_the_pandemic(row: dict[str, Any]) -> bool:
    """Say whether payments at a crossing were made under the controls of the pandemic."""
    return row["year"] in PANDEMIC_YEARS or (row["state"], row["year"]) in LATE_CONTROLS


def _scaled(row: dict[str, Any], like: dict[str, Any]) -> dict[str, Any]:
    """Give a price the relative range of another."""
    scale = row["mean"] / like["mean"]
    return {**row, "low": like["low"] * scale, "high": like["high"] * scale}


def dollars(network: Network) -> dict[tuple[str, int], float]:
    """Compute the dollars of 2025 for one unit of each currency of each year."""
    rows: Iterable[dict[str, Any]] = network.rows("currencies")
    known = {(USD, PRICE_YEAR): 1.0}
    for row in rows:
        known[row["currency"], int(row["year"])] = row["usd_per_unit"] * row["usd_2025_per_usd"]
    return known


def value_of_goods_time(network: Network, goods: str, load: str) -> float:
    """Look up what an hour of a load's time is worth by the goods, dollars of 2025.

    Raises
    ------
    UsageError
        If the data know no such goods, with those they know.

    """
    rows = {row["goods"]: row for row in network.rows("rates") if row["what"] == "time"}
    if goods not in rows:
        known = ", ".join(rows) or "none in rates.csv"
        raise UsageError(f"value_of_time {goods!r}; allowed: dollars an hour, or goods: {known}")
    row = rows[goods]
    per_unit: float = row["mean"] * dollars(network)[row["currency"], int(row["year"])]
    return round(per_unit * LOADS[load].units[row["unit"]], 2)  # cents: a heading repeats it
