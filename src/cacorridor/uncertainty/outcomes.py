"""What draws of journeys give: their quantiles, who wins, and which figures the variance comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cacorridor.errors import UsageError
from cacorridor.network.scenarios.scenarios import BASE
from cacorridor.routing import doors
from cacorridor.uncertainty.draws import normals
from cacorridor.uncertainty.journeys import have_same_ends
from cacorridor.uncertainty.sensitivity import variance_contribution

if TYPE_CHECKING:
    from cacorridor.uncertainty.cases import Pair

TIE = 1e-6  # of the hours; what differs less is a tie, because the same steps may be summed in another order
QUANTILES = {"p10": 0.1, "p50": 0.5, "p90": 0.9, "p95": 0.95}


@dataclass(frozen=True, eq=False)
class Simulation:
    """Hours of each case in each draw; by another criterion than time, what that counts.

    A case is *adaptive*, the best route of a pair in each draw, or *fixed*, one route in every draw.

    Parameters
    ----------
    cases
        One row a case: ``scenario``, ``name``, ``kind``.
    amounts
        Shape (cases, draws), in ``unit``; infinite where there is no route. Hours are also ``times_h``.
    usage
        How often an adaptive journey used a state or a crossing, and whether the route best on average does.
    seed, first_draw
        Each draw is known by its number, so that the same draws can be made again.
    complete
        False after Ctrl-C, with the draws that were made until then.
    groups
        Of each case: what varies it, and by how much (standard deviation).
    unit
        Unit of the amounts: h, km, usd or kg.
    ends
        Of each case: names of origin and destination.

    Examples
    --------
    >>> sim = cc.simulate(net, ("Kashgar", "Tashkent"), draws=100, modes=["road"])
    >>> sim.times_h.shape
    (2, 100)
    >>> sim.cases["kind"].tolist()
    ['adaptive', 'fixed']

    """

    cases: pd.DataFrame
    amounts: np.ndarray
    usage: pd.DataFrame
    seed: int
    first_draw: int = 0
    complete: bool = True
    groups: tuple[dict[str, float], ...] = field(default=(), repr=False)  # what varies each case: sigma
    unit: str = "h"
    ends: tuple[Pair, ...] = field(default=(), repr=False)  # of each case: names of origin and destination

    @property
    def times_h(self) -> np.ndarray:
        """Hours of each case in each draw, shape (cases, draws).

        Raises
        ------
        UsageError
            If something else than hours was drawn.

        """
        if self.unit != "h":
            raise UsageError(f"this simulation drew {self.unit}, not hours: ask for amounts")
        return self.amounts

    def summary(
        self,
        deadline_h: float | None = None,
        *,
        limit: float | None = None,
        promise_h: float | None = None,
    ) -> pd.DataFrame:
        """Sum up each case, one a row: mean and quantiles, in columns that end in the unit.

        ``buffer_h`` is the 95th percentile minus the mean; ``on_time_share`` the share of the draws within
        ``deadline_h`` (``promise_h`` in 0.1), ``within_share`` that within ``limit``, in the unit.
        """
        deadline_h = promise_h if deadline_h is None else deadline_h
        table, unit = self.cases.copy(), self.unit
        table[f"mean_{unit}"] = mean = self.amounts.mean(axis=1)
        ordered = np.sort(self.amounts, axis=1)
        for name, quantile in QUANTILES.items():  # a draw, so that none is nan
            table[f"{name}_{unit}"] = ordered[:, round(quantile * (ordered.shape[1] - 1))]
        # infinite minus infinite would be not a number: where there is no route, no buffer is enough
        has_route = np.isfinite(mean)
        buffer = table[f"p95_{unit}"] - np.where(has_route, mean, 0.0)
        table[f"buffer_{unit}"] = np.where(has_route, buffer, np.inf)
        # a draw without a route is late, whatever the deadline
        if deadline_h is not None:
            deadline_h = doors.hours(deadline_h, "deadline_h", zero=True)
            table["on_time_share"] = (self.times_h <= deadline_h).mean(axis=1)
        if limit is not None:
            table["within_share"] = (self.amounts <= doors.weight(limit, "limit")).mean(axis=1)
        return table

    def win_matrix(self) -> pd.DataFrame:
        """Compute the share of the draws in which a case (row) is better than another (column).

        Journeys between different ends are not compared: not a number, with a warning that names them.
        """
        names = [
            f"{name} ({kind})" if scenario == BASE else f"{name} ({kind}, {scenario})"
            for scenario, name, kind in self.cases.itertuples(index=False)
        ]
        # all against one rival at a time: all pairs at once would hold cases x cases x draws
        shares = np.empty((len(names), len(names)))
        for column, rival in enumerate(self.amounts):
            shares[:, column] = (self.amounts < (1 - TIE) * rival).mean(axis=1)
        table = pd.DataFrame(shares, index=names, columns=names)
        return table.where(have_same_ends(self.ends)) if self.ends else table

    faster = win_matrix  # its name in 0.1, kept through 0.2

    def variance_shares(self, least_share: float = 0.01) -> pd.DataFrame:
        """Rank the figures by their share of each case's variance, one figure a row.

        ``variance_share`` is the share of the variance that the figure explains; shares below
        ``least_share`` are left out. Draws are numbered, so the figures are not kept but drawn again.
        """
        # what a group drew is known by its name, its spread and the numbers of the draws
        first, stop = self.first_draw, self.first_draw + self.amounts.shape[1]
        rows = []
        for case, groups in enumerate(self.groups):
            amounts = self.amounts[case]
            shares = {}
            for group, sigma in groups.items():
                figure = np.exp(sigma * normals(self.seed, group, first, stop))
                shares[group] = variance_contribution(amounts, figure)
            weightiest = sorted(shares, key=lambda group: -shares[group])
            described = self.cases.iloc[case]
            shown = [group for group in weightiest if shares[group] >= least_share]
            rows += [(*described, group, shares[group]) for group in shown]
        return pd.DataFrame(rows, columns=[*self.cases, "cause", "variance_share"])

    causes = variance_shares  # its name in 0.1, kept through 0.2

    @property
    def use(self) -> pd.DataFrame:
        """The name of ``usage`` in 0.1, kept through 0.2."""
        return self.usage

    def _repr_html_(self) -> str:
        """Show the summary in a notebook; pandas escapes the names."""
        return self.summary().round(1).to_html(index=False)

    def __repr__(self) -> str:
        """Count cases and draws."""
        cases = "1 case" if len(self.cases) == 1 else f"{len(self.cases)} cases"
        return f"<Simulation: {cases}, {self.amounts.shape[1]:,} draws, seed {self.seed}>"
