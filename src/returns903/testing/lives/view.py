"""What the return of a year says of a life: each row with its cells in the order of the table's columns."""

from __future__ import annotations

from returns903.testing.lives import yearly
from returns903.testing.lives.chance import Chance
from returns903.testing.lives.days import FIRST_WITH_WORKERS, Span, birthday, span, text
from returns903.testing.lives.leavers import is_reported
from returns903.testing.lives.model import Episode, Life
from returns903.testing.lives.times import ADULT
from returns903.years import Year

Row = tuple[str | None, ...]
Rows = dict[str, list[Row]]

_APRIL_TO_AUGUST = 152
"""Days from 1 April to 31 August."""
_FIRST_WITH_ORDERS = "2026-27"


def rows(life: Life, year: Year, child: str) -> Rows:
    """The rows that the return of a year has of one child, by table; nothing where the child is not in it.

    Args:
        life: the child's life.
        year: the collection year.
        child: the child's identifier, of at most eight letters and digits: pupil numbers are made from it.
    """
    when = span(year)
    seen = [e for e in life.episodes if e.decom <= when.last and e.lasts_into(when.first)]
    found: Rows = {}
    dob = text(life.born)
    if is_reported(life, when):
        found["OC3"] = [(child, dob, *_after_care(life, year))]
    elif not seen:
        return {}
    found["Header"] = [_header(life, when, child, seen)]
    if not seen:
        return found
    found["Episodes"] = [_episode(episode, when, child) for episode in seen]
    if looked_after_all_year(seen, when):
        found["OC2"] = [(child, dob, *yearly.health(_chance(life, year), life.born, year))]
    if life.asylum_until is not None and life.asylum_until >= when.first:
        ended = life.asylum_until if life.asylum_until <= when.last else birthday(life.born, ADULT)
        found["UASC"] = [(child, sex(life, when), dob, text(ended))]
    if life.adoption and any(e.rec in ("E11", "E12") and e.dec is not None and e.dec <= when.last for e in seen):
        found["AD1"] = [(child, dob, *life.adoption)]
    found |= _histories(life, when, child, dob)
    return {name: some for name, some in found.items() if some}


def _chance(life: Life, year: Year) -> Chance:
    """What decides the answers to the questions of a year."""
    return Chance(life.seed and life.seed * 97 + year.start.year)


def _after_care(life: Life, year: Year) -> Row:
    """What OC3 tells of a care leaver, in keeping with what it told the year before."""
    before = year.previous
    told = _after_care(life, before) if is_reported(life, span(before)) else None
    return yearly.leaver(_chance(life, year), life.born, year, before=told)


def _histories(life: Life, when: Span, child: str, dob: str) -> Rows:
    """The tables that tell what went on beside the episodes, with a row for each thing that touches the year."""
    first, last = when.first, when.last
    found: Rows = {
        "Reviews": [(child, dob, text(day), code) for day, code in life.reviews if first <= day <= last],
        "PrevPerm": [(child, dob, *before.cells) for before in life.permanence if first <= before.entry <= last][-1:],
        "Missing": [
            (child, dob, absence.kind, text(absence.start), until(absence.end, when))
            for absence in life.absences
            if absence.start <= last and (absence.end is None or absence.end >= first)
        ],
        "PlacedAdoption": [
            (child, dob, text(decision.day), ended, decision.reason if ended else None)
            for decision in life.decisions
            for ended in [until(decision.reversed_on, when)]
            if decision.day <= last and (decision.reversed_on is None or decision.reversed_on >= first)
        ],
    }
    if when.label >= FIRST_WITH_WORKERS:
        since = first if when.label == FIRST_WITH_WORKERS else when.first_before + 1
        found["SWEpisodes"] = [
            (child, dob, worker.name, text(worker.start), until(worker.end, when), worker.reason)
            for worker in life.workers
            if worker.start <= last and (worker.end is None or worker.end >= since)
        ]
    if when.label >= _FIRST_WITH_ORDERS:
        found["DoLo"] = [
            (child, dob, text(order.start), until(order.end, when))
            for order in life.orders
            if order.start <= last and (order.end is None or order.end >= first)
        ]
    return found


def until(day: int | None, when: Span) -> str | None:
    """The end of something as the return of the year has it: blank while it lies ahead."""
    return text(day) if day is not None and day <= when.last else None


def sex(life: Life, when: Span) -> str:
    """The child's sex in the codes of the year."""
    return "12"[life.female] if when.label < "2024-25" else "MF"[life.female]


def looked_after_all_year(seen: list[Episode], when: Span) -> bool:
    """Whether the child was looked after for the twelve months of the year, short breaks aside."""
    return bool(seen) and not any(
        episode.is_respite
        or (episode.rne == "S" and episode.decom > when.first)
        or (episode.rec != "X1" and episode.dec is not None and episode.dec < when.last)
        for episode in seen
    )


def _header(life: Life, when: Span, child: str, seen: list[Episode]) -> Row:
    mother = first_child = None
    if life.female and any(not episode.is_respite for episode in seen):
        first_child = until(life.first_child, when)
        mother = "1" if first_child else "0"
    return (child, sex(life, when), text(life.born), life.ethnic, _pupil(life, when, child), mother, first_child)


def _pupil(life: Life, when: Span, child: str) -> str | None:
    if life.pupil == "blank":
        return None
    of_school_age = birthday(life.born, 4) <= when.first_before + _APRIL_TO_AUGUST
    if life.pupil == "number" or (life.pupil == "UN1" and of_school_age):
        return pupil_number(child)
    return life.pupil


def pupil_number(child: str) -> str:
    """A number of the right form, the child's own among identifiers of up to eight letters and digits."""
    letter, digits = divmod(int(child, 36), 10**12)
    return f"{'ABCDEFGHJKLMNPQRTUVWXYZ'[letter % 23]}{digits:012d}"


def _episode(episode: Episode, when: Span, child: str) -> Row:
    ended = until(episode.dec, when)
    home = episode.home
    where = (None, None, None) if episode.is_respite else (episode.home_post, home.post, home.urn)
    return (
        child,
        text(episode.decom),
        episode.rne,
        episode.ls,
        episode.cin,
        home.place,
        home.provider,
        ended,
        episode.rec if ended else None,
        episode.reason_place_change if ended else None,
        *where,
    )
