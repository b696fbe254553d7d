"""The tables of a return, made fit to be handed on: chosen, worked out, put under disclosure control, side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import polars as pl

from returns903 import __version__
from returns903.errors import ConfigError
from returns903.published.bounds import bounds
from returns903.published.catalogue import AGGREGATES, DEFINITIONS
from returns903.published.compare import Comparisons
from returns903.published.definition import Definition, Options
from returns903.published.doubted import apart
from returns903.published.hints import hints
from returns903.published.links import all_ties, between
from returns903.reference import authorities
from returns903.returns import Return
from returns903.statistics import METHODS, NO_RULE, RULES, STATED, Controlled, Rule, Together, control
from returns903.years import Year

IDENTIFIERS = "A row a child: it holds identifiers, and no disclosure control applies to it. Not for publication."


ALONE = (
    "last year's figures are worked out from last year's return alone, without the one before it: more of its due "
    "dates are assumed"
)


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One table as it may be handed on."""

    of: Definition
    frame: pl.DataFrame
    """With its own types; what is suppressed is null."""
    hidden: pl.DataFrame
    """For each column of numbers, which rows are suppressed; no columns for a table with a row a child."""
    bounds: pl.DataFrame = field(default_factory=pl.DataFrame)
    """What is said of suppressed percentages; see `returns903.published.bounds`."""
    ranges: pl.DataFrame = field(default_factory=pl.DataFrame)
    """In words the ranges of percentages that rest too much on what is assumed; see `returns903.published.doubted`."""
    last_year: Sheet | None = None
    """The previous return's, row for row."""
    whole: bool = False
    """Percentages are whole numbers."""
    apart: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.Boolean))
    """The rows that last year's numbers are left out of, since too much of either year's is assumed or not known."""

    def is_hidden(self, column: str, row: int) -> bool:
        """Whether a cell is suppressed."""
        return column in self.hidden.columns and bool(self.hidden.item(row, column))

    def bound(self, column: str, row: int) -> int | None:
        """What is said of a suppressed percentage."""
        found: int | None = self.bounds.item(row, column) if column in self.bounds.columns else None
        return found

    def range(self, column: str, row: int) -> str | None:
        """The range that stands for a percentage."""
        found: str | None = self.ranges.item(row, column) if column in self.ranges.columns else None
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Tables to hand on together, and what is to be said of them."""

    sheets: tuple[Sheet, ...]
    year: str
    authority: str | None
    method: str
    last_year: str | None = None
    notes: tuple[str, ...] = ()
    period: str = ""
    """The days of the year."""
    comparisons: Comparisons | None = None
    """What this year's figures are held against."""
    commentary: str = ""
    """The author's own words, in Markdown."""
    absent: frozenset[str] = frozenset()
    """The tables of the return that some of these need, and that it does not hold."""
    absent_last_year: frozenset[str] = frozenset()
    """Those that the previous return does not hold."""
    version: str = field(default=__version__)

    def __getitem__(self, name: str) -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.of.name == name)

    def get(self, name: str) -> Sheet | None:
        """The table of this name, if it is among them."""
        return next((sheet for sheet in self.sheets if sheet.of.name == name), None)

    def __contains__(self, name: str) -> bool:
        return self.get(name) is not None

    @property
    def statement(self) -> str:
        """What is said of the numbers."""
        return STATED[self.method]

    def rule(self, sheet: Sheet) -> Rule:
        """The rule that the numbers of one of the tables are published by."""
        return NO_RULE if sheet.of.child_level else RULES[self.method]


def chosen(only: Sequence[str] | None, method: str) -> list[Definition]:
    """The tables that are written: those named; else all of counts, and with no disclosure control every one.

    Raises:
        ConfigError: there is no such table or method, or no name is given.
    """
    if method not in METHODS:
        msg = f"there is no disclosure control {method!r}; there are {', '.join(METHODS)}"
        raise ConfigError(msg)
    if only is None:
        return [each for each in DEFINITIONS.values() if not each.child_level or method == "none"]
    unknown = [name for name in only if name not in DEFINITIONS]
    if unknown or not only:
        msg = f"there is no table {', '.join(map(repr, unknown))}; the tables are {', '.join(DEFINITIONS)}"
        raise ConfigError(msg)
    return [DEFINITIONS[name] for name in dict.fromkeys(only)]


def collect(
    ret: Return,
    definitions: Iterable[Definition],
    method: str = "suppress",
    options: Options | None = None,
    *,
    beside: bool = False,
    told: Callable[[str], object] = lambda _: None,
) -> Tables:
    """Work out tables and put them under disclosure control.

    Suppression always takes in every table of counts, whichever of them are wanted: what is hidden does not depend on
    what is written, and two runs give nothing away together.

    Args:
        ret: the return.
        definitions: the tables wanted.
        method: `suppress`, `round` or `none`.
        options: what some tables need beside the return.
        beside: put last year's figures beside this year's, from the previous return by itself.
        told: is told what is being worked out, in a few words.
    """
    wanted, options = list(definitions), options or Options()
    before = _last_year(ret) if beside else None
    sheets = _sheets(ret, before, wanted, method, options, told)
    notes = [*_missing(ret, wanted), *hints(ret, options, [each.name for each in wanted])]
    return Tables(
        tuple(sheets),
        ret.year.label,
        _authority(ret),
        method,
        last_year=None if before is None else before.year.label,
        notes=(*notes, *([] if before is None else [ALONE])),
        period=f"{_day(ret.year.start)} to {_day(ret.year.end)}",
        comparisons=options.comparisons,
        commentary=options.commentary,
        absent=_absent(ret, wanted),
        absent_last_year=frozenset() if before is None else _absent(before, wanted),
    )


def _sheets(
    ret: Return,
    before: Return | None,
    wanted: list[Definition],
    method: str,
    options: Options,
    told: Callable[[str], object],
) -> Iterable[Sheet]:
    guarded = AGGREGATES if method == "suppress" else [each for each in wanted if not each.child_level]
    now = _controlled(ret, guarded, method, options, told)
    earlier = Options(options.local_categories, options.population_last_year)
    then = None if before is None else _controlled(before, guarded, method, earlier, told)
    whole = method == "round"
    for each in wanted:
        if each.child_level:
            yield Sheet(each, each.make(ret, options), pl.DataFrame())
        elif then is None:
            yield Sheet(each, *now[each.name], whole=whole)
        else:
            this, last = _aligned(each, now[each.name], then[each.name])
            yield _beside(each, this, last, whole=whole)


class Shown(NamedTuple):
    """A table after disclosure control: as in `Sheet`."""

    frame: pl.DataFrame
    hidden: pl.DataFrame
    bounds: pl.DataFrame
    ranges: pl.DataFrame


def _beside(of: Definition, now: Shown, then: Shown, *, whole: bool) -> Sheet:
    """A table with last year's, but for the numbers of which too much is assumed or not known in either year."""
    if of.doubt is None:
        return Sheet(of, *now, Sheet(of, *then, whole=whole), whole)
    left_out = apart(of.doubt, (now.frame, then.frame), (now.hidden, then.hidden))
    if left_out.all():
        return Sheet(of, *now, whole=whole, apart=left_out)
    keeps = pl.lit(~left_out)
    numbers = [name for name in then.frame.columns if name in of.numbers]
    kept = pl.when(keeps).then(pl.all()).name.keep()
    left = Shown(
        then.frame.with_columns(pl.when(keeps).then(name).alias(name) for name in numbers),
        then.hidden.with_columns(pl.all() & keeps),
        then.bounds.with_columns(kept),
        then.ranges.with_columns(kept),
    )
    return Sheet(of, *now, Sheet(of, *left, whole=whole), whole, left_out)


def _controlled(
    ret: Return, guarded: Sequence[Definition], method: str, options: Options, told: Callable[[str], object]
) -> dict[str, Shown]:
    """Tables of a return under disclosure control, by name.

    Next year's report shows this year's figures beside its own, made from this return alone. Those are put under
    control first: what is the same in both is hidden in both, and what the two tell together is guarded here.
    """
    frames = _frames(ret, guarded, options, told)
    published = _together(frames, method)
    alone = None
    if method == "suppress" and ret.previous is not None:
        by_itself = _by_itself(ret.tables, ret.year, ret)
        alone = _together(_frames(by_itself, guarded, options, told), method)
    told("disclosure control")
    found = control(published.tables, method, published.ties, beside=alone)
    return {table.name: _shown(table, frames[table.name]) for table in found if table.name in frames}


def _frames(
    ret: Return, guarded: Sequence[Definition], options: Options, told: Callable[[str], object]
) -> dict[str, pl.DataFrame]:
    """Tables of a return as they are worked out, by name."""
    frames = {}
    for number, each in enumerate(guarded, 1):
        told(f"{ret.year.label}, table {number} of {len(guarded)}")
        frames[each.name] = each.make(ret, options)
    return frames


def _together(frames: Mapping[str, pl.DataFrame], method: str) -> Together:
    tables = [DEFINITIONS[name].published(frame) for name, frame in frames.items()]
    return Together((*tables, between(frames)), tuple(all_ties())) if method == "suppress" else Together(tuple(tables))


def _shown(table: Controlled, frame: pl.DataFrame) -> Shown:
    of = DEFINITIONS[table.name]
    labels = frame.select(of.keys(frame))
    masks = of.restored(labels.hstack(of.marked(table.hidden))).select(of.numbers)
    if table.method == "round":
        shown = of.told(of.restored(table.frame).select(frame.columns)).cast(frame.schema)
        return _ranged(of, Shown(shown, masks, pl.DataFrame(), pl.DataFrame()))
    shown = frame.with_columns(pl.when(~masks.get_column(name)).then(name).alias(name) for name in of.numbers)
    return _ranged(of, Shown(shown, masks, bounds(of, frame, masks), pl.DataFrame()))


def _ranged(of: Definition, shown: Shown) -> Shown:
    """The table with ranges for percentages in doubt; suppressed where a suppressed number hides whether they are.

    All follows from what is printed.
    """
    if of.doubt is None:
        return shown
    name, hidden = of.doubt.percent, shown.hidden
    said, may_be = shown.frame.select(of.doubt.range(), may_be=of.doubt.may_be()).get_columns()
    ranges = said.to_frame().select(pl.when(~pl.lit(hidden.get_column(name))).then(name).alias(name))
    one = pl.when(pl.lit(said.is_null() & ~may_be)).then(pl.col(f"^{name}$")).name.keep()
    gone = hidden.get_column(name) | may_be
    return Shown(shown.frame.with_columns(one), hidden.with_columns(gone), shown.bounds.with_columns(one), ranges)


def _last_year(ret: Return) -> Return | None:
    """The previous return as a return of its own."""
    return None if ret.previous is None else _by_itself(ret.previous, ret.year.previous, ret)


def _by_itself(tables: dict[str, pl.DataFrame], year: Year, of: Return) -> Return:
    """A return of these tables alone, with what the return has besides."""
    return Return(tables, year=year, local_authority=of.local_authority, providers=of.providers, postcodes=of.postcodes)


def _aligned(of: Definition, now: Shown, then: Shown) -> tuple[Shown, Shown]:
    """Both years' tables with the same rows: a category that one of them lacks is one of nobody there."""
    if of.month is not None:
        months = [frame.get_column(of.month).unique().sort() for frame in (then.frame, now.frame)]
        moved = then.frame.with_columns(pl.col(of.month).replace_strict(*months, return_dtype=pl.Date))
        then = then._replace(frame=moved)
    keys = of.keys(now.frame)
    rows = _merged([shown.frame.select(keys).rows() for shown in (now, then)])
    every = pl.DataFrame(rows, schema={name: now.frame.schema[name] for name in keys}, orient="row")
    return _with_rows(of, every, now), _with_rows(of, every, then)


def _with_rows(of: Definition, every: pl.DataFrame, shown: Shown) -> Shown:
    """A table with these rows and no others; a number of nobody is 0 and not suppressed."""
    keys = every.columns
    labels = shown.frame.select(keys)
    numbers, hidden, *more = (
        every.join(labels.hstack(of_rows), on=keys, how="left", maintain_order="left", nulls_equal=True)
        for of_rows in (shown.frame.select(of.numbers), *shown[1:])
    )
    hidden = hidden.select(pl.col(of.numbers).fill_null(value=False))
    made = numbers.select(shown.frame.columns)
    if not of.complete:
        nobody = [pl.when(~hidden.get_column(name)).then(pl.col(name).fill_null(0)).alias(name) for name in of.numbers]
        made = made.with_columns(nobody)
    return Shown(made, hidden, *(each.drop(keys) for each in more))


def _merged(lists: list[list[tuple[object, ...]]]) -> list[tuple[object, ...]]:
    """The rows of two lists in one order; a row of the second alone comes after the one it followed there."""
    first, second = lists
    merged = list(first)
    place = 0
    for row in second:
        if row in merged:
            place = merged.index(row) + 1
        else:
            merged.insert(place, row)
            place += 1
    return merged


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _authority(ret: Return) -> str | None:
    if ret.local_authority is None:
        return None
    try:
        return authorities.authority(ret.local_authority).name
    except ConfigError:
        return ret.local_authority


def _absent(ret: Return, wanted: list[Definition]) -> frozenset[str]:
    """The tables that some of these need, and that a return does not hold."""
    return frozenset(name for each in wanted for name in each.needs if name not in ret.tables)


def _missing(ret: Return, wanted: list[Definition]) -> Iterable[str]:
    for table in dict.fromkeys(name for each in wanted for name in each.needs if name not in ret.tables):
        titles = "; ".join(each.title for each in wanted if table in each.needs)
        yield f"the return holds no table {table}, and so nothing is told of: {titles}"
