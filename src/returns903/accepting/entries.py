"""The file of accepted findings: what stands in it, how it is read, and how it is written."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from returns903.accepting.key import MARK, Key, is_open_to_others, key_beside, read_key
from returns903.errors import ConfigError
from returns903.limits import ACCEPTED_BYTES
from returns903.reading.bounded import settings_of
from returns903.words import printable

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

ACCEPTED = "accepted"
"""The name of the table that each accepted finding is."""
_HEAD = """\
# Findings of an SSDA903 return that are right although they look wrong. 'returns903 accept' writes this file.
# It holds no identifier and no cell: {key}, beside it, tells what it is about. Keep that one to yourselves.
"""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Fingerprint = Annotated[str, StringConstraints(pattern=rf"^[0-9a-f]{{{MARK}}}$")]


class Entry(BaseModel):
    """What is accepted: the findings of a rule about one child, while the cells that it reads stay as they are."""

    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    rule: Text
    table: Text
    """The table of the flagged row; one of the previous return ends in ``.last_year``."""
    child: Fingerprint
    cells: Fingerprint
    reason: Text
    by: Text
    """Who accepts it."""
    until: dt.date
    """The last day on which it holds."""
    when: dt.date
    """The day on which it was accepted."""
    forced: bool = False
    """It is an error, which the Department does not let pass, and was accepted all the same."""

    @property
    def about(self) -> tuple[str, str, str, str]:
        """What tells it from other entries."""
        return self.rule, self.table, self.child, self.cells


class _Whole(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    key: Fingerprint
    accepted: list[Entry] = []


@dataclass(frozen=True)
class Accepted:
    """A file of accepted findings, and its key."""

    path: Path
    key: Key
    entries: tuple[Entry, ...] = ()
    lines: tuple[int | None, ...] = ()
    """The lines on which the entries begin."""

    @property
    def is_open_to_others(self) -> bool:
        """Whether others than its owner may read the key."""
        return is_open_to_others(self.path)

    def place(self, number: int) -> str:
        """``accepted.toml:12``, where an entry begins."""
        line = self.lines[number] if number < len(self.lines) else None
        return printable(f"{self.path.name}:{line}" if line else self.path.name)

    def text(self) -> str:
        """The file as it is written."""
        head = _HEAD.format(key=key_beside(self.path).name) + f"key = {_quoted(self.key.name)}\n"
        return "\n".join([head, *map(_written, self.entries)])

    def with_entries(self, entries: Iterable[Entry]) -> Accepted:
        """These entries too; one that is about the same replaces the one before."""
        every = {entry.about: entry for entry in (*self.entries, *entries)}
        in_order = sorted(every.values(), key=lambda entry: (entry.rule, entry.table, entry.when, entry.about))
        return Accepted(self.path, self.key, tuple(in_order))


def read_accepted(path: Path) -> Accepted:
    """A file of accepted findings with its key.

    Raises:
        ConfigError: either cannot be read or makes no sense, or they do not belong together. No value is quoted.
    """
    text, raw = settings_of(path, ACCEPTED_BYTES)
    lines = tuple(number for number, line in enumerate(text.splitlines(), 1) if line.strip() == f"[[{ACCEPTED}]]")
    try:
        whole = _Whole.model_validate(raw)
    except ValidationError as error:
        raise ConfigError(_wrong(path, lines, error.errors(include_input=False)[0])) from None
    key = read_key(path)
    if whole.key != key.name:
        names = printable(key_beside(path).name), printable(path.name)
        msg = f"{names[0]} is not the key that {names[1]} was written with: put that one back"
        raise ConfigError(msg)
    return Accepted(path, key, tuple(whole.accepted), lines if len(lines) == len(whole.accepted) else ())


def _wrong(path: Path, lines: tuple[int, ...], error: ErrorDetails) -> str:
    """What is wrong with the file, and where. Values are not quoted."""
    table, number, *rest = (*error["loc"], None, None)
    name = printable(str(path))
    if table != ACCEPTED or not isinstance(number, int):
        return f"{name} is no file of accepted findings: {printable(str(table))} {_said(error)}"
    line = f":{lines[number]}" if number < len(lines) else ""
    key = next((printable(part) for part in rest if isinstance(part, str)), "an entry")
    return f"{name}{line}: {key} {_said(error)}"


def _said(error: ErrorDetails) -> str:
    return {
        "missing": "is missing",
        "extra_forbidden": "has no place there",
        "date_type": "must be a day, such as 2027-03-31 without quotes",
        "string_too_short": "must not be empty",
    }.get(error["type"], "makes no sense")


def _written(entry: Entry) -> str:
    return "\n".join([f"[[{ACCEPTED}]]", *_lines(entry), ""])


def _lines(entry: Entry) -> Iterator[str]:
    for name, value in entry.model_dump().items():
        if isinstance(value, bool):
            yield from [f"{name} = true"] if value else []
        else:
            yield f"{name} = {value.isoformat() if isinstance(value, dt.date) else _quoted(value)}"


def _quoted(text: str) -> str:
    """A text as TOML has it; what `printable` lets through needs no other escapes than JSON's."""
    return json.dumps(printable(text), ensure_ascii=False)
