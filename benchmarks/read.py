"""Time reading against polars alone, on both returns of so many children: python benchmarks/read.py [children]."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

from returns903 import write_return
from returns903.reading import read_tables
from returns903.testing import synthesise

ROUNDS = 5


def cpu_seconds(step: Callable[[], object]) -> float:
    """The least of some rounds."""
    times: list[float] = []
    for _ in range(ROUNDS):
        start = time.process_time()
        step()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Write the files, and read them with polars alone and with all that is done here."""
    children = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    made = synthesise(children, year="2024-25")
    with tempfile.TemporaryDirectory() as here:
        folders = [Path(here) / name for name in ("now", "before")]
        for folder, tables in zip(folders, (made.tables, made.previous or {}), strict=True):
            write_return(tables, folder)
        files = [file for folder in folders for file in folder.iterdir()]
        floor = cpu_seconds(lambda: [pl.read_csv(file, infer_schema=False) for file in files])
        reading = cpu_seconds(lambda: [read_tables(folder) for folder in folders])
    print(f"polars alone {floor:.2f} CPU s, reading {reading:.2f}: {reading / floor:.1f} times")


if __name__ == "__main__":
    main()
