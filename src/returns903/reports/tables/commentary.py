"""The author's own words, at the head of a report and of its chapters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from returns903.errors import ConfigError, told_as
from returns903.limits import SETTINGS_BYTES
from returns903.pages.html import NO_WORDS
from returns903.pages.words import Words, words
from returns903.reading.bounded import bounded_bytes


@dataclass(frozen=True, slots=True)
class Commentary:
    """What an author says: parts with the title of a chapter stand there, all others at the head of the whole."""

    parts: tuple[Words, ...]
    chapters: tuple[str, ...]

    @classmethod
    def of(cls, text: str, chapters: Sequence[str]) -> Commentary:
        """A text, for a report with these chapters."""
        return cls(tuple(words(text)) if text else (), tuple(title.casefold() for title in chapters))

    @property
    def opening(self) -> Markup:
        """What stands at the head of the whole, with its headings."""
        found = NO_WORDS
        for part in self.parts:
            if part.heading.casefold() not in self.chapters:
                heading = Markup("<h3>{}</h3>\n").format(part.heading) if part.heading else NO_WORDS
                found += heading + part.html
        return found

    def on(self, chapter: str) -> Markup:
        """What stands at the head of a chapter."""
        return NO_WORDS.join(part.html for part in self.parts if part.heading.casefold() == chapter.casefold())


def read(path: Path) -> str:
    """The text of a file.

    Raises:
        ConfigError: it cannot be read, is too large or is no text in UTF-8.
    """
    content = bounded_bytes(path, SETTINGS_BYTES, ConfigError)
    with told_as(ConfigError("the file of commentary is no text in UTF-8")):
        return content.decode("utf-8-sig")
