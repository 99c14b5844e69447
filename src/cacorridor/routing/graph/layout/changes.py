"""What differs between two networks: which links take other hours, kilometres, dollars or grams."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cacorridor.costs.calibration import family
from cacorridor.costs.time import ANY_STATE
from cacorridor.network.model import SEA
from cacorridor.network.schema import DIRECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cacorridor.costs.time import TimeModel
    from cacorridor.network.model import Network
    from cacorridor.routing.graph.layout.link_steps import Models

ANY_LINK = ""
PRICES_OF_RUNS = {"run", "sailing"}  # kinds of prices that are paid along links of a mode
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
        changed: set[str] = set()
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
    def transfers(self) -> set[str]:
        """Rows of transfers that differ, by id."""
        if "transfers" in self.same:
            return set()
        before, after = self.before.transfer_rows, self.after.transfer_rows
        return _changed_keys({row["id"]: row for row in before}, {row["id"]: row for row in after})

    @cached_property
    def rates(self) -> set[tuple[str, ...]]:
        """Prices that differ: what they are for, and the mode, level and place."""
        if "rates" in self.same:
            return set()
        return _changed_keys(self.models_before.prices.rates, self.models_after.prices.rates)

    @property
    def reach_too_far(self) -> bool:
        """Tell whether a price differs that is paid elsewhere than along the links of a mode."""
        if "rates" in self.same:
            return False
        # where no price is known at all, waits have none either
        any_before, any_after = (bool(each.prices.rates) for each in (self.models_before, self.models_after))
        return any_before != any_after or any(what not in PRICES_OF_RUNS for what, *_ in self.rates)

    def concerned(self) -> set[str]:
        """List the links that take other hours or kilometres, or pay another price, than before."""
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
        return concerned | self._paying_otherwise()

    def _paying_otherwise(self) -> set[str]:
        """List the links of a mode that pays another price by the kilometre, or for a sailing."""
        links, modes = self.after.network.columns("links"), {mode for _, mode, *_ in self.rates}
        pairs = zip(links["id"], links["mode"], strict=True) if modes else ()
        return {key for key, mode in pairs if not modes.isdisjoint((mode, family(mode)))}

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
