"""Published tables as one page."""

from __future__ import annotations

from collections.abc import Iterator

from returns903.errors import ConfigError
from returns903.pages import html
from returns903.pages.grid import HIDDEN, Bound, Cell, written
from returns903.published.collect import IDENTIFIERS, Sheet, Tables
from returns903.reports.tables import against, charts
from returns903.reports.tables.layout import grids
from returns903.reports.tables.pack import HEADLINES, SECTIONS, Headline, Section, figure, title
from returns903.words import sentence

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
    return html.render(
        html.Page(
            title(tables, pack=pack),
            _about(tables),
            tuple(_chapter(section, tables, pack) for section in sections),
            f"Made by returns903 {tables.version}. Every figure is worked out from the rows of one return, by the "
            "definitions that stand beside the tables.",
            statement=tables.statement,
            is_warning=tables.method == "none",
            notes=[f"{sentence(note)}." for note in tables.notes],
            cards=list(_cards(tables)) if pack else (),
            has_contents=pack,
        )
    )


def _about(tables: Tables) -> str:
    before = f", beside that of {tables.last_year}" if tables.last_year else ""
    return f"From the return of {tables.year} ({tables.period}){before}"


def _cards(tables: Tables) -> Iterator[html.Card]:
    for headline in HEADLINES:
        now, before = figure(headline, tables)
        if now is not None:
            then = "" if before is None else f"{_said(before, headline)} in {tables.last_year}"
            beside = against.in_words(tables.comparisons, headline.measure, now)
            yield html.Card(_said(now, headline), headline.title, headline.about, then, beside)


def _said(value: Cell, headline: Headline) -> str:
    if isinstance(value, Bound):
        return value.said("%")
    unit = "%" if headline.column == "percent" and value is not HIDDEN else ""
    return f"{written(value, 'percent')}{unit}"


def _chapter(section: Section, tables: Tables, pack: bool) -> html.Chapter:
    articles = (_article(tables[name], tables, pack) for name in section.tables if name in tables)
    return html.Chapter(section.title, tuple(articles))


def _article(sheet: Sheet, tables: Tables, pack: bool) -> html.Article:
    of = sheet.of
    return html.Article(
        of.name.replace("_", "-"),
        of.title,
        tuple(grids(sheet, tables)),
        text=of.text,
        source=of.source,
        warning=IDENTIFIERS if of.child_level else "",
        figures=tuple(charts.figures(of.name, tables)) if pack else (),
    )
