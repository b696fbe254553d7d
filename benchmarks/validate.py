"""Time a validation: python benchmarks/validate.py [children] [year].

Prints CPU and wall seconds of making the return from frames of text, of the first validation and of a second one, with
the previous return and all rules of the year. A child in five has a fault.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TypeVar

from returns903 import Year, validate
from returns903.testing import synthesise

FAULTS = 0.2
"""The share of children with a fault."""

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
    made = timed("making it up", lambda: synthesise(children, year=year, faults=FAULTS))
    print(f"{children:,} children, {made.tables['Episodes'].height:,} episodes, and the previous return, {year.label}")
    ret = timed("typed tables from text", made.load)
    for which in ("first", "second"):
        result = timed(f"{which} validation", lambda: validate(ret))
    ran = len(result.outcomes) - len(result.codes("skipped"))
    print(f"{ran} rules ran, {result.findings.height:,} rows flagged")


if __name__ == "__main__":
    main()
