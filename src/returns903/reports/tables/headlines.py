"""The figures that stand at the top of a report, and what is said of them in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from returns903.pages.grid import Bound, Cell, Column, Grid, Noted, written
from returns903.published.collect import Sheet, Tables
from returns903.reports.tables.against import held_against
from returns903.reports.tables.layout import cell
from returns903.reports.tables.pack import day
from returns903.words import sentence


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
    said: str = ""
    """A sentence of it: `{n}` is the figure, `{day}` the last day of the year. Empty: none is made."""
    parts: tuple[tuple[str, pl.Expr], ...] = ()
    """What it is made up of: figures of the same column, each with what is counted."""
    has_card: bool = True

    @property
    def unit(self) -> str:
        """What stands behind the figure."""
        return "%" if self.column == "percent" else ""


_BREAKDOWN, _MEASURE, _CATEGORY = pl.col("breakdown"), pl.col("measure"), pl.col("category")
_ALL = (_BREAKDOWN == "sex") & (_CATEGORY == "total")
_SEEKING = (_BREAKDOWN == "asylum") & _CATEGORY.str.starts_with("unaccompanied")
_OTHERS = (_BREAKDOWN == "asylum") & (_CATEGORY == "others")
_EVERYWHERE = (pl.col("distance") == "20 miles or less") & (pl.col("location") == "total")
_19_TO_21 = pl.col("age") == "19-21"
_LAST_MONTH = pl.col("month") == pl.col("month").max()
HEADLINES = (
    Headline(
        "looked after",
        "on the last day of the year",
        "breakdowns",
        "children",
        _ALL,
        parts=(("local", _OTHERS), ("unaccompanied asylum-seeking", _SEEKING)),
        said="{n} children were looked after on {day}",
    ),
    Headline(
        "unaccompanied asylum-seeking",
        "of those looked after on the last day",
        "breakdowns",
        "children",
        _SEEKING,
        said="{n} of them were unaccompanied asylum-seeking children",
        has_card=False,
    ),
    Headline(
        "local",
        "of those looked after on the last day",
        "breakdowns",
        "children",
        _OTHERS,
        said="{n} were others",
        has_card=False,
    ),
    Headline(
        "looked after per 10,000 children",
        "on the last day of the year",
        "scorecard",
        "value",
        (_MEASURE == "looked_after_rate") & _LAST_MONTH,
        "looked_after_rate",
    ),
    Headline(
        "started",
        "to be looked after in the year",
        "started_breakdowns",
        "children",
        _ALL,
        said="{n} started to be looked after in the year",
    ),
    Headline(
        "left care",
        "in the year",
        "leaving_care_reasons",
        "children",
        pl.col("kind") == "total",
        said="{n} left care",
    ),
    Headline(
        "children with every review on time",
        "of those looked after on the last day",
        "review_timeliness",
        "percent",
        (_MEASURE == "child") & (_BREAKDOWN == "all"),
        "every_review_on_time",
        "{n} of the children had every review of the year on time",
    ),
    Headline(
        "reviews on time",
        "of those that fell due in the year",
        "review_timeliness",
        "percent",
        (_MEASURE == "reviews_due") & (_BREAKDOWN == "all"),
        "reviews_on_time",
        "{n} of the reviews that fell due were held on time",
    ),
    Headline(
        "reviews with the child taking part",
        "of those of children aged 4 and over",
        "review_participation",
        "percent",
        (_MEASURE == "review") & (_BREAKDOWN == "taken_part"),
        "took_part_in_reviews",
        "In {n} of the reviews of children aged 4 and over the child took part",
    ),
    Headline(
        "three or more placements",
        "of children looked after on the last day",
        "placement_stability",
        "percent",
        _MEASURE == "three_or_more_placements",
        "three_or_more_placements",
        "{n} of the children looked after on the last day had three or more placements in the year",
    ),
    Headline(
        "two years in one placement",
        "of those under 16, in care for two and a half years",
        "placement_stability",
        "percent",
        _MEASURE == "two_years_in_one_placement",
        "two_years_in_one_placement",
    ),
    Headline(
        "placed within 20 miles",
        "of home",
        "placement_distance",
        "percent",
        _EVERYWHERE,
        "within_20_miles",
        "{n} of the children were placed within 20 miles of home",
    ),
    Headline(
        "had a health assessment",
        "of those looked after for twelve months",
        "health",
        "percent",
        (_MEASURE == "health_assessment") & _CATEGORY.str.starts_with("had one"),
        "health_assessments",
        "{n} of the children looked after for twelve months had a health assessment in the year",
    ),
    Headline(
        "went missing",
        "of those looked after at any time in the year",
        "missing_episodes",
        "percent",
        pl.col("status") == "missing",
        "went_missing",
        "{n} of the children looked after at any time in the year went missing",
    ),
    Headline(
        "care leavers in education, employment or training",
        "of those aged 19 to 21",
        "care_leaver_outcomes",
        "percent",
        (_MEASURE == "education_employment_training") & _19_TO_21 & _CATEGORY.str.starts_with("in "),
        "care_leavers_in_education_employment_training",
        "{n} of the care leavers aged 19 to 21 were in education, employment or training",
    ),
    Headline(
        "care leavers in suitable accommodation",
        "of those aged 19 to 21",
        "care_leaver_outcomes",
        "percent",
        (_MEASURE == "suitable_accommodation") & _19_TO_21 & (_CATEGORY == "suitable"),
        "care_leavers_in_suitable_accommodation",
        "{n} of the care leavers aged 19 to 21 were in suitable accommodation",
    ),
)


def figure(headline: Headline, tables: Tables) -> tuple[Cell, Cell]:
    """A headline's figure of this year and of last year, None where there is none or where it is not said."""
    if headline.table not in tables:
        return None, None
    sheet = tables[headline.table]
    now, then = _at(headline, sheet, headline.row), sheet.last_year
    return now, None if then is None else _at(headline, then, headline.row)


def is_doubted(headline: Headline, tables: Tables) -> bool:
    """Whether last year's figure is left out, since too much of one of the two years is assumed or not known."""
    if headline.table not in tables or tables[headline.table].apart.is_empty():
        return False
    sheet = tables[headline.table]
    return bool(sheet.frame.select(headline.row).to_series().filter(sheet.apart).any())


def parts(headline: Headline, tables: Tables) -> str:
    """What a headline's figure of this year is made up of, in words."""
    found = [(name, _at(headline, tables[headline.table], row)) for name, row in headline.parts]
    return ", ".join(f"{said(value, headline)} {name}" for name, value in found if value is not None)


def said(value: Cell, headline: Headline) -> str:
    """A figure with its unit."""
    if isinstance(value, Bound):
        return value.said(headline.unit)
    is_number = isinstance(value, Noted | int | float)
    return f"{written(value, 'percent')}{headline.unit if is_number else ''}"


def sentences(tables: Tables) -> Iterator[str]:
    """What changed since the year before: a sentence a figure that both years know.

    A figure that is suppressed, or that rests on what is assumed in one of the two years, is not compared.
    """
    for headline in HEADLINES:
        now, before = figure(headline, tables)
        if headline.said and _is_known(now) and _is_known(before):
            change = _change(now, before, headline)
            yield f"{headline.said.format(n=said(now, headline), day=day(tables))}, {change}."


def _is_known(value: Cell) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _change(now: Cell, before: Cell, headline: Headline) -> str:
    """How a figure changed, as the two are printed."""
    decimals = 1 if headline.unit else 0
    this, last = (round(value, decimals) for value in (now, before) if isinstance(value, int | float))
    if this == last:
        return "as a year before" if headline.unit else "as many as a year before"
    if headline.unit:
        return f"{'up' if this > last else 'down'} from {said(before, headline)} a year before"
    return f"{abs(this - last):,.0f} {'more' if this > last else 'fewer'} than a year before ({said(before, headline)})"


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
            unit = ", %" if headline.unit else ""
            beside = held_against(tables.comparisons, headline.measure, now)
            title = f"{sentence(headline.title)}, {headline.about}{unit}"
            rows.append((title, now, *([before] if with_last else []), *beside))
    return Grid("Key figures", (Column("", "text"), *(Column(head, "percent") for head in heads)), tuple(rows))


def _has_targets(tables: Tables) -> bool:
    return tables.comparisons is not None and tables.comparisons.has_targets


def _at(headline: Headline, sheet: Sheet, row: pl.Expr) -> Cell:
    rows = sheet.frame.with_row_index("\0row").filter(row).get_column("\0row").to_list()
    return cell(sheet, headline.column, rows[0]) if rows else None
