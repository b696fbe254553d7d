"""Time reading against polars alone, on both returns of so many children: python benchmarks/read.py [children]."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import polars as pl

from benchmarks.big_return import big_return
from returns903 import Year
from returns903.reading import read_tables

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
    with tempfile.TemporaryDirectory() as made:
        folders = [Path(made) / label for label in ("2024-25", "2023-24")]
        for folder in folders:
            folder.mkdir()
            for name, frame in big_return(children, Year(folder.name)).items():
                frame.write_csv(folder / f"{name}.csv")
        files = [file for folder in folders for file in folder.iterdir()]
        floor = cpu_seconds(lambda: [pl.read_csv(file, infer_schema=False) for file in files])
        reading = cpu_seconds(lambda: [read_tables(folder) for folder in folders])
    print(f"polars alone {floor:.2f} CPU s, reading {reading:.2f}: {reading / floor:.1f} times")


if __name__ == "__main__":
    main()
