"""Returns handed to whoever does the work, a few at a time, and what comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool

from returns903.batch.jobs import Job
from returns903.batch.processes import Processes
from returns903.batch.work import Done, Work, check, failed

_DIED = "its process was killed, twice: the last time nothing else of the batch ran; there may not be enough memory"
_GLANCE = 0.2
"""Seconds that are waited at a time: with polars loaded, Ctrl-C does not end a wait without an end."""
_NO_MEMORY = "there is not enough memory for it"


def run_here(jobs: Iterable[Job], work: Work, processes: int) -> Iterator[Done]:
    """Check returns on processes of this machine.

    A return whose process dies is tried again by itself once all others are done: it may have died for another's size.
    """
    suspects: list[Job] = []
    with Processes(processes) as pool:
        for job, future in _each(pool, jobs, work, processes):
            if isinstance(future.exception(), BrokenProcessPool):
                suspects.append(job)
            else:
                yield _done(job, future)
    for job in suspects:
        with Processes(1) as pool:
            yield from (_done(job, future) for _, future in _each(pool, [job], work, 1))


def run_on(pool: Executor, jobs: Iterable[Job], work: Work, at_once: int) -> Iterator[Done]:
    """Check returns on an executor of someone's own, so many at once."""
    for job, future in _each(pool, jobs, work, at_once):
        yield _done(job, future)


def _each(pool: Executor, jobs: Iterable[Job], work: Work, at_once: int) -> Iterator[tuple[Job, Future[Done]]]:
    """The jobs as they end. No more are handed out than are worked on: a result waits nowhere but here."""
    waiting = iter(jobs)
    running: dict[Future[Done], Job] = {}
    while True:
        while len(running) < at_once and (job := next(waiting, None)) is not None:
            running[pool.submit(check, job, work)] = job
        if not running:
            return
        for future in wait(running, _GLANCE, FIRST_COMPLETED).done:
            yield running.pop(future), future


def _done(job: Job, future: Future[Done]) -> Done:
    error = None if future.cancelled() else future.exception()
    if future.cancelled():
        return failed(job, "it was given up by whoever was to check it")
    if isinstance(error, MemoryError):
        return failed(job, _NO_MEMORY)
    if isinstance(error, BrokenProcessPool):
        return failed(job, _DIED)
    if error is not None:
        return failed(job, f"its worker came to no end ({type(error).__name__})")
    return future.result()
