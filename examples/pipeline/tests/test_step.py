"""The step of the pipeline: what it writes, and when it fails."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from children_return.__main__ import main
from children_return.extract import read, write

HERE = Path(__file__).resolve().parents[1]
SAMPLE = HERE / "extract"


def run(extract: Path, output: Path) -> int:
    lists = [f"--{name}={HERE / 'reference' / name}.csv" for name in ("providers", "postcodes")]
    return main([str(extract), str(output), "--year=2024-25", "--la=Croydon", *lists])


def test_the_sample_passes(tmp_path: Path) -> None:
    assert run(SAMPLE, tmp_path) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"header.csv", "episodes.csv", "reviews.csv", "findings.csv"}


def test_an_error_fails_the_step_and_no_cell_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample = read(SAMPLE)
    unknown = pl.when(pl.int_range(pl.len()) == 0).then(pl.lit("never")).otherwise("Born").alias("Born")
    write(replace(sample, children=sample.children.with_columns(unknown)), tmp_path / "extract")
    assert run(tmp_path / "extract", tmp_path / "return") == 1
    told = capsys.readouterr().err
    assert "102: " in told
    assert "never" not in told
    assert sample.children["Person"][0] not in told.split()
