"""Time the whole command against what polars takes to read the same files, both in one run.

python benchmarks/command.py [children] [year]

A return and the one before are made up, in which a child in five has a fault (95,000 children of 2024-25 where nothing
else is given). Printed are CPU seconds, their ratio, and the most memory that validating took.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from returns903.testing.lives import AUTHORITY

ROOT = Path(__file__).resolve().parents[1]
RUNS = 3


def floor(folders: list[Path]) -> float:
    """CPU seconds that polars takes to read the files as text."""
    before = time.process_time()
    for folder in folders:
        for path in sorted(folder.glob("*.csv")):
            pl.read_csv(path, infer_schema=False)
    return time.process_time() - before


def used(arguments: list[str]) -> resource.struct_rusage:
    """What a process used that runs Python with these arguments."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            said.seek(0)
            raise SystemExit(said.read().decode())
    return usage


def command(arguments: list[str]) -> float:
    """CPU seconds of such a process."""
    usage = used(arguments)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Time one size."""
    children = sys.argv[1] if len(sys.argv) > 1 else "95000"
    year = sys.argv[2] if len(sys.argv) > 2 else "2024-25"
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        made, found = here / "made", here / "findings.csv"
        amount = ["--children", children, "--year", year, "--previous", "--faults", "20%"]
        making = command(["-m", "returns903", "synthesise", *amount, "--output", str(made)])
        beside = ["--providers", str(made / "providers.csv"), "--postcodes", str(made / "postcodes.csv")]
        options = ["--year", year, "--previous", str(made / "previous"), "--la", AUTHORITY, *beside]
        output = ["--format", "csv", "--output", str(found), "--force"]
        validate = ["-m", "returns903", "validate", str(made / "return"), *options, *output]
        floors, whole, imports = zip(
            *(
                (floor([made / "return", made / "previous"]), command(validate), command(["-c", "import polars"]))
                for _ in range(RUNS)
            ),
            strict=True,
        )
        peak = used(validate).ru_maxrss / 1024
        findings = pl.scan_csv(found).select(pl.len()).collect().item()
    least, most = min(floors), min(whole)
    print(f"{int(children):,} children made in {making:.1f} CPU seconds; {findings:,} findings")
    print(f"CPU seconds, the least of {RUNS} runs")
    print(f"polars reads the files   {least:6.2f}")
    print(f"the whole command        {most:6.2f}   {most / least:.1f} times that; most memory {peak:,.0f} MiB")
    print(f"importing polars         {min(imports):6.2f}   the rest of the command {(most - min(imports)) / least:.1f}")


if __name__ == "__main__":
    main()
