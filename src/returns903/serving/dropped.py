"""What the page sends: what is asked, and the files, all in memory."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from returns903.errors import InputError
from returns903.reading import InMemory
from returns903.words import printable

Role = Literal["return", "previous", "providers", "postcodes"]
_LENGTH = struct.Struct(">I")
_ODD = "what was sent is not what the page sends: reload it and try again"


class _File(BaseModel):
    """A file of those that follow."""

    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    role: Role
    name: Annotated[str, Field(min_length=1, max_length=4096)]
    size: Annotated[int, Field(ge=0)]


class _Head(BaseModel):
    """What stands before the bytes of the files."""

    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    year: str
    authority: str
    files: list[_File]


@dataclass(frozen=True)
class Dropped:
    """What is asked of this program."""

    year: str | None
    authority: str | None
    now: InMemory
    previous: InMemory | None
    reference: Mapping[Role, tuple[str, bytes]]
    """Ofsted's list and postcodes, by what they are: name and content."""


def taken_apart(body: bytes) -> Dropped:
    """What the page sent: four bytes with the length of a head in JSON, the head, and the files one after the other.

    Raises:
        InputError: it is something else, or no file of a return is among it.
    """
    head, rest = _head(body)
    files: dict[Role, dict[str, bytes]] = {}
    for file in head.files:
        content, rest = rest[: file.size], rest[file.size :]
        if len(content) < file.size:
            raise InputError(_ODD)
        files.setdefault(file.role, {})[file.name] = bytes(content)
    if rest:
        raise InputError(_ODD)
    if not files.get("return"):
        msg = "drop the files of a return first: a folder, a zip, or CSV, XML, XLSX or Parquet"
        raise InputError(msg)
    before = files.get("previous")
    return Dropped(
        year=head.year.strip() or None,
        authority=head.authority.strip() or None,
        now=InMemory(_called(files["return"], "the return"), files["return"]),
        previous=InMemory(_called(before, "last year's return"), before) if before else None,
        reference={role: one for role in ("providers", "postcodes") for one in list(files.get(role, {}).items())[:1]},
    )


def _head(body: bytes) -> tuple[_Head, memoryview]:
    view = memoryview(body)
    if len(view) < _LENGTH.size:
        raise InputError(_ODD)
    end = _LENGTH.size + _LENGTH.unpack(view[: _LENGTH.size])[0]
    try:
        return _Head.model_validate_json(bytes(view[_LENGTH.size : end])), view[end:]
    except ValidationError:
        pass
    raise InputError(_ODD)


def _called(files: Mapping[str, bytes], otherwise: str) -> str:
    """The folder that all files lie in, or the one file."""
    first = {name.partition("/")[0] for name in files}
    return printable(first.pop()) if len(first) == 1 else otherwise
