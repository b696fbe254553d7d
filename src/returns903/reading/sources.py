"""The files to read: a folder's, a zip file's, or a single one. Whatever is not read is told; nothing is dropped.

Only regular files are ever opened, because opening a pipe or a device may wait for ever.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from returns903.errors import InputError, told_as
from returns903.limits import FILE_BYTES, FILES, FOLDERS_DEEP, SWELLING, UNPACKED_BYTES, UNSWOLLEN_BYTES
from returns903.reading.notes import Note, UnreadError
from returns903.reading.recognise import table_named
from returns903.words import printable

SUFFIXES = (".csv", ".xml", ".xlsx", ".xlsm", ".parquet")
TEXT_SUFFIXES = (".txt", ".tsv", ".tab", "")
"""Files with these may be CSV by another name, or anything else."""
_ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tar", ".tgz")
_NO_FILE = "a pipe, device or the like, not a file"
_KINDS = "CSV, XML, XLSX, Parquet, or a zip of these"


@dataclass(frozen=True)
class Source:
    """One file, not yet opened."""

    name: str
    """The name that messages show."""
    suffix: str
    data: Callable[[], bytes]


@dataclass(frozen=True)
class InMemory:
    """Files that lie nowhere but in memory, as if in a folder; a zip file that is the only one is opened."""

    name: str
    files: Mapping[str, bytes]
    """By their paths within the folder."""


@dataclass(frozen=True)
class _Item:
    """What lies in a folder or zip, or a single file."""

    name: str
    size: int = 0
    data: Callable[[], bytes] = bytes
    refused: str | None = None
    """Why it is not opened."""
    is_link: bool = False
    is_hidden: bool = False
    may_hold: bool | None = None
    """Whether there may be a table in it; None where its suffix tells."""

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()


@contextmanager
def sources_in(path: Path | InMemory) -> Iterator[tuple[list[Source], list[Note]]]:
    """The files of a folder, a zip file or a single path, in the order of their names, and notes on the others.

    Raises:
        InputError: there is no such file or folder, it is no kind that is read, or it goes beyond a limit.
    """
    name = printable(path.name or str(path))
    if isinstance(path, InMemory):
        yield from _in_memory(path, name)
        return
    found = _stat(path, name)
    if stat.S_ISDIR(found.st_mode):
        yield _sorted_out(name, _of_folder(path, name))
    elif not stat.S_ISREG(found.st_mode):
        msg = f"{name}: {_NO_FILE}"
        raise InputError(msg)
    elif path.suffix.lower() == ".zip":
        with _opened_zip(path, name) as archive:
            yield _sorted_out(name, _of_zip(archive, name))
    elif path.suffix.lower() in (*SUFFIXES, *TEXT_SUFFIXES):
        yield _sorted_out(name, [_Item(name, found.st_size, partial(_bytes_of, path, name))])
    else:
        msg = f"{name}: not a kind of file that a return comes in ({_KINDS})"
        raise InputError(msg)


def _in_memory(given: InMemory, name: str) -> Iterator[tuple[list[Source], list[Note]]]:
    alone = next(iter(given.files)) if len(given.files) == 1 else ""
    if PurePosixPath(alone).suffix.lower() == ".zip":
        with _opened_zip(io.BytesIO(given.files[alone]), printable(alone)) as archive:
            yield _sorted_out(name, _of_zip(archive, printable(alone)))
        return
    yield _sorted_out(name, (_held(path, given.files[path]) for path in sorted(given.files)))


def _held(path: str, content: bytes) -> _Item:
    if any(is_hidden(part) for part in PurePosixPath(path).parts):
        return _hidden(printable(path))
    return _Item(printable(path), len(content), partial(bytes, content))


def _stat(path: Path, name: str) -> os.stat_result:
    try:
        return path.stat()
    except FileNotFoundError:
        msg = f"{name}: there is no such file or folder"
    except (OSError, ValueError) as error:
        msg = f"{name}: cannot be opened ({getattr(error, 'strerror', None) or 'not a name of a file'})"
    raise InputError(msg)


def _sorted_out(name: str, items: Iterable[_Item]) -> tuple[list[Source], list[Note]]:
    sources: list[Source] = []
    notes: list[Note] = []
    size = 0
    for count, item in enumerate(items, 1):
        if count > FILES:
            msg = f"{name}: more than {FILES:,} files, which no return has"
            raise InputError(msg)
        if why := item.refused or _why_left_out(item):
            notes.append(_left_out(item, why))
            continue
        if item.is_link:
            notes.append(Note("link", "a link; the file that it leads to is read", file=item.name))
        sources.append(Source(item.name, item.suffix, item.data))
        size += item.size
        if size > UNPACKED_BYTES:
            msg = f"{name}: more than {UNPACKED_BYTES // 1024**2:,} MiB in all, which no return has"
            raise InputError(msg)
    return sources, notes


def _why_left_out(item: _Item) -> str | None:
    if item.suffix in _ARCHIVES:
        return "packed files; unpack them, or give just this file"
    if item.suffix not in (*SUFFIXES, *TEXT_SUFFIXES):
        return "not CSV, XML, XLSX or Parquet"
    if item.size > FILE_BYTES:
        return f"larger than {FILE_BYTES // 1024**2} MiB, which no table of a return is"
    return None


def _left_out(item: _Item, why: str) -> Note:
    """A note on what is not opened. Where it was meant to be read, as far as its name tells, it was not read."""
    table = table_named(item.name)
    may_hold = item.suffix in (*SUFFIXES, *_ARCHIVES) if item.may_hold is None else item.may_hold
    if not item.is_hidden and (table or may_hold):
        return Note("not read", why, table, file=item.name)
    return Note("ignored file", f"left out: {why}", file=item.name)


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadError(name, f"the file cannot be opened ({error.strerror})") from None


def _of_folder(folder: Path, name: str) -> Iterator[_Item]:
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        msg = f"{name}: the folder cannot be opened ({error.strerror})"
        raise InputError(msg) from None
    for path in paths:
        yield from _found(path, printable(path.name), FOLDERS_DEEP)


def _found(path: Path, name: str, deeper: int) -> Iterator[_Item]:
    """A file, or what lies in a folder and in those within it, to some depth."""
    is_link = os.path.islink(path)  # noqa: PTH114  # it never raises
    if is_hidden(path.name):
        yield _hidden(name)
        return
    try:
        found = path.stat()
    except OSError as error:
        yield _Item(name, refused="a link that leads nowhere" if is_link else f"cannot be opened ({error.strerror})")
        return
    if stat.S_ISREG(found.st_mode):
        yield _Item(name, found.st_size, partial(_bytes_of, path, name), is_link=is_link)
    elif not stat.S_ISDIR(found.st_mode):
        yield _Item(name, refused=_NO_FILE)
    elif is_link:
        yield _Item(name, refused="a link to a folder; not looked into", may_hold=True)
    else:
        yield from _folder_like_a_file(name)
        yield from _subfolder(path, name, deeper)


def _subfolder(folder: Path, name: str, deeper: int) -> Iterator[_Item]:
    if not deeper:
        yield _Item(name, refused=f"more than {FOLDERS_DEEP} folders deep; not looked into", may_hold=True)
        return
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        yield _Item(name, refused=f"the folder cannot be opened ({error.strerror})", may_hold=True)
        return
    for path in paths:
        yield from _found(path, f"{name}/{printable(path.name)}", deeper - 1)


def _hidden(name: str) -> _Item:
    return _Item(name, refused="hidden, or a lock of a program that has a file open", is_hidden=True)


def _folder_like_a_file(name: str) -> Iterator[_Item]:
    if PurePosixPath(name).suffix.lower() in SUFFIXES:
        yield _Item(name, refused="a folder, not a file; what is in it is looked at", may_hold=False)


def is_hidden(name: str) -> bool:
    """Whether a file is hidden, or the lock that a spreadsheet program leaves beside an open workbook."""
    return name.startswith((".", "~$")) or name == "__MACOSX"


def _opened_zip(path: Path | BinaryIO, name: str) -> zipfile.ZipFile:
    with told_as(InputError(f"{name}: not a zip file, or a damaged one")):
        return zipfile.ZipFile(path)


def _of_zip(archive: zipfile.ZipFile, name: str) -> Iterator[_Item]:
    members = sorted(archive.infolist(), key=lambda member: member.filename)
    later = Counter(member.filename for member in members)
    swollen = 0
    for member in members:
        shown = f"{name}/{printable(member.filename)}"
        later[member.filename] -= 1
        parts = PurePosixPath(member.filename.replace("\\", "/")).parts
        if any(is_hidden(part) for part in parts if part != ".."):
            yield _hidden(shown)
        elif member.is_dir():
            yield from _folder_like_a_file(shown.rstrip("/"))
        else:
            swollen += member.file_size if _swells(member) else 0
            why = _why_not_unpacked(member, parts, later[member.filename], swollen)
            yield _Item(shown, member.file_size, partial(_member, archive, member, shown), why)


def _swells(member: zipfile.ZipInfo) -> bool:
    return member.file_size > SWELLING * member.compress_size


def _why_not_unpacked(member: zipfile.ZipInfo, parts: tuple[str, ...], later: int, swollen: int) -> str | None:
    """Why a member is not read; `swollen` are the bytes of those that swell, up to this one."""
    if not parts or ".." in parts or parts[0] == "/" or ":" in parts[0]:
        return "its path leads out of the zip file"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "a link, not a file"
    if later:
        return "a later file in the zip has the same name, and is read in its place"
    if member.flag_bits & 0x1:
        return "protected by a password; unpack it first"
    if _swells(member) and swollen > UNSWOLLEN_BYTES:
        return f"unpacks to more than {SWELLING} times its size, which no table does"
    return None


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    with told_as(UnreadError(name, "damaged, or packed in a way that cannot be read")):
        return archive.read(member)  # never more than the size looked at before
