"""Tables of which more than half is suppressed, made coarser before they are shown to people.

A table is judged part by part. Where more than half of its numbers above 0 are suppressed, a part is shown by its next
rung: single codes or ages, then groups, then the total; months, then the ends of quarters, then the year. Only rows are
left out: every number that is left is the one that disclosure control gave. Files for programs hold every row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import polars as pl

from returns903.derive.care_leavers import BANDS, OLDER
from returns903.pages.grid import HIDDEN
from returns903.published.aggregates import ALL
from returns903.published.asylum_tables import CUT
from returns903.published.collect import Sheet
from returns903.reports.tables.layout import cell

MOST_HIDDEN = 0.5
"""The share of the numbers above 0 that may be suppressed."""


@dataclass(frozen=True, slots=True, eq=False)
class Rung:
    """Some rows of a part of a table, and what they are called in a sentence; no rows: the part is left out."""

    rows: pl.Expr | None
    words: str


@dataclass(frozen=True, slots=True, eq=False)
class Ladder:
    """How a table is made coarser: the rows that it begins with, and its rungs from the finest to the coarsest."""

    rungs: tuple[Rung, ...] = ()
    first: pl.Expr | None = None
    """The rows shown where nothing stands against it; None: all."""
    by: pl.Expr | None = None
    """What makes a part of the table, each judged by itself; None: the grids that it is printed as."""


def _ends(month: str, months: tuple[int, ...]) -> pl.Expr:
    """The rows of months by their place in the year, from 1."""
    return pl.col(month).rank("dense").is_in(months)


def _over_the_year(month: str, by: pl.Expr | None = None) -> Ladder:
    quarters = Rung(_ends(month, (3, 6, 9, 12)), "at the end of each quarter")
    return Ladder((quarters, Rung(_ends(month, (12,)), "at the end of the year")), by=by)


_AGE, _BREAKDOWN = pl.col("age"), pl.col("breakdown")
_LEFT_OUT = Rung(None, "")
LADDERS = {
    **dict.fromkeys(
        ("breakdowns", "started_breakdowns", "leaving_breakdowns"),
        Ladder((Rung(pl.col("category") == "total", "in total"),), first=_BREAKDOWN != "year_of_age"),
    ),
    **dict.fromkeys(
        ("legal_status_on", "leaving_care_reasons", "reviews_by_month", "starts_and_ceasings", "adoption_by_month"),
        Ladder((_LEFT_OUT,)),
    ),
    **dict.fromkeys((*CUT.values(), "starts_by_quarter"), Ladder((_LEFT_OUT,))),
    "legal_status_by_month": _over_the_year("month"),
    "review_timeliness": Ladder(
        (_LEFT_OUT,),
        by=pl.concat_str("measure", pl.lit(":"), _BREAKDOWN.str.split(":").list.first()),
    ),
    "missing_by_month": Ladder((_LEFT_OUT,)),
    "reviews_by_quarter": Ladder((Rung(pl.col("kind") == ALL, "for all kinds together"), _LEFT_OUT)),
    "reviews_up_to_date": _over_the_year("as_at"),
    "care_leaver_outcomes": Ladder(
        (
            Rung(_AGE == "total", "for those of 17 to 21 together"),
            Rung((_AGE == "total") & (pl.col("category") == "total"), "in total"),
        ),
        first=_AGE.is_in([*BANDS, OLDER]),
    ),
    "scorecard": _over_the_year("month", by=pl.col("measure")),
}
"""The ladders of tables; one that has none here is shown by its totals."""


def coarse(sheet: Sheet) -> tuple[Sheet, list[str]]:
    """A table with the rows of it that are shown to people, and what is to be said of those that are not."""
    of, notes = sheet.of, []
    ladder = LADDERS.get(of.name) or Ladder(() if of.total is None else (Rung(of.total, "in total"),))
    kept: set[int] = set()
    for part, rows in _parts(sheet, ladder.by):
        first = Rung(ladder.first, "")
        rungs = [first, *ladder.rungs]
        found = next((rung for rung in rungs if _is_shown(sheet, _picked(sheet, rows, rung, first))), rungs[-1])
        kept |= set(_picked(sheet, rows, found, first))
        if found is not first:
            notes.append(_said(sheet, part, found))
    if len(kept) == sheet.frame.height:
        return sheet, notes
    order = sorted(kept)
    return _only(sheet, order), notes


def _parts(sheet: Sheet, by: pl.Expr | None) -> Iterator[tuple[str, list[int]]]:
    column = by if by is not None else pl.lit("") if sheet.of.split is None else pl.col(sheet.of.split)
    values = sheet.frame.with_columns(column.alias("\0part")).get_column("\0part").to_list()
    for value in dict.fromkeys(values):
        yield value, [row for row, each in enumerate(values) if each == value]


def _picked(sheet: Sheet, rows: list[int], rung: Rung, first: Rung) -> list[int]:
    """The rows of a part that a rung shows."""
    if rung.rows is None:
        return rows if rung is first else []
    fits = sheet.frame.select(fits=rung.rows).get_column("fits")
    return [row for row in rows if fits[row]]


def _is_shown(sheet: Sheet, rows: list[int]) -> bool:
    """Whether no more of the numbers above 0 in these rows are suppressed than may be."""
    names = sheet.of.pivot.values if sheet.of.pivot else [n for n in sheet.of.counts if n not in sheet.of.constants]
    years = [each for each in (sheet, sheet.last_year) if each is not None]
    cells = [cell(each, name, row) for each in years for name in names for row in rows]
    hidden = sum(value is HIDDEN for value in cells)
    return hidden <= MOST_HIDDEN * sum(value not in (0, None) for value in cells)


def _said(sheet: Sheet, part: str, rung: Rung) -> str:
    """What is said of a part that is shown by a rung."""
    names = [sheet.of.label(name) for name in part.split(":") if name]
    where = f"{', '.join(names)}: " if names else ""
    if rung.rows is None:
        return f"{where}left out, because more than half of the numbers would be suppressed."
    return f"{where}shown {rung.words} only, because more than half of the numbers would be suppressed otherwise."


def _only(sheet: Sheet, rows: list[int]) -> Sheet:
    """Some rows of a table, of both years."""
    return replace(
        sheet,
        frame=sheet.frame[rows],
        hidden=sheet.hidden[rows],
        bounds=sheet.bounds[rows] if sheet.bounds.columns else sheet.bounds,
        last_year=None if sheet.last_year is None else _only(sheet.last_year, rows),
    )
