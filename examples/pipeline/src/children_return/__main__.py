"""The pipeline's step: python -m children_return extract return --year 2024-25 --la Croydon."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import polars as pl

from children_return.extract import read
from children_return.mapping import mapped
from returns903 import Return, Year, validate


def main(arguments: list[str] | None = None) -> int:
    """Map the extract, write the tables, and fail where a rule says that a row is wrong."""
    parser = argparse.ArgumentParser(prog="children_return")
    parser.add_argument("extract", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--year", required=True, type=Year)
    parser.add_argument("--la", required=True, help="ONS code, DfE number or name of the authority")
    parser.add_argument("--providers", type=Path, help="Ofsted's list")
    parser.add_argument("--postcodes", type=Path, help="the ONS directory, or an extract of it")
    asked = parser.parse_args(arguments)
    tables = mapped(read(asked.extract), asked.year)
    beside = {"local_authority": asked.la, "providers": asked.providers, "postcodes": asked.postcodes}
    result = validate(Return.from_frames(tables, year=asked.year, **beside))
    asked.output.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        table.write_csv(asked.output / f"{name.lower()}.csv")
    result.findings.write_csv(asked.output / "findings.csv")
    for failure in result.failures:
        print(failure, file=sys.stderr)
    errors = result.findings.filter(pl.col("severity") == "error")
    for rule, message, rows in errors.group_by("rule", "message", maintain_order=True).len().iter_rows():
        print(f"{rule}: {message} ({rows} rows)", file=sys.stderr)
    return 1 if result.failures or errors.height else 0


if __name__ == "__main__":
    sys.exit(main())
