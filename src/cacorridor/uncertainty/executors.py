"""Run draws on threads or on a dask cluster; the draws are the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cacorridor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cacorridor.uncertainty.batches import DrawBlock, JourneyBatch

Range = tuple[int, int]


@dataclass(frozen=True)
class DrawExecutor:
    """How draws are split and run: ``chunk`` at a time, over threads or a ``dask.distributed.Client``.

    A client is sent the journeys once and then only numbers of draws.

    Parameters
    ----------
    threads
        How many threads draw.
    client
        A ``dask.distributed.Client``, instead of threads.
    chunk
        Draws at a time.

    Raises
    ------
    UsageError
        If there would be no thread or no draw in a chunk, or both threads and a client are asked for.

    Examples
    --------
    >>> route = cc.find_route(net, "Kashgar", "Tashkent", modes=["road"])
    >>> threads = cc.DrawExecutor(threads=2, chunk=64)
    >>> cc.simulate(net, route, draws=128, executor=threads).complete
    True

    """

    threads: int = 1
    client: Any = None
    chunk: int = 3_072  # draws held at a time: their hours stay below 300 MiB, and more is no quicker

    def __post_init__(self) -> None:
        """Refuse what cannot work."""
        numbers = self.threads, self.chunk
        if not all(isinstance(number, int) for number in numbers) or min(numbers) < 1:
            raise UsageError(f"threads {self.threads}, chunk {self.chunk}; allowed: 1 or more of each")
        if self.threads > 1 and self.client is not None:
            raise UsageError("threads work on this machine and a client on others: choose one of them")

    def ranges(self, start: int, stop: int) -> list[Range]:
        """Split a range of draws into chunks."""
        return [(first, min(first + self.chunk, stop)) for first in range(start, stop, self.chunk)]

    def map(
        self, batches: Sequence[JourneyBatch], ranges: Sequence[Range]
    ) -> Iterator[tuple[DrawBlock, ...]]:
        """Evaluate the batches in each range of draws, in order."""
        if self.client is not None:
            yield from self._on_cluster(batches, ranges)
        elif self.threads == 1:
            for part in ranges:
                yield _evaluate(batches, part)
        else:
            # threads, for the arrays' work is done without Python's lock; in the order of the draws
            with ThreadPoolExecutor(self.threads) as pool:
                futures = [pool.submit(_evaluate, batches, part) for part in ranges]
                try:
                    for future in futures:
                        yield future.result()
                finally:  # also when the reader stops before the end
                    pool.shutdown(cancel_futures=True)

    def _on_cluster(
        self, batches: Sequence[JourneyBatch], ranges: Sequence[Range]
    ) -> Iterator[tuple[DrawBlock, ...]]:
        # the batches are large: each worker gets them once
        scattered = self.client.scatter(tuple(batches), broadcast=True, hash=False)
        futures = [self.client.submit(_evaluate, scattered, part, pure=False) for part in ranges]
        try:
            for future in futures:
                yield future.result()
        finally:
            self.client.cancel(futures)


def _evaluate(batches: Sequence[JourneyBatch], part: Range) -> tuple[DrawBlock, ...]:
    return tuple(batch.evaluate(*part) for batch in batches)
