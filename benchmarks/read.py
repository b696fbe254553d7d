"""Time the reading of a CSV with 400,000 episodes: python benchmarks/read.py [children]."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.big_return import big_return
from benchmarks.validate import timed
from returns903 import Year, read_return


def main() -> None:
    """Write the file, and read it twice."""
    children = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "episodes.csv"
        big_return(children, Year("2024-25"))["Episodes"].write_csv(path)
        for which in ("first", "second"):
            timed(f"{which} reading", lambda: read_return(path, year="2024-25"))


if __name__ == "__main__":
    main()
