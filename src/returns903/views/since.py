"""What is new since an earlier result, what is still there, and what was fixed."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import polars as pl

from returns903.errors import InputError, told_as
from returns903.limits import BASELINE_BYTES, BASELINE_ROWS
from returns903.reading.bounded import bounded_bytes
from returns903.results import FINDINGS
from returns903.words import printable

NEW, STILL, FIXED = "new", "still there", "fixed"
STATES = (NEW, STILL, FIXED)
KEY = ("rule", "table", "previous", "child")
"""What tells findings of two results apart. Rows are numbered anew whenever a return is made, and so play no part."""
NUMBER = "_number"


@dataclass(frozen=True)
class Since:
    """A result held against an earlier one.

    A finding is still there where the earlier result has one of the same rule, table and child for it: of three rows of
    a child that a rule flags now and two that it flagged before, one is new.
    """

    name: str
    """What the earlier result is called."""
    findings: pl.DataFrame = field(repr=False)
    """The findings, with `since` (new, still there) as the last column."""
    fixed: pl.DataFrame = field(repr=False)
    """The findings of the earlier result that are gone, with the rows and lines of then."""

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many findings are new, still there and fixed."""
        found = dict(self.findings.get_column("since").value_counts().iter_rows())
        return {NEW: found.get(NEW, 0), STILL: found.get(STILL, 0), FIXED: self.fixed.height}

    def by_rule(self) -> pl.DataFrame:
        """A row a rule with findings now or then: rule, new, still_there, fixed."""
        return self._by("rule")

    def by_child(self) -> pl.DataFrame:
        """A row a child with findings now or then: child (null: no identifier), new, still_there, fixed."""
        return self._by("child")

    def _by(self, name: str) -> pl.DataFrame:
        gone = self.fixed.select(name, since=pl.lit(FIXED))
        every = pl.concat([self.findings.select(name, "since"), gone])
        counts = {state.replace(" ", "_"): (pl.col("since") == state).sum().cast(pl.UInt32) for state in STATES}
        return every.group_by(name, maintain_order=True).agg(**counts)


def since(findings: pl.DataFrame, before: pl.DataFrame, name: str) -> Since:
    """Hold findings against those of an earlier result, which is called so."""
    now, then = (frame.with_columns(_number()) for frame in (findings, before))
    keys = [*KEY, NUMBER]
    known = then.select(keys).with_columns(since=pl.lit(STILL))
    held = now.join(known, on=keys, how="left", nulls_equal=True, maintain_order="left")
    fixed = then.join(now.select(keys), on=keys, how="anti", nulls_equal=True, maintain_order="left")
    return Since(name, held.with_columns(pl.col("since").fill_null(NEW)).drop(NUMBER), fixed.drop(NUMBER))


def earlier(path: Path) -> pl.DataFrame:
    """The findings of a result that was written as JSON or Parquet.

    Raises:
        InputError: the file cannot be read, or is no such result.
    """
    name = printable(path.name)
    error = InputError(f"{name} holds no earlier result: give one that was written as .json or .parquet")
    content = bounded_bytes(path, BASELINE_BYTES)
    with told_as(error):
        found = (_parquet if path.suffix.lower() == ".parquet" else _json)(content)
        if found is None:
            msg = f"{name}: more than {BASELINE_ROWS:,} findings, which no result has"
            raise InputError(msg)
        return found.select(pl.col(column).cast(dtype) for column, dtype in FINDINGS.items())


def _parquet(content: bytes) -> pl.DataFrame | None:
    """The findings; None where they are too many, which a small file may be."""
    found = pl.scan_parquet(io.BytesIO(content)).select(list(FINDINGS))
    return None if found.select(pl.len()).collect().item() > BASELINE_ROWS else found.collect()


def _json(content: bytes) -> pl.DataFrame | None:
    rows = [{**row, "fields": " ".join(row["fields"])} for row in json.loads(content)["findings"]]
    if len(rows) > BASELINE_ROWS:
        return None
    return pl.DataFrame(rows, schema=FINDINGS) if rows else pl.DataFrame(schema=FINDINGS)


def _number() -> pl.Expr:
    """The place of each finding among those that nothing else tells apart."""
    return pl.int_range(pl.len()).over(KEY).alias(NUMBER)
