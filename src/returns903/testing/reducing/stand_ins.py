"""What may stand in a cell instead of what stood there, so that it shows nothing of anyone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from returns903.codes import code_list
from returns903.reading.cells import EARLIEST, LATEST
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
_SORTS_OF_COLUMNS = {
    "UPN": "pupil",
    "URN": "provider",
    "SW_ID": "social worker",
    "PL_LA": "authority",
    "LA_PERM": "authority's number",
}
_NUMBERS = [code for code in code_list("LA_PERM").valid(RULE_YEARS[-1]) if code.isdigit()]


@dataclass(frozen=True)
class Sort:
    """Cells of one sort: equal texts in them mean the same, in whatever table they stand."""

    name: str
    made_up: Callable[[int], list[str]]
    """What may stand for the text that is the nth of the sort, best first."""
    shows_nothing: str = ""
    """A pattern of the texts that may stay."""
    meaning: Callable[[str], str] = str
    """What two texts have in common that mean the same."""
    is_name: bool = True
    """Whether what is made up must not stand anywhere in the whole return; else it is plain, and may."""


SORTS = (
    Sort("child", lambda n: [f"{chr(ord('A') + n % 26)}{n + 1}"]),
    Sort("pupil", lambda n: [f"A{n + 1:012}"], r"UN[1-5]"),
    Sort("social worker", lambda n: [f"SW{n + 1:03}", f"XX{n + 1:03}"]),
    Sort("provider", lambda n: [f"SC{900_001 + n}", f"{9_000_001 + n}"], r"X{7}"),
    Sort("postcode", lambda n: [f"ZZ{n + 1} 1ZZ"], meaning=lambda text: "".join(text.upper().split())),
    Sort("authority", lambda n: [f"E09{n + 2:06}"], r"SCO|NIR|WAL"),
    Sort("authority's number", lambda n: [_NUMBERS[n % len(_NUMBERS)], f"{900 + n % 100}"], r"WAL|SCO|NIR|NUK"),
    Sort("number", lambda n: ["?", "-1", "1", "10", "50", "100", "1000"], r"[0-9]{1,2}", is_name=False),
    Sort("code", lambda n: [f"?{n or ''}"], is_name=False),
    Sort("day", lambda n: ["no date", "ZZ/04/2015", "ZZ/ZZ/2015", "01/04/ZZZZ"], r"ZZ/ZZ/ZZZZ", is_name=False),
)
"""Every sort of cell. Of days there are here just those that cannot be read; others are moved, not replaced."""


def sort_of(frame: str, column: str) -> str | None:
    """The name of the sort of a column; None for one that shows nothing of anyone."""
    if frame in _SORTS_OF_LISTS:
        return _SORTS_OF_LISTS[frame].get(column)
    return _SORTS_OF_COLUMNS.get(column) or _SORTS_OF_KINDS[_column(frame, column).kind]


def may_stay(sort: Sort, text: str) -> bool:
    """Whether a text shows nothing of anyone: without letters and figures, plain, or a code of the return."""
    if not any(map(str.isalnum, text)) or (sort.name == "code" and text.upper() in _codes()):
        return True
    if not sort.is_name and text in sort.made_up(0):
        return True
    return re.fullmatch(sort.shows_nothing, text) is not None or (sort.name == "day" and read_day(text) is not None)


def stand_ins(sort: Sort, number: int, text: str) -> Iterator[str]:
    """What may stand for a text, best first: made-up texts of its sort, and at last some of the same shape."""
    yield from sort.made_up(number)
    yield from ("".join(_of_shape(character, *like) for character in text) for like in ("A1", "B2"))


def read_day(text: str) -> dt.date | None:
    """The day that a text names as a return writes it; None for any other text."""
    try:
        day = dt.datetime.strptime(text, DAY).date()
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST and f"{day:{DAY}}" == text else None


def _of_shape(character: str, letter: str, figure: str) -> str:
    """The letter for a letter, the figure for a figure, and all else as it is."""
    if character.isdigit():
        return figure
    if character.isalpha():
        return letter if character.isupper() else letter.lower()
    return character if character.isascii() else "?"


def _column(frame: str, column: str) -> Column:
    return table(frame).all_columns()[column]


@cache
def _codes() -> frozenset[str]:
    """Every code of every list in any year."""
    columns = [column for of in TABLES.values() for column in of.all_columns().values()]
    return frozenset(code for column in columns for year in RULE_YEARS for code in column.valid_codes(year))
