"""What figures are held against: targets, and the figures of others, from a small file that the user gives."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from returns903.errors import ConfigError, told_as
from returns903.limits import SETTINGS_BYTES
from returns903.reading.bounded import bounded_bytes
from returns903.words import heading

State = Literal["met", "near", "missed"]
MEASURES: Mapping[str, Literal["more", "less", ""]] = {
    "looked_after_rate": "",
    "every_review_on_time": "more",
    "reviews_on_time": "more",
    "reviews_up_to_date": "more",
    "took_part_in_reviews": "more",
    "three_or_more_placements": "less",
    "two_years_in_one_placement": "more",
    "within_20_miles": "more",
    "health_assessments": "more",
    "went_missing": "less",
    "care_leavers_in_education_employment_training": "more",
    "care_leavers_in_suitable_accommodation": "more",
}
"""What can be compared, and whether more or less of it is better; empty: neither, and it can have no target."""
MEASURE, TARGET, TOLERABLE = "measure", "target", "tolerable"
_NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
_MOST = 8
"""Others than which no page has room for more."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one measure is held against; None: nothing is given."""

    measure: str
    target: float | None
    tolerable: float | None
    """How far from the target is near it still."""
    others: tuple[float | None, ...]

    def state(self, value: float) -> State | None:
        """Whether a figure meets the target; None where there is none.

        A figure is held against it as it is printed, with one decimal.
        """
        if self.target is None:
            return None
        sign = -1 if MEASURES[self.measure] == "less" else 1
        shown = sign * round(value, 1)
        if shown >= sign * self.target:
            return "met"
        return "near" if self.tolerable is not None and shown >= sign * self.tolerable else "missed"


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Comparisons by measure, and whose figures they hold."""

    others: tuple[str, ...]
    of: Mapping[str, Comparison]

    @property
    def has_targets(self) -> bool:
        """Whether any measure has one."""
        return any(each.target is not None for each in self.of.values())


def comparisons(path: str | Path) -> Comparisons:
    """The comparisons of a CSV file: a row a measure, blank cells where nothing is known.

    Args:
        path: the file. Its columns are `measure` (one of `MEASURES`), `target` and `tolerable` where there are targets,
            and one for each of those whose figures are to stand beside, under the name that is printed.

    Raises:
        ConfigError: the file cannot be read, or says what makes no sense; the text holds no cell of it.
    """
    with told_as(ConfigError("the file of comparisons cannot be read as CSV")):
        text = bounded_bytes(Path(path), SETTINGS_BYTES, ConfigError).decode("utf-8-sig")
        lines = [[cell.strip() for cell in line] for line in csv.reader(io.StringIO(text, newline=""))]
    rows = [(number, line) for number, line in enumerate(lines, 1) if any(line)]
    columns = _columns(rows[0][1] if rows else [])
    others = tuple(name for name in columns if name not in (MEASURE, TARGET, TOLERABLE))
    found: dict[str, Comparison] = {}
    for number, line in rows[1:]:
        if len(line) > len(columns):
            raise _wrong(number, "more cells than there are headings")
        each = _comparison(number, dict(zip(columns, line, strict=False)), others)
        if each.measure in found:
            raise _wrong(number, "a measure that a line before it holds")
        found[each.measure] = each
    return Comparisons(tuple(map(heading, others)), found)


def _columns(line: list[str]) -> list[str]:
    columns = [name.lower() if name.lower() in (MEASURE, TARGET, TOLERABLE) else name for name in line]
    others = set(columns) - {MEASURE, TARGET, TOLERABLE}
    if MEASURE not in columns or not all(columns) or len(set(columns)) < len(columns) or len(others) > _MOST:
        msg = (
            f"the file of comparisons begins with headings: {MEASURE}, {TARGET} and {TOLERABLE} where there are any, "
            f"and at most {_MOST} whose figures stand beside, each once"
        )
        raise ConfigError(msg)
    return columns


def _comparison(number: int, cells: dict[str, str], others: tuple[str, ...]) -> Comparison:
    measure = cells.get(MEASURE, "")
    if measure not in MEASURES:
        raise _wrong(number, f"no measure that can be compared; there are {', '.join(MEASURES)}")
    numbers = dict(_numbers(number, {name: cells.get(name, "") for name in (TARGET, TOLERABLE, *others)}))
    found = Comparison(measure, numbers[TARGET], numbers[TOLERABLE], tuple(numbers[name] for name in others))
    if found.target is not None and not MEASURES[measure]:
        raise _wrong(number, f"a target for {measure}, of which neither more nor less is better")
    if found.tolerable is not None and (found.target is None or found.state(found.tolerable) == "met"):
        raise _wrong(number, "a tolerable figure that falls short of no target")
    return found


def _numbers(number: int, cells: dict[str, str]) -> Iterator[tuple[str, float | None]]:
    for name, cell in cells.items():
        if cell and not _NUMBER.fullmatch(cell.removesuffix("%")):
            raise _wrong(number, "a cell that is no number of 0 or more")
        yield name, float(cell.removesuffix("%")) if cell else None


def _wrong(number: int, what: str) -> ConfigError:
    return ConfigError(f"the file of comparisons, line {number}, holds {what}")
