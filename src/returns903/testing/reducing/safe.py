"""A reduced return made safe to pass on: whatever tells of someone is replaced, as long as the behaviour stays."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

import polars as pl

from returns903.testing.reducing.days import move_days
from returns903.testing.reducing.draft import OWN, POSTCODES, Draft, Place
from returns903.testing.reducing.judge import Judge
from returns903.testing.reducing.stand_ins import SORTS, Sort, may_stay, sort_of, stand_ins

_MIDDLE = (400_000, 300_000)
"""A grid reference near the middle of England, in metres."""
_STEPS = (100_000, 10_000, 1_000, 1)
"""Metres to which distances between postcodes are rounded, the safest first."""


def made_safe(draft: Draft, judge: Judge, whole: Draft) -> tuple[Draft, list[Place]]:
    """The draft with made-up identifiers, postcodes, days and the like, and the cells that had to stay as they were.

    None of the made-up names stands anywhere in the whole return that the draft was made from.
    """
    stayed: list[Place] = []
    for sort in SORTS:
        known = {sort.meaning(text) for text in _texts(whole, sort)} if sort.is_name else set()
        draft, unsafe = _replaced(draft, judge, sort, known)
        stayed += [place for place, text in draft.filled() if text in unsafe and _is_of(place, sort)]
        stayed += [OWN] if sort.name == "authority" and draft.local_authority in unsafe else []
    draft, days = move_days(draft, judge)
    draft, grid = _moved_away(draft, judge)
    return draft, [*stayed, *days, *grid]


def _is_of(place: Place, sort: Sort) -> bool:
    return sort_of(place.frame, place.column) == sort.name


def _replaced(draft: Draft, judge: Judge, sort: Sort, known: Collection[str]) -> tuple[Draft, set[str]]:
    """The draft with the texts of one sort replaced: all at once, or else one after the other; and those that stay."""
    groups = _grouped(_texts(draft, sort), sort)
    numbers = _numbers(sort, len(groups), known)
    best = {text: next(stand_ins(sort, n, text)) for n, group in zip(numbers, groups, strict=True) for text in group}
    changed = _with_stand_ins(draft, sort, best)
    if not groups or judge.holds(changed):
        return changed, set()
    unsafe: set[str] = set()
    for number, group in zip(numbers, groups, strict=True):
        taken = {*known, *map(sort.meaning, _texts(draft, sort)), *group}
        free = (new for new in stand_ins(sort, number, group[0]) if sort.meaning(new) not in taken)
        tried = (_with_stand_ins(draft, sort, dict.fromkeys(group, new)) for new in free)
        found = next((changed for changed in tried if judge.holds(changed)), None)
        draft, unsafe = (draft, unsafe.union(group)) if found is None else (found, unsafe)
    return draft, unsafe


def _numbers(sort: Sort, count: int, known: Collection[str]) -> list[int]:
    """So many numbers of made-up texts, none of which is known unless all are."""
    every = range(count + len(known))
    free = [n for n in every if not any(sort.meaning(text) in known for text in sort.made_up(n))]
    return [*free, *every][:count]


def _texts(draft: Draft, sort: Sort) -> list[str]:
    """The texts of a sort that must not stay, each once."""
    own = [draft.local_authority] if sort.name == "authority" and draft.local_authority else []
    cells = (text for name, column in _columns(draft, sort) for text in draft.frames[name][column].drop_nulls())
    return [text for text in dict.fromkeys((*own, *cells)) if not may_stay(sort, text)]


def _grouped(texts: Iterable[str], sort: Sort) -> list[list[str]]:
    """The texts, those that mean the same together."""
    groups: dict[str, list[str]] = {}
    for text in texts:
        groups.setdefault(sort.meaning(text), []).append(text)
    return list(groups.values())


def _with_stand_ins(draft: Draft, sort: Sort, texts: dict[str, str]) -> Draft:
    if sort.name == "authority" and draft.local_authority:
        draft = replace(draft, local_authority=texts.get(draft.local_authority, draft.local_authority))
    return draft.replaced(_columns(draft, sort), texts)


def _columns(draft: Draft, sort: Sort) -> list[tuple[str, str]]:
    """The columns of a sort, by frame."""
    every = ((name, column) for name, frame in draft.frames.items() for column in frame.columns)
    return [(name, column) for name, column in every if sort_of(name, column) == sort.name]


def _moved_away(draft: Draft, judge: Judge) -> tuple[Draft, list[Place]]:
    """The draft with its postcodes on a line somewhere else, as far apart as they must be."""
    if POSTCODES not in draft.frames or draft.frames[POSTCODES]["east"].null_count() == draft.frames[POSTCODES].height:
        return draft, []
    for step in _STEPS:
        moved = draft.with_frame(POSTCODES, _on_a_line(draft.frames[POSTCODES], step))
        if judge.holds(moved):
            return moved, []
    return draft, [place for place, _ in draft.filled() if place.column in ("east", "north")]


def _on_a_line(postcodes: pl.DataFrame, step: float) -> pl.DataFrame:
    """The postcodes, each as far east of the first as it was away from it, in whole steps of metres."""
    east, north = (pl.col(name).cast(pl.Float64) for name in ("east", "north"))
    first_east, first_north = (value.drop_nulls().first() for value in (east, north))
    metres = ((east - first_east) ** 2 + (north - first_north) ** 2).sqrt()
    line = _MIDDLE[0] + (metres / step).round() * step
    return postcodes.with_columns(
        line.cast(pl.String).alias("east"),
        pl.when(north.is_not_null()).then(pl.lit(str(_MIDDLE[1]))).alias("north"),
    )
