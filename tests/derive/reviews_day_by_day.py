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
    begun: dt.date | None = None
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

    def runs(self, column: str, codes: set[str]) -> list[tuple[dt.date, dt.date | None]]:
        """When each run of episodes with such codes began, and when it ended while care went on."""
        found, began = [], None
        for decom, _, row in self.rows:
            marked = row[column] in codes
            if marked and began is None:
                began = decom
            if not marked and began is not None:
                found.append((began, decom))
                began = None
        return found + ([(began, None)] if began is not None else [])

    def changes(self) -> list[tuple[str, dt.date]]:
        """Orders and their ends, then placements for adoption and their ends: of one day those stand in this order."""
        found = []
        for names, runs in (
            (("order", "no order"), self.runs("LS", {"E1"})),
            (("placed", "not placed"), self.runs("PLACE", {"A3", "A4", "A5", "A6"})),
        ):
            for began, ended in runs:
                found += [(names[0], began, began)] + ([(names[1], ended, began)] if ended else [])
        first = self.first_day
        return [(name, day) for name, day, began in found if began >= first]

    @property
    def first_day(self) -> dt.date:
        """The first day that the chain looks at."""
        if self.complete:
            return self.start
        if self.begun:
            return self.begun
        return self.given + ONE if self.given else self.assumed_from

    assumed_from: dt.date = dt.date.min


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
        period.assumed_from = max(year.start, period.start)
        earlier = [d for d in old[period.child] if d < year.start and period.holds(d)]
        clocks = period.runs("PLACE", {"A3", "A4", "A5", "A6"}) + period.runs("LS", {"E1"}) if adoption else []
        begun = [began for began, _ in clocks if known_from <= began < year.start]
        if not period.complete:
            if begun and min(begun) <= min([*earlier, year.start]):
                period.begun = min(begun)
            elif earlier:
                period.given = min(earlier)
        held = {d for d in dates[period.child] if period.holds(d)}
        period.steps = _walk(period, held, year, adoption=adoption)
    return found


class Clock:
    """What is due next, as it changes from day to day."""

    def __init__(self, period: Period, year: Year) -> None:
        self.last: dt.date | None = None  # the last review known
        self.entry_due = twentieth_working_day(period.start) if period.complete else None
        self.placed = self.new_placement = self.been_placed = False
        self.order: dt.date | None = None
        self.order_reviewed = False
        self.not_before = dt.date.min  # a placement that ended while the order was in force
        self.counted_from = period.given or (year.start if period.begun else period.assumed_from)
        self.by_care = ("subsequent", months(self.counted_from, 6))
        if self.entry_due:
            self.by_care = ("initial", self.entry_due)
        elif period.given:
            self.last = period.given
        self.kind, self.due = self.by_care

    def settle(self) -> None:
        """The sooner of what care planning and what the order asks for."""
        self.kind, self.due = self.by_care
        if self.order and not self.placed:
            if self.order_reviewed:
                if self.kind == "subsequent":
                    self.kind = "authorised-subsequent"
            elif max(months(self.order, 3), self.not_before) < self.due:
                self.kind, self.due = "authorised-initial", max(months(self.order, 3), self.not_before)

    def change(self, what: str, day: dt.date) -> None:
        passed = self.due < day
        if what == "order":
            self.order, self.order_reviewed, self.not_before = day, False, dt.date.min
        elif what == "no order":
            self.order = None
        elif what == "placed":
            self.placed = self.new_placement = self.been_placed = True
            self.by_care = self.by_care if passed else ("adoption-initial", day + 28 * ONE)
        else:
            self.placed = self.new_placement = False
            self.not_before = day
            if not passed:
                self.by_care = self._after_a_placement(day)
        if not passed and (what in {"placed", "not placed"} or not self.placed):
            self.settle()

    def _after_a_placement(self, day: dt.date) -> tuple[str, dt.date]:
        if self.last:
            return "subsequent", max(months(self.last, 6), day)
        if self.entry_due:
            self.been_placed = False
            return "initial", max(self.entry_due, day)
        return "subsequent", max(months(self.counted_from, 6), day)

    def review(self, day: dt.date) -> None:
        first, self.last, self.order_reviewed = self.last is None and self.entry_due is not None, day, True
        if self.placed:
            self.by_care = (
                ("adoption-second", months(day, 3)) if self.new_placement else ("adoption-subsequent", months(day, 6))
            )
            self.new_placement = False
        elif first and not self.been_placed:
            self.by_care = ("second", months(day, 3))
        else:
            self.by_care = ("subsequent", months(day, 6))
        self.settle()


def _walk(period: Period, reviews: set[dt.date], year: Year, *, adoption: bool) -> list[dict[str, Any]]:
    clock, steps, day = Clock(period, year), [], period.first_day
    stop = min(period.end or year.end, year.end)
    changes = period.changes() if adoption else []
    placements = period.runs("PLACE", {"A3", "A4", "A5", "A6"}) if adoption else []
    at_hand, counted = int(period.given is not None), period.given or day
    sure = _is_sure(period, year, at_hand, counted, placements, placed=False)

    def guess() -> bool:
        return period.begun is not None and clock.last is None and clock.kind == "subsequent"

    def basis() -> dict[str, str]:
        known = period.complete or (sure if at_hand else period.begun is not None and not guess())
        return {"basis": "known" if known else "assumed"}

    while day <= stop:
        for what, at in changes:
            if at == day:
                clock.change(what, day)
        if day in reviews:
            if not (guess() and day < year.start):
                steps.append(_step(clock.kind, clock.due, day) | basis())
            clock.review(day)
            at_hand += 1
            sure = _is_sure(period, year, at_hand, day, placements, placed=clock.placed)
        day += ONE
    if period.end is None or period.end >= clock.due:
        state = "not_yet_due" if clock.due > year.end else "missed"
        steps.append(_step(clock.kind, clock.due, None) | {"state": state} | basis())
    return steps


def _is_sure(
    period: Period,
    year: Year,
    at_hand: int,
    day: dt.date,
    placements: list[tuple[dt.date, dt.date | None]],
    *,
    placed: bool,
) -> bool:
    """Whether what a review of this day makes due is sure: it is not the first of its clock, or seen to be."""
    if placed or at_hand > 1:
        return True
    in_placement = any(began <= day and (ended is None or day < ended) for began, ended in placements)
    return period.start < year.previous.start and not in_placement


def _step(kind: str, due: dt.date, held: dt.date | None) -> dict[str, Any]:
    late = None if held is None else max(0, (held - due).days)
    state = None if held is None else "late" if late else "on_time"
    return {"kind": kind, "due": due, "held": held, "days_late": late, "state": state}


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
