"""Small files that are no return: a published table, a file of settings."""

from __future__ import annotations

import stat
from pathlib import Path

from returns903.errors import InputError, ReturnsError
from returns903.words import printable


def bounded_bytes(path: Path, most: int, as_error: type[ReturnsError] = InputError) -> bytes:
    """The bytes of a regular file of bounded size; pipes and devices, which may never end, are not opened.

    Args:
        path: the file.
        most: how many bytes it may have.
        as_error: the kind of error to raise.

    Raises:
        ReturnsError: of the kind asked for: there is no such file, it is no regular one, too large or unreadable.
    """
    name = printable(path.name or str(path))
    try:
        found = path.stat()
        why = "" if stat.S_ISREG(found.st_mode) else "a folder, pipe or device, not a file"
        if found.st_size > most:
            why = f"larger than {most // 1024**2} MiB"
        content = b"" if why else path.read_bytes()
    except (OSError, ValueError) as error:
        why, content = f"cannot be read ({getattr(error, 'strerror', None) or 'not a name of a file'})", b""
    if why:
        msg = f"{name}: {why}"
        raise as_error(msg)
    return content
