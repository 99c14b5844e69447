"""The loads that prices and emissions are asked for, and how many units of each price they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

LoadName = Literal["feu", "truck20t", "t"]  # the keys of LOADS, for type checkers and completion
FEU_T = 20.0  # goods in a 40-foot container: 10 t a TEU, as the GLEC framework and Clean Cargo take it


@dataclass(frozen=True)
class Load:
    """A load: its goods in tonnes, and how many of each unit it is; the first unit known is taken."""

    name: str
    tonnes: float
    containers: float
    units: Mapping[str, float]
    meaning: str


# A truck of 20 t and a 40-foot container of 20 t carry the same goods: each stands in for the other where
# only one of them has a price, two TEU for either, and 20 t where only a tonne has.
LOADS: dict[str, Load] = {
    load.name: load
    for load in (
        Load(
            "feu", FEU_T, 1.0, {"feu": 1.0, "teu": 2.0, "truck": 1.0, "t": FEU_T}, "40-foot container, 20 t"
        ),
        Load("truck20t", FEU_T, 1.0, {"truck": 1.0, "feu": 1.0, "teu": 2.0, "t": FEU_T}, "truck with 20 t"),
        Load(
            "t",
            1.0,
            1 / FEU_T,
            {"t": 1.0, "feu": 1 / FEU_T, "teu": 2 / FEU_T, "truck": 1 / FEU_T},
            "one tonne of a 40-foot container's 20",
        ),
    )
}
