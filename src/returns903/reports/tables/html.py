"""Tables as one page: it holds everything it shows, and loads nothing from anywhere."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from typing import Any

import polars as pl

from returns903.errors import ConfigError
from returns903.reports.tables import charts
from returns903.reports.tables.collect import IDENTIFIERS, Sheet, Tables
from returns903.reports.tables.definition import sentence
from returns903.reports.tables.layout import HIDDEN, Cell, Grid, grids
from returns903.reports.tables.pack import HEADLINES, SECTIONS, Section, figure

_STEERING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Characters that no page may hold, and that steer whatever shows its source."""
MOST_ROWS = 5_000
"""A page with a longer table than this is of use to nobody."""


def page(tables: Tables, *, pack: bool = False) -> str:
    """The page: the tables with their definitions beside them, and for a pack its headlines, chapters and charts.

    Raises:
        ConfigError: a table is too long for a page, or a package is not installed.
    """
    for sheet in tables.sheets:
        if sheet.frame.height > MOST_ROWS:
            msg = f"{sheet.of.name} has {sheet.frame.height:,} rows, too many for a page; write it as csv or xlsx"
            raise ConfigError(msg)
    sections = SECTIONS if pack else (Section("Tables", tuple(sheet.of.name for sheet in tables.sheets)),)
    title = f"{'Looked-after children: annual report' if pack else 'Looked-after children'}, {tables.year}"
    body = "".join(_section(section, tables, pack) for section in sections)
    style = files(__package__).joinpath("page.css").read_text(encoding="utf-8")
    made = (
        f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f"{_top(title, tables, sections, pack)}<main>\n{_headlines(tables) if pack else ''}{body}</main>\n"
        f"<footer><p>Made by returns903 {tables.version}. Every figure is worked out from the rows of one return, by "
        f"the definitions that stand beside the tables.</p></footer>\n</body>\n</html>\n"
    )
    return _STEERING.sub("?", made)


def _top(title: str, tables: Tables, sections: tuple[Section, ...], pack: bool) -> str:
    about = " · ".join(filter(None, [tables.authority, f"the return of {tables.year}"]))
    before = f", beside that of {tables.last_year}" if tables.last_year else ""
    kind = "stamp" if tables.method == "none" else "stated"
    links = "".join(f'<li><a href="#{_id(s.title)}">{escape(s.title)}</a></li>' for s in sections)
    notes = "".join(f'<p class="note">{escape(sentence(note))}.</p>' for note in tables.notes)
    return (
        f'<header><h1>{escape(title)}</h1>\n<p class="run">{escape(about)}{escape(before)}</p>\n'
        f'<p class="{kind}">{escape(tables.statement)}</p>\n{notes}'
        + (f'<nav aria-label="Chapters"><ol>{links}</ol></nav>' if pack else "")
        + "</header>\n"
    )


def _headlines(tables: Tables) -> str:
    cards = []
    for headline in HEADLINES:
        now, before = figure(headline, tables)
        if now is not None:
            unit = "%" if headline.column == "percent" and now is not HIDDEN else ""
            same = unit if before is not HIDDEN else ""
            then = "" if before is None else f"{_text(before, 'percent')}{same} in {tables.last_year}"
            past = f'<span class="before">{escape(then)}</span>' if then else ""
            cards.append(
                f'<li><span class="figure">{escape(_text(now, "percent"))}{unit}</span><b>{escape(headline.title)}</b>'
                f'<span class="about">{escape(headline.about)}</span>{past}</li>'
            )
    return f'<ul class="headlines">{"".join(cards)}</ul>\n'


def _section(section: Section, tables: Tables, pack: bool) -> str:
    parts = [_article(tables[name], tables, pack) for name in section.tables if name in tables]
    return f'<section id="{_id(section.title)}"><h2>{escape(section.title)}</h2>\n{"".join(parts)}</section>\n'


def _article(sheet: Sheet, tables: Tables, pack: bool) -> str:
    of = sheet.of
    made = grids(sheet, tables)
    wide = any(len(grid.columns) > 9 for grid in made)
    drawn = charts.draw(of.name, tables) if pack else ""
    chart = (
        f"<figure>{drawn}<figcaption>{escape(charts.caption(of.name, tables))}</figcaption></figure>" if drawn else ""
    )
    body = "".join(_grid(grid, f"{of.name.replace('_', '-')}-{n}") for n, grid in enumerate(made, 1))
    source = f'<p class="source">Source: {escape(of.source)}</p>' if of.source else ""
    stamp = f'<p class="stamp">{escape(IDENTIFIERS)}</p>' if of.child_level else ""
    kind = ' class="wide"' if wide else ""
    return (
        f'<article{kind} id="{of.name.replace("_", "-")}"><h3>{escape(of.title)}</h3>\n'
        f'{stamp}{chart}<div class="beside"><div>{body}</div>\n'
        f"<aside><h4>Definition</h4><p>{escape(of.text)}</p>{source}</aside></div></article>\n"
    )


def _grid(grid: Grid, name: str) -> str:
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in grid.notes)
    if not grid.rows:
        return f'<p class="note">{escape(grid.title + ": " if grid.title else "")}no rows.</p>{notes}'
    return f'<div class="scroll">{_table(grid, name)}</div>{notes}\n'


def _table(grid: Grid, name: str) -> str:
    """A grid by great-tables, without its style sheet: the page has one for all."""
    gt = _great_tables()
    names = [f"c{n}" for n in range(len(grid.columns))]
    rows, totals, heads = _with_heads(grid)
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    right = [key for key, column in zip(names, grid.columns, strict=True) if column.format in ("count", "percent")]
    table = (
        gt.GT(frame, id=name)
        .cols_label({key: column.heading for key, column in zip(names, grid.columns, strict=True)})
        .cols_align("left")
        .cols_align("right", columns=right)
    )
    for label, keys in _spanners(grid, names):
        table = table.tab_spanner(label, columns=keys, id=f"{name}-{keys[0]}")
        table = table.tab_style(
            gt.style.css("padding-left:26px;"), [gt.loc.body(keys[0]), gt.loc.column_labels(keys[0])]
        )
    if grid.title:
        table = table.tab_header(grid.title)
    for look, numbers in (("font-weight:600;", totals), ("font-weight:600;background:#f4f6f8;padding-top:9px;", heads)):
        if numbers:
            table = table.tab_style(gt.style.css(look), gt.loc.body(rows=numbers))
    made: str = re.sub(r"<style>.*?</style>\s*", "", table.as_raw_html(), flags=re.DOTALL)
    found = re.search(r"<table.*</table>", made, flags=re.DOTALL)
    return found[0] if found else ""


def _great_tables() -> Any:
    try:
        import great_tables
    except ImportError:
        msg = "a page of tables needs the package great-tables: install returns903[report]"
        raise ConfigError(msg) from None
    return great_tables


def _with_heads(grid: Grid) -> tuple[list[list[str]], list[int], list[int]]:
    """The cells as text with headings among the rows, and which rows are totals and which are headings."""
    rows: list[list[str]] = []
    totals, heads = [], []
    for number, row in enumerate(grid.rows):
        if number in grid.heads:
            heads.append(len(rows))
            rows.append([grid.heads[number], *[""] * (len(row) - 1)])
        if number in grid.totals:
            totals.append(len(rows))
        rows.append([_text(value, column.format) for value, column in zip(row, grid.columns, strict=True)])
    return rows, totals, heads


def _spanners(grid: Grid, names: list[str]) -> Iterator[tuple[str, list[str]]]:
    above: dict[str, list[str]] = {}
    for key, column in zip(names, grid.columns, strict=True):
        if column.above:
            above.setdefault(column.above, []).append(key)
    yield from above.items()


def _text(value: Cell, form: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.1f}" if form == "percent" else f"{value:,g}"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value)


def _id(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
