"""The charts of the annual report.

They show what the tables show: a number that is suppressed there is not drawn.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import polars as pl

from returns903.derive.placements import TOTAL
from returns903.pages import charts as drawing
from returns903.pages.charts import BLUE, GREY, GROUPS, ORANGE, PALE
from returns903.pages.grid import Cell, written
from returns903.published.aggregates import ALL
from returns903.published.collect import Sheet, Tables
from returns903.reports.tables.layout import cell

if TYPE_CHECKING:
    import altair as alt

STATES = {"on time": BLUE, "late or not held": ORANGE, "split suppressed": GREY}
FLAT = {"labelAngle": 0}
TOGETHER = "Other groups, together"
"""Those of which a number is suppressed in a month."""
Row = dict[str, Any]


def draw(name: str, tables: Tables) -> str:
    """The chart that stands with a table, as an SVG element; empty where there is none, or nothing to draw.

    Raises:
        ConfigError: the packages that draw are not installed.
    """
    if name not in CHARTS or name not in tables:
        return ""
    title, make = CHARTS[name]
    chart = make(tables)
    return "" if chart is None else drawing.svg(chart, name, title)


def _by_month(tables: Tables) -> alt.TopLevelMixin | None:
    """The months' reviews on time and late; grey where a month's split is suppressed."""
    sheet = tables["reviews_by_month"]
    return _reviews([_row(sheet, n, f"{month:%b}") for n, month in enumerate(sheet.frame.get_column("month"))])


def _by_quarter(tables: Tables) -> alt.TopLevelMixin | None:
    """For each kind the quarters' reviews on time and late; grey where a quarter's split is suppressed."""
    alt, sheet = drawing.altair(), tables["reviews_by_quarter"]
    kinds = sheet.frame.select("quarter", "kind").rows()
    rows = [
        _row(sheet, n, f"to {quarter:%B}") | {"kind": sheet.of.label(kind)}
        for n, (quarter, kind) in enumerate(kinds)
        if kind != ALL
    ]
    names = list(dict.fromkeys(row["kind"] for row in rows))
    return _reviews(rows, alt.Facet("kind:N", columns=2, sort=names, title=None))


def _reviews(rows: list[Row], facet: alt.Facet | None = None) -> alt.TopLevelMixin | None:
    alt = drawing.altair()
    pieces = [
        {**row, "state": state, "n": row[state], "order": order}
        for row in rows
        for order, state in enumerate(STATES)
        if row[state]
    ]
    if not pieces:
        return None
    states = [state for state in STATES if any(piece["state"] == state for piece in pieces)]
    bars = alt.Chart(alt.Data(values=pieces), width=310 if facet else 620, height=130 if facet else 190).mark_bar()
    bars = bars.encode(
        x=alt.X("when:O", sort=list(dict.fromkeys(row["when"] for row in rows)), title=None, axis=FLAT),
        y=alt.Y("n:Q", title="reviews due", axis=alt.Axis(tickCount=4, format="d")),
        color=alt.Color(
            "state:N",
            title=None,
            sort=states,
            legend=alt.Legend(orient="top"),
            scale=alt.Scale(domain=states, range=[STATES[state] for state in states]),
        ),
        order=alt.Order("order:Q"),
    )
    if facet:
        bars = bars.encode(facet=facet).resolve_scale(y="independent").resolve_axis(x="independent")
    return drawing.finished(bars)


def _row(sheet: Sheet, number: int, when: str) -> Row:
    """What is drawn of the reviews of a row: those on time and those late, or all where that split is suppressed."""
    due, on_time, late = (cell(sheet, column, number) for column in ("due", "on_time", "late"))
    is_split = isinstance(on_time, int) and isinstance(late, int)
    shown = (on_time, late, 0) if is_split else (0, 0, due if isinstance(due, int) else 0)
    return {"when": when, **dict(zip(STATES, shown, strict=True))}


def _leaving(tables: Tables) -> alt.TopLevelMixin | None:
    """A bar a reason with its number, the most frequent first, and a paler one for the year before."""
    alt, sheet = drawing.altair(), tables["leaving_care_reasons"]
    years = [(tables.year, sheet), *([(str(tables.last_year), sheet.last_year)] if sheet.last_year else [])]
    reasons = sheet.frame.with_row_index("row").filter(pl.col("kind") != "total").select("row", "category").rows()
    rows = [
        _bar(sheet.of.label(reason), year, cell(each, "children", row))
        for row, reason in reasons
        for year, each in years
    ]
    if not rows:
        return None
    first = {row["label"]: row["n"] for row in rows if row["year"] == tables.year}
    order = sorted(first, key=lambda label: (first[label] is None, -(first[label] or 0)))
    colours = alt.Scale(domain=[year for year, _ in years], range=[BLUE, PALE])
    base = alt.Chart(alt.Data(values=rows), width=430, height=alt.Step(14)).encode(
        y=alt.Y("label:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False, labelPadding=6)),
        yOffset=alt.YOffset("year:N", sort=[year for year, _ in years]),
        x=alt.X("n:Q", title="children", axis=alt.Axis(format="d")),
    )
    legend = alt.Legend(orient="top") if len(years) > 1 else None
    bars = base.mark_bar().encode(color=alt.Color("year:N", title=None, scale=colours, legend=legend))
    said = base.mark_text(align="left", dx=5, fontSize=11, color="#222222").encode(text="said:N", x="end:Q")
    return drawing.finished(alt.layer(bars, said))


def _bar(label: str, year: str, n: Cell) -> Row:
    """A bar and the number at its end; without a bar the number, or what stands for it, is where one would begin."""
    known = n if isinstance(n, int) else None
    return {"label": label, "year": year, "n": known, "end": known or 0, "said": written(n)}


def _statuses(tables: Tables) -> alt.TopLevelMixin | None:
    """A bar a month with its total, stacked by group; groups suppressed in any month are taken together in all."""
    alt, sheet = drawing.altair(), tables["legal_status_by_month"]
    values: dict[dt.date, dict[str, Cell]] = {}
    for number, (month, group) in enumerate(sheet.frame.select("month", "group").iter_rows()):
        values.setdefault(month, {})[sheet.of.label(group)] = cell(sheet, "children", number)
    total = sheet.of.label(TOTAL)
    tops = [_stack(month, total, found[total], 0) | {"said": written(found[total])} for month, found in values.items()]
    rows = _stacked(values, total)
    if not rows:
        return None
    colours = dict(zip((group for group in next(iter(values.values())) if group != total), GROUPS, strict=False))
    colours = {name: colour for name, colour in (colours | {TOGETHER: GREY}).items() if _is_drawn(name, rows)}
    month = alt.X("month:O", sort=None, title=None, axis=FLAT)
    colour = alt.Color(
        "group:N",
        title=None,
        sort=list(colours),
        legend=alt.Legend(orient="bottom", columns=2),
        scale=alt.Scale(domain=list(colours), range=list(colours.values())),
    )
    n = alt.Y("n:Q", title="children looked after at the month's end", axis=alt.Axis(format=",d"))
    bars = alt.Chart(alt.Data(values=rows), width=620, height=300).mark_bar()
    bars = bars.encode(x=month, y=n, color=colour, order=alt.Order("order:Q"))
    said = alt.Chart(alt.Data(values=tops)).mark_text(dy=-7, fontSize=11, color="#222222")
    return drawing.finished(alt.layer(bars, said.encode(x=month, y="n:Q", text="said:N")))


def _stacked(values: dict[dt.date, dict[str, Cell]], total: str) -> list[Row]:
    """The pieces of each month's bar, of the months whose total is told: the groups that can be seen in all of them."""
    whole = {month: found[total] for month, found in values.items() if isinstance(found[total], int)}
    groups = [group for group in next(iter(values.values()), {}) if group != total]
    seen = [group for group in groups if all(isinstance(values[month][group], int) for month in whole)]
    rows = []
    for month, rest in whole.items():
        for place, group in enumerate(seen):
            rows.append(_stack(month, group, values[month][group], place))
            rest -= rows[-1]["n"]
        rows.append(_stack(month, TOGETHER, rest, len(seen)))
    return [row for row in rows if row["n"]]


def _is_drawn(group: str, rows: list[Row]) -> bool:
    return any(row["group"] == group for row in rows)


def _stack(month: dt.date, group: str, n: Cell, order: int) -> Row:
    return {"month": f"{month:%b %y}", "group": group, "n": n if isinstance(n, int) else 0, "order": order}


CHARTS: dict[str, tuple[str, Callable[[Tables], alt.TopLevelMixin | None]]] = {
    "legal_status_by_month": ("Children looked after at each month's end, by legal status", _statuses),
    "leaving_care_reasons": ("Children who left care in the year, by reason", _leaving),
    "reviews_by_month": ("Reviews due in each month, on time and late", _by_month),
    "reviews_by_quarter": ("Reviews due in each quarter, on time and late, by kind", _by_quarter),
}
"""What each chart shows, and how it is made, by the table that it stands with."""

GREYED = "Grey: how many were on time is suppressed. No bar: so is how many were due, or none was."
UNSEEN = {
    "legal_status_by_month": f"{TOGETHER}: those of which a number is suppressed in one month or more.",
    "leaving_care_reasons": "c: the number is suppressed.",
    "reviews_by_month": GREYED,
    "reviews_by_quarter": GREYED,
}


def caption(name: str, tables: Tables) -> str:
    """What stands below a chart."""
    title = CHARTS[name][0]
    hidden = any(tables[name].hidden.select(pl.any_horizontal(pl.all().any())).to_series())
    return f"{title}. {UNSEEN[name]}" if hidden else f"{title}."
