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
    waiting: deque[tuple[list[Item], Future | None]] = deque()
    # A new interpreter each: to fork one that has threads may hang.
    pool = ProcessPoolExecutor(
        number, multiprocessing.get_context("spawn"), initializer=_leave_interrupts
    )
    broken = False

    def result() -> Made:
        nonlocal broken
        batch, future = waiting.popleft()
        try:
            return function(batch) if future is None else future.result()
        except (BrokenProcessPool, OSError):
            broken = True
            return function(batch)

    try:
        for batch in batches:
            try:
                future = None if broken else pool.submit(function, batch)
            except (BrokenProcessPool, OSError):
                broken, future = True, None
            waiting.append((batch, future))
            if len(waiting) > number + 1:
                yield result()
        while waiting:
            yield result()
    finally:
        if broken:
            _end(pool)
        pool.shutdown(cancel_futures=True)


def _end(pool: ProcessPoolExecutor) -> None:
    """End the processes of a broken pool, which overlooks one that began as another died.

    Left alone that one holds the pool's pipe open, and shutting the pool down waits for ever.
    """
    for process in list((pool._processes or {}).values()):
        process.kill()


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
