"""Time the look-up of 340,000 postcodes of 170,000 episodes: python benchmarks/postcodes.py [distinct postcodes].

Run it twice: the first run makes the copies that later ones read.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import polars as pl

from benchmarks.validate import timed
from returns903.reference.postcodes import Postcodes


def main() -> None:
    """Look postcodes up that lie all over the country, and again."""
    distinct = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    draw = random.Random(0)
    areas = ("B", "BS", "CR", "DN", "EX", "GL", "L", "LS", "M", "NE", "NR", "OX", "PE", "S", "SE", "TN", "W", "YO")
    ends = [f"{n % 29 + 1} {n % 9 + 1}{draw.choice('ABDE')}{draw.choice('ABDE')}" for n in range(distinct)]
    known = [draw.choice(areas) + end for end in ends]
    asked = pl.Series(draw.choices(known, k=340_000))
    postcodes = Postcodes.load(None)
    if postcodes is None:
        sys.exit("the package of postcodes is not installed")
    for which in ("first", "second"):
        timed(f"{which} look-up of {len(set(known)):,} postcodes", lambda: postcodes.locate(asked))


if __name__ == "__main__":
    main()
