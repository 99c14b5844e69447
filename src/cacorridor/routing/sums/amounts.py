"""What a route costs and emits: totals with their ranges, refused where the data cannot tell them."""

from __future__ import annotations

import math
from abc import abstractmethod
from typing import TYPE_CHECKING, cast

from cacorridor.costs.measures import COST, EMISSIONS, measures_of
from cacorridor.errors import UsageError
from cacorridor.routing.graph.steps import describe_lack

if TYPE_CHECKING:
    import pandas as pd

    from cacorridor.costs.measures import Measure
    from cacorridor.routing.graph.steps import StepTable
    from cacorridor.routing.routes import Route


class DollarsAndGrams:
    """The part of a route that sums its dollars and grams, for the load that was asked for."""

    table: StepTable

    @abstractmethod
    def range_of(self, measure: Measure) -> tuple[float, float]:
        """Compute the 10th and 90th percentile of a measure."""

    @property
    def cost_usd(self) -> float:
        """Expected cost for the load asked for, US dollars of 2025."""
        return self._known(COST, self._total(COST))

    @property
    def cost_low_usd(self) -> float:
        """10th percentile of the cost, US dollars of 2025."""
        return self._known(COST, self.range_of(COST)[0])

    @property
    def cost_high_usd(self) -> float:
        """90th percentile of the cost, US dollars of 2025."""
        return self._known(COST, self.range_of(COST)[1])

    @property
    def co2e_kg(self) -> float:
        """Expected greenhouse gas emissions for the load asked for, kg of CO2 equivalent."""
        return self._known(EMISSIONS, self._total(EMISSIONS))

    @property
    def co2e_low_kg(self) -> float:
        """10th percentile of the emissions, kg of CO2 equivalent."""
        return self._known(EMISSIONS, self.range_of(EMISSIONS)[0])

    @property
    def co2e_high_kg(self) -> float:
        """90th percentile of the emissions, kg of CO2 equivalent."""
        return self._known(EMISSIONS, self.range_of(EMISSIONS)[1])

    def _total(self, measure: Measure) -> float:
        return float(measure.amount(self.table).sum())

    def _known(self, measure: Measure, amount: float) -> float:
        """Return a value of a measure that the data can tell.

        Raises
        ------
        UsageError
            If the data lack a price or a factor somewhere on the route, with where.

        """
        # a sum over a step without a price is not a number; a total without it would be too low
        if not math.isfinite(amount):
            raise UsageError(describe_lack(self.table, measure))
        return amount

    @property
    def measures(self) -> list[Measure]:
        """Measures of which the data know something, hours and kilometres always."""
        return measures_of(self.table.components)

    def costs(self) -> pd.DataFrame:
        """List the prices that the cost rests on, one row a step and price, in order of travel."""
        from cacorridor.routing.sums.elements import cost_elements

        return cost_elements(cast("Route", self))

    def emissions(self) -> pd.DataFrame:
        """List the elements of the transport chain (ISO 14083): what each emits, by which factors."""
        from cacorridor.routing.sums.elements import emission_elements

        return emission_elements(cast("Route", self))
