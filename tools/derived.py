"""What is generated from the declarations of the derived tables: their models, and the columns on their pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from returns903 import derive
from returns903.derive.cuts import CUTS
from returns903.derive.declared import TABLES, Column, Declared

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "derived"
MODELS = Path("src/returns903/derive/models.py")
MARKED = re.compile(r"(<!-- (columns of \w+|every table|every cut) -->\n).*?(<!-- end -->)", re.DOTALL)
"""A place on a page that is generated, between two comments."""
TYPES: dict[type[pl.DataType], str] = {
    pl.String: "text",
    pl.Date: "date",
    pl.Boolean: "true or false",
    pl.Float64: "number",
}


def files() -> Iterator[tuple[Path, str]]:
    """Each file, from the root of the project, and its text; of a page what is written by hand stays."""
    yield MODELS, models()
    for path in sorted(PAGES.glob("*.md")):
        yield path.relative_to(ROOT), page(path.read_text(encoding="utf-8"))


def public() -> list[Declared]:
    """The derived tables in the order of their names."""
    return [TABLES[name] for name in sorted(derive.__all__) if name in TABLES]


def models() -> str:
    """The module with a model of each table."""
    lines = ['"""The pandera models of the derived tables by name. Written by tools/generate.py."""', ""]
    lines += ["from __future__ import annotations", "", "from returns903.derive.model import model_of", ""]
    lines += [f'{table.model} = model_of("{table.name}")' for table in public()]
    names = "".join(f'    "{name}",\n' for name in sorted(table.model for table in public()))
    return "\n".join([*lines, "", f"__all__ = [\n{names}]"]) + "\n"


def page(text: str) -> str:
    """A page with what is generated on it."""
    return MARKED.sub(lambda found: found[1] + "\n" + _asked(found[2]) + "\n" + found[3], text)


def _asked(mark: str) -> str:
    whole = {"every table": every_table, "every cut": every_cut}
    return whole[mark]() if mark in whole else columns(TABLES[mark.removeprefix("columns of ")])


def every_table() -> str:
    """What a row of each table stands for, and the page that tells of it."""
    lines = ["| table | one row a | page |", "|---|---|---|"]
    for table in public():
        home = _page_of(table)
        lines.append(f"| `{table.name}` | {table.row} | [{_title(home)}]({home.name}) |")
    return "\n".join(lines) + "\n"


def every_cut() -> str:
    """What tables are cut by, and the groups."""
    lines = ["| cut | what it goes by | groups |", "|---|---|---|"]
    for name, each in CUTS.items():
        named = each.named if len(each.named) < 12 else (*each.named[:3], f"... ({len(each.named)})")
        lines.append(f"| `{name}` | {each.says} | {'; '.join(named)} |")
    return "\n".join(lines) + "\n"


def _page_of(table: Declared) -> Path:
    mark = f"<!-- columns of {table.name} -->"
    pages = [path for path in sorted(PAGES.glob("*.md")) if mark in path.read_text(encoding="utf-8")]
    if not pages:
        msg = f"no page of docs/derived has {mark}"
        raise LookupError(msg)
    return pages[0]


def _title(path: Path) -> str:
    return path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ").partition(":")[0]


def columns(table: Declared) -> str:
    """The columns of a table."""
    lines = ["| column | type | what it says | null |", "|---|---|---|---|"]
    for name, column in table.columns.items():
        kind = TYPES.get(column.dtype, "whole number")
        lines.append(f"| `{name}` | {kind} | {_said(column)} | {column.null or ''} |")
    return "\n".join(lines) + "\n"


def _said(column: Column) -> str:
    return column.told.replace("|", "\\|")
