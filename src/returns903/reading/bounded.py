"""Small files that are no return: a published table, a file of settings."""

from __future__ import annotations

import re
import stat
import tomllib
from pathlib import Path
from typing import Any

from returns903.errors import ConfigError, InputError, ReturnsError, told_as
from returns903.limits import SETTINGS_BYTES
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


def settings_of(path: Path, most: int = SETTINGS_BYTES) -> tuple[str, dict[str, Any]]:
    """The text of a TOML file of bounded size, and what it holds.

    Raises:
        ConfigError: it cannot be read, or is no TOML: the file and the line, and nothing that stands there.
    """
    name = printable(str(path))
    with told_as(ConfigError(f"{name} is no text in UTF-8")):
        text = bounded_bytes(path, most, ConfigError).decode("utf-8-sig")
    with told_as(ConfigError(f"{name} is nested too deep, or has a number too long to be read")):
        try:
            return text, tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            # Its text may quote the file; the line that it names is safe to tell.
            line = re.search(r"at line (\d+)", str(error))
            msg = f"{name}{f':{line[1]}' if line else ''}: this is not TOML; texts stand in quotes, lists in brackets"
            raise ConfigError(msg) from None
