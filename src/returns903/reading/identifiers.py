"""Identifiers that differ only in small and capital letters or in the blanks around them."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from returns903.reading.notes import Note
from returns903.words import counted

CHILD = "CHILD"
WRITTEN = "CHILD.written"
"""The identifiers as they were written."""


def written_alike(forms: Iterable[pl.DataFrame], what: str = "each counts as one child") -> list[Note]:
    """A note on identifiers that are written in several ways, with the place of the first; none where there are none.

    `forms` have the columns CHILD (as it counts, or in capitals and trimmed), `WRITTEN`, `file` and `line`; `what` says
    what becomes of such identifiers.
    """
    forms = list(forms)
    changed = [form for form in forms if not form[WRITTEN].equals(form[CHILD].alias(WRITTEN))]
    if not changed:
        return []
    known = pl.concat(changed)[CHILD].unique()
    every = pl.concat(form.filter(pl.col(CHILD).is_in(known.implode())) for form in forms)
    again = every.filter(pl.col(WRITTEN) != pl.col(WRITTEN).first().over(CHILD))
    if again.is_empty():
        return []
    count = again[CHILD].n_unique()
    file, line = again.select("file", "line").row(0)
    said = f"{counted(count, 'identifier')} written in several ways (capital letters, blanks around them): {what}"
    return [Note("identifiers", said, file=file, line=line, column=CHILD, count=count)]
