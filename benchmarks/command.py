"""Time the whole command against what polars takes to read the same files, both in one run.

python benchmarks/command.py [children] [RETURN PREVIOUS YEAR]

The CSV files of a return and of the one before are written out again and again under new identifiers, until there are
so many children (95,000 where no number is given; the annual report's example where no return is). Printed are CPU
seconds, their ratio, and the most memory the command took.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "annual-report"
RUNS = 3


def copied(source: Path, target: Path, copies: int) -> None:
    """Write a folder's CSV files `copies` times over, with other identifiers in each copy."""
    target.mkdir()
    for path in sorted(source.glob("*.csv")):
        frame = pl.read_csv(path, infer_schema=False)
        number = pl.DataFrame({"copy": range(copies)}).select(pl.format("{}Z", "copy").alias("copy"))
        many = number.join(frame, how="cross").with_columns(CHILD=pl.concat_str("copy", "CHILD"))
        many.drop("copy").write_csv(target / path.name)


def floor(folders: list[Path]) -> float:
    """CPU seconds that polars takes to read the files as text."""
    before = time.process_time()
    for folder in folders:
        for path in sorted(folder.glob("*.csv")):
            pl.read_csv(path, infer_schema=False)
    return time.process_time() - before


def command(arguments: list[str]) -> float:
    """CPU seconds of a process that runs Python with these arguments."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Time one size."""
    children = int(sys.argv[1]) if len(sys.argv) > 1 else 95_000
    now, before = map(Path, sys.argv[2:4] or [EXAMPLE / "return", EXAMPLE / "previous"])
    year = sys.argv[4] if len(sys.argv) > 4 else "2018-19"
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        copies = -(-children // (pl.read_csv(now / "header.csv", infer_schema=False).height))
        copied(now, here / "now", copies)
        copied(before, here / "before", copies)
        year_of_rules = ["--rules-year", "2022-23"] if year < "2022-23" else []
        options = ["--year", year, *year_of_rules, "--previous", str(here / "before"), "--la", "E09000008"]
        output = ["--format", "csv", "--output", str(here / "findings.csv"), "--force"]
        validate = ["-m", "returns903", "validate", str(here / "now"), *options, *output]
        floors = [floor([here / "now", here / "before"]) for _ in range(RUNS)]
        whole = [command(validate) for _ in range(RUNS)]
        imports = [command(["-c", "import polars"]) for _ in range(RUNS)]
        findings = pl.scan_csv(here / "findings.csv").select(pl.len()).collect().item()
    least, most = min(floors), min(whole)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{copies} copies, {findings:,} findings; CPU seconds, the least of {RUNS} runs")
    print(f"polars reads the files   {least:6.2f}")
    print(f"the whole command        {most:6.2f}   {most / least:.1f} times that; most memory {peak:,.0f} MiB")
    print(f"importing polars         {min(imports):6.2f}   the rest of the command {(most - min(imports)) / least:.1f}")


if __name__ == "__main__":
    main()
