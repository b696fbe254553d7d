"""The charts of the annual report.

They show what the tables show: a number that is suppressed there is not drawn.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from returns903.derive.care_leavers import BANDS
from returns903.derive.cuts import UNKNOWN
from returns903.derive.health import COMPLETED, SDQ
from returns903.derive.placements import PLACEMENT_MEASURES, TOTAL
from returns903.pages.charts import BLUE, GREY, GROUPS, ORANGE, Bar, Piece, side_by_side, stacked, svg, upright
from returns903.pages.grid import Cell, Format
from returns903.pages.html import Figure
from returns903.published.aggregates import ALL
from returns903.published.collect import Sheet, Tables
from returns903.reports.tables.layout import cell

if TYPE_CHECKING:
    import altair as alt

ON_TIME, LATE, SPLIT = "on time", "late or not held", "split suppressed"
STATES = {ON_TIME: BLUE, LATE: ORANGE, SPLIT: GREY}
TOGETHER = "Other groups, together"
"""Those of which a number is suppressed in a month."""
UNSEEN = {
    "c": "c: the number is suppressed.",
    TOGETHER: f"{TOGETHER}: those of which a number is suppressed in one month or more.",
    SPLIT: "Grey: how many were on time is suppressed. No bar: so is how many were due, or none was.",
}
"""What is said below a chart that holds one of these."""
CHECKED = {
    "health_assessment": "had one in the year",
    "dental_check": "had one in the year",
    "immunisations": "up to date",
    "development_checks": "up to date",
    SDQ: COMPLETED,
}
"""The measures of health that a chart shows, and the children of each that it counts."""
_BREAKDOWN, _MEASURE = pl.col("breakdown"), pl.col("measure")


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: what it shows, and how it is made."""

    title: str
    make: Callable[[Sheet, Tables], alt.TopLevelMixin | None]


def figures(sheet: Sheet, tables: Tables) -> Iterator[Figure]:
    """The charts that stand with a table: none where there are none, or where there is nothing to draw.

    Raises:
        ConfigError: the packages that draw are not installed.
    """
    for number, chart in enumerate(CHARTS.get(sheet.of.name, ()) if sheet.frame.height else ()):
        made = chart.make(sheet, tables)
        if made is not None:
            drawn = svg(made, f"{sheet.of.name}-{number}", chart.title)
            unseen = [words for sign, words in UNSEEN.items() if f">{sign}<" in drawn]
            yield Figure(drawn, " ".join([f"{chart.title}.", *unseen]))


def _by_month(sheet: Sheet, _: Tables) -> alt.TopLevelMixin | None:
    """The months' reviews on time and late; grey where a month's split is suppressed."""
    months = sheet.frame.get_column("month")
    pieces = [piece for n, month in enumerate(months) for piece in _split(sheet, n, f"{month:%b}")]
    return stacked(pieces, STATES, "reviews due", height=190)


def _by_quarter(sheet: Sheet, _: Tables) -> alt.TopLevelMixin | None:
    """The quarters' reviews on time and late; grey where a quarter's split is suppressed."""
    return stacked(list(_quarters(sheet, pl.col("kind") == ALL)), STATES, "reviews due", height=170)


def _by_kind(sheet: Sheet, _: Tables) -> alt.TopLevelMixin | None:
    """The same for each kind; none where most are grey."""
    pieces = list(_quarters(sheet, pl.col("kind") != ALL))
    told, untold = ([each for each in pieces if (each.part == SPLIT) is grey] for grey in (False, True))
    return stacked(pieces, STATES, "reviews due", height=130) if len(told) > 2 * len(untold) else None


def _quarters(sheet: Sheet, rows: pl.Expr) -> Iterator[Piece]:
    for n, quarter, kind in sheet.frame.with_row_index("n").filter(rows).select("n", "quarter", "kind").iter_rows():
        yield from _split(sheet, n, f"to {quarter:%B}", "" if kind == ALL else sheet.of.label(kind))


def _health(sheet: Sheet, tables: Tables) -> alt.TopLevelMixin | None:
    """Of how many each check was made or is up to date."""
    years = [(tables.year, sheet), *([(str(tables.last_year), sheet.last_year)] if sheet.last_year else [])]
    bars = [
        Bar(sheet.of.label(measure), year, cell(each, "percent", row))
        for row, (measure, category) in enumerate(sheet.frame.select("measure", "category").iter_rows())
        if category == CHECKED.get(measure)
        for year, each in years
    ]
    return side_by_side(bars, "%", "percent") if any(bar.length for bar in bars) else None


def _care_leavers(sheet: Sheet, tables: Tables) -> alt.TopLevelMixin | None:
    """How many of each age are active, and how many live in suitable accommodation."""
    wanted = {"education_employment_training": "in ", "suitable_accommodation": "suitable"}
    years = [(tables.year, sheet), *([(str(tables.last_year), sheet.last_year)] if sheet.last_year else [])]
    bars = [
        Bar(f"{sheet.of.label(category)}, {sheet.of.label(age).lower()}", year, cell(each, "percent", row))
        for row, (measure, age, category) in enumerate(sheet.frame.select("measure", "age", "category").iter_rows())
        if measure in wanted and age in BANDS and category.startswith(wanted[measure])
        for year, each in years
    ]
    return side_by_side(bars, "%", "percent") if any(bar.length for bar in bars) else None


def _split(sheet: Sheet, row: int, at: str, panel: str = "") -> Iterator[Piece]:
    """The reviews of a row on time and late, or all that were due where that split is suppressed."""
    due, on_time, late = (cell(sheet, column, row) for column in ("due", "on_time", "late"))
    if isinstance(on_time, int) and isinstance(late, int):
        yield from (Piece(at, ON_TIME, on_time, panel), Piece(at, LATE, late, panel))
    else:
        yield Piece(at, SPLIT, due if isinstance(due, int) else 0, panel)


def _both_years(
    sheet: Sheet, tables: Tables, rows: pl.Expr, label: str, column: str = "children", *, by_size: bool = False
) -> alt.TopLevelMixin | None:
    """A bar a row, and a paler one for the year before, as the rows stand or the largest number first."""
    years = [(tables.year, sheet), *([(str(tables.last_year), sheet.last_year)] if sheet.last_year else [])]
    found = sheet.frame.with_row_index("\0row").filter(rows).select("\0row", label).rows()
    if by_size:
        found = sorted(found, key=lambda each: _size(cell(sheet, column, each[0])))
    bars = [
        Bar(sheet.of.label(value.rpartition(":")[2]), year, cell(each, column, row))
        for row, value in found
        for year, each in years
        if value != UNKNOWN or any(cell(other, column, row) for _, other in years)
    ]
    if not any(bar.length for bar in bars):
        return None
    form: Format = "percent" if column == "percent" else "count"
    return side_by_side(bars, "%" if column == "percent" else column, form)


def _size(value: Cell) -> tuple[bool, float]:
    return (False, -value) if isinstance(value, int | float) else (True, 0)


def _statuses(sheet: Sheet, _: Tables) -> alt.TopLevelMixin | None:
    """A bar a month with its total, stacked by group; groups suppressed in any month are taken together in all."""
    values: dict[dt.date, dict[str, Cell]] = {}
    for number, (month, group) in enumerate(sheet.frame.select("month", "group").iter_rows()):
        values.setdefault(month, {})[sheet.of.label(group)] = cell(sheet, "children", number)
    return _months(values, sheet.of.label(TOTAL))


def _asylum(sheet: Sheet, _: Tables) -> alt.TopLevelMixin | None:
    """A bar a month with its total, the unaccompanied asylum-seeking children apart."""
    names = {
        "looked_after_others": "Others",
        "looked_after_asylum_seeking": "Unaccompanied asylum-seeking",
        "looked_after": TOTAL,
    }
    return _months(dict(_by_measure(sheet, names)), TOTAL)


def _flows(sheet: Sheet, _: Tables) -> alt.TopLevelMixin | None:
    """For each month who started and who left, beside each other."""
    names = {"started": "Started", "ceased": "Left"}
    bars = [Bar(f"{month:%b %y}", name, n) for month, found in _by_measure(sheet, names) for name, n in found.items()]
    return upright(bars, "children")


def _quarterly_flows(sheet: Sheet, _: Tables) -> alt.TopLevelMixin | None:
    """For each quarter the starts and the ceasings of all children, beside each other."""
    rows = sheet.frame.with_row_index("n").filter(pl.col("asylum") == ALL).select("n", "quarter").rows()
    names = {"starts": "Starts", "ceasings": "Ceasings"}
    bars = [Bar(f"to {end:%B}", said, cell(sheet, name, n)) for n, end in rows for name, said in names.items()]
    return upright(bars, "starts and ceasings", 170)


def _ages(sheet: Sheet, _: Tables) -> alt.TopLevelMixin | None:
    """For each age boys and girls beside each other."""
    rows = sheet.frame.with_row_index("n").filter(pl.col("sex") != UNKNOWN, pl.col("category") != TOTAL)
    keys = rows.sort("n").select("n", "category", "sex").rows()
    ages = dict.fromkeys(age for _, age, _ in keys)
    found = {(age, sex): cell(sheet, "children", n) for n, age, sex in keys}
    bars = [
        Bar(sheet.of.label(age), sheet.of.label(sex), n)
        for each in ages
        for (age, sex), n in found.items()
        if age == each
    ]
    told = [bar for bar in bars if bar.label != sheet.of.label(UNKNOWN) or bar.length]
    return side_by_side(told, "children") if any(bar.length for bar in told) else None


def _by_measure(sheet: Sheet, names: dict[str, str]) -> Iterator[tuple[dt.date, dict[str, Cell]]]:
    """Each month's figures of measures, under names; a measure that the return does not hold is left out."""
    rows = {key: n for n, key in enumerate(sheet.frame.select("month", "measure").iter_rows())}
    for month in sheet.frame.get_column("month").unique().sort():
        there = {name: rows[month, measure] for measure, name in names.items() if (month, measure) in rows}
        found = {name: cell(sheet, "numerator", row) for name, row in there.items()}
        yield month, {name: n for name, n in found.items() if n is not None}


def _months(values: dict[dt.date, dict[str, Cell]], total: str) -> alt.TopLevelMixin | None:
    """Months as bars: the groups that can be seen in all of them, and what is left of the total."""
    whole = {month: n for month, found in values.items() if isinstance(n := found.get(total), int)}
    groups = [group for group in next(iter(values.values()), {}) if group != total]
    pieces = []
    for month, left in whole.items():
        seen = [group for group in groups if all(isinstance(values[other].get(group), int) for other in whole)]
        parts = {group: n for group in seen if isinstance(n := values[month][group], int)}
        parts[TOGETHER] = left - sum(parts.values())
        pieces += [Piece(f"{month:%b %y}", group, n) for group, n in parts.items()]
    colours = dict(zip(groups, GROUPS, strict=False)) | {TOGETHER: GREY}
    tops = {f"{month:%b %y}": n for month, n in whole.items()}
    return stacked(pieces, colours, "children looked after at the month's end", tops)


def _part(name: str) -> pl.Expr:
    return (_BREAKDOWN == name) & (pl.col("category") != "total")


CHARTS: dict[str, tuple[Chart, ...]] = {
    "age_by_sex": (Chart("Children looked after on the last day of the year, by age and sex", _ages),),
    "starts_by_quarter": (Chart("Starts and ceasings in each quarter", _quarterly_flows),),
    "breakdowns": (
        Chart(
            "Children looked after on the last day of the year, by sex",
            partial(_both_years, rows=_part("sex"), label="category"),
        ),
        Chart(
            "Children looked after on the last day of the year, by age",
            partial(_both_years, rows=_part("age_band"), label="category"),
        ),
        Chart(
            "Children looked after on the last day of the year, by placement",
            partial(_both_years, rows=_part("placement_group"), label="category", by_size=True),
        ),
    ),
    "legal_status_by_month": (Chart("Children looked after at each month's end, by legal status", _statuses),),
    "started_breakdowns": (
        Chart(
            "Children who started to be looked after in the year, by age",
            partial(_both_years, rows=_part("age_band"), label="category"),
        ),
    ),
    "leaving_care_reasons": (
        Chart(
            "Children who left care in the year, by reason",
            partial(_both_years, rows=pl.col("kind") != "total", label="category", by_size=True),
        ),
    ),
    "reviews_by_month": (Chart("Reviews due in each month, on time and late", _by_month),),
    "reviews_by_quarter": (
        Chart("Reviews due in each quarter, on time and late", _by_quarter),
        Chart("Reviews due in each quarter, on time and late, by kind", _by_kind),
    ),
    "review_participation": (
        Chart(
            "Reviews of children aged 4 and over, by how the child took part",
            partial(
                _both_years,
                rows=(_MEASURE == "review") & _BREAKDOWN.str.starts_with("code:"),
                label="breakdown",
                column="percent",
            ),
        ),
    ),
    "placement_stability": (
        Chart(
            "Children looked after on the last day of the year, by their placements",
            partial(_both_years, rows=_MEASURE.is_in(PLACEMENT_MEASURES), label="measure", column="percent"),
        ),
    ),
    "placement_distance": (
        Chart(
            "Children looked after on the last day of the year, by distance from home",
            partial(
                _both_years,
                rows=(pl.col("location") == "total") & (pl.col("distance") != "total"),
                label="distance",
                column="percent",
            ),
        ),
    ),
    "health": (Chart("Children whose health was seen to, of those looked after for twelve months", _health),),
    "care_leaver_outcomes": (Chart("Care leavers in activity and in suitable accommodation", _care_leavers),),
    "scorecard": (
        Chart("Children looked after at each month's end", _asylum),
        Chart("Children who started to be looked after and who left care, by month", _flows),
    ),
}
"""The charts, by the table that they stand with."""
