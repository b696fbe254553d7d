"""Time what a small return and a call for help take, against importing polars: python benchmarks/small.py.

A property test of a pipeline validates nine children again and again in one process; people ask for help.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.command import ROOT, command
from returns903 import read_return, validate

RUNS = 15


def main() -> None:
    """Print the least of several runs."""
    polars = min(command(["-c", "import polars"]) for _ in range(RUNS))
    asked = min(command(["-m", "returns903", "--help"]) for _ in range(RUNS))
    nine = read_return(ROOT / "examples" / "return-with-faults", year="2024-25", local_authority="E09000002")
    validate(nine)
    took = []
    for _ in range(RUNS):
        before = time.process_time()
        validate(nine)
        took.append(time.process_time() - before)
    print(f"importing polars              {polars * 1000:5.0f} ms of CPU time, the least of {RUNS}")
    print(f"returns903 --help             {asked * 1000:5.0f} ms, {asked / polars:.2f} of that")
    print(f"nine children, not the first  {min(took) * 1000:5.0f} ms, {min(took) / polars:.2f} of that")


if __name__ == "__main__":
    main()
