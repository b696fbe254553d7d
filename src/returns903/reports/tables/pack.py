"""The annual report: what the report of an independent reviewing service holds, in its order."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from returns903.pages.grid import Cell
from returns903.published.catalogue import DEFINITIONS
from returns903.published.collect import Sheet, Tables
from returns903.published.definition import Definition
from returns903.reports.tables.layout import cell

PACKS = ("annual-report",)


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter: its title and its tables, by name."""

    title: str
    tables: tuple[str, ...]


SECTIONS = (
    Section("In care", ("breakdowns", "legal_status_on", "legal_status_by_month")),
    Section("Starting to be looked after", ("started_breakdowns",)),
    Section("Leaving care", ("leaving_care_reasons", "leaving_care_groups", "leaving_breakdowns")),
    Section(
        "Reviews",
        ("review_timeliness", "reviews_by_month", "reviews_by_quarter", "reviews_up_to_date", "review_participation"),
    ),
    Section("Placements", ("placement_stability", "placement_distance")),
    Section("Care leavers", ("care_leaver_outcomes",)),
    Section("Monthly scorecard", ("scorecard",)),
    Section("Quality of the data", ("not_judged",)),
)


@dataclass(frozen=True, slots=True, eq=False)
class Headline:
    """A figure that stands at the top, taken from one cell of a table."""

    title: str
    about: str
    table: str
    column: str
    row: pl.Expr
    measure: str = ""
    """By which it is found among comparisons."""


_BREAKDOWN, _MEASURE = pl.col("breakdown"), pl.col("measure")
_ALL = (_BREAKDOWN == "sex") & (pl.col("category") == "total")
_EVERYWHERE = (pl.col("distance") == "20 miles or less") & (pl.col("location") == "total")
HEADLINES = (
    Headline("looked after", "on the last day of the year", "breakdowns", "children", _ALL),
    Headline("started", "to be looked after in the year", "started_breakdowns", "children", _ALL),
    Headline("left care", "in the year", "leaving_care_reasons", "children", pl.col("kind") == "total"),
    Headline(
        "children with every review on time",
        "of those looked after on the last day",
        "review_timeliness",
        "percent",
        (_MEASURE == "child") & (_BREAKDOWN == "all"),
        "every_review_on_time",
    ),
    Headline(
        "reviews on time",
        "of those that fell due in the year",
        "review_timeliness",
        "percent",
        (_MEASURE == "reviews_due") & (_BREAKDOWN == "all"),
        "reviews_on_time",
    ),
    Headline(
        "reviews with the child taking part",
        "of those of children aged 4 and over",
        "review_participation",
        "percent",
        (_MEASURE == "review") & (_BREAKDOWN == "taken_part"),
        "took_part_in_reviews",
    ),
    Headline(
        "three or more placements",
        "of children looked after on the last day",
        "placement_stability",
        "percent",
        _MEASURE == "three_or_more_placements",
        "three_or_more_placements",
    ),
    Headline("placed within 20 miles", "of home", "placement_distance", "percent", _EVERYWHERE, "within_20_miles"),
)


def title(tables: Tables, *, pack: bool) -> str:
    """What the whole is called: whose children, which report, of which year."""
    where = f" in {tables.authority}" if tables.authority else ""
    return f"Looked-after children{where}{': annual report' if pack else ''}, {tables.year}"


def definitions() -> list[Definition]:
    """The tables of the pack, in order."""
    return [DEFINITIONS[name] for section in SECTIONS for name in section.tables]


def figure(headline: Headline, tables: Tables) -> tuple[Cell, Cell]:
    """A headline's figure of this year and of last year, None where there is none or where it is not said."""
    if headline.table not in tables:
        return None, None
    sheet = tables[headline.table]
    return _at(headline, sheet), None if sheet.last_year is None else _at(headline, sheet.last_year)


def _at(headline: Headline, sheet: Sheet) -> Cell:
    rows = sheet.frame.with_row_index("\0row").filter(headline.row).get_column("\0row").to_list()
    return cell(sheet, headline.column, rows[0]) if rows else None
