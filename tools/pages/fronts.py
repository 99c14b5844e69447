"""Draw Pareto fronts as one small picture: hours against dollars, the area of a dot its grams."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cacorridor import ParetoFront, Route

PANEL, GAP, TOP, LEFT, BOTTOM = 250, 62, 34, 58, 58  # pixels
HEIGHT = 230
COLOURS = {"rail": "#0060a8", "road": "#3d3d3d", "sea": "#007a5a"}  # of the longest haul, as in modes.csv
LARGEST = 11.0  # radius of the dot of most grams, pixels
STYLE = 'role="img" font-family="sans-serif" font-size="11"'
STEPS = (1, 2, 2.5, 5, 10)  # of marks on an axis, times a power of ten
MARKS = 4


def draw(fronts: Mapping[str, ParetoFront], families: Mapping[str, str]) -> str:
    """Draw each front in a panel of its own; the most grams of all set the scale of the dots."""
    most_kg = max(route.co2e_kg for front in fronts.values() for route in front)
    width = LEFT + len(fronts) * (PANEL + GAP)
    panels = [
        _panel(title, list(front), LEFT + at * (PANEL + GAP), most_kg, families)
        for at, (title, front) in enumerate(fronts.items())
    ]
    height = TOP + HEIGHT + BOTTOM
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {STYLE}>',
            "<title>Ways that no other betters: hours against dollars, area of a dot: kg CO2e</title>",
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            *panels,
            _legend(height),
            "</svg>\n",
        ]
    )


def _panel(
    title: str, routes: Sequence[Route], left: float, most_kg: float, families: Mapping[str, str]
) -> str:
    """Draw the ways of one pair, the largest dots below the small ones."""
    hours, dollars = _Axis([route.time_h for route in routes]), _Axis([route.cost_usd for route in routes])
    base = TOP + HEIGHT
    lines = [f'<text x="{left}" y="{TOP - 14}" font-weight="bold">{escape(title)}</text>']
    # grids with their figures, from 0 so that distances can be judged
    for mark in hours.marks:
        x = left + PANEL * hours.share(mark)
        lines.append(f'<path d="M{x:.1f} {TOP}V{base}" stroke="#ddd"/>')
        lines.append(f'<text x="{x:.1f}" y="{base + 15}" text-anchor="middle">{mark:,.0f}</text>')
    for mark in dollars.marks:
        y = base - HEIGHT * dollars.share(mark)
        lines.append(f'<path d="M{left} {y:.1f}H{left + PANEL}" stroke="#ddd"/>')
        lines.append(f'<text x="{left - 5}" y="{y + 4:.1f}" text-anchor="end">{mark:,.0f}</text>')
    # the ways; a pointer that rests on one reads its states
    for route in sorted(routes, key=lambda each: -each.co2e_kg):
        x = left + PANEL * hours.share(route.time_h)
        y = base - HEIGHT * dollars.share(route.cost_usd)
        radius = LARGEST * math.sqrt(route.co2e_kg / most_kg)
        told = (
            f"{' '.join(route.states)}: {route.time_h:,.0f} h, {route.cost_usd:,.0f} USD, "
            f"{route.co2e_kg:,.0f} kg CO2e"
        )
        lines.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{COLOURS[_haul(route, families)]}" '
            f'fill-opacity=".55" stroke="#fff"><title>{escape(told)}</title></circle>'
        )
    return "\n".join(lines)


class _Axis:
    """A scale from 0 to a round figure above the largest amount."""

    def __init__(self, amounts: Sequence[float]) -> None:
        rough = max(amounts) / MARKS
        power = 10.0 ** math.floor(math.log10(rough))
        self.step = next(step * power for step in STEPS if step * power >= rough)
        self.top = self.step * math.ceil(max(amounts) / self.step)

    @property
    def marks(self) -> list[float]:
        """Where the axis is marked."""
        return [self.step * number for number in range(round(self.top / self.step) + 1)]

    def share(self, amount: float) -> float:
        """How far along the axis an amount lies, 0 to 1."""
        return amount / self.top


def _haul(route: Route, families: Mapping[str, str]) -> str:
    """Name the family of modes that carries a route the farthest."""
    km: dict[str, float] = {}
    for code, length in zip(route.table.mode.tolist(), route.table.km.tolist(), strict=True):
        family = families[route.table.names.modes[code]]
        km[family] = km.get(family, 0.0) + length
    return max(km, key=lambda family: km[family])


def _legend(height: float) -> str:
    """Say what the axes, the colours and the areas are."""
    y = height - 14
    words = [f'<text x="{LEFT}" y="{y}">across: hours; up: USD a 40-foot container; area: kg CO2e; by</text>']
    for at, (family, colour) in enumerate(COLOURS.items()):
        x = LEFT + 352 + 55 * at
        words.append(f'<circle cx="{x}" cy="{y - 4}" r="5" fill="{colour}" fill-opacity=".55"/>')
        words.append(f'<text x="{x + 9}" y="{y}">{family}</text>')
    return "\n".join(words)
