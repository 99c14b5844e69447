"""Which service level a journey's service belongs to, and which class of journeys its modes."""

from __future__ import annotations

FAMILIES = ("rail", "road", "sea")
LEVELS = {  # of a question, by the service that a journey used
    "block": "block",
    "scheduled": "express",
    "tir": "express",
    "wagonload": "typical",
    "truck": "typical",
}


def mode_class(modes: set[str]) -> str:
    """Class of a journey by the modes of its runs: road, sea (rail with a sea leg) or rail."""
    if "road" in modes:
        return "road"
    return "rail+sea" if "sea" in modes else "rail"
