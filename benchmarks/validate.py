"""Time a validation: python benchmarks/validate.py [children] [year].

Prints CPU and wall seconds of making the return from frames of text, of the first validation and of a second one, with
the previous return and all rules of the year. Reference data that are installed are used.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.big_return import big_return
from returns903 import Return, Year, validate

T = TypeVar("T")


def timed(what: str, step: Callable[[], T]) -> T:
    """Run a step and print what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = step()
    print(f"{what:28} {time.process_time() - cpu:6.2f} s CPU {time.perf_counter() - wall:6.2f} s wall")
    return result


def main() -> None:
    """Time one size."""
    children = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    year = Year(sys.argv[2] if len(sys.argv) > 2 else "2024-25")
    now, before = big_return(children, year), big_return(children, year.previous)
    print(f"{children:,} children, {now['Episodes'].height:,} episodes, and the previous return, {year.label}")
    made = timed(
        "typed tables from text",
        lambda: Return.from_frames(now, previous=before, year=year, local_authority="E09000002"),
    )
    for which in ("first", "second"):
        result = timed(f"{which} validation", lambda: validate(made))
    ran = len(result.outcomes) - len(result.codes("skipped"))
    print(f"{ran} rules ran, {result.findings.height:,} rows flagged")


if __name__ == "__main__":
    main()
