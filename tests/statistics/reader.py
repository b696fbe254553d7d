"""A reader who has nothing but the files of a run. Nothing here uses the library.

The files are read back as text. With what the tables mean (`meaning`) a solver is asked which suppressed numbers can be
one thing only.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

MARK = "c"
MOST = 1000
"""No suppressed number is larger: a reader knows about how many children an authority looks after."""

SMALL = (1, 5)
SHOTS = 6
"""How often all numbers are moved at once before each is tried by itself."""

Cell = tuple[str, int, str]
"""A table, a row and a column."""
Cells = tuple[tuple[int, Cell], ...]
"""Cells with the number of the page that each stands on."""
Label = str | Sequence[str] | Callable[[str], bool]


def but(*labels: str) -> Callable[[str], bool]:
    """Any label but these."""
    return lambda text: text not in labels


def begins(*beginnings: str) -> Callable[[str], bool]:
    """Any label that begins so."""
    return lambda text: text.startswith(beginnings)


@dataclass(frozen=True)
class Fact:
    """The cells on the left come to what those on the right come to, or to no more; at least `more` apart."""

    left: Cells
    right: Cells
    equal: bool = True
    more: int = 0


def equal(*sides: Cells) -> Iterator[Fact]:
    """All of these come to the same, as far as the page has them."""
    for side in sides[1:]:
        if sides[0] and side:
            yield Fact(sides[0], side)


def within(less: Cells, more: Cells) -> Iterator[Fact]:
    """These come to no more than those, if the page has both."""
    if less and more:
        yield Fact(less, more, equal=False)


@dataclass
class Page:
    """The files of a folder; with `year` the columns of the year before that stand beside this year's."""

    folder: Path
    number: int = 0
    year: str = ""
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path in sorted(self.folder.glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                self.rows[path.stem] = list(csv.DictReader(file))

    def of(self, table: str, column: str, **labels: Label) -> Cells:
        """The cells of a column in the rows with these labels, but those that do not apply."""
        return tuple(
            (self.number, (table, number, column))
            for number, row in enumerate(self.rows.get(table, []))
            if all(fits(row[name], label) for name, label in labels.items()) and self.text((table, number, column))
        )

    def text(self, cell: Cell) -> str:
        """What is printed in a cell."""
        table, row, column = cell
        return self.rows[table][row].get(column + self.year, "")

    def value(self, cell: Cell) -> int:
        """The number that is printed in a cell."""
        return int(self.text(cell))

    def labels(self, table: str, column: str, **labels: Label) -> list[str]:
        """The labels in a column, each once."""
        return list(
            dict.fromkeys(
                row[column] for row in self.rows[table] if all(fits(row[n], label) for n, label in labels.items())
            )
        )

    def at(self, table: str, row: int, *columns: str) -> Cells:
        """The cells of a row in some columns, as far as the page has them."""
        return tuple((self.number, (table, row, column)) for column in columns if self.text((table, row, column)))

    def names(self) -> dict[tuple[str, ...], Cell]:
        """Each count by the words of its row, months by their place in the year."""
        found = {}
        for table, rows in self.rows.items():
            months = [row.get("month") or row.get("as_at") or row.get("quarter", "") for row in rows]
            places = {month: str(place) for place, month in enumerate(dict.fromkeys(months))}
            for number, row in enumerate(rows):
                words = [text for name, text in row.items() if name in LABELS]
                for column in COUNTS:
                    if column in row and self.text((table, number, column)):
                        found[table, column, places[months[number]], *words] = (table, number, column)
        return found

    def hidden(self) -> list[Cell]:
        """The counts that are suppressed."""
        return [
            (table, number, column)
            for table, rows in self.rows.items()
            for number, row in enumerate(rows)
            for column in COUNTS
            if row.get(column + self.year) == MARK
        ]


COUNTS = (
    "children",
    "asylum_seeking",
    "not_judged",
    "denominator",
    "on_time",
    "late",
    "missed",
    "due",
    "up_to_date",
    "overdue",
    "assumed",
    "count",
    "under_4",
    "others",
    "unknown",
    "numerator",
    "rows",
    "placements",
    "start_unknown",
    "starts",
    "children_started",
    "ceasings",
    "children_ceased",
    "looked_after",
    "incidents",
    "began",
    "at_end",
    "adopted",
    "placed",
    "decided",
    "reversed",
    "waiting",
    "left_out",
    "in_time",
    "undated",
)


LABELS = (
    "breakdown",
    "category",
    "measure",
    "kind",
    "reason",
    "group",
    "legal_status",
    "distance",
    "location",
    "age",
    "length",
    "status",
    "population",
    "asylum",
    "sex",
)


def fits(text: str, label: Label) -> bool:
    """Whether a label is the one asked for."""
    if callable(label):
        return label(text)
    return text == label if isinstance(label, str) else text in label


def worked_out(seen: Sequence[Page], truth: Sequence[Page], facts: Iterable[Fact]) -> list[Cell]:
    """The suppressed numbers from 1 to 5 that can be nothing else, given the pages and what is known.

    Args:
        seen: the pages as they are printed; a fact names a cell with the number of its page before it.
        truth: the same pages with every number.
        facts: what is known; one that does not hold would mislead the reader, and is left out.
    """
    puzzle = _Puzzle(seen, truth, [fact for fact in facts if _holds(fact, truth)])
    return puzzle.solved()


def _holds(fact: Fact, truth: Sequence[Page]) -> bool:
    left, right = (sum(truth[page].value(cell) for page, cell in side) for side in (fact.left, fact.right))
    return left == right if fact.equal else left + fact.more <= right


class _Puzzle:
    """The suppressed numbers as whole numbers of 0 or more, and what they come to."""

    def __init__(self, seen: Sequence[Page], truth: Sequence[Page], facts: Sequence[Fact]) -> None:
        self.cells = [(number, cell) for number, page in enumerate(seen) for cell in page.hidden()]
        self.place = {cell: number for number, cell in enumerate(self.cells)}
        self.true = np.array([truth[page].value(cell) for page, cell in self.cells], dtype=float)
        rows, low, high = [], [], []
        for fact in facts:
            signs: dict[int, float] = {}
            known = 0
            for sign, side in ((1, fact.left), (-1, fact.right)):
                for page, cell in side:
                    if (page, cell) in self.place:
                        n = self.place[page, cell]
                        signs[n] = signs.get(n, 0) + sign
                    else:
                        known += sign * seen[page].value(cell)
            rows.append(signs)
            low.append(-known if fact.equal else -np.inf)
            high.append(-known - fact.more)
        entries = [(row, n, sign) for row, signs in enumerate(rows) for n, sign in signs.items()]
        at_row, at_cell, signs_of = zip(*entries, strict=True)
        matrix = coo_array((signs_of, (at_row, at_cell)), shape=(len(rows), len(self.cells))).tocsr()
        self.facts = LinearConstraint(matrix, np.array(low), np.array(high))

    def solved(self) -> list[Cell]:
        """The small numbers that no other solution shows to be open."""
        left = {n for n, value in enumerate(self.true) if SMALL[0] <= value <= SMALL[1]}
        chance = random.Random(1)
        for _ in range(SHOTS):
            left -= self._moved({n: chance.choice((-1.0, 1.0)) for n in left})
        for cell in sorted(left):
            for way in (-1.0, 1.0):
                if cell in left:
                    left -= self._moved({cell: way})
        return [self.cells[n] for n in sorted(left)]

    def _moved(self, weights: dict[int, float]) -> set[int]:
        """Which numbers are other than the true ones where these are as small, or as large, as they can be."""
        wanted = np.zeros(len(self.cells))
        for n, weight in weights.items():
            wanted[n] = weight
        found = milp(wanted, constraints=self.facts, bounds=Bounds(0, MOST), integrality=np.ones(len(self.cells)))
        assert found.x is not None, found.message
        return {int(n) for n in np.flatnonzero(np.abs(found.x - self.true) > 0.5)}
