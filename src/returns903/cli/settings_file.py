"""The file of settings: where it is found, how it is read, and the line on which a key stands. Light until it is there.

``returns903.toml``, or the table ``[tool.returns903]`` of ``pyproject.toml``, in the current folder or the nearest one
above it that has either.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from returns903.errors import ConfigError
from returns903.words import printable

if TYPE_CHECKING:
    from returns903.cli.settings import Key

OWN, SHARED = "returns903.toml", "pyproject.toml"
IN_SHARED = ("tool", "returns903")
"""The table of a shared file that is ours."""


@dataclass(frozen=True)
class Found:
    """A file of settings, as it stands."""

    path: Path
    text: str
    raw: Mapping[str, Any]
    """The table that holds the settings."""
    within: Key = ()
    """The place of that table in the file."""
    options: dict[str, str | list[str]] = field(default_factory=dict)
    """What is set, as `Settings.options` gives it."""

    def place(self, key: Key) -> str:
        """``returns903.toml:3``, where a key stands."""
        line = line_of(self.text, (*self.within, *key))
        return printable(f"{self.path}:{line}" if line else str(self.path))


def settings_file(path: Path | None = None) -> Found | None:
    """The settings that hold here, of the file named or the nearest one; None where there is none.

    Raises:
        ConfigError: the file cannot be read, is no TOML, or a key or its value makes no sense; the text names the file,
            the line and the key, and quotes no value.
    """
    found = _nearest() if path is None else _read(path)
    if found is None:
        if path is None:
            return None
        msg = f"{printable(str(path))} has no table [{'.'.join(IN_SHARED)}]"
        raise ConfigError(msg)
    from returns903.cli.settings import checked

    settings = checked(dict(found.raw), found.path.parent)
    if isinstance(settings, list):
        key, said = settings[0]
        msg = f"{found.place(key)}: {said}"
        raise ConfigError(msg)
    return Found(found.path, found.text, found.raw, found.within, settings.options())


def _nearest() -> Found | None:
    for path in _candidates():
        if path.is_file() and (found := _read(path)) is not None:
            return found
    return None


def _candidates() -> Iterator[Path]:
    """The files that may be it, the nearest first; those of the current folder by their names alone."""
    yield from (Path(OWN), Path(SHARED))
    for folder in Path.cwd().parents:
        yield from (folder / OWN, folder / SHARED)


def _read(path: Path) -> Found | None:
    """The file; None where it is a shared one without a table of ours."""
    from returns903.reading.bounded import settings_of

    text, whole = settings_of(path)
    if path.name != SHARED:
        return Found(path, text, whole)
    tool = whole.get(IN_SHARED[0])
    raw = tool.get(IN_SHARED[1]) if isinstance(tool, dict) else None
    if raw is not None and not isinstance(raw, dict):
        msg = f"{printable(str(path))}: [{'.'.join(IN_SHARED)}] must be a table"
        raise ConfigError(msg)
    return None if raw is None else Found(path, text, raw, IN_SHARED)


def line_of(text: str, key: Sequence[str]) -> int | None:
    """The line, from 1, on which a key stands, or else the nearest table around it; None where neither does."""
    table: Key = ()
    best, depth = None, 0
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        is_table = bare.startswith("[")
        named = _path(bare.partition("#")[0] if is_table else f"{bare.partition('=')[0]}=0")
        table = named if is_table and named else table
        full = named if is_table else (*table, *named)
        if named and depth < len(full) <= len(key) and tuple(key[: len(full)]) == full:
            best, depth = number, len(full)
    return best


def _path(line: str) -> Key:
    """The names that the one key or table of a line goes by; none where the line is neither."""
    try:
        step: Any = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return ()
    names: list[str] = []
    while isinstance(step, dict) and step:
        name, step = next(iter(step.items()))
        names.append(name)
    return tuple(names)
