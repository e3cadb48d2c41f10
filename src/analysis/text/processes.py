"""Work on several cores by processes of their own, for what holds the interpreter's lock."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from analysis.text.chunks import cores

Item = TypeVar("Item")
Made = TypeVar("Made")


def in_processes(
    function: Callable[[list[Item]], Made],
    batches: Iterable[list[Item]],
    workers: int | None = None,
) -> Generator[Made, None, None]:
    """Apply a function to batches in several processes, giving the results in order.

    What a process that dies leaves undone is done here: the results are the same in any case.

    Parameters
    ----------
    function : callable
        Of a module, so that another process finds it; takes a list.
    batches : iterable of list
        Few are held at a time.
    workers : int, optional
        Processes; as many as there are cores if left out. With one, all is done here.

    Yields
    ------
    object
        What the function makes of each batch.
    """
    number = cores() if workers is None else workers
    if number < 2:
        yield from map(function, batches)
        return
    # A new interpreter each: to fork one that has threads may hang. A pool of its own each: in one
    # of several, a process that begins while another dies is overlooked and waits for ever.
    fresh = multiprocessing.get_context("spawn")
    pools = [ProcessPoolExecutor(1, fresh, _leave_interrupts) for _ in range(number)]
    given: dict[ProcessPoolExecutor, list[Future]] = {pool: [] for pool in pools}
    waiting: deque[tuple[list[Item], Future | None]] = deque()

    def give(batch: list[Item]) -> Future | None:
        while given:
            pool = min(given, key=lambda pool: sum(not one.done() for one in given[pool]))
            try:
                future = pool.submit(function, batch)
            except (BrokenProcessPool, OSError):
                del given[pool]
            else:
                given[pool] = [one for one in given[pool] if not one.done()] + [future]
                return future
        return None

    def result() -> Made:
        batch, future = waiting.popleft()
        try:
            return function(batch) if future is None else future.result()
        except (BrokenProcessPool, OSError):
            return function(batch)

    try:
        for batch in batches:
            waiting.append((batch, give(batch)))
            if len(waiting) > number + 1:
                yield result()
        while waiting:
            yield result()
    finally:
        for pool in pools:
            pool.shutdown(cancel_futures=True)


def _leave_interrupts() -> None:
    # Ctrl-C goes to every process of a terminal; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def batches_of(
    items: Iterable[Item], size: Callable[[Item], int], most: int
) -> Iterator[list[Item]]:
    """Yield items in lists of about some size.

    Examples
    --------
    >>> list(batches_of(["ab", "c", "def"], len, 3))
    [['ab', 'c'], ['def']]
    """
    batch: list[Item] = []
    total = 0
    for item in items:
        batch.append(item)
        total += size(item)
        if total >= most:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch
