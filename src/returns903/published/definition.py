"""What reports know of a derived table: its name, what it says, how its numbers hang together, how it is laid out."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from returns903.derive.local_categories import LocalCategory
from returns903.pages.grid import Format
from returns903.published.compare import Comparisons
from returns903.published.doubted import Doubt
from returns903.returns import Return
from returns903.statistics import ColumnTotal, Percentage, Published, RowTotal
from returns903.words import sentence


@dataclass(frozen=True, slots=True)
class Options:
    """What some tables need beside the return."""

    local_categories: tuple[LocalCategory, ...] = ()
    """The authority's own rows of the table of leaving reasons."""
    population: int | None = None
    """Children under 18 who live in the area."""
    population_last_year: int | None = None
    """As many as there were the year before."""
    comparisons: Comparisons | None = None
    """What figures are held against."""
    commentary: str = ""
    """The author's own words, in Markdown."""


@dataclass(frozen=True, slots=True)
class Pivot:
    """Rows and columns of a page from the rows of a table."""

    rows: str
    columns: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """A derived table as it is published.

    Columns that are neither counts, percentages nor constant are labels. What the counts sum up to is said here once,
    for disclosure control; see `returns903.statistics`.
    """

    name: str
    title: str
    text: str
    """The paragraph that stands beside the table."""
    make: Callable[[Return, Options], pl.DataFrame]
    source: str = ""
    """Where the definition comes from."""
    child_level: bool = False
    """A row a child, period, review or the like: it holds identifiers, and no disclosure control applies."""
    needs: tuple[str, ...] = ()
    """The tables of the return without which it says nothing."""
    counts: tuple[str, ...] = ()
    percentages: tuple[Percentage, ...] = ()
    row_totals: tuple[RowTotal, ...] = ()
    column_totals: tuple[ColumnTotal, ...] = ()
    helpers: Mapping[str, pl.Expr] = field(default_factory=dict)
    """Counts that are not printed, but that anyone can work out from a row: they are guarded like the others."""
    marks: Mapping[str, pl.Expr] = field(default_factory=dict)
    """Labels that are not printed: by what rows of this table are linked with those of others."""
    constants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Counts that stand again in every row of the groups made by these columns; each is guarded once."""
    never: tuple[tuple[pl.Expr, tuple[str, ...]], ...] = ()
    """Rows and columns of counts that hold nothing but noughts, by what they mean: they can stand in for no other."""
    public: tuple[tuple[pl.Expr, tuple[str, ...]], ...] = ()
    """Rows and columns of counts that everyone knows, as a population: nobody has to be guarded there."""
    occurs: tuple[pl.Expr, tuple[str, ...]] | None = None
    """The rows that stand in the table only because one of these counts is 1 or more."""
    total: pl.Expr | None = None
    """The rows that are totals."""
    complete: bool = True
    """Every category has a row, those of nobody too."""
    after: tuple[pl.Expr, ...] = ()
    """Columns that are told again from others once those are under disclosure control."""
    split: str | None = None
    """A page shows a table of its own for each value of this column."""
    heads: str | None = None
    """A page shows each value of this column as a heading among the rows."""
    unprinted: tuple[str, ...] = ()
    """Columns that a page leaves out."""
    total_from: Mapping[str, tuple[str, pl.Expr]] = field(default_factory=dict)
    """The row that a page adds for the total: by column of counts, the table and row whose `children` it is."""
    pivot: Pivot | None = None
    month: str | None = None
    """The column of dates that runs through the year."""
    months: int = 1
    """How many months end on each of those dates."""
    headings: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    """What values of label columns are called on a page."""
    if_hidden: str = ""
    """What a page says below it where a number is suppressed, if its mark alone could mislead."""
    doubt: Doubt | None = None
    """What of its percentages is assumed or not known."""
    lacking: Mapping[str, str] = field(default_factory=dict)
    """Rows of a page, by label, that may hold nothing at all, and what has to be given for them."""

    def published(self, frame: pl.DataFrame) -> Published:
        """The frame as disclosure control wants it: helpers added, constants kept where they stand first."""
        once = [
            pl.when(pl.int_range(pl.len()).over(by) == 0 if by else pl.int_range(pl.len()) == 0).then(name).alias(name)
            for name, by in self.constants.items()
        ]
        made = frame.with_columns(**self.helpers, **self.marks).with_columns(once)
        known = [(rows & (pl.col(name) == 0), name) for rows, names in self.never for name in names]
        for rows, name in (*known, *((rows, name) for rows, names in self.public for name in names)):
            made = made.with_columns(pl.when(~rows).then(name).alias(name))
        shares = [Percentage(p.column, p.of) if p in self.told_twice else p for p in self.percentages]
        counts = (*self.counts, *self.helpers)
        return Published(
            self.name, made, counts, tuple(shares), self.row_totals, self.column_totals, occurs=self.occurs
        )

    @property
    def told_twice(self) -> tuple[Percentage, ...]:
        """The percentages whose rest is a count of its own: on time, late, and on time as a percentage.

        Disclosure control is spared the rest as a further number; `marked` sees to what it would have done.
        """
        pairs = [(each.total, set(each.parts)) for each in self.column_totals if len(each.parts) == 2]
        named = [p for p in self.percentages if isinstance(p.over, str)]
        return tuple(p for p in named if any(p.over == whole and p.of in parts for whole, parts in pairs))

    def marked(self, hidden: pl.DataFrame) -> pl.DataFrame:
        """The marks of what is hidden, with a percentage hidden as soon as one of its two counts is."""
        return hidden.with_columns((pl.col(p.column) | pl.col(str(p.over))).alias(p.column) for p in self.told_twice)

    def restored(self, frame: pl.DataFrame) -> pl.DataFrame:
        """What `published` made of a frame or of its marks, undone; but what nobody has to guard stays null."""
        again = [pl.col(name).first().over(by) if by else pl.col(name).first() for name, by in self.constants.items()]
        return frame.with_columns(again).drop(*self.helpers, *self.marks, strict=False)

    def told(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with the columns that follow from others told again."""
        return frame.with_columns(self.after)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The columns that disclosure control is about."""
        return (*self.counts, *(p.column for p in self.percentages if p.column not in self.counts))

    def keys(self, frame: pl.DataFrame) -> list[str]:
        """The columns of labels, which tell the rows apart."""
        return [name for name in frame.columns if name not in self.numbers]

    def heading(self, column: str, part: str = "") -> str:
        """What a column is called on a page, in a part of a table that is split."""
        named = self.headings.get(f"{part}.{column}", self.headings.get(column))
        return HEADINGS.get(column, sentence(column)) if named is None else named

    def always_nought(self, frame: pl.DataFrame, rows: list[int], column: str) -> bool:
        """Whether by what the rows mean nothing but noughts can stand in this column of them."""
        known = [which for which, names in self.never if column in names]
        return bool(rows) and bool(known) and all(frame[rows].select(pl.any_horizontal(known)).to_series())

    def label(self, value: str | None) -> str:
        """What a value of a column of labels is called on a page."""
        if value is None:
            return "Blank"
        return self.labels.get(value) or LABELS.get(value) or sentence(value)

    def format(self, column: str, dtype: pl.DataType) -> Format:
        """How the values of a column are written."""
        if any(p.column == column for p in self.percentages):
            return "percent"
        if dtype.is_numeric():
            return "count"
        return "date" if dtype == pl.Date else "flag" if dtype == pl.Boolean else "text"


def source_of(function: object) -> str:
    """The source that a function's own description names in its last paragraph."""
    found = re.search(r"^Source: (.*)", inspect.getdoc(function) or "", re.DOTALL | re.MULTILINE)
    return sentence(" ".join(found[1].split()).replace("`", "")) if found else ""


HEADINGS = {
    "percent": "%",
    "not_judged": "Records that cannot be placed in time",
    "legal_status": "Code",
    "group": "National group",
    "denominator": "Out of",
    "as_at": "On",
    "late": "Late or missed",
    "missed": "Of those, not held",
    "asylum_seeking": "Asylum-seeking",
    "unknown": "Not known",
    "breakdown": "",
    "category": "",
    "measure": "",
}
"""What columns are called on a page, where the words of their name will not do."""

LABELS = {
    "total": "Total",
    "all": "All",
    "initial": "First",
    "authorised-initial": "Placement order, first",
    "authorised-subsequent": "Placement order, subsequent",
    "adoption-initial": "Adoption, first",
    "adoption-second": "Adoption, second",
    "adoption-subsequent": "Adoption, subsequent",
    "asylum": "Asylum seeking",
    "asylum_in_year": "Asylum seeking in the year",
    "age_band": "Age",
    "legal_status_group": "Legal status",
    "kind": "Kind of review",
    "basis": "What the due date is counted from",
    "known": "A review or start on record",
    "assumed": "A review that is assumed",
    "placement_group": "Placement",
    "unknown": "Not known",
}
"""What values are called on a page, where their own words will not do."""
