"""What may stand in a cell instead of what stood there, so that it shows nothing of anyone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from returns903.tables import TABLES, table
from returns903.tables.base import Column
from returns903.testing.reducing.draft import POSTCODES, PROVIDERS
from returns903.years import RULE_YEARS

DAY = "%d/%m/%Y"
_SORTS_OF_LISTS = {
    PROVIDERS: {"URN": "provider", "POSTCODE": "postcode", "LA_CODE_INFERRED": "authority", "REG_END": "day"},
    POSTCODES: {"postcode": "postcode", "authority": "authority"},
}
_SORTS_OF_KINDS = {
    "identifier": "child",
    "date": "day",
    "partial date": "day",
    "postcode": "postcode",
    "code": "code",
    "number": "number",
}
_SORTS_OF_TEXTS = {"UPN": "pupil", "URN": "provider", "SW_ID": "social worker", "PL_LA": "authority"}


@dataclass(frozen=True)
class Sort:
    """Cells of one sort: equal texts in them mean the same, in whatever table they stand."""

    name: str
    made_up: Callable[[int], list[str]]
    """What may stand for the text that is the nth of the sort, best first."""
    shows_nothing: str
    """A pattern of the texts that may stay."""
    meaning: Callable[[str], str] = str
    """What two texts have in common that mean the same."""


SORTS = (
    Sort("child", lambda n: [f"{chr(ord('A') + n % 26)}{n + 1}"], r"\s*"),
    Sort("pupil", lambda n: [f"A{n + 1:012}"], r"UN[1-5]|\s*"),
    Sort("social worker", lambda n: [f"SW{n + 1:03}", f"XX{n + 1:03}"], r"\s*"),
    Sort("provider", lambda n: [f"SC{900_001 + n}", f"{9_000_001 + n}"], r"X{7}|\s*"),
    Sort("postcode", lambda n: [f"ZZ{n + 1} 1ZZ"], r"\s*", lambda text: "".join(text.upper().split())),
    Sort("authority", lambda n: [f"E09{n + 2:06}"], r"SCO|NIR|WAL|\s*"),
    Sort("number", lambda n: ["?", "-1", "1", "10", "50", "100", "1000"], r"[0-9]{1,2}|\s*"),
    Sort("code", lambda n: [f"?{n or ''}"], r"\s*"),
    Sort("day", lambda n: ["no date", "ZZ/04/2015", "ZZ/ZZ/2015", "01/04/ZZZZ"], r"ZZ/ZZ/ZZZZ|\s*"),
)
"""Every sort of cell. Of days there are here just those that cannot be read; others are moved, not replaced."""


def sort_of(frame: str, column: str) -> str | None:
    """The name of the sort of a column; None for one that shows nothing of anyone."""
    if frame in _SORTS_OF_LISTS:
        return _SORTS_OF_LISTS[frame].get(column)
    about = _column(frame, column)
    return _SORTS_OF_TEXTS[column] if about.kind == "text" else _SORTS_OF_KINDS[about.kind]


def may_stay(sort: Sort, text: str) -> bool:
    """Whether a text shows nothing of anyone: what is blank, or a code of the return."""
    if sort.name == "code" and text.upper() in _codes():
        return True
    return re.fullmatch(sort.shows_nothing, text) is not None or (sort.name == "day" and read_day(text) is not None)


def stand_ins(sort: Sort, number: int, text: str) -> Iterator[str]:
    """What may stand for a text, best first: made-up texts of its sort, and at last one of the same shape."""
    yield from sort.made_up(number)
    yield "".join(map(_of_shape, text))


def read_day(text: str) -> dt.date | None:
    """The day that a text names; None for one that names none."""
    try:
        return dt.datetime.strptime(text, DAY).date()
    except ValueError:
        return None


def _of_shape(character: str) -> str:
    if character.isdigit():
        return "1"
    if character.isalpha():
        return "A" if character.isupper() else "a"
    return character if character.isascii() else "?"


def _column(frame: str, column: str) -> Column:
    return table(frame).all_columns()[column]


@cache
def _codes() -> frozenset[str]:
    """Every code of every list in any year."""
    columns = [column for of in TABLES.values() for column in of.all_columns().values()]
    return frozenset(code for column in columns for year in RULE_YEARS for code in column.valid_codes(year))
