"""Fail where this version has become slow: by ratios of CPU time within one run, never by seconds.

python benchmarks/guard.py

What is bounded is the whole command against polars that reads the same files, and nine children, not for the first
time, against importing polars. The bounds are about twice what an idle machine of two cores measures.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.command import ROOT, command
from benchmarks.compare import FLOOR, made, validating
from benchmarks.small import again
from returns903 import read_return, validate

CHILDREN, RUNS = 20_000, 5
BOUNDS = {"the whole command, to reading the files": 10.0, "nine children again, to importing polars": 0.9}


def ratios() -> dict[str, float]:
    """The least of some runs over the least of some runs, taken in turns."""
    nine = read_return(ROOT / "examples" / "return-with-faults", year="2024-25", local_authority="E09000002")
    validate(nine)
    with tempfile.TemporaryDirectory() as where:
        at = made(CHILDREN, Path(where) / "made")
        reading = ["-c", FLOOR, str(at / "return"), str(at / "previous")]
        checking = validating(at, Path(where) / "found.csv")[1:]
        took = [
            (command(reading), command(checking), command(["-c", "import polars"]), again(nine)) for _ in range(RUNS)
        ]
    floor, whole, polars, nine_again = (min(times) for times in zip(*took, strict=True))
    return dict(zip(BOUNDS, (whole / floor, nine_again / polars), strict=True))


def main() -> None:
    """Print the ratios; exit 1 where one is over its bound."""
    found = ratios()
    for what, ratio in found.items():
        print(f"{what}: {ratio:.2f}, at most {BOUNDS[what]:.1f}")
    sys.exit(any(ratio > BOUNDS[what] for what, ratio in found.items()))


if __name__ == "__main__":
    main()
