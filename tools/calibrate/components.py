"""Which component of time a step belongs to: what varies together and is learnt together."""

from __future__ import annotations

from dataclasses import dataclass

TRUNK_STATES = ("KAZ", "RUS", "BLR")  # the 1520 mm trunk, where block trains have paths of their own
FAMILIES = ("rail", "road", "sea")
LEVELS = {  # level of a service; a block train at its best starts from the express tables too
    "block": "block",
    "scheduled": "express",
    "tir": "express",
    "wagonload": "typical",
    "truck": "typical",
}
TABLES = {"block": "express", "express": "express", "typical": "typical"}


@dataclass(frozen=True)
class StepFacts:
    """What a step knows that decides its component.

    ``union``: both sides of a border lie in one customs union. ``gauge``: railways change their gauge at
    one of its ends. ``from_mode``: mode before a transfer.
    """

    kind: str
    mode: str
    state: str
    union: bool = False
    gauge: bool = False
    from_mode: str = ""


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


def family(mode: str) -> str:
    """Name the family of a mode: both gauges are rail."""
    return mode.partition("_")[0]


def _run(step: StepFacts) -> str:
    if family(step.mode) != "rail":
        return "sail" if step.mode == "sea" else f"run:{step.mode}"
    line = "trunk" if step.state in TRUNK_STATES else "CHN" if step.state == "CHN" else "other"
    return f"run:rail:{line}"


def _border(step: StepFacts) -> str:
    if step.mode == "sea":
        return "border:port"
    if family(step.mode) == "rail" and step.gauge:
        return "border:rail:gauge"
    return f"border:{family(step.mode)}:{'union' if step.union else 'customs'}"


def _transfer(step: StepFacts) -> str:
    pair = {step.from_mode, step.mode}
    if "sea" in pair:
        return "transfer:port"
    return "transfer:gauge" if {family(mode) for mode in pair} == {"rail"} else "transfer:terminal"
