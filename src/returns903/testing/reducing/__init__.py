"""The smallest return that still shows a behaviour, made safe to pass on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from returns903.returns import Return
from returns903.testing.reducing.draft import Draft, Place
from returns903.testing.reducing.judge import Judge, least
from returns903.testing.reducing.reduced import Reduced
from returns903.testing.reducing.safe import made_safe

__all__ = ["Reduced", "reduce"]


def reduce(ret: Return, *, keeps: Callable[[Return], object], safe: bool = True) -> Reduced:
    """The smallest return that still shows a behaviour, made safe to pass on.

    Tables, children, rows and cells are taken away as long as `keeps` holds, the largest parts first; of the reference
    lists, only what the return names is left. Then identifiers, postcodes, URNs and the like are replaced by made-up
    ones of the same standing, and days moved to plain ones, again as long as `keeps` holds. The same return gives the
    same result.

    Args:
        ret: a return that shows the behaviour. It is not changed.
        keeps: called with a return, true where it shows the behaviour:
            ``lambda ret: returns903.validate(ret, select=["361"]).outcomes["361"].count > 0``. Where it raises an error
            on `ret`, the behaviour is to raise an error of that very type, and no answer counts.
        safe: whether to make it safe. Leave it out for data that are made up.

    Raises:
        ConfigError: `keeps` is false of `ret`, or of the same tables without notes, file names and line numbers, with
            reference lists that hold just what they name.
    """
    judge = Judge(keeps, ret)
    whole = Draft.of(ret)
    judge.insist(whole)
    draft = _smallest(whole, judge)
    draft, stayed = made_safe(draft, judge, whole) if safe else (draft, [])
    return Reduced(draft, judge.calls, tuple(stayed), judge.raises)


def _smallest(draft: Draft, judge: Judge) -> Draft:
    """What is left when nothing more can be taken away: parts, then children, then rows and cells, then columns."""
    draft = _parts(draft, judge)
    draft = draft.with_children(least(draft.children, lambda children: judge.holds(draft.with_children(children))))
    size = None
    while size != (size := (len(draft.rows), len(draft.cells))):
        draft = _cells(_rows(draft, judge), judge)
    return _columns(_parts(draft, judge), judge)


def _parts(draft: Draft, judge: Judge) -> Draft:
    return draft.with_parts(least(draft.parts, lambda parts: judge.holds(draft.with_parts(parts))))


def _rows(draft: Draft, judge: Judge) -> Draft:
    return draft.with_rows(least(draft.rows, lambda rows: judge.holds(draft.with_rows(rows))))


def _cells(draft: Draft, judge: Judge) -> Draft:
    """The draft with fewer cells. No row is left without any: there would be none such in a file."""

    def holds(cells: Sequence[Place]) -> bool:
        fewer = draft.with_cells(cells)
        return fewer.empty_rows == draft.empty_rows and judge.holds(fewer)

    return draft.with_cells(least(draft.cells, holds))


def _columns(draft: Draft, judge: Judge) -> Draft:
    """The draft without those blank columns that make no difference by standing there."""
    blank = draft.blank_columns
    left = least(blank, lambda kept: judge.holds(draft.without_columns({*blank} - {*kept})))
    return draft.without_columns({*blank} - {*left})
