"""What a result rests on, in one digest: the bytes of all inputs, the version, and what was asked for."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from returns903.errors import InputError
from returns903.limits import FILES
from returns903.words import printable


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that a return is read from, or may be."""

    role: str
    """path, previous, providers or postcodes."""
    file: str
    """Its name, as seen from the folder that was named."""
    bytes: int
    sha256: str


def input_files(places: dict[str, Path]) -> list[InputFile]:
    """The files in these places, each with a digest of its content, in the order of their names.

    Raises:
        InputError: one cannot be opened, or there are too many.
    """
    found: list[InputFile] = []
    for role, place in places.items():
        for path in sorted(_files(place)):
            name = path.name if path == place else path.relative_to(place).as_posix()
            found.append(InputFile(role, name, *_content(path)))
            if len(found) > len(places) * FILES:
                msg = f"{printable(str(place))}: more than {FILES:,} files"
                raise InputError(msg)
    return found


def digest(inputs: list[InputFile], asked: dict[str, Any]) -> str:
    """One digest of files and of what was asked for."""
    told = {"inputs": [[each.role, each.file, each.sha256] for each in inputs], "asked": asked}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _files(place: Path) -> Iterator[Path]:
    if not place.is_dir():
        yield place
        return
    for where, folders, names in os.walk(place):
        folders.sort()
        yield from (Path(where) / name for name in names)


def _content(path: Path) -> tuple[int, str]:
    """The size and digest of a file; what is none, and could keep one waiting for ever, is told from its kind alone."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return 0, f"no file: {stat.S_IFMT(found.st_mode)}"
        with path.open("rb") as file:
            return found.st_size, hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        msg = f"{printable(str(path))} cannot be opened: {error.strerror}"
        raise InputError(msg) from None
