"""Time returns903 beside the published validator and beside polars alone, whole processes on the same files, in turns.

python benchmarks/compare.py --theirs PYTHON [--parts 1000,10000] [--rounds 5] [--bound 3600]

PYTHON is that of an environment in which the published validator is installed (`pip install csc-validator-be-903`, with
a Python from 3.9 to 3.11); without it, only ours is timed. Parts are numbers of children, and `small`, `reports`,
`tables` and `batch`. What is measured is kept in benchmarks/measured.json, part by part, and docs/performance.md is
written from all of that.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import polars as pl

from benchmarks import performance
from benchmarks.spent import ROOT, Row, Way, in_turns, machine, told
from returns903.testing.lives import AUTHORITY

YEAR, RULESET, COLLECTION_YEAR = "2024-25", "lac2024_25", "2025"
OURS = [sys.executable, "-m", "returns903", "--no-config"]
MEASURED = ROOT / "benchmarks" / "measured.json"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
FEW = 100_000
"""From so many children on, each way runs once only."""
THEIR_MOST = 100_000
"""More children than that the published validator is not asked to check."""
AUTHORITIES, EACH = 150, 800
_PROVIDERS = {
    "Local Authority": pl.lit(AUTHORITY),
    "URN": pl.col("URN"),
    "Provider Type": pl.lit("Children's Home"),
    "Deregistration Date": pl.col("REG_END"),
    "Placement Code": pl.col("PLACE_CODES"),
    "Setting Address Postcode": pl.col("POSTCODE"),
    "Placement Provider Code": pl.col("PROVIDER_CODES"),
}
"""The columns of the combined list of providers, as both validators read it, from those of a made-up list."""
FLOOR = """
import sys, polars as pl
from pathlib import Path
for folder in sys.argv[1:]:
    for file in sorted(Path(folder).glob("*.csv")):
        pl.read_csv(file, infer_schema=False)
"""
_NINE = """
import returns903, sys
ret = returns903.read_return(sys.argv[1], year="2024-25", local_authority="E09000002")
for _ in range(int(sys.argv[2])):
    returns903.validate(ret)
"""


def made(children: int, folder: Path, *, previous: bool = True, seed: int = 1) -> Path:
    """A made-up return, with a fault in every fifth child, and a list of providers as a workbook."""
    words = ["synthesise", "--children", str(children), "--seed", str(seed), "--year", YEAR, "--faults", "20%"]
    words += ["--previous"] if previous else []
    subprocess.run([*OURS, *words, "--output", str(folder)], check=True, capture_output=True)
    providers = pl.read_csv(folder / "providers.csv", infer_schema=False)
    providers.select(**_PROVIDERS).write_excel(folder / "providers.xlsx")
    return folder


def validating(at: Path, output: Path, *more: str) -> list[str]:
    """Our command, with last year's return, providers, and postcodes from the installed package."""
    beside = ["--previous", str(at / "previous"), "--providers", str(at / "providers.xlsx"), "--la", AUTHORITY]
    return [*OURS, "validate", str(at / "return"), "--year", YEAR, *beside, "--output", str(output), "--force", *more]


def of_size(children: int, folder: Path, theirs: str | None) -> list[Way]:
    """Both validators, and the floor, on a return of so many children."""
    at, found, other = made(children, folder / "made"), folder / "ours.csv", folder / "theirs.csv"
    both = [str(at / "return"), str(at / "previous")]
    ways = [
        Way("polars reads the files", [sys.executable, "-c", FLOOR, *both]),
        Way("returns903", validating(at, found), findings=found),
    ]
    if theirs and children <= THEIR_MOST:
        words = [*both, str(at / "providers.xlsx"), RULESET, COLLECTION_YEAR, AUTHORITY, str(other)]
        ways.append(Way("published validator", [theirs, str(ROOT / "benchmarks" / "theirs.py"), *words], counts=True))
    return ways


def small(folder: Path) -> list[Way]:
    """What is felt of a small return: loading, help, nine children again and again."""
    nine = str(ROOT / "examples" / "return-with-faults")
    return [
        Way("import polars", [sys.executable, "-c", "import polars"]),
        Way("import returns903", [sys.executable, "-c", "import returns903"]),
        Way("returns903 --help", [*OURS, "--help"]),
        Way("nine children, once", [sys.executable, "-c", _NINE, nine, "1"]),
        Way("nine children, 101 times", [sys.executable, "-c", _NINE, nine, "101"]),
    ]


def reports(folder: Path) -> list[Way]:
    """Some 50,000 findings in each form."""
    at = made(42_000, folder / "made")
    forms = ("csv", "html", "xlsx", "json", "parquet")
    return [Way(f"findings as {form}", validating(at, folder / f"found.{form}")) for form in forms]


def tables(folder: Path) -> list[Way]:
    """All tables of counts of 10,000 children, under disclosure control and without."""
    at = made(10_000, folder / "made")
    words = [*OURS, "tables", str(at / "return"), "--year", YEAR, "--la", AUTHORITY, "--force", "--output"]
    return [
        Way(f"tables, disclosure {method}", [*words, str(folder / method), "--disclosure", method])
        for method in ("suppress", "none")
    ]


def batch(folder: Path) -> list[Way]:
    """150 authorities of 800 children, on one process and on two; the dataset is made anew each time."""
    rows = []
    for number in range(AUTHORITIES):
        at = made(EACH, folder / f"a{number}", seed=number)
        rows.append({"name": f"a{number}", "path": str(at / "return"), "previous": str(at / "previous")})
    pl.DataFrame(rows).write_csv(folder / "list.csv")
    words = ["validate", "--batch", str(folder / "list.csv"), "--year", YEAR, "--processes"]
    script = "import shutil, subprocess, sys; shutil.rmtree(sys.argv[1], True); sys.exit(subprocess.call(sys.argv[2:]))"
    out = str(folder / "out")
    return [
        Way(f"batch, {count} process{'es' if count > 1 else ''}", [sys.executable, "-c", script, out, *command])
        for count in (1, 2)
        for command in [[*OURS, *words, str(count), "--output", out]]
    ]


OTHERS: dict[str, Callable[[Path], list[Way]]] = {
    "small": small,
    "reports": reports,
    "tables": tables,
    "batch": batch,
}


def parts(asked: str) -> Iterator[str]:
    """The parts named."""
    for name in asked.split(","):
        if name not in OTHERS and not name.isdigit():
            sys.exit(f"there is no part {name}; there are numbers of children, and {', '.join(OTHERS)}")
        yield name


def measure(part: str, rounds: int, bound: float, theirs: str | None) -> list[Row]:
    """Measure one part."""
    print(f"{part}: making the returns", flush=True)
    with tempfile.TemporaryDirectory() as where:
        folder = Path(where)
        ways = of_size(int(part), folder, theirs) if part.isdigit() else OTHERS[part](folder)
        return in_turns(ways, 1 if part.isdigit() and int(part) >= FEW else rounds, bound)


def main() -> None:
    """Measure the parts asked for, keep what was found, and write the page."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--theirs", metavar="PYTHON")
    words.add_argument("--parts", default=",".join([*map(str, SIZES), *OTHERS]))
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--bound", type=float, default=3600, metavar="SECONDS")
    words.add_argument("--kept", type=Path, default=MEASURED)
    words.add_argument("--page", type=Path, default=ROOT / "docs" / "performance.md")
    given = words.parse_args()
    for part in parts(given.parts):
        rows = measure(part, given.rounds, given.bound, given.theirs)
        kept = json.loads(given.kept.read_text(encoding="utf-8")) if given.kept.exists() else {}
        kept[part] = {"machine": machine(), "rows": [told(row) for row in rows]}
        given.kept.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        performance.write(kept, given.page)


if __name__ == "__main__":
    main()
