"""The files to read: a folder's, a zip file's, or a single one."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from returns903.errors import InputError, told_as
from returns903.limits import UNPACKED_BYTES
from returns903.reading.notes import Note
from returns903.words import printable

SUFFIXES = (".csv", ".xml", ".xlsx", ".xlsm", ".parquet")


@dataclass(frozen=True)
class Source:
    """One file, not yet opened."""

    name: str
    """The name that messages show."""
    suffix: str
    data: Callable[[], bytes]


def find_sources(path: Path) -> tuple[list[Source], list[Note]]:
    """The files of a folder, a zip file or a single path, in the order of their names, and notes on the others."""
    if path.is_dir():
        found = _of_folder(path)
    elif not path.is_file():
        msg = f"{path.name or path}: there is no such file or folder"
        raise InputError(msg)
    elif path.suffix.lower() == ".zip":
        found = _of_zip(path)
    elif path.suffix.lower() in SUFFIXES:
        found = [_of_file(path)]
    else:
        msg = f"{path.name}: not a kind of file that a return comes in (CSV, XML, XLSX, Parquet, or a zip of these)"
        raise InputError(msg)
    return [f for f in found if f.suffix in SUFFIXES], [_left_out(f.name) for f in found if f.suffix not in SUFFIXES]


def _left_out(name: str) -> Note:
    return Note("ignored file", "left out: not CSV, XML, XLSX or Parquet", file=name)


def _of_file(path: Path) -> Source:
    return Source(printable(path.name), path.suffix.lower(), partial(_bytes_of, path))


def _of_folder(folder: Path) -> list[Source]:
    try:
        names = sorted(item for item in folder.iterdir() if item.is_file() and not is_hidden(item.name))
    except OSError as error:
        msg = f"{folder.name}: the folder cannot be opened ({error.strerror})"
        raise InputError(msg) from None
    return [_of_file(item) for item in names]


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        msg = f"{path.name}: the file cannot be opened ({error.strerror})"
        raise InputError(msg) from None


def _of_zip(path: Path) -> list[Source]:
    with opened_zip(path) as archive:
        members = sorted((item for item in archive.infolist() if _is_wanted(item)), key=lambda item: item.filename)
    if sum(item.file_size for item in members) > UNPACKED_BYTES:
        msg = f"{path.name}: unpacks to more than 2 GiB, which no return does"
        raise InputError(msg)
    return [
        Source(
            printable(f"{path.name}/{item.filename}"),
            PurePosixPath(item.filename).suffix.lower(),
            partial(_member, path, item),
        )
        for item in members
    ]


def _is_wanted(item: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(item.filename).parts
    return not item.is_dir() and not any(is_hidden(part) or part == "__MACOSX" for part in parts)


def _member(path: Path, item: zipfile.ZipInfo) -> bytes:
    name = printable(f"{path.name}/{item.filename}")
    if item.flag_bits & 0x1:
        msg = f"{name}: protected by a password; unpack it first"
        raise InputError(msg)
    damaged = InputError(f"{name}: damaged, or packed in a way that cannot be read")
    with opened_zip(path) as archive, told_as(damaged):
        return archive.read(item)  # never more than the size checked before, or its checksum fails


def opened_zip(path: Path) -> zipfile.ZipFile:
    """The zip file at a path.

    Raises:
        InputError: it is none, or is damaged.
    """
    with told_as(InputError(f"{path.name}: not a zip file, or a damaged one")):
        return zipfile.ZipFile(path)


def is_hidden(name: str) -> bool:
    """Whether a file is hidden, or the lock that a spreadsheet program leaves beside an open workbook."""
    return name.startswith((".", "~$"))
