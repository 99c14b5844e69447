"""What a dataset says of itself: its version, and the day that "today" means."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cacorridor.errors import DataError, Fault

if TYPE_CHECKING:
    from cacorridor.network.model import Network

DATASET_FILE = "dataset.toml"  # may be missing
KEYS = ("version", "as_of")
SHOWN_OF_HASH = 12  # digits, enough to tell datasets apart


@dataclass(frozen=True)
class DataVersion:
    """Which data an answer rests on: their version, the day that "today" means, the hash of their files.

    ``edited`` tells that scenarios, a year or a user changed the tables after they were read.

    Parameters
    ----------
    version
        Version of the dataset.
    as_of
        The day that "today" means, YYYY-MM-DD.
    sha256
        Hash of the files, in the order in which they are read.
    edited
        Whether scenarios, a year or a user changed the tables since.

    Examples
    --------
    >>> version = cc.data_version(net)
    >>> len(version.sha256), version.edited
    (64, False)

    """

    version: str
    as_of: str
    sha256: str
    edited: bool = False

    @property
    def dated(self) -> str:
        """The day with version and hash behind it, as pages tell it: enough to know the data again."""
        short = f"sha256 {self.sha256[:SHOWN_OF_HASH]}" * bool(self.sha256)
        behind = ", ".join(filter(None, (self.version, short)))
        return " ".join(filter(None, (self.as_of, f"({behind})" * bool(behind))))

    def __str__(self) -> str:
        """Say it on one line."""
        # parts that are not known drop out
        known = [self.version, f"of {self.as_of}" * bool(self.as_of)]
        known += [f"(sha256 {self.sha256[:SHOWN_OF_HASH]})" * bool(self.sha256), "edited" * self.edited]
        return " ".join(filter(None, ("data", *known))) if any(known) else "data without a version"


def data_version(network: Network | None = None) -> DataVersion:
    """Tell which data a network was read from.

    Parameters
    ----------
    network
        From ``load_network``; by default the embedded dataset.

    Returns
    -------
    DataVersion
        ``version``, ``as_of`` (YYYY-MM-DD), ``sha256`` of the files in the order in which they are read, and
        ``edited``; texts are empty where the network was not read from files or its files do not say.

    Examples
    --------
    >>> import cacorridor as cc
    >>> cc.data_version().as_of >= "2026"
    True

    """
    if network is None:
        from cacorridor.network.io import load_network

        network = load_network()
    return DataVersion(network.version, network.as_of, network.sha256, network.edited)


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
        Fault(DATASET_FILE, None, str(key), repr(entry), f"texts {' and '.join(KEYS)}")
        for key, entry in entries.items()
        if key not in KEYS or not isinstance(entry, str)
    ]
    # the day only where all else is sound, so that one fault is not told twice
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
    # a text of JSON is a text of TOML
    entries = {"version": version, "as_of": as_of}
    lines = [f"{key} = {json.dumps(text, ensure_ascii=False)}\n" for key, text in entries.items() if text]
    return "".join(lines)


def _is_day(text: str) -> bool:
    """Say whether a text is a day of the calendar, YYYY-MM-DD, or empty."""
    try:
        return not text or dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
