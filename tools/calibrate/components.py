"""Which component of time a step belongs to: what varies together and is learnt together."""

from __future__ import annotations

from dataclasses import dataclass

TRUNK_STATES = ("KAZ", "RUS", "BLR")  # the northern trunk of 1520 mm, where block trains run on paths of their own
END_HOURS = 24.0  # hours of one end of a journey before calibration (assumed), see docs/calibration.md


@dataclass(frozen=True)
class StepFacts:
    """What a step knows that decides its component.

    ``union``: both sides of the border lie in one customs union. ``method``: words of a transfer.
    """

    kind: str
    mode: str
    state: str
    union: bool = False
    from_mode: str = ""
    method: str = ""


def component_of(step: StepFacts) -> str:
    """Name the component of a step.

    A key begins with its group, ``run``, ``border``, ``transfer``, ``wait``, ``sail`` or ``pass``.
    """
    if step.kind == "run":
        return _run(step)
    if step.kind == "border":
        return _border(step)
    if step.kind == "transfer":
        return _transfer(step)
    if step.kind == "board":
        return "wait:ship"
    if step.kind == "wait":
        return "pass"
    raise ValueError(f"a step of kind {step.kind!r} has no component")


def mode_class(modes: set[str]) -> str:
    """Class of a journey by the modes of its runs: road, sea (rail with a sea leg) or rail."""
    if "road" in modes:
        return "road"
    return "rail+sea" if "sea" in modes else "rail"


def _run(step: StepFacts) -> str:
    if step.mode == "sea":
        return "sail"
    if step.mode == "rail_1520":
        return f"run:rail_1520:{'trunk' if step.state in TRUNK_STATES else 'other'}"
    if step.mode == "rail_1435":
        return f"run:rail_1435:{'CHN' if step.state == 'CHN' else 'other'}"
    return "run:road"


def _border(step: StepFacts) -> str:
    if step.mode == "sea":
        return "border:port"
    side = "union" if step.union else "customs"
    return f"border:{'road' if step.mode == 'road' else 'rail'}:{side}"


def _transfer(step: StepFacts) -> str:
    pair = {step.from_mode, step.mode}
    if "sea" in pair:
        return "transfer:port"
    if pair == {"rail_1435", "rail_1520"}:
        return "transfer:gauge"
    return "transfer:terminal"

