"""An author's own words, in a small part of Markdown: paragraphs, headings, lists, strong and emphasised words.

Everything else that Markdown knows is text: HTML, links, pictures and code. So nothing that an author pastes can load
anything, or lead anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

DEEPER = 1
"""By how much the headings of an author are set below those of the page."""
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Words:
    """What an author says under a heading; the heading is empty for what comes before the first."""

    heading: str
    html: Markup
    """As it goes into a page."""
    lines: tuple[str, ...]
    """As it was written."""


def words(text: str) -> list[Words]:
    """An author's text, parted at its headings of the first and second level."""
    source, tokens = text.splitlines(), _reader().parse(text)
    firsts = [n for n, token in enumerate(tokens) if _parts(token)]
    found = []
    for first, after in pairwise([*dict.fromkeys([0, *firsts]), len(tokens)]):
        part = tokens[first:after]
        heading = part[1].content if first in firsts and part else ""
        body = part[3:] if first in firsts else part
        if heading or body:
            found.append(Words(heading, _html(body), tuple(_lines(source, body))))
    return found


def _parts(token: Token) -> bool:
    """Whether a part begins with it: a heading of the first or second level, in no list."""
    return token.type == "heading_open" and token.tag in ("h1", "h2") and not token.level


def _lines(source: Sequence[str], tokens: Sequence[Token]) -> Sequence[str]:
    """The lines that tokens were read from."""
    spans = [token.map for token in tokens if token.map]
    return source[spans[0][0] : max(last for _, last in spans)] if spans else ()


def _html(tokens: Sequence[Token]) -> Markup:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + DEEPER, _DEEPEST)}"
    reader = _reader()
    # the renderer escapes every text, and no rule is on that lets HTML through
    return Markup(reader.renderer.render(tokens, reader.options, {}))


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("zero", {"html": False})
    return reader.enable(["heading", "list", "emphasis", "escape", "newline"])
