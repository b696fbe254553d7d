"""Why a rule fired at a row: every cell that it reads, beside its own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from returns903.errors import ConfigError
from returns903.frames import Frames, terms
from returns903.frames.computed import Computed
from returns903.reading.cells import as_text
from returns903.results import Result
from returns903.returns import Return
from returns903.rules import Definition, Rule
from returns903.rules.program import Check, Shape, compiled
from returns903.tables import MADE, TABLES, Table, split, table
from returns903.tables.base import TEXT
from returns903.texts import as_texts
from returns903.views.reads import columns_read, is_of_a_file, own_column
from returns903.views.rows import given, picked
from returns903.words import counted, sentence
from returns903.years import Year

GIVEN, BLANK, UNREADABLE, NO_ROW = "given", "blank", "unreadable", "no row"
THIS, BESIDE = "this row", "beside it"
CHILD = "the child's rows"
WORKED_OUT = "worked out"
SHIFTS = {
    "previous": "the row before",
    "before_previous": "the row two before",
    "next": "the row after",
}
CELLS: dict[str, pl.DataType | type[pl.DataType]] = {
    "where": pl.String,
    "table": pl.String,
    "previous": pl.Boolean,
    "row": pl.UInt32,
    "column": pl.String,
    "value": pl.String,
    "state": pl.Enum([GIVEN, BLANK, UNREADABLE, NO_ROW]),
}
"""The columns of `Explanation.cells`."""

Place = tuple[Table, int]
"""A row of the return: its table and number."""


@dataclass(frozen=True)
class Explanation:
    """Why a rule fired at a row."""

    rule: Rule
    table: str
    row: int
    cells: pl.DataFrame
    """The child's identifier, and every cell that the rule reads. Columns: where (this row, the row before, the row two
    before, the row after, beside it, the child's rows; worked out: told from others), table, previous (last year's
    return), row (null: no row of the return), column, value as text (null: none), state (given, blank, unreadable; no
    row: the child has none in that place)."""

    def __repr__(self) -> str:
        found = counted(self.cells.height, "cell")
        return (
            f"<Explanation of rule {self.rule.code} at row {self.row} of {self.table}: {found}; print it to see them>"
        )

    def __str__(self) -> str:
        """The explanation in words and values."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"Rule {self.rule.code} at row {self.row} of {self.table}: {self.rule.message}"
        yield f"When it fires: {self.rule.when}"
        last = None
        for cell in self.cells.iter_rows(named=True):
            head = _heading(cell)
            if head != last:
                yield head
                last = head
            yield f"  {cell['column']}: {_told(cell)}"


def _heading(cell: Mapping[str, object]) -> str:
    where = sentence(str(cell["where"]))
    of = f"{where}, {cell['table']}{' of last year' if cell['previous'] else ''}"
    return f"{of}:" if cell["row"] is None else f"{of} row {cell['row']}:"


def _told(cell: Mapping[str, object]) -> str:
    if cell["state"] == GIVEN:
        return str(cell["value"])
    return f"{cell['value']} (unreadable)" if cell["state"] == UNREADABLE else str(cell["state"])


def explain(
    result: Result, definition: Definition, row: int, *, table: str | None, previous: bool | None
) -> Explanation:
    """See `Result.explain`."""
    of = _flagged_in(result, definition, row, table, previous)
    ret = result.the_return
    program = compiled((definition,), Year(result.rules_year), Shape.of(Frames(ret)))
    frames = Frames(ret, program.computed)
    found = _Cells(ret)
    read = columns_read(definition)
    found.add(THIS, (of, row), ("CHILD", *read[of]))
    for check in program.checks:
        if of in check.flags:
            _add_check(found, frames, check, (of, row), program.computed)
    if definition.is_function:
        _add_childs_rows(found, (of, row), read)
    return Explanation(Rule.of(definition), of.id, row, found.frame())


def _flagged_in(result: Result, definition: Definition, row: int, name: str | None, previous: bool | None) -> Table:
    """The table of the row that the rule flagged."""
    found = result.findings.filter(pl.col("rule") == definition.code, pl.col("row") == row)
    tables = [
        table(of).last_year if is_last else table(of)
        for of, is_last in found.select("table", "previous").unique(maintain_order=True).iter_rows()
        if name in (None, of) and previous in (None, is_last)
    ]
    if len(tables) == 1:
        return tables[0]
    where = " and ".join(of.id for of in tables)
    told = f"flags a row {row} of {where}: name the table" if tables else f"does not flag a row {row} there"
    msg = f"rule {definition.code} {told}"
    raise ConfigError(msg)


class _Cells:
    """The cells of an explanation, each once, in the order in which they are found."""

    def __init__(self, ret: Return) -> None:
        self.ret = ret
        self.parts: list[pl.DataFrame] = []
        self.known: set[tuple[str, int | None, str]] = set()

    def add(self, where: str, place: Place, columns: tuple[str, ...] | list[str]) -> None:
        """Cells of a row of the return."""
        of, number = place
        fresh = [name for name in columns if (of.id, number, name) not in self.known]
        source = picked(self.ret, of, pl.Series([number], dtype=pl.UInt32))
        if source.is_empty():
            return
        cells = as_texts({of.name: source})[of.name]
        for name in fresh:
            if name in cells.columns:
                unread = f"{name}.{TEXT}" in source.columns and source.item(0, f"{name}.{TEXT}") is not None
                self._put(where, of, number, name, cells.item(0, name), UNREADABLE if unread else None)

    def add_value(self, where: str, of: Table, name: str, value: str | None, state: str | None = None) -> None:
        """A value that stands in no row of the return."""
        self._put(where, of, None, name, value, state)

    def _put(
        self, where: str, of: Table, number: int | None, name: str, value: str | None, state: str | None = None
    ) -> None:
        key = (of.id, number, name)
        if key not in self.known:
            self.known.add(key)
            state = state or (BLANK if value is None else GIVEN)
            cell = [where, of.name, of.is_last_year, number, name, value, state]
            self.parts.append(pl.DataFrame([cell], schema=CELLS, orient="row"))

    def frame(self) -> pl.DataFrame:
        return pl.concat(self.parts) if self.parts else pl.DataFrame(schema=CELLS)


def _add_check(found: _Cells, frames: Frames, check: Check, place: Place, computed: Mapping[str, Computed]) -> None:
    """What one expression of the rule reads beside the row itself."""
    of, number = place
    names = set(check.expression.meta.root_names())
    rows = {row for name in names - computed.keys() if (row := _row_of(name)) is not None}
    for frame, judged in frames.judged(check.flags[0], check.names | rows, check.partners):
        rows_judged = frame if judged is None else frame.filter(judged)
        fired = rows_judged.filter(check.expression.fill_null(value=False), pl.col(f"{of.id}.row") == number)
        for one in fired.iter_rows(named=True):
            for name in sorted(names, key=_order):
                _add_name(found, name, one, computed, fired.schema)
    for name in sorted(names & computed.keys()):
        _add_roots(found, computed[name], place, computed)


def _row_of(name: str) -> str | None:
    """The name of the number of the row in which a column stands; None for a table that is no part of a return."""
    of, rest = split(name)
    shift = rest.partition(".")[0]
    beside = f"{shift}." if shift in SHIFTS else ""
    return None if table(of).name in MADE else f"{of}.{beside}row"


def _order(name: str) -> tuple[int, str]:
    return (1 if ":" in name else 0, name)


def _add_name(
    found: _Cells,
    name: str,
    row: Mapping[str, object],
    computed: Mapping[str, Computed],
    schema: Mapping[str, pl.DataType],
) -> None:
    """The cell or value that a name in the frames stands for."""
    value = row[name]
    if name in computed:
        called = name.partition(":")[2].partition("#")[0]
        if not hasattr(terms, called):  # the rows that the words of rules go by are shown themselves
            told = _as_text(pl.Series([value], dtype=schema[name]))
            found.add_value(WORKED_OUT, computed[name].table, called.replace("_", " "), told)
        return
    of, rest = split(name)
    column, shift = own_column(rest), rest.partition(".")[0]
    if not is_of_a_file(column):
        return
    number = row.get(_row_of(name) or "")
    source = given(found.ret, table(of))
    if isinstance(number, int) and source is not None and column in source.columns:
        found.add(SHIFTS.get(shift, BESIDE), (table(of), number), [column])
    elif source is not None and column in source.columns:
        found.add_value(SHIFTS.get(shift, BESIDE), table(of), column, None, NO_ROW)
    else:
        found.add_value(WORKED_OUT, table(of), column, _as_text(pl.Series([value], dtype=schema[name])))


def _as_text(value: pl.Series) -> str | None:
    if value.dtype.is_nested():
        return ", ".join(map(str, value.to_list()[0] or [])) or None
    if value.dtype == pl.Boolean:
        return {True: "yes", False: "no"}.get(value.item())
    text: str | None = pl.select(as_text(pl.lit(value), value.dtype)).item()
    return text


def _add_roots(found: _Cells, entry: Computed, place: Place, computed: Mapping[str, Computed]) -> None:
    """The child's rows from which a mark or a fact was worked out, as far as they are part of the return."""
    by_table: dict[Table, list[str]] = {}
    todo = list(entry.roots)
    while todo:
        name = todo.pop()
        if name in computed:
            todo += computed[name].roots
        elif split(name)[0].partition(".")[0] in TABLES and is_of_a_file(own_column(split(name)[1])):
            by_table.setdefault(table(split(name)[0]), []).append(own_column(split(name)[1]))
    in_order = {of: tuple(c for c in of.all_columns() if c in columns) for of, columns in by_table.items()}
    _add_childs_rows(found, place, in_order)


def _add_childs_rows(found: _Cells, place: Place, columns: Mapping[Table, tuple[str, ...]]) -> None:
    """Cells of all rows of the row's child."""
    of, number = place
    child = picked(found.ret, of, pl.Series([number], dtype=pl.UInt32)).get_column("CHILD").item()
    for other, names in columns.items():
        source = given(found.ret, other)
        if source is None or child is None:
            continue
        order = ["row"] if other.order is None else [other.order, "row"]
        theirs = source.filter(pl.col("CHILD") == child).sort(order, nulls_last=True)
        for each in theirs.get_column("row"):
            found.add(CHILD, (other, each), names)
