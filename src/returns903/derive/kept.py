"""What several derived tables start from is worked out once for a return, and kept as long as the return lives."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

import polars as pl

from returns903.returns import Return

Rest = ParamSpec("Rest")
Made = TypeVar("Made", pl.DataFrame, pl.Series)


def kept(make: Callable[Concatenate[Return, Rest], Made]) -> Callable[Concatenate[Return, Rest], Made]:
    """Keep what `make` works out from a return and arguments; it is made anew when a table or the year has changed."""
    known: WeakKeyDictionary[Return, dict[object, tuple[list[object], Made]]] = WeakKeyDictionary()

    @wraps(make)
    def of(ret: Return, /, *rest: Rest.args, **options: Rest.kwargs) -> Made:
        sources = _sources(ret)
        answers = known.setdefault(ret, {})
        asked = (rest, tuple(sorted(options.items())))
        found = answers.get(asked)
        if found is None or not _same(found[0], sources):
            found = answers[asked] = (sources, make(ret, *rest, **options))
        return found[1].clone()  # costs nothing: the columns are shared

    return of


def _sources(ret: Return) -> list[object]:
    previous = ret.previous or {}
    return [ret.year, ret.previous is None, *ret.tables, *ret.tables.values(), *previous, *previous.values()]


def _same(before: list[object], now: list[object]) -> bool:
    """Frames are compared by identity: a table that was replaced is another, whatever it holds."""
    return len(before) == len(now) and all(
        one is other if isinstance(one, pl.DataFrame) or isinstance(other, pl.DataFrame) else one == other
        for one, other in zip(before, now, strict=True)
    )
