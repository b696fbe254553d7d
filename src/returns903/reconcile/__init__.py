"""A published table against its own arithmetic, and against the return it was made from."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from returns903.reading.handed_in import Frame
from returns903.reconcile.arithmetic import arithmetic
from returns903.reconcile.checks import AGREES, CONTRADICTS, UNKNOWN, frame_of
from returns903.reconcile.published import read_published
from returns903.reconcile.with_return import against
from returns903.returns import Return

__all__ = ["AGREES", "CONTRADICTS", "UNKNOWN", "reconcile"]


def reconcile(
    published: str | Path | Frame,
    ret: Return | None = None,
    *,
    rounded: int | None = None,
    categories: str | Path | None = None,
) -> pl.DataFrame:
    """Check a published table: do its rows add up, do its percentages fit its counts, does it match the return?

    The table has columns of labels or codes, of counts, and of percentages, told apart by their headers and cells.
    A suppressed cell stands for a range: `<5` for 1 to 4; `c`, `*`, `x`, `..` and `-` for 1 to 5, or for more where
    the cell may have been hidden to protect another. A blank cell is not given. A percentage is right when it is what
    its count comes to at the precision it is printed with: 89% is anything from 88.5 up to, not including, 89.5.

    Args:
        published: a CSV file, or a frame (of polars, or with the Arrow C stream).
        ret: the return; each row whose label or code can be matched is held against the derived figure.
        rounded: 5 or 10 where the counts are rounded to the nearest 5 or 10.
        categories: the authority's own rows of the leaving-care table, as for `derive.leaving_care_reasons`.

    Returns:
        One row a check, in the order of the table: check (`rows and total`, `columns and total`, `percentage`,
        `percentages and 100`, `row and return`, `total and return`), column, row (the row's label; null where the check
        is about the table), line (in the file; null for frames), state (`agrees`, `contradicts`, `cannot be said`),
        published_low, published_high, expected_low, expected_high (the two ranges that were compared; null: not known
        or without limit; a percentage's published_high is itself no longer in the range), message (a sentence with the
        numbers).

    Raises:
        InputError: the table cannot be read, holds no counts or is about single children; the text names file and line.
        ConfigError: an argument makes no sense.
    """
    table = read_published(published, rounded)
    checks = arithmetic(table)
    if ret is not None:
        checks += against(table, ret, categories)
    return frame_of(checks)
