"""Where snapshots lie, and under which key: beside the embedded data, or in the user's cache directory.

A key is made of the content of the folder and the version of the package. In the cache it also knows the
source files of the package, so that whoever works on the rules is never told what older rules said.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cacorridor.network.snapshot.container import FORMAT, Container, DamagedError, pack
from cacorridor.release import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PACKAGE = Path(__file__).resolve().parents[2]
ROOMS = ("network", "costs", "routing/graph")  # whose sources decide what a snapshot holds
CACHE = "CACORRIDOR_CACHE"  # environment: another cache directory; empty for none
ENDING = ".snapshot"
LONGEST_LINE = 200  # bytes; the first line of a snapshot has about 90
FILES_KEPT = 64  # in the cache; the oldest go first


@dataclass(frozen=True)
class Store:
    """The snapshots of one folder of tables."""

    digest: str  # of the content of the folder and the version of the package
    has_cache: bool = True
    opened: dict[str, Container] = field(default_factory=dict, repr=False, compare=False)

    def key(self, *, installed: bool) -> str:
        """Return the key of a snapshot: an installed one needs to know the version of the package only."""
        return self.digest if installed else self._cache_key

    def read(self, name: str) -> Container | None:
        """Open a snapshot; one that is missing, damaged, stale or foreign counts as none."""
        if name not in self.opened:
            # the first sound one of the right key
            for path, key in self._places(name):
                container = _open(path, key)
                if container is not None:
                    self.opened[name] = container
                    break
        return self.opened.get(name)

    def write(self, name: str, sections: Mapping[str, Any]) -> None:
        """Keep a snapshot in the cache; where it cannot be written, nothing is kept."""
        from cacorridor.network.files import write_bytes_atomically

        folder = cache_dir() if self.has_cache else None
        if folder is None:
            return
        key = self.key(installed=False)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_bytes_atomically(folder / f"{key}.{name}{ENDING}", pack(key, sections))
            _forget_the_oldest(folder)
        except OSError:
            return

    def _places(self, name: str) -> Iterator[tuple[Path, str]]:
        """List where a snapshot may lie, with the key that it must have there."""
        # made with the wheel, or else kept in the cache
        is_installed = (PACKAGE / "_data" / "geo").is_dir()
        yield embedded_folder() / f"{name}{ENDING}", self.key(installed=is_installed)
        folder = cache_dir() if self.has_cache else None
        if folder is not None:
            yield folder / f"{self._cache_key}.{name}{ENDING}", self._cache_key

    @cached_property
    def _cache_key(self) -> str:
        return hashlib.blake2b(f"{self.digest} {_sources_of_code()}".encode(), digest_size=16).hexdigest()


def store_of(contents: Mapping[str, bytes | None]) -> Store:
    """Return the store of a folder with the contents of its files; None stands for a file that is absent."""
    # name and length stand before each content, so that no two folders read alike
    digest = hashlib.blake2b(digest_size=16)
    digest.update(b"%s %s" % (FORMAT, VERSION.encode()))
    for name, content in contents.items():
        length = -1 if content is None else len(content)
        digest.update(f"\n{name} {length}\n".encode())
        digest.update(content or b"")
    return Store(digest.hexdigest())


def embedded_folder() -> Path:
    """Name the folder in which snapshots of the embedded data lie: made with the wheel, or by ``make``."""
    return PACKAGE / "_data" / "snapshot"


def cache_dir() -> Path | None:
    """Name the directory of the user's snapshots; None if there shall be none."""
    # an empty variable is an answer too: no cache
    chosen = os.environ.get(CACHE)
    if chosen is not None:
        return Path(chosen) if chosen else None
    try:
        import platformdirs
    except ImportError:
        return None
    return platformdirs.user_cache_path("cacorridor", appauthor=False)


def _open(path: Path, key: str) -> Container | None:
    """Open one file, if it is sound and nobody else's."""
    try:
        with path.open("rb") as stream:
            first = stream.readline(LONGEST_LINE)  # that of another key spares reading the rest
            if _is_foreign(os.fstat(stream.fileno())) or key.encode() not in first:
                return None
            return Container(first + stream.read(), key)
    except (OSError, ValueError, DamagedError):
        return None


def _is_foreign(about: os.stat_result) -> bool:
    """Tell whether a file belongs to another user than this one or root, or anyone may write it."""
    if not hasattr(os, "getuid"):
        return False
    return about.st_uid not in {0, os.getuid()} or bool(about.st_mode & 0o002)


def _sources_of_code() -> str:
    """Name the state of the sources that decide what a snapshot holds, by size and time of each file."""
    # sizes and times instead of contents, so that no source needs to be read
    folders = [PACKAGE / room for room in ROOMS]
    stats = []
    while folders:
        for entry in os.scandir(folders.pop()):
            if entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))
            elif entry.name.endswith(".py"):
                about = entry.stat()
                stats.append(f"{entry.name} {about.st_size} {about.st_mtime_ns}")
    return "\n".join(sorted(stats))


def _forget_the_oldest(folder: Path) -> None:
    """Keep the newest snapshots only."""
    ages = [
        (entry.stat().st_mtime_ns, entry.path) for entry in os.scandir(folder) if entry.name.endswith(ENDING)
    ]
    for _, path in sorted(ages, reverse=True)[FILES_KEPT:]:
        Path(path).unlink(missing_ok=True)
