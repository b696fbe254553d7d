"""The tables in the Department's shape: its data sets as CSV files, JSON, a page and a workbook."""

from __future__ import annotations

import json
from collections.abc import Iterator

import polars as pl

from returns903.pages import book, html
from returns903.pages.grid import Cell, Column, Grid
from returns903.published.collect import Tables
from returns903.published.department import DATA_SETS
from returns903.published.department.figures import PLACE, SYMBOLS, Figure, Row, place, rows
from returns903.published.department.lines import DataSet
from returns903.reports.tables.commentary import Commentary
from returns903.reports.tables.csv_json import STAMP, run_of
from returns903.reports.tables.pack import STATUTORY, about, title
from returns903.words import sentence

CONTENTS = "Contents"
SHAPE = (
    'In the shape of the data sets of "Children looked after in England including adoptions", 2025. Percentages are '
    "whole numbers, of the numbers that stand beside them; children in a temporary placement stand among the other "
    "placements."
)
SHEETS = {
    "la_cla_on_31_march_by_characteristics": "On 31 March",
    "la_children_who_started_to_be_looked_after_during_the_year": "Started",
    "la_children_who_ceased_during_the_year": "Ceased",
    "cla_number_and_rate_per_10k_children": "Numbers and rates",
    "la_cla_placement_stability": "Placement stability",
    "la_cla_during_year_new_placements": "New placements",
    "la_cla_swcount": "Social workers",
    "la_conviction_health_outcome_cla": "Health and convictions",
    "la_care_leavers_activity": "Care leavers, activity",
    "la_care_leavers_accommodation_suitability": "Care leavers, accommodation",
}
"""What the sheets of the workbook are called."""


def symbols() -> str:
    """What the symbols mean, in a sentence."""
    return "; ".join(f"{symbol}: {words}" for symbol, words in SYMBOLS.items()) + "."


def columns(of: DataSet, tables: Tables) -> tuple[str, ...]:
    """The columns of a data set; one more where its numbers are under no disclosure control."""
    return (*PLACE, *of.columns, *([STAMP] if tables.method == "none" else []))


def records(of: DataSet, tables: Tables) -> Iterator[tuple[Figure, ...]]:
    """The rows of a data set, this year's first, with all of its columns."""
    stamp = ("none",) if tables.method == "none" else ()
    for last_year in _years(tables):
        where = place(tables, last_year=last_year)
        for row in rows(of, tables, last_year=last_year):
            labels = (row.group, row.label)[-len(of.labels) :]
            yield (*where, *labels, *([row.base] if of.base else []), row.number, row.share, *stamp)


def _years(tables: Tables) -> list[bool]:
    return [False, True] if tables.last_year else [False]


def to_csv(of: DataSet, tables: Tables) -> str:
    """A data set as the Department's CSV file."""
    texts = [[str(value) for value in record] for record in records(of, tables)]
    return pl.DataFrame(texts, schema=dict.fromkeys(columns(of, tables), pl.String), orient="row").write_csv()


def about_files(tables: Tables) -> str:
    """What goes beside the files of a folder, as CSV: each file's title, and what is to be known of its numbers."""
    said = f"{SHAPE} {symbols()}"
    return pl.DataFrame(
        [{"file": f"{of.name}.csv", "title": of.title, "about": said, "numbers": tables.statement} for of in DATA_SETS]
    ).write_csv()


def to_json(tables: Tables) -> str:
    """All data sets as one JSON object: `run`, and `tables` with their rows; a symbol stands as text."""
    found = [
        {
            "name": of.name,
            "title": of.title,
            "columns": columns(of, tables),
            "rows": [dict(zip(columns(of, tables), record, strict=True)) for record in records(of, tables)],
        }
        for of in DATA_SETS
    ]
    return json.dumps({"run": run_of(tables), "tables": found}, indent=1, ensure_ascii=False)


def page(tables: Tables) -> str:
    """All data sets as one page, group by group, last year's figures beside this year's.

    Raises:
        ConfigError: a package is not installed.
    """
    articles = tuple(html.Article(of.name.replace("_", "-"), of.title, tuple(_grids(of, tables))) for of in DATA_SETS)
    return html.render(
        html.Page(
            title(tables, STATUTORY),
            about(tables),
            (html.Chapter(sentence(STATUTORY.title), articles),),
            f"Made by returns903 {tables.version}.",
            statement=tables.statement,
            is_warning=tables.method == "none",
            notes=[SHAPE, symbols(), *(f"{sentence(note)}." for note in tables.notes)],
            words=Commentary.of(tables.commentary, []).opening,
        )
    )


def _grids(of: DataSet, tables: Tables) -> Iterator[Grid]:
    """A grid a group: a row a label, with the numbers of each year."""
    years = [place(tables, last_year=last_year)[0] for last_year in _years(tables)]
    found = [list(rows(of, tables, last_year=last_year)) for last_year in _years(tables)]
    heads = [*([of.base] if of.base else []), *of.numbers]
    made = [
        Column("", "text"),
        *(
            Column(sentence(head.replace("_", " ")), "count", year if len(years) > 1 else "")
            for year in years
            for head in heads
        ),
    ]
    for group in dict.fromkeys(row.group for row in found[0]):
        lines = [pair for pair in zip(*found, strict=True) if pair[0].group == group]
        totals = frozenset(n for n, (row, *_) in enumerate(lines) if row.label.lower().startswith("total"))
        yield Grid(group, tuple(made), tuple((pair[0].label, *_numbers(of, pair)) for pair in lines), totals)


def _numbers(of: DataSet, pair: tuple[Row, ...]) -> Iterator[Cell]:
    for row in pair:
        yield from (*([row.base] if of.base else []), row.number, row.share)


def workbook(tables: Tables) -> bytes:
    """All data sets as one workbook: a sheet each, as in its file, with a filter and headings that stay in sight.

    Raises:
        ConfigError: a package is not installed.
    """
    made = book.Book(title(tables, STATUTORY), tables.statement)
    front = made.sheet(CONTENTS)
    front.widths(46, 90)
    front.say(0, 0, title(tables, STATUTORY), "title")
    lead = [tables.statement, SHAPE, symbols(), *(f"{sentence(note)}." for note in tables.notes)]
    lead += [each for each in tables.commentary.splitlines() if each]
    for row, text in enumerate(lead, 1):
        front.say(row, 0, text, "stamp" if row == 1 and tables.method == "none" else "text")
    for row, of in enumerate(DATA_SETS, len(lead) + 2):
        front.link(row, 0, SHEETS[of.name], of.title)
        front.say(row, 1, f"{of.name}.csv", "soft")
    for of in DATA_SETS:
        sheet = made.sheet(SHEETS[of.name])
        sheet.widths(*(12 for _ in PLACE), *(40 for _ in of.labels), *(14 for _ in of.numbers))
        numbers = len(PLACE) + len(of.labels)
        heads = [Column(name, "count" if n >= numbers else "text") for n, name in enumerate(columns(of, tables))]
        sheet.rows(heads, list(records(of, tables)))
    return made.content()
