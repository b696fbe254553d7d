"""Published tables as one page."""

from __future__ import annotations

from collections.abc import Iterator

from returns903.errors import ConfigError
from returns903.pages import html
from returns903.pages.grid import Noted
from returns903.published.asylum_tables import ASYLUM
from returns903.published.collect import IDENTIFIERS, Sheet, Tables
from returns903.reports.tables import against, charts
from returns903.reports.tables.commentary import Commentary
from returns903.reports.tables.headlines import HEADLINES, figure, is_doubted, parts, said, sentences
from returns903.reports.tables.pack import ANNUAL_REPORT, Pack, Section, about, title
from returns903.reports.tables.shown import shown, told_of
from returns903.words import sentence

MOST_ROWS = 5_000
"""A page with a longer table than this is of use to nobody."""


def page(tables: Tables, pack: Pack | None = None) -> str:
    """The page: the tables with their definitions beside them, and for a pack its headlines, chapters and charts.

    Raises:
        ConfigError: a table is too long for a page, or a package is not installed.
    """
    for sheet in tables.sheets:
        if sheet.frame.height > MOST_ROWS:
            msg = f"{sheet.of.name} has {sheet.frame.height:,} rows, too many for a page; write it as csv or xlsx"
            raise ConfigError(msg)
    sections = pack.sections if pack else (Section("Tables", tuple(sheet.of.name for sheet in tables.sheets)),)
    words = Commentary.of(tables.commentary, [section.title for section in sections])
    chapters = [_chapter(section, tables, pack, words) for section in sections]
    first = pack is ANNUAL_REPORT
    return html.render(
        html.Page(
            title(tables, pack),
            about(tables),
            tuple(chapter for chapter in chapters if chapter.articles or chapter.words),
            f"Made by returns903 {tables.version}. Every figure is worked out from the rows of one return, by the "
            "definitions that stand beside the tables.",
            statement=tables.statement,
            is_warning=tables.method == "none",
            notes=[f"{sentence(note)}." for note in tables.notes],
            cards=list(_cards(tables)) if first else (),
            lead=f"What changed since {tables.last_year}",
            sentences=list(sentences(tables)) if first else (),
            words=words.opening,
            has_contents=len(sections) > 1,
        )
    )


def _cards(tables: Tables) -> Iterator[html.Card]:
    for headline in HEADLINES:
        now, before = figure(headline, tables)
        if now is not None and headline.has_card:
            then = "" if before is None else f"{said(before, headline)} in {tables.last_year}"
            if tables.last_year and is_doubted(headline, tables):
                then = f"not compared with {tables.last_year}: more than a tenth of either is assumed or not known"
            beside = [
                *filter(None, [parts(headline, tables)]),
                *against.in_words(tables.comparisons, headline.measure, now),
            ]
            noted = [f"{sentence(value.note)}." for value in (now, before) if isinstance(value, Noted)]
            note = " ".join(dict.fromkeys(noted)).replace("..", ".")
            yield html.Card(said(now, headline), headline.title, headline.about, then, beside, note)


def _chapter(section: Section, tables: Tables, pack: Pack | None, words: Commentary) -> html.Chapter:
    sheets = [tables[name] for name in section.tables if name in tables]
    if pack is not None:
        told = told_of(tables)
        sheets = [sheet for sheet in sheets if sheet in told]
    articles = (_article(sheet, tables, pack) for sheet in sheets)
    return html.Chapter(section.title, tuple(articles), words.on(section.title))


def _article(sheet: Sheet, tables: Tables, pack: Pack | None) -> html.Article:
    of = sheet.of
    found = shown(sheet, tables, pack)
    return html.Article(
        of.name.replace("_", "-"),
        of.title,
        found.grids,
        text=of.text,
        source=of.source,
        rule=tables.rule(sheet).said,
        warning=IDENTIFIERS if of.child_level else "",
        notes=found.notes,
        in_pairs=of.split == ASYLUM or (of.pivot is not None and sheet.last_year is not None),
        figures=tuple(charts.figures(found.sheet, tables)) if pack else (),
    )
