"""From bytes to text. UTF-8 is expected; UTF-16 and Windows-1252 are read too, and said."""

from __future__ import annotations

import codecs

from returns903.reading.notes import Note, UnreadError

_OTHER_FILES = {
    b"PK\x03\x04": "an Excel workbook or a zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook, or one with a password",
    b"PAR1": "a Parquet file",
    b"%PDF": "a PDF",
}


def utf_8(file: str, data: bytes) -> tuple[bytes, list[Note]]:
    r"""The bytes of a text file as UTF-8 without byte order marks, lines ending in ``\n``; and a note if they were not.

    Raises:
        UnreadError: the bytes are no text.
    """
    if not data.isascii() or b"\0" in data or data.startswith(tuple(_OTHER_FILES)):
        text, notes = decode(file, data)
        return text.encode(), notes
    return (data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data), []


def decode(file: str, data: bytes) -> tuple[str, list[Note]]:
    r"""The text of a file without byte order marks, lines ending in ``\n``; and a note where it is not UTF-8.

    Raises:
        UnreadError: the bytes are no text.
    """
    for mark, what in _OTHER_FILES.items():
        if data.startswith(mark):
            raise UnreadError(file, f"not CSV inside, but {what}")
    text, notes = _decoded(file, data)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UnreadError(file, "bytes that are no text; is it damaged?", line)
    # A mark inside the text is left where files were joined; it is no part of a cell.
    return text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n"), notes


def _decoded(file: str, data: bytes) -> tuple[str, list[Note]]:
    wide = _utf_16(data)
    try:
        if wide:
            note = Note("encoding", "in UTF-16, not UTF-8; read all the same", file=file)
            return data.decode(wide), [note]
        return data.decode(), []
    except UnicodeDecodeError:
        if wide:
            said = "begins like UTF-16, but does not go on so; save it as CSV UTF-8"
            raise UnreadError(file, said) from None
    try:
        note = Note("encoding", "not in UTF-8; read as Windows-1252, as Excel on Windows saves CSV", file=file)
        return data.decode("cp1252"), [note]
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        said = "a byte that is no text in UTF-8 or Windows-1252; save it as CSV UTF-8"
        raise UnreadError(file, said, line) from None


def _utf_16(data: bytes) -> str | None:
    """The codec of a file in UTF-16. Without a mark, every second byte of plain text in it is NUL."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = data[:4096]
    first, second, pairs = start[0::2].count(0), start[1::2].count(0), len(start) // 2
    if second > 0.6 * pairs and first < 0.1 * pairs:
        return "utf-16-le"
    if first > 0.6 * pairs and second < 0.1 * pairs:
        return "utf-16-be"
    return None
