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
from returns903.pages.charts import BLUE, GREY, GROUPS, ORANGE
from returns903.pages.grid import HIDDEN
from returns903.published.aggregates import ALL, KINDS
from returns903.published.collect import Tables
from returns903.reports.tables.layout import cell

if TYPE_CHECKING:
    import altair as alt

SUPPRESSED = "suppressed"
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


def _reviews(tables: Tables) -> alt.TopLevelMixin | None:
    """For each kind the months' reviews on time and late; grey where a month's split is suppressed."""
    alt, sheet = drawing.altair(), tables["reviews_by_month"]
    names = {kind: sheet.of.label(kind) for kind in (ALL, *KINDS)} | {ALL: "All reviews"}
    rows: list[Row] = []
    for number, (month, kind) in enumerate(sheet.frame.select("month", "kind").iter_rows()):
        due, on_time, late = (cell(sheet, column, number) for column in ("due", "on_time", "late"))
        if isinstance(on_time, int) and isinstance(late, int):
            parts = {"on time": on_time, "late or not held": late}
        else:
            parts = {"split suppressed": due} if isinstance(due, int) else {}
        rows += [_row(month, names[kind], state, n) for state, n in parts.items()]
    states = {"on time": BLUE, "late or not held": ORANGE, "split suppressed": GREY}
    states = {state: colour for state, colour in states.items() if any(row["state"] == state for row in rows)}
    if not any(row["n"] for row in rows):
        return None
    bars = (
        alt.Chart(alt.Data(values=rows), width=370, height=130)
        .mark_bar()
        .encode(
            x=alt.X("month:O", sort=None, title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("n:Q", title="reviews due", axis=alt.Axis(tickCount=4, format="d")),
            color=alt.Color(
                "state:N",
                title=None,
                sort=list(states),
                legend=alt.Legend(orient="top"),
                scale=alt.Scale(domain=list(states), range=list(states.values())),
            ),
            order=alt.Order("order:Q"),
            facet=alt.Facet("kind:N", columns=2, sort=list(names.values()), title=None),
        )
        .resolve_scale(y="independent")
        .resolve_axis(x="independent")
    )
    return drawing.finished(bars)


def _row(month: dt.date, kind: str, state: str, n: int) -> Row:
    return {"month": f"{month:%b}", "kind": kind, "state": state, "n": n, "order": state != "on time"}


def _leaving(tables: Tables) -> alt.TopLevelMixin | None:
    """A bar a reason with its number, and a tick for the year before."""
    alt, sheet = drawing.altair(), tables["leaving_care_reasons"]
    rows: list[Row] = []
    for number, (reason, kind) in enumerate(sheet.frame.select("category", "kind").iter_rows()):
        n = cell(sheet, "children", number)
        before = cell(sheet.last_year, "children", number) if sheet.last_year else None
        if kind != "total":
            rows.append(
                {
                    "reason": reason,
                    "n": None if n is HIDDEN else n,
                    "said": f"{n:,}" if isinstance(n, int) else str(n),
                    "before": before if isinstance(before, int) and before else None,
                }
            )
    if not rows:
        return None
    order = [row["reason"] for row in rows]
    y = alt.Y("reason:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False, labelPadding=6))
    base = alt.Chart(alt.Data(values=rows), width=430, height=alt.Step(24))
    bars = base.mark_bar(color=BLUE).encode(y=y, x=alt.X("n:Q", title="children", axis=alt.Axis(format="d")))
    said = base.mark_text(align="left", dx=6, fontSize=12, color="#222222").encode(
        y=y, text="said:N", x=alt.X("place:Q")
    )
    said = said.transform_calculate(place="max(datum.n || 0, datum.before || 0)")
    layers = [bars, said]
    if sheet.last_year is not None:
        layers.append(base.mark_tick(color="#111111", thickness=2.5, size=18).encode(y=y, x="before:Q"))
    return drawing.finished(alt.layer(*layers))


def _statuses(tables: Tables) -> alt.TopLevelMixin | None:
    """A bar a month, stacked by group; what is suppressed is left grey up to the month's total."""
    alt, sheet = drawing.altair(), tables["legal_status_by_month"]
    groups = [group for group in sheet.frame.get_column("group").unique(maintain_order=True) if group != TOTAL]
    rows: list[Row] = []
    left: dict[dt.date, int] = {}
    for number, (month, group) in enumerate(sheet.frame.select("month", "group").iter_rows()):
        n = cell(sheet, "children", number)
        if isinstance(n, int):
            left[month] = left.get(month, 0) + (n if group == TOTAL else -n)
            if group != TOTAL:
                rows.append(_stack(month, sheet.of.label(group), n, groups.index(group)))
        elif group == TOTAL:
            left[month] = 0
    rows += [_stack(month, SUPPRESSED, n, len(groups)) for month, n in left.items() if n > 0]
    if not any(row["n"] for row in rows):
        return None
    named = [*(sheet.of.label(group) for group in groups), SUPPRESSED]
    colours = dict(zip(named, (*GROUPS, GREY), strict=False))
    colours = {name: colours[name] for name in named if any(row["n"] and row["group"] == name for row in rows)}
    bars = (
        alt.Chart(alt.Data(values=[row for row in rows if row["n"]]), width=620, height=300)
        .mark_bar()
        .encode(
            x=alt.X("month:O", sort=None, title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("n:Q", title="children looked after at the month's end", axis=alt.Axis(format=",d")),
            color=alt.Color(
                "group:N",
                title=None,
                sort=list(colours),
                legend=alt.Legend(orient="bottom", columns=2),
                scale=alt.Scale(domain=list(colours), range=list(colours.values())),
            ),
            order=alt.Order("order:Q"),
        )
    )
    return drawing.finished(bars)


def _stack(month: dt.date, group: str, n: int, order: int) -> Row:
    return {"month": f"{month:%b %y}", "group": group, "n": n, "order": order}


CHARTS: dict[str, tuple[str, Callable[[Tables], alt.TopLevelMixin | None]]] = {
    "legal_status_by_month": ("Children looked after at each month's end, by legal status", _statuses),
    "leaving_care_reasons": ("Children who left care in the year, by reason", _leaving),
    "reviews_by_month": ("Reviews due in each month, on time and late, by kind", _reviews),
}
"""What each chart shows, and how it is made, by the table that it stands with."""


UNSEEN = {
    "legal_status_by_month": "Grey: the groups whose numbers are suppressed, together.",
    "leaving_care_reasons": "No bar and c: the number is suppressed.",
    "reviews_by_month": "Grey: how many were on time is suppressed. No bar: so is how many were due, or none was.",
}


def caption(name: str, tables: Tables) -> str:
    """What stands below a chart."""
    title = CHARTS[name][0]
    more = f"; the mark is {tables.last_year}" if name == "leaving_care_reasons" and tables.last_year else ""
    hidden = any(tables[name].hidden.select(pl.any_horizontal(pl.all().any())).to_series())
    return f"{title}{more}. {UNSEEN[name]}" if hidden else f"{title}{more}."
