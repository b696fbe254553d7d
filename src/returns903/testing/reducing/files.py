"""A reduced return as CSV: a folder for this year's tables, one for last year's, and the lists beside them."""

from __future__ import annotations

from collections.abc import Mapping

from returns903.forms.carried import carried
from returns903.forms.folders import FILES, STEMS, csv_files
from returns903.reading import CORE
from returns903.testing.reducing.draft import LISTS, Draft
from returns903.texts import as_texts

RETURN, BEFORE = "return", "previous"
OURS = frozenset(
    [f"{name}.csv" for name in LISTS] + [f"{folder}/{name}" for folder in (RETURN, BEFORE) for name in FILES]
)
"""Every file that there may be."""


def files_of(draft: Draft) -> tuple[dict[str, bytes], list[str]]:
    """The content of each file by its name, and what CSV does not carry of it."""
    files = {f"{name}.csv": draft.frames[name].write_csv().encode() for name in LISTS if name in draft.frames}
    ret, lost = draft.load(), list[str]()
    for folder, tables in ((RETURN, ret.tables), (BEFORE, ret.previous or {})):
        kept, said = carried(as_texts(tables), "csv")
        files |= {f"{folder}/{name}": content for name, content in csv_files(kept).items()}
        lost += said
    return files, lost


def absent(files: Mapping[str, bytes]) -> list[str]:
    """The core tables of which one of the returns among the files has no row."""
    folders = {name.partition("/")[0] for name in files if "/" in name}

    def has_rows(path: str) -> bool:
        return files.get(path, b"").count(b"\n") > 1

    return [name for name in CORE if not all(has_rows(f"{folder}/{STEMS[name]}.csv") for folder in folders)]
