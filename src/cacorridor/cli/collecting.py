"""Spare a command the search for garbage, from its first import on: what it makes is kept to its end.

Python looks through all objects after every 700 new ones, and once more at the end, when all of them go
anyway. That is a tenth of the time in which a route is told.
"""

from __future__ import annotations

import atexit
import gc

OBJECTS = 100_000  # between two collections

gc.set_threshold(OBJECTS)
atexit.register(gc.freeze)
