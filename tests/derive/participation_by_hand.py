"""How children took part in their reviews, once more child by child in plain Python."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass

from returns903.years import Year
from tests.derive.reviews_day_by_day import Period, Tables, current, periods, read, reviews_due

OLDER = ("PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7")
TOOK_PART = {"PN1", "PN2", "PN3", "PN5", "PN6"}
ATTENDED = {"PN1", "PN2", "PN3", "PN4"}
Days = tuple[dt.date, dt.date]


@dataclass
class Held:
    """A review: one a child and day, with its code where it is judged and has one of the list."""

    child: str | None
    day: dt.date | None
    code: str | None


@dataclass
class Counted:
    """A measure: what is counted by breakdown, and what is not."""

    counts: Counter[str]
    under_4: int = 0
    not_judged: int = 0


def measures(now: Tables, before: Tables | None, year: Year, days: Days | None) -> dict[str, Counted]:
    """Each measure of the year, or of some days of it."""
    held, last = reviews(now, before, year, days), (days or (year.start, year.end))[1]
    found = [Counted(Counter()) for _ in range(4)]
    by_review, by_child, every, looked_after = found
    for each in held:
        add(by_review, each.code, [each.code])
    nobody = sum(each.child is None for each in held)
    for measure in (by_child, every, looked_after):
        measure.not_judged = nobody
    of_child: dict[str, list[Held]] = defaultdict(list)
    for each in held:
        if each.child is not None:
            of_child[each.child].append(each)
    care = current(reviews_due(now, before, year), last)
    for child, mine in of_child.items():
        mine.sort(key=lambda each: each.day or dt.date.max)
        codes = [each.code for each in mine if each.code in OLDER]
        code = codes[-1] if codes else next((each.code for each in mine if each.code), None)
        add(by_child, code, [code])
        add(every, code, codes, by_code=False)
        belongs = for_four_weeks(care.get(child), last)
        if belongs is None:
            looked_after.not_judged += 1
        elif belongs:
            add(looked_after, code, codes, by_code=False)
    return dict(zip(("review", "child", "child_every_review", "looked_after_every_review"), found, strict=True))


def add(to: Counted, code: str | None, codes: list[str | None], *, by_code: bool = True) -> None:
    """A review or child of this code; it took part, or attended, where all of the codes say so."""
    if code is None:
        to.not_judged += 1
    elif code == "PN0":
        to.under_4 += 1
    else:
        to.counts.update(["all", f"code:{code}"] if by_code else ["all"])
        to.counts["taken_part" if set(codes) <= TOOK_PART else "not_taken_part"] += 1
        to.counts["attended" if set(codes) <= ATTENDED else "not_attended"] += 1


def for_four_weeks(period: Period | None, day: dt.date) -> bool | None:
    """Whether a child has been looked after for four weeks on a day; None: it cannot be said."""
    if period is None:
        return False
    if period.start + dt.timedelta(days=28) <= day:
        return True
    return False if period.rows[0][2]["RNE"] == "S" else None


def reviews(now: Tables, before: Tables | None, year: Year, days: Days | None) -> list[Held]:
    """The reviews that count: those of this return, and those in it that only the previous one holds; no respite."""
    first, last = days or (year.start, year.end)
    rows = [(row["CHILD"] or None, read(row["REVIEW"]), row["REVIEW_CODE"] or None) for row in now.get("Reviews", [])]
    there = {(child, day) for child, day, _ in rows}
    for row in (before or {}).get("Reviews", []):
        child, day = row["CHILD"] or None, read(row["REVIEW"])
        if child and day and first <= day <= last and (child, day) not in there:
            rows.append((child, day, row["REVIEW_CODE"] or None))
    if days is not None:
        rows = [row for row in rows if row[1] is None or first <= row[1] <= last]
    several: dict[object, list[tuple[str | None, dt.date | None, str | None]]] = defaultdict(list)
    for number, row in enumerate(rows):
        several[row[:2] if row[0] and row[1] else number].append(row)
    found = []
    for child, day, code in (min(some, key=lambda row: rank(row[2])) for some in several.values()):
        judged = child is not None and day is not None and first <= day <= last
        care = [p for p in periods(now, before, year) if judged and day and p.child == child and p.holds(day)]
        respite = [all(row["LS"] in {"V3", "V4"} for _, _, row in period.rows) for period in care]
        if not respite or not all(respite):
            found.append(Held(child, day, code if respite and (code == "PN0" or code in OLDER) else None))
    return found


def rank(code: str | None) -> int:
    """Of several rows of one child and day the one that says most counts."""
    return [*OLDER, "PN0"].index(code) if code == "PN0" or code in OLDER else 9
