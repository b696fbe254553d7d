"""What whole processes take: wall and CPU seconds, and the most memory at once, each as medians of runs in turns."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import polars as pl

from returns903 import __version__

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Way:
    """One way to do something: a command, and where to read how many findings there were."""

    name: str
    command: Sequence[str]
    counts: bool = False
    """The last line that it prints is the number of findings; the one before it is to be told."""
    findings: Path | None = None
    """A file of findings, a line each below its header."""


@dataclass(frozen=True)
class Spent:
    """One run."""

    wall: float
    cpu: float
    peak: float
    """MiB, of the largest of its processes; never less than what this one has, from which it is started."""
    findings: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Row:
    """A way, over all runs."""

    name: str
    runs: int
    wall: float
    """Median seconds, and the least and most."""
    least: float
    most: float
    cpu: float
    peak: float
    findings: int | None = None
    note: str = ""


def spent(way: Way, bound: float) -> Spent | None:
    """Run a way once; None where it takes longer than the bound."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        before = time.perf_counter()
        process = subprocess.Popen(way.command, stdout=out, stderr=err, start_new_session=True)
        timer = threading.Timer(bound, lambda: os.killpg(process.pid, signal.SIGKILL))
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - before
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode == -signal.SIGKILL and wall >= bound:
            return None
        is_missing = way.findings is not None and not way.findings.exists()
        if is_missing or process.returncode not in ((0,) if way.counts else (0, 1)):
            err.seek(0)
            sys.exit(f"{way.name} came to no end ({process.returncode}): {err.read().decode()[-2000:]}")
        out.seek(0)
        said = out.read().decode().splitlines() if way.counts else []
    found = int(said[-1]) if said else _lines(way.findings)
    return Spent(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, found, " ".join(said[-2:-1]))


def _lines(file: Path | None) -> int | None:
    return None if file is None else int(pl.scan_csv(file, infer_schema=False).select(pl.len()).collect().item())


def in_turns(ways: Sequence[Way], rounds: int, bound: float) -> list[Row]:
    """Run all ways one after the other, and all again; one that took longer than the bound is not tried again."""
    runs: dict[str, list[Spent]] = {way.name: [] for way in ways}
    over: set[str] = set()
    for turn in range(rounds):
        for way in ways if turn % 2 == 0 else reversed(ways):
            if way.name in over:
                continue
            found = spent(way, bound)
            over |= {way.name} if found is None else set()
            runs[way.name] += [] if found is None else [found]
            print(
                f"  {turn + 1} {way.name}: {'over the bound' if found is None else f'{found.wall:.2f} s'}", flush=True
            )
    return [
        _row(name, of) if of else Row(name, 0, *[bound] * 3, 0, 0, note="over the bound") for name, of in runs.items()
    ]


def _row(name: str, runs: Sequence[Spent]) -> Row:
    walls = [run.wall for run in runs]
    cpu, peak = (median(getattr(run, what) for run in runs) for what in ("cpu", "peak"))
    return Row(name, len(runs), median(walls), min(walls), max(walls), cpu, peak, runs[-1].findings, runs[-1].note)


def machine() -> str:
    """What it ran on: cores, memory, and versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    cores = len(os.sched_getaffinity(0))
    python = platform.python_version()
    return f"{cores} cores, {memory:.0f} GiB, Python {python}, polars {pl.__version__}, returns903 {__version__}"


def told(row: Row) -> Mapping[str, object]:
    """A row as JSON takes it."""
    return asdict(row)
