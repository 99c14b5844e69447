"""Tell the measured lengths link by link, for the eyes of whoever corrects the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.build_geo.checks import Findings
    from tools.build_geo.overlay import Measured

COLUMNS = (
    ("link", 52),
    ("drawn", 6),
    ("line_km", 9),
    ("measured", 9),
    ("published", 10),
    ("pub/meas", 9),
    ("pub/line", 9),
    ("trk/straight", 13),
)


def report(measured: list[Measured], findings: Findings, circuity: float) -> str:
    """Return the findings, then one line per link."""
    lines = [
        f"circuity {circuity}, links {len(measured)}",
        f"errors {len(findings.errors)}, warnings {len(findings.warnings)}",
        *(f"ERROR   {text}" for text in findings.errors),
        *(f"WARNING {text}" for text in findings.warnings),
        "",
        " ".join(_fit(name, width) for name, width in COLUMNS) + "  km by state",
        *(_row(one) for one in measured),
    ]
    return "\n".join(lines) + "\n"


def _row(one: Measured) -> str:
    drawn, published = one.drawn, one.drawn.link.length_km
    cells = (
        drawn.link.id,
        drawn.basis,
        f"{drawn.line_km:.1f}",
        f"{one.measured_km:.1f}",
        f"{published:.1f}" if published else "-",
        _ratio(published, drawn.measured_km),
        _ratio(published, drawn.line_km),
        _ratio(drawn.measured_km, drawn.straight_km) if drawn.basis == "track" else "-",
    )
    states = " ".join(f"{code} {km:.1f}" for code, km in one.km.items())
    widths = (width for _, width in COLUMNS)
    return " ".join(_fit(cell, w) for cell, w in zip(cells, widths, strict=True)) + f"  {states}"


def _ratio(top: float | None, bottom: float) -> str:
    return f"{top / bottom:.3f}" if top and bottom > 0 else "-"


def _fit(cell: str, width: int) -> str:
    return cell.ljust(width) if width > 20 else cell.rjust(width)
