"""What a dataset says of itself: its version, and the day that "today" means."""

from __future__ import annotations

import datetime as dt
import json

from cacorridor.errors import DataError, Fault
DATASET_FILE = "dataset.toml"  # may be missing
KEYS = ("version", "as_of")


def parse_about(text: str) -> dict[str, str]:
    """Read the version and the day of a dataset.

    Parameters
    ----------
    text
        TOML; empty if the dataset says nothing of itself.

    Returns
    -------
    dict
        ``version`` and ``as_of`` (YYYY-MM-DD), each an empty text where it is not stated.

    Raises
    ------
    DataError
        With every entry that is not one of these.

    """
    from cacorridor.network.checks.reading import parse_toml

    entries = parse_toml(DATASET_FILE, text)
    faults = [
        Fault(DATASET_FILE, None, str(key), repr(value), f"texts {' and '.join(KEYS)}")
        for key, value in entries.items()
        if key not in KEYS or not isinstance(value, str)
    ]
    if not faults and not _is_day(entries.get("as_of", "")):
        faults = [Fault(DATASET_FILE, None, "as_of", entries["as_of"], "a day, YYYY-MM-DD")]
    if faults:
        raise DataError(faults)
    return {key: entries.get(key, "") for key in KEYS}


def about_text(version: str, as_of: str) -> str:
    """Write what a dataset says of itself as TOML; empty if it says nothing.

    Parameters
    ----------
    version, as_of
        Version and day; empty texts are left out.

    Returns
    -------
    str
        One line an entry.

    """
    entries = zip(KEYS, (version, as_of), strict=True)
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in entries if value)


def _is_day(text: str) -> bool:
    """Say whether a text is a day of the calendar, YYYY-MM-DD, or empty."""
    try:
        return not text or dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
