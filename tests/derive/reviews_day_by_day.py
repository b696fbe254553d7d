"""The review tables once more, in plain Python, day by day and from the words of their definition: slow and simple."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from returns903.reference.bank_holidays import bank_holidays
from returns903.years import Year

Row = dict[str, str | None]
Tables = dict[str, list[Row]]
ONE = dt.timedelta(days=1)
HOLIDAYS = set(bank_holidays())


def read(text: str | None) -> dt.date | None:
    try:
        return dt.datetime.strptime(text or "", "%d/%m/%Y").date()
    except ValueError:
        return None


def months(day: dt.date, n: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def twentieth_working_day(day: dt.date) -> dt.date:
    left = 20
    while left:
        day += ONE
        left -= day.weekday() < 5 and day not in HOLIDAYS
    return day


@dataclass
class Period:
    child: str
    rows: list[tuple[dt.date, dt.date | None, Row]]
    number: int = 0
    given: dt.date | None = None
    complete: bool = False
    steps: list[dict[str, Any]] = field(default_factory=list)

    @property
    def start(self) -> dt.date:
        return self.rows[0][0]

    @property
    def end(self) -> dt.date | None:
        return self.rows[-1][1]

    def holds(self, day: dt.date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)

    def placements(self) -> list[tuple[dt.date, dt.date | None]]:
        """When each placement for adoption began, and when it ended while care went on."""
        found, began = [], None
        for decom, _, row in self.rows:
            adopting = row["PLACE"] in {"A3", "A4", "A5", "A6"}
            if adopting and began is None:
                began = decom
            if not adopting and began is not None:
                found.append((began, decom))
                began = None
        return found + ([(began, None)] if began is not None else [])


def periods(now: Tables, before: Tables | None, year: Year) -> list[Period]:
    """Every period of care that touches the year, respite among them."""
    rows: dict[str, dict[dt.date, Row]] = defaultdict(dict)
    for tables in (before or {}, now):
        for row in tables.get("Episodes", []):
            decom = read(row["DECOM"])
            if row["CHILD"] and decom:
                rows[row["CHILD"]][decom] = row
    found: list[Period] = []
    for child, mine in sorted(rows.items()):
        chains: list[Period] = []
        for decom in sorted(mine):
            row, last = mine[decom], chains[-1].rows[-1] if chains else None
            if last and last[1] == decom and last[2]["REC"] == "X1" and row["RNE"] != "S":
                chains[-1].rows.append((decom, read(row["DEC"]), row))
            else:
                chains.append(Period(child, [(decom, read(row["DEC"]), row)]))
        chains = [p for p in chains if p.end is None or p.end >= year.start]
        for number, period in enumerate(chains, 1):
            period.number = number
        found += chains
    return found


def reviews_due(now: Tables, before: Tables | None, year: Year, *, adoption: bool = True) -> list[Period]:
    """The periods, respite apart, with their steps."""
    found = [p for p in periods(now, before, year) if any(r["LS"] not in {"V3", "V4"} for _, _, r in p.rows)]
    dates: dict[str | None, set[dt.date]] = defaultdict(set)
    old: dict[str | None, set[dt.date]] = defaultdict(set)
    for tables, into in ((before, (dates, old)), (now, (dates,))):
        for row in (tables or {}).get("Reviews", []):
            held = read(row["REVIEW"])
            if held:
                for where in into:
                    where[row["CHILD"]].add(held)
    for period in found:
        known_from = year.start if before is None else year.previous.start
        period.complete = period.rows[0][2]["RNE"] == "S" and period.start >= known_from
        earlier = [d for d in old[period.child] if d < year.start and period.holds(d)]
        if not period.complete and earlier:
            period.given = min(earlier)
        held = {d for d in dates[period.child] if period.holds(d)}
        period.steps = _walk(period, held, year, period.placements() if adoption else [])
    return found


def _walk(period: Period, reviews: set[dt.date], year: Year, placements: Any) -> list[dict[str, Any]]:
    last: dt.date | None
    first_due = None
    if period.complete:
        day, last, basis = period.start, None, "known"
        first_due = twentieth_working_day(day)
        kind, due = "initial", first_due
    elif period.given:
        last, basis = period.given, "known"
        kind, due, day = "subsequent", months(last, 6), last + ONE
    else:
        day = max(year.start, period.start)
        last, basis = day, "assumed"
        kind, due = "subsequent", months(day, 6)
    first_day, steps = day, []
    placed: str | None = None  # None; "new": no review yet in the placement; "reviewed"
    been_placed = False
    stop = min(period.end or year.end, year.end)
    while day <= stop:
        changes = []
        for began, ended in placements:
            if began >= first_day:
                changes += [("begins", began)] + ([("ends", ended)] if ended else [])
        for change, at in changes:
            if at != day:
                continue
            passed = due < day
            if change == "begins":
                placed, been_placed = "new", True
                if not passed:
                    kind, due = "adoption-initial", day + 28 * ONE
            else:
                placed = None
                if not passed and last is None:
                    kind, due, been_placed = "initial", max(first_due, day), False
                elif not passed:
                    kind, due = "subsequent", max(months(last, 6), day)
        if day in reviews:
            steps.append(_step(kind, due, day, basis))
            first_ever, last = last is None, day
            if placed == "new":
                kind, due, placed = "adoption-second", months(day, 3), "reviewed"
            elif placed == "reviewed":
                kind, due = "adoption-subsequent", months(day, 6)
            elif first_ever and not been_placed:
                kind, due = "second", months(day, 3)
            else:
                kind, due = "subsequent", months(day, 6)
        day += ONE
    if due > year.end:
        if period.end is None or period.end >= due:
            steps.append(_step(kind, due, None, basis) | {"state": "not_yet_due"})
    elif period.end is None or period.end >= due:
        steps.append(_step(kind, due, None, basis) | {"state": "missed"})
    return steps


def _step(kind: str, due: dt.date, held: dt.date | None, basis: str) -> dict[str, Any]:
    late = None if held is None else max(0, (held - due).days)
    state = None if held is None else "late" if late else "on_time"
    return {"kind": kind, "due": due, "held": held, "days_late": late, "state": state, "basis": basis}


def current(found: list[Period], day: dt.date) -> dict[str, Period]:
    """The period each child looked after at the close of a day is in, by the episode that began last."""
    best: dict[str, tuple[dt.date, Period]] = {}
    for period in found:
        for decom, dec, row in period.rows:
            open_then = decom <= day and (dec is None or dec > day) and row["LS"] not in {"V3", "V4"}
            if open_then and (period.child not in best or best[period.child][0] <= decom):
                best[period.child] = (decom, period)
    return {child: period for child, (_, period) in best.items()}


def by_child(found: list[Period], year: Year) -> tuple[int, int]:
    """Children on time and children late."""
    on_time = late = 0
    for period in current(found, year.end).values():
        if twentieth_working_day(period.start) <= year.end:
            due = [s for s in period.steps if year.start <= s["due"] <= year.end]
            if all(s["state"] == "on_time" for s in due):
                on_time += 1
            else:
                late += 1
    return on_time, late


def by_due(found: list[Period], year: Year) -> tuple[int, int, int]:
    """Of the reviews that fell due in the year: on time, late or missed, missed."""
    states = [
        s["state"]
        for p in found
        for s in p.steps
        if year.start <= s["due"] <= year.end and (p.end is None or p.end >= s["due"])
    ]
    return states.count("on_time"), states.count("late") + states.count("missed"), states.count("missed")


def by_held(found: list[Period], year: Year) -> tuple[int, int]:
    """Of the reviews held in the year, one a child and day: on time and late; a later period's step goes first."""
    states = {
        (p.child, s["held"]): s["state"]
        for p in sorted(found, key=lambda p: p.number)
        for s in p.steps
        if s["held"] and year.start <= s["held"] <= year.end
    }
    return list(states.values()).count("on_time"), list(states.values()).count("late")


def up_to_date(found: list[Period], day: dt.date) -> tuple[int, int]:
    """Children looked after on a day, and those of them with a review owed at its close."""
    here = current(found, day)
    owing = [
        p for p in here.values() if any(s["due"] <= day and (s["held"] is None or s["held"] > day) for s in p.steps)
    ]
    return len(here), len(owing)
