"""The annual report: what the report of an independent reviewing service holds, in its order."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from returns903.pages.grid import Cell, Column, Grid
from returns903.published.catalogue import DEFINITIONS
from returns903.published.collect import Sheet, Tables
from returns903.published.definition import Definition
from returns903.reports.tables.against import held_against
from returns903.reports.tables.layout import cell
from returns903.words import sentence

PACKS = ("annual-report",)


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter: its title and its tables, by name."""

    title: str
    tables: tuple[str, ...]


SECTIONS = (
    Section(
        "In care",
        (
            "breakdowns",
            "legal_status_on",
            "legal_status_by_month",
            "category_of_need",
            "length_of_care",
            "looked_after_in_year",
        ),
    ),
    Section("Starting to be looked after", ("started_breakdowns", "starts_and_ceasings")),
    Section("Leaving care", ("leaving_care_reasons", "leaving_care_groups", "leaving_breakdowns")),
    Section(
        "Reviews",
        ("review_timeliness", "reviews_by_month", "reviews_by_quarter", "reviews_up_to_date", "review_participation"),
    ),
    Section(
        "Placements",
        (
            "placements_by_code",
            "placement_stability",
            "placement_changes",
            "length_of_placement",
            "placement_distance",
            "distance_from_home",
        ),
    ),
    Section("Care leavers", ("care_leaver_outcomes",)),
    Section("Monthly scorecard", ("scorecard",)),
    Section("Quality of the data", ("not_judged",)),
)


SHEETS = {
    "breakdowns": "Looked after",
    "legal_status_on": "Legal status",
    "legal_status_by_month": "Legal status by month",
    "category_of_need": "Need",
    "length_of_care": "Length of care",
    "looked_after_in_year": "Looked after in the year",
    "started_breakdowns": "Started",
    "starts_and_ceasings": "Starts and ceasings",
    "leaving_care_reasons": "Left, by reason",
    "leaving_care_groups": "Left, by group",
    "leaving_breakdowns": "Left, by who they are",
    "review_timeliness": "Reviews on time",
    "reviews_by_month": "Reviews by month",
    "reviews_by_quarter": "Reviews by quarter",
    "reviews_up_to_date": "Reviews up to date",
    "review_participation": "Taking part in reviews",
    "placement_stability": "Stability",
    "placement_distance": "Distance from home",
    "length_of_placement": "Length of placement",
    "placements_by_code": "Placements",
    "placement_changes": "Placements begun",
    "distance_from_home": "Miles from home",
    "care_leaver_outcomes": "Care leavers",
    "scorecard": "Scorecard",
    "not_judged": "Not placed in time",
}
"""What the sheets of the pack's workbook are called: no more than 31 characters."""


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


def key_figures(tables: Tables) -> Grid:
    """The headlines as a grid, numbers as numbers: this year, last year, and what they are held against."""
    with_last = tables.last_year is not None
    others = tables.comparisons.others if tables.comparisons else ()
    years = [tables.year, *([str(tables.last_year)] if with_last else [])]
    heads = [*years, *(["Target", "Against it"] if _has_targets(tables) else []), *others]
    rows = []
    for headline in HEADLINES:
        now, before = figure(headline, tables)
        if now is not None:
            unit = ", %" if headline.column == "percent" else ""
            beside = held_against(tables.comparisons, headline.measure, now)
            title = f"{sentence(headline.title)}, {headline.about}{unit}"
            rows.append((title, now, *([before] if with_last else []), *beside))
    return Grid("Key figures", (Column("", "text"), *(Column(head, "percent") for head in heads)), tuple(rows))


def _has_targets(tables: Tables) -> bool:
    return tables.comparisons is not None and tables.comparisons.has_targets


def _at(headline: Headline, sheet: Sheet) -> Cell:
    rows = sheet.frame.with_row_index("\0row").filter(headline.row).get_column("\0row").to_list()
    return cell(sheet, headline.column, rows[0]) if rows else None
