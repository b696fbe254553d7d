"""Time what a small return and a call for help take, against importing polars: python benchmarks/small.py.

A property test of a pipeline validates nine children again and again in one process; people ask for help.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.command import ROOT, command
from returns903 import Return, read_return, validate

RUNS = 15


def again(the_return: Return) -> float:
    """CPU seconds of one more validation in this process."""
    before = time.process_time()
    validate(the_return)
    return time.process_time() - before


def main() -> None:
    """Print the least of several runs."""
    nine = read_return(ROOT / "examples" / "return-with-faults", year="2024-25", local_authority="E09000002")
    validate(nine)
    took = [
        (command(["-c", "import polars"]), command(["-m", "returns903", "--help"]), again(nine)) for _ in range(RUNS)
    ]
    polars, asked, nine_again = (min(times) for times in zip(*took, strict=True))
    print(f"importing polars              {polars * 1000:5.0f} ms of CPU time, the least of {RUNS}")
    print(f"returns903 --help             {asked * 1000:5.0f} ms, {asked / polars:.2f} of that")
    print(f"nine children, not the first  {nine_again * 1000:5.0f} ms, {nine_again / polars:.2f} of that")


if __name__ == "__main__":
    main()
