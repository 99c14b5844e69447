"""What differs between two networks: which links take other hours, kilometres, dollars or grams."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cacorridor.costs.calibration import RAIL, family
from cacorridor.costs.emissions import OF_RUNS, OF_TRAINS
from cacorridor.costs.prices import AT_PLACES, ON_LINKS
from cacorridor.costs.time import ANY_STATE
from cacorridor.network.model import SEA
from cacorridor.network.schema import DIRECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cacorridor.costs.time import TimeModel
    from cacorridor.network.model import Network
    from cacorridor.routing.graph.layout.link_steps import Models

ANY_LINK = ""
FIGURES_OF_A_LINK = ("mode", "from", "to", "length_km", "traction")  # its shapes no edit changes


@dataclass(frozen=True, eq=False)
class Changes:
    """What differs between two networks in figures that hours, kilometres, dollars and grams rest on."""

    models_before: Models
    models_after: Models
    same: set[str]  # tables of which nothing differs

    @property
    def before(self) -> TimeModel:
        """Times before the edit."""
        return self.models_before.times

    @property
    def after(self) -> TimeModel:
        """Times after it."""
        return self.models_after.times

    @cached_property
    def links(self) -> set[str]:
        """Links of which the length or the place differs, or what their borders, ships and passes take."""
        before, after = self.before, self.after
        changed = _changed_keys(before.network.delays, after.network.delays)
        # a break of gauge that comes or goes makes another kind of border
        if not {"links", "transfers"} <= self.same:
            changed |= before.calibration.gauge_links ^ after.calibration.gauge_links
        if "links" not in self.same:
            changed |= _changed_keys(_figures_of_links(before.network), _figures_of_links(after.network))
        if "services" not in self.same:
            changed |= _changed_keys(self.before.services, self.after.services)
        if self.after.month is not None:  # opening and closed share are those of the month
            changed |= self.before.closures.keys() | self.after.closures.keys()
        elif "closures" not in self.same:
            changed |= _changed_keys(self.before.closures, self.after.closures)
        return changed

    @cached_property
    def dwells(self) -> set[Any]:
        """Keys of crossings of which a figure differs: link, state, mode, direction."""
        if "crossings" in self.same and self.after.survey_year is None:
            return set()
        # what a crossing takes, and what it costs
        payments = _changed_keys(self.models_before.prices.payments, self.models_after.prices.payments)
        return payments | _changed_keys(self.before.dwells, self.after.dwells)

    @cached_property
    def speeds(self) -> set[Any]:
        """Modes and states of which the speed differs."""
        is_same = "speeds" in self.same and self.after.survey_year is None
        return set() if is_same else _changed_keys(self.before.speeds, self.after.speeds)

    @cached_property
    def rates(self) -> list[dict[str, Any]]:
        """Prices that differ, as they were and as they are."""
        return self._changed_rows("rates")

    @cached_property
    def factors(self) -> list[dict[str, Any]]:
        """Factors of emissions that differ, as they were and as they are."""
        return self._changed_rows("emissions")

    def _changed_rows(self, table: str) -> list[dict[str, Any]]:
        if table in self.same:
            return []
        before, after = (_by_id(times.network.rows(table)) for times in (self.before, self.after))
        changed = _changed_keys(before, after)
        return [rows[key] for rows in (before, after) for key in changed & rows.keys()]

    @cached_property
    def transfers(self) -> set[str]:
        """Rows of transfers that differ, by id."""
        # a price of handling may be paid at any of them, and so does its factor hold
        all_pay = any(row["what"] in AT_PLACES for row in (*self.rates, *self.factors))
        if "transfers" in self.same and not all_pay:
            return set()
        before, after = (_by_id(times.transfer_rows) for times in (self.before, self.after))
        return before.keys() | after.keys() if all_pay else _changed_keys(before, after)

    def concerned(self) -> set[str]:
        """List the links that take other hours or kilometres than before."""
        network = self.after.network
        links, state_of = network.columns("links"), network.state_of
        # links that differ themselves
        concerned = self.links & set(links["id"])
        # links at whose borders a figure differs, also an average that they lean on
        if self.dwells:
            ends = zip(links["id"], links["mode"], links["from"], links["to"], strict=True)
            for key, mode, start, end in ends:
                if self._dwell_differs(key, mode, state_of[start], state_of[end]):
                    concerned.add(key)
        # links that run in a state where the speed differs
        if self.speeds:
            before = self.before.network.link_columns
            runs = zip(before["id"], before["mode"], before["state_km"], strict=True)
            differs = {key for key, mode, km in runs if mode != SEA and self._speed_differs(mode, km)}
            concerned |= differs.intersection(links["id"])
        return concerned | self._paying()

    def _paying(self) -> set[str]:
        """List the links that may pay a price, or emit by a factor, that differs."""
        differing = [row for row in (*self.rates, *self.factors) if row["what"] in ON_LINKS | OF_RUNS]
        if not differing:
            return set()
        links = self.after.network.link_columns
        names = ("id", "mode", "from_state", "to_state", "state_km")
        rows = zip(*(links[name] for name in names), strict=True)
        return {
            key
            for key, mode, *ends, state_km in rows
            if any(_may_hold(row, key, mode, {*ends, *state_km}) for row in differing)
        }

    def _dwell_differs(self, link: str, mode: str, one: str, other: str) -> bool:
        """Look for a changed figure among those that the sides of a border may lean on."""
        # a figure may be of the crossing itself, of its state, or of all states: the averages
        sides = itertools.product((one, other), DIRECTIONS) if one != other else ()
        for state, direction in sides:
            for place in ((link, state), (ANY_LINK, state), (ANY_LINK, ANY_STATE)):
                if (*place, mode, direction) in self.dwells:
                    return True
        return False

    def _speed_differs(self, mode: str, states: Iterable[str]) -> bool:
        return any((mode, state) in self.speeds for state in (ANY_STATE, *states))


def _may_hold(row: Mapping[str, Any], link: str, mode: str, states: set[str]) -> bool:
    """Tell whether a price or factor holds for a link: for its mode or family, for no other link or state."""
    return (
        row["mode"] in {"", mode, family(mode)}
        and row["link"] in {"", link}
        and row["state"] in {"", SEA, *states}
        and (row["what"] not in OF_TRAINS or family(mode) == RAIL)
    )


def _by_id(rows: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in rows}


def _figures_of_links(network: Network) -> dict[str, tuple[Any, ...]]:
    """List what an edit can change of the way of each link."""
    links = network.columns("links")
    figures = zip(*(links[name] for name in FIGURES_OF_A_LINK), strict=True)
    return dict(zip(links["id"], figures, strict=True))


def _changed_keys(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> set[Any]:
    """List the keys of which something differs; what is only in one of the two differs."""
    # rows are compared as they are, so that a source that changes counts too
    both = before.keys() & after.keys()
    # rows that compare as equal are the same; of the others a missing number may be all that differs
    unlike = [key for key in both if before[key] is not after[key] and before[key] != after[key]]
    differs = {key for key in unlike if _comparable(before[key]) != _comparable(after[key])}
    return (before.keys() ^ after.keys()) | differs


def _comparable(cells: Any) -> list[Any]:
    """List the cells of a row, or of several; a missing number, which is unlike itself, as None."""
    if isinstance(cells, list):
        return [_comparable(row) for row in cells]
    cells = cells.values() if isinstance(cells, dict) else cells
    return [None if cell != cell else cell for cell in cells]  # noqa: PLR0124
