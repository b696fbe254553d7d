"""Time what the plugin adds to a test run that uses nothing of it: python benchmarks/pytest_start.py.

pytest runs one empty test, with the plugin and without, by turns.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.command import command

RUNS = 41


def main() -> None:
    """Print the median and the least of both."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "test_nothing.py").write_text("def test_nothing():\n    pass\n", encoding="utf-8")
        run = ["-m", "pytest", "-q", "-p", "no:cacheprovider", folder]
        ways = {"with": run, "without": [*run, "-p", "no:returns903"]}
        took: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(RUNS):
            for way, arguments in ways.items():
                took[way].append(command(arguments) * 1000)
    for way, of_way in took.items():
        print(f"{way:8} the plugin {statistics.median(of_way):5.0f} ms of CPU time, the least {min(of_way):.0f}")
    pairs = [one - other for one, other in zip(took["with"], took["without"], strict=True)]
    print(f"it adds {statistics.median(pairs):.1f} ms, the median of {RUNS} pairs")


if __name__ == "__main__":
    main()
