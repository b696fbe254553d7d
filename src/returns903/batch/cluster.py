"""Returns checked on someone's own cluster or executor."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from returns903.batch.processes import processors
from returns903.batch.work import Work, programs
from returns903.errors import ConfigError, InputError, told_as
from returns903.words import counted, printable

AHEAD = 2
"""Returns for each thread of a cluster that it has been handed: one to work on, and one to go on with."""


@contextmanager
def executor_of(client: Any, work: Work) -> Iterator[tuple[Executor, int]]:
    """What takes the work, and how many returns it is handed at once.

    Args:
        client: a Dask client, or an executor.
        work: what is asked for, with the versions that every worker must run.

    Raises:
        ConfigError: it is neither, a worker runs other versions, or there is none.
        InputError: the cluster does not answer.
    """
    if isinstance(client, Executor):
        yield client, AHEAD * (getattr(client, "_max_workers", None) or processors())
        return
    if not hasattr(client, "get_executor"):
        msg = f"client takes a Dask client or a concurrent.futures.Executor, and this is a {type(client).__name__}"
        raise ConfigError(msg)
    with told_as(InputError("the cluster does not answer")):
        known = client.run(programs, on_error="return")
        threads = sum(client.nthreads().values())
    _refuse_others(known, work)
    with client.get_executor(pure=False) as pool:
        yield pool, AHEAD * threads


def _refuse_others(known: dict[str, Any], work: Work) -> None:
    """Refuse a cluster of which a worker runs other versions: what it finds may be something else."""
    if not known:
        msg = "the cluster has no worker"
        raise ConfigError(msg)
    wrong = [
        f"{printable(str(name))} runs {', '.join(other)}"
        for name, worker in sorted(known.items())
        if (other := list(_others(worker, work)))
    ]
    if wrong:
        more = f", and {counted(len(wrong) - 1, 'more worker', 'more workers')}" if len(wrong) > 1 else ""
        asked = ", ".join(f"{name} {version}" for name, version in work.programs.items())
        msg = f"the worker {wrong[0]}{more}: this is {asked}, and every worker needs the same"
        raise ConfigError(msg)


def _others(worker: object, work: Work) -> Iterator[str]:
    """What a worker runs otherwise; one that cannot even tell has no version of ours that knows of batches."""
    if not isinstance(worker, dict):
        yield "no returns903 of this version"
        return
    for name, version in work.programs.items():
        if worker[name] != version:
            yield f"{name} {worker[name]}"


@contextmanager
def dask_client(address: str) -> Iterator[Any]:
    """A client of the Dask cluster at an address.

    Raises:
        ConfigError: the extra `dask` is not installed.
        InputError: nothing answers there.
    """
    try:
        from distributed import Client
    except ImportError:
        msg = "--dask needs a package that is not installed: pip install 'returns903[dask]'"
        raise ConfigError(msg) from None
    with told_as(InputError(f"no Dask cluster answers at {printable(address)}")):
        client = Client(address, timeout="10s", set_as_default=False)  # type: ignore[no-untyped-call]
    with client:
        yield client
