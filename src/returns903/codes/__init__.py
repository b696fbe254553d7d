"""The code lists of the return: what each code means, its national group, and the years it is valid in.

A list behaves like a set of its codes, whatever their years; ``PLACE.valid("2025-26")`` holds those of one year.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from returns903.years import Year, rules_year

NOT_A_CODE = "not a code of the list"
"""What a table calls whatever is written in place of a code: the cell itself may hold anything, a name too."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its meaning, its group in national statistics, and the first and last year it is valid in."""

    label: str
    group: str | None = None
    since: str | None = None
    until: str | None = None
    attended: bool | None = None
    participated: bool | None = None

    def valid_in(self, year: str) -> bool:
        """Whether the code may be used in the collection year with this label."""
        return (self.since or year) <= year <= (self.until or year)


class CodeList(Mapping[str, Code]):
    """A named list of codes, in the order in which they are published."""

    def __init__(self, name: str, codes: dict[str, Code]) -> None:
        self.name = name
        self._codes = codes

    def __getitem__(self, code: str) -> Code:
        return self._codes[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def valid(self, year: Year | str) -> list[str]:
        """The codes valid in a year, in order."""
        label = rules_year(year)
        return [code for code, entry in self._codes.items() if entry.valid_in(label)]


@cache
def _load() -> dict[str, CodeList]:
    raw = json.loads(files(__package__).joinpath("lists.json").read_text(encoding="utf-8"))
    return {name: CodeList(name, {code: Code(**entry) for code, entry in codes.items()}) for name, codes in raw.items()}


def code_list(name: str) -> CodeList:
    """The list of this name; the lists are named after the column they serve."""
    return _load()[name]


def names() -> list[str]:
    """The names of all lists."""
    return list(_load())


def __getattr__(name: str) -> CodeList:
    if name.isupper() and name in _load():
        return _load()[name]
    msg = f"no code list {name}"
    raise AttributeError(msg)
