"""Files, whole or not at all: read within bounds, written so that nothing half written is taken for sound."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cacorridor.errors import DataError, Fault, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MARKER = ".unfinished"  # stands in a folder while its files are replaced
LARGEST_MB = 64  # a table of a million rows is smaller
MEGABYTE = 1_000_000
SPECIAL = "a special file (a pipe, a device or a socket)"


def read_text(path: Path) -> str:
    """Read a file as text in UTF-8, with the line ends as they stand.

    Raises
    ------
    DataError
        If it is missing, no regular file, too large, not readable or not UTF-8.

    """
    return decode(path.name, read_bytes(path))


def decode(name: str, content: bytes) -> str:
    """Take the content of a file as text in UTF-8, with the line ends as they stand.

    Raises
    ------
    DataError
        If it is not UTF-8.

    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(name, str(error), "text in UTF-8") from None


def read_bytes(path: Path) -> bytes:
    """Read a file of a dataset.

    Raises
    ------
    DataError
        If it is missing, no regular file, too large or not readable.

    """
    try:
        return _read_bytes(path)
    except FileNotFoundError:
        raise _unreadable(path.name, "missing", "a file of the dataset") from None
    except OSError as error:
        raise _unreadable(path.name, error.strerror or str(error), "a readable file") from None


def _read_bytes(path: Path) -> bytes:
    """Read a regular file; a pipe without a writer is refused, not waited for."""
    # opened without waiting: a pipe has no end that a reader could know of
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as stream:
        kind = _kind(os.fstat(handle).st_mode)
        if kind:
            raise _unreadable(path.name, kind, "a regular file")
        # one byte more than allowed says that a file is too large, whatever its size is said to be
        content = stream.read(LARGEST_MB * MEGABYTE + 1)
    if len(content) > LARGEST_MB * MEGABYTE:
        raise _unreadable(path.name, f"more than {LARGEST_MB} MB", f"a file of at most {LARGEST_MB} MB")
    return content


def _unreadable(name: str, reason: str, allowed: str) -> DataError:
    return DataError([Fault(name, None, "file", reason, allowed)])


def _kind(mode: int) -> str:
    """Name what stands in place of a regular file; nothing if it is one."""
    if stat.S_ISREG(mode):
        return ""
    return "a directory" if stat.S_ISDIR(mode) else SPECIAL


def require_finished(folder: Path) -> None:
    """Refuse a folder whose files are being replaced, or were when something stopped it.

    Raises
    ------
    DataError
        Naming the marker of an unfinished writing.

    """
    if (folder / MARKER).exists():
        allowed = "a folder written to its end: write it again"
        raise DataError([Fault(str(folder), None, MARKER, "half written", allowed)])


def write_atomically(path: Path, text: str) -> None:
    """Write a text file so that a reader sees the old file or the new one; directories are made.

    A link is followed. A file that is there keeps its mode, a new one gets what the umask leaves.

    Raises
    ------
    UsageError
        If a directory or a special file stands there.
    OSError
        Naming the path, if it cannot be written.

    """
    write_bytes_atomically(path, text.encode())


def write_bytes_atomically(path: Path, content: bytes) -> None:
    """Write a file of any kind as ``write_atomically`` writes text."""
    temporary, target = _stage(path, content)
    _replace(temporary, target)


def write_by(path: Path, write: Callable[[Path], object]) -> None:
    """Let a library write a file, whole or not at all: beside the old one, then put in its place.

    Raises
    ------
    UsageError
        If a directory or a special file stands there.
    OSError
        Naming the path, if it cannot be written.

    """
    import secrets

    # a link is followed, and what is no regular file is refused before anything is written
    target = Path(os.path.realpath(path))
    _mode_of(path, target)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{secrets.token_hex(6)}{target.suffix}")  # libraries go by the ending
    try:
        write(temporary)
        _replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def write_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """Write the files of a folder, all or none: they are laid beside the old ones, then put in their place.

    A marker stands in the folder meanwhile, so that a mixture of old and new files is refused.

    Raises
    ------
    UsageError
        If a directory or a special file stands in the place of one, or another program writes the folder.
    OSError
        Naming the path, if a file cannot be written.

    """
    folder.mkdir(parents=True, exist_ok=True)
    staged: list[tuple[Path, Path]] = []
    try:
        # a full disk or a wrong name stops here, with the old files untouched
        for name, text in texts.items():
            content = text.encode()
            staged.append(_stage(folder / name, content))
        # from the first replacement to the last the folder is neither old nor new
        with _marked(folder):
            for temporary, target in staged:
                _replace(temporary, target)
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)


def _stage(path: Path, content: bytes) -> tuple[Path, Path]:
    """Write a content beside the file that it is to replace; return both paths."""
    import secrets

    target = Path(os.path.realpath(path))
    mode = _mode_of(path, target)
    target.parent.mkdir(parents=True, exist_ok=True)
    # beside the target, as only within one file system a file is replaced in one step
    temporary = target.with_name(f".{target.name[:200]}.{secrets.token_hex(6)}")
    try:
        handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)  # the umask counts
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        if mode is not None:
            temporary.chmod(mode)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _naming(error, path) from None
    # an interrupt leaves nothing behind either
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary, target


def _mode_of(path: Path, target: Path) -> int | None:
    """Return the mode of the file that stands there; none if nothing does."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; allowed: a regular file") from None
    if _kind(mode):
        raise UsageError(f"{path} is {_kind(mode)}; allowed: a regular file")
    return stat.S_IMODE(mode)


def _replace(temporary: Path, target: Path) -> None:
    try:
        temporary.replace(target)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _naming(error, target) from None


def _naming(error: OSError, path: Path) -> OSError:
    """Return an error of the system that names the file that was asked for, not the one beside it."""
    return OSError(error.errno, error.strerror, str(path)) if error.errno else error


@contextmanager
def _marked(folder: Path) -> Iterator[None]:
    """Mark a folder as unfinished; the marker stays if the work does not come to its end."""
    marker = folder / MARKER
    handle = _lock(marker)
    try:
        yield
        marker.unlink(missing_ok=True)
    finally:
        os.close(handle)


def _lock(marker: Path) -> int:
    """Open the marker for one writer; what a writer that was killed left behind is taken over."""
    handle = os.open(marker, os.O_CREAT | os.O_RDWR, 0o666)
    try:
        import fcntl
    except ImportError:  # a system without locks of this kind
        return handle
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # the writer before may have taken its marker away between opening and locking
        is_held = marker.exists() and os.path.samestat(os.fstat(handle), marker.stat())
    except OSError:
        is_held = False
    if not is_held:
        os.close(handle)
        raise UsageError(f"{marker.parent} is being written by another program")
    return handle
