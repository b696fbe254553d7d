"""The days of a reduced return, moved to plain ones of its year as long as the behaviour stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import pairwise

from returns903.testing.reducing.draft import Draft, Place
from returns903.testing.reducing.judge import Judge
from returns903.testing.reducing.stand_ins import DAY, read_day, sort_of
from returns903.years import Year, years_after

ONE_DAY, WEEK = dt.timedelta(days=1), 7
Moves = Mapping[dt.date, dt.date]
"""Each day of the draft, and the day that it becomes."""


def move_days(draft: Draft, judge: Judge) -> tuple[Draft, list[Place]]:
    """The draft with its days moved, and the cells with a day that had to stay.

    One day after the other is moved, the earliest first: to the first and the last day of the collection year and
    their neighbours, else to 1 April, 31 March or the first of the month of its own year. Where it cannot move alone,
    it takes the days after it along, at the same distance.
    """
    places = {place: day for place, text in draft.filled() if (day := _day_at(place, text)) is not None}
    columns = list(dict.fromkeys((place.frame, place.column) for place in places))
    moves = {day: day for day in sorted(set(places.values()))}

    def moved(by: Moves) -> Draft:
        return draft.replaced(columns, {f"{day:{DAY}}": f"{new:{DAY}}" for day, new in by.items()})

    stayed = set()
    for day in moves:
        ways = sorted(_ways(moves, day, draft.year), key=_disorder)
        tried = (by for by in ways if by != moves and _is_made_up(by, draft.year) and judge.holds(moved(by)))
        found = moves if _is_plain(moves[day], draft.year) else next(tried, moves)
        stayed |= {day} if found[day] == day and not _is_plain(day, draft.year) else set()
        moves = dict(found)
    return moved(moves), [place for place, day in places.items() if day in stayed]


def _day_at(place: Place, text: str) -> dt.date | None:
    return read_day(text) if sort_of(place.frame, place.column) == "day" else None


def _ways(moves: Moves, day: dt.date, year: Year) -> Iterator[Moves]:
    """How a day can be moved, the best first: alone, or with all later ones."""
    now = moves[day]
    plain = [*plain_days(year), *_days_of_its_year(now, year)]
    for new in plain:
        yield {**moves, day: new}
    same_weekday = [new + ONE_DAY * ((now - new).days % WEEK) for new in plain]
    for new in (*plain, *same_weekday):
        yield {other: to + (new - now) if other >= day else to for other, to in moves.items()}
    yield {**moves, day: now + ONE_DAY * WEEK}


def _disorder(moves: Moves) -> int:
    """How far the days are from their old order: 0 as they were, 1 some have become one day, 2 some changed places."""
    pairs = list(pairwise(moves[day] for day in sorted(moves)))
    return max((2 * (one > other) or one == other for one, other in pairs), default=0)


def _is_made_up(moves: Moves, year: Year) -> bool:
    """Whether each day that is moved becomes a plain one, or one that is none of those there were."""
    return all(new == day or new not in moves or _is_plain(new, year) for day, new in moves.items())


def _is_plain(day: dt.date, year: Year) -> bool:
    return day in plain_days(year)


def plain_days(year: Year) -> tuple[dt.date, ...]:
    """The days that tell nothing but the collection year: its first and last, their neighbours, a birth before it."""
    ten_before = years_after(year.start, -10)
    return (year.start, year.end, year.start - ONE_DAY, year.end + ONE_DAY, ten_before)


def _days_of_its_year(day: dt.date, year: Year) -> tuple[dt.date, ...]:
    """1 April, 31 March and the first of the month, in the twelve months from 1 April that a day lies in."""
    years = day.year - year.start.year
    first = years_after(year.start, years)
    first = first if first <= day else years_after(year.start, years - 1)
    return (first, years_after(first, 1) - ONE_DAY, day.replace(day=1))
