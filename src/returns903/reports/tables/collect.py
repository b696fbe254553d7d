"""The tables of a return, made fit to be handed on: chosen, worked out, put under disclosure control, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from returns903 import __version__
from returns903.errors import ConfigError
from returns903.reference import authorities
from returns903.reports.tables.catalogue import AGGREGATES, DEFINITIONS
from returns903.reports.tables.definition import Definition, Options
from returns903.reports.tables.links import all_links, margins
from returns903.returns import Return
from returns903.statistics import METHODS, STATED, Controlled, control

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
    last_year: Sheet | None = None
    """The previous return's, row for row."""
    whole: bool = False
    """Percentages are whole numbers."""

    def is_hidden(self, column: str, row: int) -> bool:
        """Whether a cell is suppressed."""
        return column in self.hidden.columns and bool(self.hidden.item(row, column))


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Tables to hand on together, and what is to be said of them."""

    sheets: tuple[Sheet, ...]
    year: str
    authority: str | None
    method: str
    last_year: str | None = None
    notes: tuple[str, ...] = ()
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
    """
    wanted, options = list(definitions), options or Options()
    before = _last_year(ret) if beside else None
    sheets = _sheets(ret, before, wanted, method, options)
    return Tables(
        tuple(sheets),
        ret.year.label,
        _authority(ret),
        method,
        last_year=None if before is None else before.year.label,
        notes=(*_missing(ret, wanted), *([] if before is None else [ALONE])),
    )


def _sheets(
    ret: Return, before: Return | None, wanted: list[Definition], method: str, options: Options
) -> Iterable[Sheet]:
    guarded = AGGREGATES if method == "suppress" else [each for each in wanted if not each.child_level]
    now = {each.name: each.make(ret, options) for each in guarded}
    then: dict[str, pl.DataFrame] = {}
    if before is not None:
        # a population is of one year, and so no rate of the year before is worked out from it
        made = {each.name: each.make(before, Options(options.local_categories)) for each in guarded}
        pairs = {name: _aligned(DEFINITIONS[name], now[name], made[name]) for name in now}
        now = {name: pair[0] for name, pair in pairs.items()}
        then = {name: pair[1] for name, pair in pairs.items()}
    published, earlier = _controlled(now, method), _controlled(then, method)
    for each in wanted:
        if each.child_level:
            yield Sheet(each, each.make(ret, options), pl.DataFrame())
        else:
            whole = method == "round"
            past = Sheet(each, *earlier[each.name], whole=whole) if earlier else None
            yield Sheet(each, *published[each.name], past, whole)


def _controlled(frames: Mapping[str, pl.DataFrame], method: str) -> dict[str, tuple[pl.DataFrame, pl.DataFrame]]:
    """Each frame after disclosure control, and which of its numbers are suppressed."""
    tables = [DEFINITIONS[name].published(frame) for name, frame in frames.items()]
    links = []
    if method == "suppress" and tables:
        tables, links = [*tables, margins(frames)], all_links()
    found = {}
    for table in control(tables, method, links=links):
        if table.name not in frames:
            continue
        found[table.name] = _shown(table, frames[table.name])
    return found


def _shown(table: Controlled, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    of = DEFINITIONS[table.name]
    labels = frame.select(of.keys(frame))
    masks = of.restored(labels.hstack(of.marked(table.hidden))).select(of.numbers)
    shown = of.restored(table.frame).select(frame.columns)
    shown = of.told(shown) if table.method == "round" else shown
    noughts = frame.select(pl.when(pl.col(name) == 0).then(0).alias(name) for name in of.numbers)
    seen = [
        pl.when(~masks.get_column(name)).then(pl.coalesce(pl.col(name), noughts.get_column(name))).alias(name)
        for name in of.numbers
    ]
    return shown.with_columns(seen).cast(frame.schema), masks


def _last_year(ret: Return) -> Return | None:
    """The previous return as a return of its own."""
    if ret.previous is None:
        return None
    return Return(
        ret.previous,
        year=ret.year.previous,
        local_authority=ret.local_authority,
        providers=ret.providers,
        postcodes=ret.postcodes,
    )


def _aligned(of: Definition, now: pl.DataFrame, then: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Both years' frames with the same rows: a category that one of them lacks is one of nobody there."""
    if of.month is not None:
        months = [frame.get_column(of.month).unique().sort() for frame in (then, now)]
        then = then.with_columns(pl.col(of.month).replace_strict(*months, return_dtype=pl.Date))
    keys = of.keys(now)
    rows = _merged([frame.select(keys).rows() for frame in (now, then)])
    every = pl.DataFrame(rows, schema={name: now.schema[name] for name in keys}, orient="row")
    pair = [every.join(frame, on=keys, how="left", maintain_order="left", nulls_equal=True) for frame in (now, then)]
    if not of.complete:
        pair = [frame.with_columns(pl.col(of.numbers).fill_null(0)) for frame in pair]
    return pair[0].select(now.columns), pair[1].select(now.columns)


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


def _authority(ret: Return) -> str | None:
    if ret.local_authority is None:
        return None
    try:
        return authorities.authority(ret.local_authority).name
    except ConfigError:
        return ret.local_authority


def _missing(ret: Return, wanted: list[Definition]) -> Iterable[str]:
    for table in dict.fromkeys(name for each in wanted for name in each.needs if name not in ret.tables):
        names = ", ".join(each.name for each in wanted if table in each.needs)
        yield f"the return holds no table {table}: {names} can say nothing"
