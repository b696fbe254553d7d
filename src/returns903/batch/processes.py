"""Processes of this machine, one return at a time each; one that dies takes no other with it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import connection, get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")


def processors() -> int:
    """The processors that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


class Processes(Executor):
    """So many processes, started by spawn when there is work for them, each a pool of its own.

    When a process dies, the library's pool of several gives up all that was asked of it, and does not say who is to
    blame. Pools of one know. The processors are shared out among them as threads of polars.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._threads = max(1, processors() // count)
        self._slots: list[ProcessPoolExecutor | None] = [None] * count
        self._last: list[Future[Any] | None] = [None] * count

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Ask for a call; of a process that has nothing to do, where there is one."""
        idle = [n for n, last in enumerate(self._last) if last is None or last.done()]
        number = idle[0] if idle else 0
        with _environment(POLARS_MAX_THREADS=str(self._threads)):
            try:
                asked = self._slot(number).submit(fn, *args, **kwargs)
            except BrokenProcessPool:
                self._end(number)
                asked = self._slot(number).submit(fn, *args, **kwargs)
        self._last[number] = asked
        return asked

    def __exit__(self, *raised: object) -> None:
        self.shutdown(cancel_futures=True)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let all processes end."""
        for slot in self._slots:
            if slot is not None:
                slot.shutdown(wait=wait, cancel_futures=cancel_futures)

    def _slot(self, number: int) -> ProcessPoolExecutor:
        slot = self._slots[number]
        if slot is None:
            slot = ProcessPoolExecutor(1, get_context("spawn"), initializer=begin)
            self._slots[number] = slot
        return slot

    def _end(self, number: int) -> None:
        slot, self._slots[number] = self._slots[number], None
        if slot is not None:
            slot.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _environment(**variables: str) -> Iterator[None]:
    """Variables that a process started meanwhile is born with; polars looks at its own as it is loaded, and no more."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def begin() -> None:
    """Make a process ready.

    It ends with the one that started it, however that ends, and by Ctrl-C without a word. What libraries write to
    stderr, and might quote a cell, is dropped: all that there is to say comes back as a result.
    """
    import polars  # noqa: F401  # takes Ctrl-C for itself as it is loaded

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
