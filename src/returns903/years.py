"""The collection year: 1 April to 31 March, or any other twelve months."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import total_ordering
from typing import Any

from returns903.errors import ConfigError

RULE_YEARS = ("2022-23", "2023-24", "2024-25", "2025-26", "2026-27")
"""The collection years whose rules and layouts this version knows, oldest first."""

_LABEL = re.compile(r"(\d{4})[-/](\d{2}|\d{4})")


@total_ordering
@dataclass(frozen=True, init=False)
class Year:
    """A collection year.

    ``Year("2024-25")`` runs from 1 April 2024 to 31 March 2025. ``Year(start=..., end=...)`` is any other
    twelve months. Years compare by their first day.

    Raises:
        ConfigError: the label is no year, or the end is not about twelve months after the start.
    """

    start: dt.date
    """The first day of the year."""
    end: dt.date
    """The last day of the year."""

    def __init__(
        self, label: str | None = None, /, *, start: dt.date | None = None, end: dt.date | None = None
    ) -> None:
        if label is not None:
            start, end = _from_label(label)
        if type(start) is not dt.date or type(end) is not dt.date:
            msg = "a year takes a label such as '2024-25', or both its start and its end as dates"
            raise ConfigError(msg)
        if not 363 <= (end - start).days <= 366:
            msg = f"a year has twelve months: {start:%d/%m/%Y} to {end:%d/%m/%Y} has not"
            raise ConfigError(msg)
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "end", end)

    @classmethod
    def of(cls, year: Year | str) -> Year:
        """The year itself, or the one with this label.

        Raises:
            ConfigError: it is neither a year nor a label of one.
        """
        return year if isinstance(year, Year) else cls(year)

    @property
    def label(self) -> str:
        """``2024-25`` for a year from 1 April to 31 March, else its two dates."""
        if (self.start.month, self.start.day, self.end.month, self.end.day) == (4, 1, 3, 31):
            return f"{self.start.year}-{self.end.year % 100:02d}"
        return f"{self.start:%d/%m/%Y} to {self.end:%d/%m/%Y}"

    @property
    def previous(self) -> Year:
        """The twelve months before this year."""
        return Year(start=years_after(self.start, -1), end=self.start - dt.timedelta(days=1))

    @property
    def next(self) -> Year:
        """The twelve months after this year."""
        return Year(start=self.end + dt.timedelta(days=1), end=years_after(self.end, 1))

    def __lt__(self, other: Any) -> bool:
        return self.start < other.start if isinstance(other, Year) else NotImplemented

    def __str__(self) -> str:
        return self.label


def _from_label(label: str) -> tuple[dt.date, dt.date]:
    if not isinstance(label, str):
        msg = f"a year is a Year, or text such as '2024-25', and no {type(label).__name__}"
        raise ConfigError(msg)
    found = _LABEL.fullmatch(label.strip())
    first = int(found[1]) if found else 0
    if not found or int(found[2]) % 100 != (first + 1) % 100 or not 1900 <= first <= 2100:
        msg = f"{label!r} is not a collection year; write it like 2024-25"
        raise ConfigError(msg)
    return dt.date(first, 4, 1), dt.date(first + 1, 3, 31)


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day and month `years` later (earlier when negative); 29 February becomes 28 February in other years."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def rules_year(year: Year | str) -> str:
    """The label of the rule year that a year or label names.

    Raises:
        ConfigError: no rules are known for it.
    """
    label = Year.of(year).label
    if label not in RULE_YEARS:
        msg = f"no rules are known for {label}; choose one of {', '.join(RULE_YEARS)} (--rules-year, rules_year=)"
        raise ConfigError(msg)
    return label
