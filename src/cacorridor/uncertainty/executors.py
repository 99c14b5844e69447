"""Who draws: the threads of this machine, or the workers of a cluster; the draws are the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cacorridor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cacorridor.uncertainty.batches import Followed, Part

Range = tuple[int, int]


@dataclass(frozen=True)
class Workers:
    """How draws are parted: ``chunk`` draws at a time, over threads or over a ``dask.distributed.Client``.

    A client is sent the journeys once and then only numbers of draws.

    Raises
    ------
    UsageError
        If there would be no thread or no draw in a chunk, or both threads and a client are asked for.

    """

    threads: int = 1
    client: Any = None
    chunk: int = 16_384

    def __post_init__(self) -> None:
        """Refuse what cannot work."""
        if self.threads < 1 or self.chunk < 1:
            raise UsageError(f"threads {self.threads}, chunk {self.chunk}; allowed: 1 or more of each")
        if self.threads > 1 and self.client is not None:
            raise UsageError("threads work on this machine and a client on others: choose one of them")

    def ranges(self, start: int, stop: int) -> list[Range]:
        """Part a range of draws into chunks."""
        return [(at, min(at + self.chunk, stop)) for at in range(start, stop, self.chunk)]

    def follow(self, followed: Sequence[Followed], ranges: Sequence[Range]) -> Iterator[tuple[Part, ...]]:
        """Follow the journeys through each range of draws, in order."""
        if self.client is not None:
            yield from self._on_cluster(followed, ranges)
        elif self.threads == 1:
            for part in ranges:
                yield _follow(followed, part)
        else:
            with ThreadPoolExecutor(self.threads) as pool:
                futures = [pool.submit(_follow, followed, part) for part in ranges]
                try:
                    for future in futures:
                        yield future.result()
                finally:  # also when the reader stops before the end
                    pool.shutdown(cancel_futures=True)

    def _on_cluster(
        self, followed: Sequence[Followed], ranges: Sequence[Range]
    ) -> Iterator[tuple[Part, ...]]:
        there = self.client.scatter(tuple(followed), broadcast=True, hash=False)
        futures = [self.client.submit(_follow, there, part, pure=False) for part in ranges]
        try:
            for future in futures:
                yield future.result()
        finally:
            self.client.cancel(futures)


def _follow(followed: Sequence[Followed], part: Range) -> tuple[Part, ...]:
    return tuple(journeys.part(*part) for journeys in followed)
