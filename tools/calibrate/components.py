"""Which component of time a step belongs to: what varies together and is learnt together."""

from __future__ import annotations

from dataclasses import dataclass

TRUNK_STATES = ("KAZ", "RUS", "BLR")  # the 1520 mm trunk, where block trains have paths of their own
BROAD_GAUGE_STATES = frozenset(
    {"AFG", "ARM", "AZE", "BLR", "EST", "FIN", "GEO", "KAZ", "KGZ", "LTU", "LVA", "MDA"}
    | {"MNG", "RUS", "TJK", "TKM", "UKR", "UZB"}
)
LEVELS = {  # level of the tables that a service starts from
    "block": "express",
    "scheduled": "express",
    "tir": "express",
    "wagonload": "typical",
    "truck": "typical",
}


@dataclass(frozen=True)
class StepFacts:
    """What a step knows that decides its component.

    ``other_state``: the state on the other side of a border. ``union``: both lie in one customs union.
    ``from_mode``: mode before a transfer.
    """

    kind: str
    mode: str
    state: str
    other_state: str = ""
    union: bool = False
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
    if step.mode == "road":
        return f"border:road:{'union' if step.union else 'customs'}"
    if step.union:
        return "border:rail:union"
    broad = {state in BROAD_GAUGE_STATES for state in (step.state, step.other_state)}
    return f"border:rail:{'customs' if len(broad) == 1 else 'gauge'}"


def _transfer(step: StepFacts) -> str:
    pair = {step.from_mode, step.mode}
    if "sea" in pair:
        return "transfer:port"
    if pair == {"rail_1435", "rail_1520"}:
        return "transfer:gauge"
    return "transfer:terminal"
