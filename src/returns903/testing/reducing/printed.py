"""A reduced return as Python that runs when it is pasted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

import polars as pl

from returns903.reading.identifiers import CHILD
from returns903.tables import TABLES
from returns903.testing.reducing.draft import AUTHORITY, LAST_YEAR, LISTS, OWN, PREVIOUS, Draft, Place
from returns903.years import Year

NOT_SHOWN = "(not shown)"
"""What stands for a cell that is not shown."""
_WIDTH = 100


def case_text(draft: Draft, code: str, flags: Mapping[str, Sequence[int]], hidden: Collection[Place]) -> str:
    """A case of a rule as `returns903.testing.cases` has them."""
    now, before = _years(draft)
    options = _beside(draft, hidden)
    parts = [_quoted(code), _quoted("reduced from a return"), f"flags={_as_literal({**flags})}"]
    parts += [f"year={_year(draft.year)}"]
    parts += [f"options={_braces(f'{_quoted(name)}: {given}' for name, given in options)}"] if options else []
    if draft.has_previous:
        parts.append(f"previous={_braces(f'{_quoted(name)}: {_rows(draft, of, hidden)}' for name, of in before)}")
    parts += [f"{name}={_rows(draft, of, hidden)}" for name, of in now]
    return _enclosed("fires(", parts, ")")


def frames_text(draft: Draft, hidden: Collection[Place]) -> str:
    """The return made from frames."""
    return f"{_imports(draft.year)}\n{_made(draft, hidden)}"


def script_text(draft: Draft, code: str, flags: Mapping[str, Sequence[int]], hidden: Collection[Place]) -> str:
    """The return made from frames, and the assertion that a rule flags these rows in it."""
    imports = f"{_imports(draft.year)}from returns903.testing import assert_flags\n"
    return f"{imports}\n{_made(draft, hidden)}assert_flags(ret, {_as_literal({code: {**flags}})})\n"


def _made(draft: Draft, hidden: Collection[Place]) -> str:
    now, before = _years(draft)
    parts = [_braces(f"{_quoted(name)}: {_frame(draft, of, hidden)}" for name, of in now), f"year={_year(draft.year)}"]
    if draft.has_previous:
        frames = _braces(f"{_quoted(name)}: {_frame(draft, of, hidden)}" for name, of in before)
        parts.append(f"{PREVIOUS}={frames}")
    parts += [f"{name}={given}" for name, given in _beside(draft, hidden)]
    return f"{_enclosed('ret = Return.from_frames(', parts, ')')}\n"


def _as_literal(flags: object) -> str:
    return repr(flags).replace("'", '"')


def _years(draft: Draft) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The tables of this year and of the last: what each is called there, and the name of its frame."""
    before = [(name.removesuffix(LAST_YEAR), name) for name in draft.frames if name.endswith(LAST_YEAR)]
    return [(name, name) for name in draft.frames if name in TABLES], before


def _beside(draft: Draft, hidden: Collection[Place]) -> list[tuple[str, str]]:
    """What is given beside the tables, as Python."""
    # What stands for a cell is no authority, and pasted it would be refused.
    authority = None if OWN in hidden else draft.local_authority
    given = [] if draft.local_authority is None else [(AUTHORITY, _quoted(authority))]
    return given + [(name, _frame(draft, name, hidden)) for name in LISTS if name in draft.frames]


def _year(year: Year) -> str:
    return _quoted(year.label) if re.fullmatch(r"\d{4}-\d{2}", year.label) else repr(year)


def _imports(year: Year) -> str:
    if _year(year) == repr(year):
        return "import datetime\n\nimport polars as pl\n\nfrom returns903 import Return, Year\n"
    return "import polars as pl\n\nfrom returns903 import Return\n"


def _rows(draft: Draft, name: str, hidden: Collection[Place]) -> str:
    """The rows of a table as a case has them: those of child A1 do without the identifier."""
    frame = draft.frames[name]
    rows = [_row(frame, name, row, hidden) for row in range(frame.height)]
    return rows[0] if len(rows) == 1 else _enclosed("[", rows, "]")


def _row(frame: pl.DataFrame, name: str, row: int, hidden: Collection[Place]) -> str:
    cells = {column: frame[column][row] for column in frame.columns}
    said = {
        column: cell
        for column, cell in cells.items()
        if (cell != "A1" if column == CHILD else cell is not None or not (row or frame[column].count()))
    }
    return _braces(f"{_quoted(column)}: {_cell(Place(name, row, column), said[column], hidden)}" for column in said)


def _frame(draft: Draft, name: str, hidden: Collection[Place]) -> str:
    frame = draft.frames[name]
    columns = (
        f"{_quoted(column)}: "
        f"[{', '.join(_cell(Place(name, row, column), cell, hidden) for row, cell in enumerate(frame[column]))}]"
        for column in frame.columns
    )
    return f"pl.DataFrame({_braces(columns)})"


def _cell(place: Place, cell: str | None, hidden: Collection[Place]) -> str:
    return _quoted(NOT_SHOWN if place in hidden else cell)


def _quoted(text: str | None) -> str:
    """A text as Python writes it, between double quotation marks where it holds none."""
    plain = repr(text)
    return f'"{plain[1:-1]}"' if text is not None and plain[0] == "'" and '"' not in plain else plain


def _braces(items: Iterable[str]) -> str:
    return _enclosed("{", list(items), "}")


def _enclosed(before: str, items: Sequence[str], after: str) -> str:
    """Items with commas between them, on one line if that is short enough, else on a line each."""
    line = f"{before}{', '.join(items)}{after}"
    if len(line) <= _WIDTH and "\n" not in line:
        return line
    inner = "".join(f"    {item},\n".replace("\n", "\n    ").rstrip(" ") for item in items)
    return f"{before}\n{inner}{after}"
