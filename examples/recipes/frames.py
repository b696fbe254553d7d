"""Frames of pandas, DuckDB and pyarrow into a return, and its findings and tables back into them.

They pass by the Arrow C stream: nothing is copied cell by cell, and none of the three is needed by returns903 itself.
"""

import sys
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.csv

import returns903
from returns903 import derive


def from_pandas(folder: Path) -> returns903.Return:
    """Read as text, so that what looks like a number keeps its noughts; a blank is None, not a text of nothing."""
    frames = {
        name: pd.read_csv(folder / f"{name.lower()}.csv", dtype="string", keep_default_na=False, na_values=[""])
        for name in ("Header", "Episodes")
    }
    return returns903.Return.from_frames(frames, year="2024-25")


def from_duckdb(folder: Path) -> returns903.Return:
    """The same by SQL, where a join or a filter could stand."""
    read = "select * from read_csv('{}', all_varchar=true)"
    frames = {name: duckdb.sql(read.format(folder / f"{name.lower()}.csv")) for name in ("Header", "Episodes")}
    return returns903.Return.from_frames(frames, year="2024-25")


def from_pyarrow(folder: Path) -> returns903.Return:
    """The same with pyarrow; every column as text."""
    frames = {}
    for name in ("Header", "Episodes"):
        path = folder / f"{name.lower()}.csv"
        columns = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        as_text = pa.csv.ConvertOptions(column_types=dict.fromkeys(columns, pa.string()), strings_can_be_null=True)
        frames[name] = pa.csv.read_csv(path, convert_options=as_text)
    return returns903.Return.from_frames(frames, year="2024-25")


def back(ret: returns903.Return) -> tuple[pd.DataFrame, pa.Table, int]:
    """Findings as a frame of pandas, a derived table as one of pyarrow, and a question that DuckDB answers."""
    findings = returns903.validate(ret).findings
    runs = derive.legal_status_runs(ret)
    flagged = duckdb.sql("select count(distinct child) from findings where severity = 'error'").fetchall()
    return findings.to_pandas(), runs.to_arrow(), flagged[0][0]


if __name__ == "__main__":
    for make in (from_pandas, from_duckdb, from_pyarrow):
        found, table, children = back(make(Path(sys.argv[1])))
        print(f"{make.__name__}: {len(found)} findings, {table.num_rows} runs, {children} children with errors")
