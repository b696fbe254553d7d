"""Copies of unpacked postcodes, kept in the user's cache folder (or that of RETURNS903_CACHE) for the next run.

A copy is an Arrow stream and, behind it, a checksum of its name and content: one that is cut short, changed or another
file's is as good as none. In it postcodes and ONS codes stand as numbers in base 36, and grid references as whole
metres: what is small is read fast.
"""

from __future__ import annotations

import io
import os
import zlib
from contextlib import suppress
from mmap import ACCESS_READ, mmap
from pathlib import Path

import polars as pl

from returns903.errors import InputError, told_as
from returns903.writing import in_place_of

CACHE_VARIABLE = "RETURNS903_CACHE"
NUMBERED = {"key": pl.UInt64, "lower": pl.UInt64, "east": pl.Int32, "north": pl.Int32}
"""The columns of a copy, which is sorted by key: key and lower are numbers, as `number_of` makes them."""

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CHECKSUM_BYTES = 4


def number_of(text: pl.Expr) -> pl.Expr:
    """The number that capitals and digits are in base 36, no two the same where none begins with 0; null for others."""
    return text.str.to_integer(base=len(_DIGITS), dtype=pl.UInt64, strict=False)


def text_of(number: int) -> str:
    """The capitals and digits that a number stands for."""
    text = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        text = _DIGITS[digit] + text
    return text


def cache_file(name: str) -> Path | None:
    """Where a copy is kept; None where there is no cache folder."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named) / "postcodes" / name
    try:
        import platformdirs
    except ImportError:
        return None
    return platformdirs.user_cache_path("returns903", appauthor=False) / "postcodes" / name


def read_copy(path: Path) -> pl.DataFrame | None:
    """The rows of a copy, with the columns of `NUMBERED`; None where there is none, or not as it was written."""
    with suppress(InputError), told_as(InputError("no copy of postcodes")):
        if path.is_file() and _is_whole(path):
            rows = pl.read_ipc_stream(path)
            return rows if dict(rows.schema) == NUMBERED else None
    return None


def _is_whole(path: Path) -> bool:
    with (
        path.open("rb") as file,
        mmap(file.fileno(), 0, access=ACCESS_READ) as content,
        memoryview(content) as view,
        view[:-_CHECKSUM_BYTES] as stream,
    ):
        return _checksum(path, stream) == content[-_CHECKSUM_BYTES:]


def keep_copy(frame: pl.DataFrame, path: Path) -> None:
    """Write a copy. Where that fails, it only costs the time to unpack again."""
    stream = io.BytesIO()
    frame.write_ipc_stream(stream)
    content = stream.getvalue()
    with suppress(InputError, OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with in_place_of(path, private=False) as part:
            part.write_bytes(content + _checksum(path, content))


def _checksum(path: Path, content: bytes | memoryview) -> bytes:
    return zlib.crc32(content, zlib.crc32(path.name.encode())).to_bytes(_CHECKSUM_BYTES, "big")
