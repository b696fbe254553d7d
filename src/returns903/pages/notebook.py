"""How a notebook shows what this library hands over: counts and words, never a cell of a return."""

from __future__ import annotations

from collections.abc import Sequence

from returns903.pages import html


def shown(title: str, said: Sequence[str], columns: Sequence[str] = (), rows: Sequence[tuple[object, ...]] = ()) -> str:
    """A piece of a page: a title, sentences, and a table where there are rows."""
    return html.filled("notebook.html", title=title, said=said, columns=columns, rows=rows)
