"""What came out of a pipeline, as frames that can be compared, and what differs between two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import polars as pl
from polars import selectors as cs

from returns903.errors import ConfigError
from returns903.reading.handed_in import BESIDE, as_frame
from returns903.results import Result
from returns903.returns import Return
from returns903.tables import TABLES
from returns903.tables.base import TEXT

Pipeline = Callable[[Return], Any]
"""A function that gives a `Return`, a `Result`, a frame, or frames by name."""
Seen = dict[str, pl.DataFrame]
"""Frames by what they are; in each the place of a row stands beside what counts of it."""

PLACE = "place"
RULE, STATE, RULES = "rule", "state", "how rules ended"
CHILD = ("CHILD", "child")
"""What the column of the child's identifier is called."""
_AGAIN = "again"
_ROWS_NAMED = 5
_DIGITS = 9
"""Digits of a number that count: the order of rows may change the last of a sum."""


def seen(given: Any, *, by_row: bool = False) -> Seen:
    """The frames of an outcome.

    Args:
        given: what a pipeline gave.
        by_row: whether a finding is told by the number of its row; otherwise it is by what stands in the row.

    Raises:
        ConfigError: it is nothing that can be compared.
    """
    if isinstance(given, Result):
        return dict(_findings(given, by_row)) | {RULES: _states(given)}
    if isinstance(given, Return):
        return dict(_tables(given))
    named = given if isinstance(given, Mapping) else {"the frame": given}
    return {str(name): _placed(as_frame(frame, f"what the pipeline gave ({name})")) for name, frame in named.items()}


def _tables(ret: Return) -> Iterator[tuple[str, pl.DataFrame]]:
    for name, frame, last in _of_both_years(ret):
        yield f"{name}{_OF_LAST_YEAR[last]}", _placed(_own(name, frame))


_OF_LAST_YEAR = {False: "", True: " of last year"}


def _of_both_years(ret: Return) -> Iterator[tuple[str, pl.DataFrame, bool]]:
    for last, tables in ((False, ret.tables), (True, ret.previous or {})):
        for name, frame in tables.items():
            yield name, frame, last


def _own(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of a file, and what stood there where a date could not be read."""
    return frame.select(c for c in frame.columns if c.removesuffix(f".{TEXT}") in TABLES[name].columns())


def _placed(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.drop(BESIDE, strict=False).with_row_index(PLACE)


def _findings(result: Result, by_row: bool) -> Iterator[tuple[str, pl.DataFrame]]:
    """The findings in each table: the rule, and the row."""
    for name, frame, last in _of_both_years(result.the_return):
        found = result.findings.filter(table=name, previous=last)
        rules = found.select(RULE, pl.col("row").alias(PLACE))
        rows = found.select("child", pl.col("row").alias("number")) if by_row else _own(name, frame)[found["row"]]
        yield f"{name}{_OF_LAST_YEAR[last]}", rules.hstack(rows)


def _states(result: Result) -> pl.DataFrame:
    ended = [(o.state if o.state in ("skipped", "crashed") else "ran") for o in result.outcomes.values()]
    return pl.DataFrame({RULE: list(result.outcomes), STATE: ended}, schema={RULE: pl.String, STATE: pl.String})


def child_of(frame: pl.DataFrame) -> str | None:
    """The column of the child's identifier, if there is one."""
    return next((name for name in CHILD if name in frame.columns), None)


def of_children(frames: Seen, without: Iterable[str | None]) -> Seen:
    """The frames that name children, without the rows of some, and how rules ended."""
    others = {
        name: frame.filter(~pl.col(column).is_in(list(without), nulls_equal=True))
        for name, frame in frames.items()
        if (column := child_of(frame))
    }
    return others | {name: frame for name, frame in frames.items() if name == RULES}


def with_names(frames: Seen, names: Mapping[str, str]) -> Seen:
    """The frames with other identifiers of children."""
    return {
        name: frame.with_columns(pl.col(column).replace(names) for column in CHILD if column in frame.columns)
        for name, frame in frames.items()
    }


def of_rules(frames: Seen, codes: Iterable[str]) -> Seen:
    """The frames of a validation with these rules alone; those of anything else as they are."""
    if RULES not in frames:
        return frames
    return {name: frame.filter(pl.col(RULE).is_in(list(codes))) for name, frame in frames.items()}


def differences(before: Seen, after: Seen) -> Iterator[str]:
    """What differs, a line each, without any cell."""
    for name in dict.fromkeys([*before, *after]):
        if name not in after:
            yield f"{name}: is there no more"
        elif name not in before:
            yield f"{name}: is new"
        elif strangers := set(before[name].columns) ^ set(after[name].columns):
            yield f"{name}: other columns ({', '.join(sorted(strangers))} in one of the two)"
        elif RULE in before[name].columns:
            yield from _by_rule(name, before[name], after[name])
        elif told := _told(before[name], after[name]):
            yield f"{name}: {told}"


def _by_rule(name: str, before: pl.DataFrame, after: pl.DataFrame) -> Iterator[str]:
    for code in pl.concat([before[RULE], after[RULE]]).unique(maintain_order=True):
        one, other = (frame.filter(pl.col(RULE) == code) for frame in (before, after))
        if name == RULES:
            states = [frame[STATE].to_list()[:1] or ["is not there"] for frame in (one, other)]
            if states[0] != states[1]:
                yield f"rule {code}: {states[0][0]} before, {states[1][0]} afterwards"
        elif told := _told(one, other):
            yield f"rule {code} in {name}: {told}"


def _told(before: pl.DataFrame, after: pl.DataFrame) -> str:
    """Which rows differ, by their places; nothing where none do."""
    one, other = _comparable(before, after)
    lost, new = _less(one, other), _less(other, one)
    told = [f"without {_rows(lost)} of before"] if lost else []
    told += [f"with {_rows(new)} of afterwards"] if new else []
    if lost and before.height == after.height:
        columns = [c for c in one.columns if c != PLACE and not one[c].sort().equals(other[c].sort(), null_equal=True)]
        told += [f"in {', '.join(columns)}"] if columns else []
    return ", ".join(told)


def _comparable(one: pl.DataFrame, other: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Two frames with the same columns in one order, and of types that can be compared."""
    unlike = [name for name, dtype in one.schema.items() if other.schema[name] != dtype]
    first, second = (_flat(frame).with_columns(pl.col(unlike).cast(pl.String)) for frame in (one, other))
    return first, second.select(first.columns)


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    nested = [pl.struct(name).struct.json_encode().alias(name) for name in frame.select(cs.nested()).columns]
    return frame.with_columns(cs.float().round_sig_figs(_DIGITS), *nested)


def _less(one: pl.DataFrame, other: pl.DataFrame) -> list[int]:
    """The places of the rows of one frame that the other has not, or not as often."""
    cells = [name for name in one.columns if name != PLACE]
    if not cells:
        return one[PLACE].to_list()[other.height :]
    counted = [f.with_columns(pl.int_range(pl.len()).over(cells).alias(_AGAIN)) for f in (one, other)]
    lost = counted[0].join(counted[1], on=[*cells, _AGAIN], how="anti", nulls_equal=True)
    return sorted(lost[PLACE].to_list())


def _rows(places: list[int]) -> str:
    named = ", ".join(map(str, places[:_ROWS_NAMED]))
    more = len(places) - _ROWS_NAMED
    return f"row{'s' * (len(places) > 1)} {named}" + (f" and {more} more" if more > 0 else "")


def refuse(given: object) -> None:
    """Refuse what is no return.

    Raises:
        ConfigError: it is none.
    """
    if not isinstance(given, Return):
        msg = f"a relation takes a pipeline and a Return, and this is of type {type(given).__name__}"
        raise ConfigError(msg)
