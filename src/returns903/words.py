"""How names and numbers are put into messages."""

from __future__ import annotations

HEADING = 40
"""Characters of a heading that messages show."""


def printable(text: str) -> str:
    """A file's name or the like as messages show it: without characters that steer a terminal."""
    return "".join(c if c.isprintable() else "?" for c in text)


def heading(text: str) -> str:
    """A column's heading or a sheet's name as messages show it: printable, and no longer than headings are."""
    return printable(text.strip()[:HEADING])


def counted(count: int, one: str, many: str | None = None) -> str:
    """`1 cell`, `1,204 cells`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def sentence(name: str) -> str:
    """A name as words, the first with a capital."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]
