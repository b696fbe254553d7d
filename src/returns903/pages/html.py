"""Pages by templates: everything is escaped, and a page holds all that it shows and loads nothing from anywhere.

What a page may do is said in its content policy: nothing but to apply its own style sheet, and to run its own script
where it has one. Both are named by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup

from returns903.pages.grid import Grid, Mark, written
from returns903.pages.sparks import spark

if TYPE_CHECKING:
    from jinja2 import Environment

_STEERING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Characters that no page may hold, and that steer whatever shows its source."""


NO_WORDS = Markup()


@dataclass(frozen=True, slots=True)
class Card:
    """A figure that stands at the top of a page."""

    figure: str
    title: str
    about: str = ""
    before: str = ""
    """What it was the year before, in words."""
    beside: Sequence[str | Mark] = ()
    """What it is held against, in words."""
    note: str = ""
    """What must not be overlooked when it is read."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing: an SVG element as it goes into the page, and what stands below it."""

    svg: str
    caption: str


@dataclass(frozen=True, slots=True)
class Article:
    """Grids under one title, with what is to be said of them."""

    name: str
    """By which links find it."""
    title: str
    grids: tuple[Grid, ...]
    text: str = ""
    source: str = ""
    rule: str = ""
    """By what rule its numbers are shown."""
    warning: str = ""
    notes: Sequence[str] = ()
    """What stands below the grids."""
    in_pairs: bool = False
    """Two grids that follow each other belong side by side."""
    figures: tuple[Figure, ...] = ()

    @property
    def kind(self) -> str:
        """How the grids are set: narrow ones side by side, wide ones over the whole page, others beside the text."""
        most = max((len(grid.columns) for grid in self.grids), default=0)
        if self.in_pairs and most <= NARROW:
            return "tiled paired"
        if len(self.grids) >= MANY and most <= NARROW:
            return "tiled"
        return "wide" if most > MOST_BESIDE else "plain"


NARROW, MANY = 5, 3
"""Columns of grids of which two stand side by side, and how many have to be so narrow."""
MOST_BESIDE = 9
"""Columns of a grid that leave room for text at its side."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Articles under one heading."""

    title: str
    articles: tuple[Article, ...]
    words: Markup = NO_WORDS
    """What the author says of it."""

    @property
    def name(self) -> str:
        """By which links find it."""
        return f"chapter-{re.sub(r'[^a-z0-9]+', '-', self.title.lower()).strip('-')}"


@dataclass(frozen=True, slots=True)
class Page:
    """All that a page says."""

    title: str
    about: str
    chapters: tuple[Chapter, ...]
    foot: str
    statement: str = ""
    is_warning: bool = False
    """The statement warns of something."""
    notes: Sequence[str] = ()
    cards: Sequence[Card] = ()
    lead: str = ""
    """The title of what follows."""
    sentences: Sequence[str] = ()
    """What is to be said before all else."""
    words: Markup = NO_WORDS
    """What the author says."""
    has_contents: bool = False


def render(page: Page) -> str:
    """The page as one file."""
    return filled("page.html", page=page)


def filled(
    template: str,
    room: str = __package__,
    *,
    style: str = "",
    script: str = "",
    connects: bool = False,
    **values: object,
) -> str:
    """A template filled in, its values escaped.

    Args:
        template: its name; it extends `base.html`, or stands alone.
        room: the package in whose folder `templates` it lies. Those of this package can be used from there.
        style: a style sheet that comes after that of all pages.
        script: what the page runs.
        connects: whether the script may ask the server that the page came from.
        values: what the template speaks of.
    """
    styles = files(__package__).joinpath("page.css").read_text(encoding="utf-8") + style
    policy = _policy(styles, script, connects)
    made = _environment(room).get_template(template).render(**values, style=styles, script=script, policy=policy)
    return _STEERING.sub("?", made)


def _policy(style: str, script: str, connects: bool) -> str:
    allowed = [f"style-src {_digest(style)}", *([f"script-src {_digest(script)}"] if script else [])]
    allowed += ["connect-src 'self'"] if connects else []
    return "; ".join(["default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"])


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _environment(room: str) -> Environment:
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=ChoiceLoader([PackageLoader(name) for name in dict.fromkeys((room, __package__))]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["written"] = written
    made.filters["spark"] = spark
    return made
