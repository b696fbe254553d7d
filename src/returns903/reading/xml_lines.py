"""The line that an element of an XML file starts on, in files of any length.

The parser keeps 16 bits for it, and past line 65,534 tells lines that are near, not true. Longer files are searched
for the start tags instead. Where the two do not meet, there is no line: none is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from returns903.errors import InputError
from returns903.reading.encoding import decode

if TYPE_CHECKING:
    from lxml import etree

_LAST_TRUE = 65_534


class Lines:
    """Tells the lines of the named elements of a file, one part after the other."""

    def __init__(self, data: bytes, names: list[str]) -> None:
        self._names = ["{*}" + name for name in names]
        long = data.count(b"\n") >= _LAST_TRUE
        self._starts: Iterator[tuple[str, int]] | None = start_tags(data, names) if long else None

    def within(self, part: etree._Element) -> dict[etree._Element, int | None]:
        """The lines of the elements inside `part`, which must be asked for in the order of the file."""
        return {element: self._line(element) for element in part.iter(*self._names)}

    def _line(self, element: etree._Element) -> int | None:
        if self._starts is None:
            return cast("int | None", element.sourceline)
        name, line = next(self._starts, ("", 0))
        if name == str(element.tag).rpartition("}")[2]:
            return line
        self._starts = iter(())
        return None


def start_tags(data: bytes, names: list[str]) -> Iterator[tuple[str, int]]:
    """The start tags with these names and their lines, from the text alone; comments and such are no tags."""
    try:
        text, _ = decode("", data)
    except InputError:
        return
    tag = rf"<(?:[\w.-]+:)?({'|'.join(map(re.escape, names))})(?=[\s/>])"
    line, seen = 1, 0
    for found in re.finditer(rf"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|{tag}", text, re.DOTALL):
        line += text.count("\n", seen, found.start())
        seen = found.start()
        if found[1]:
            yield found[1], line
