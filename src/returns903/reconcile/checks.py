"""One check and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from fractions import Fraction

import polars as pl

AGREES, CONTRADICTS, UNKNOWN = "agrees", "contradicts", "cannot be said"


@dataclass(frozen=True, slots=True)
class Range:
    """From low to high, both included; `high` None: there is no telling how far it goes."""

    low: Fraction
    high: Fraction | None

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    def meets(self, other: Range) -> bool:
        """Whether the two have a number in common."""
        return (self.high is None or other.low <= self.high) and (other.high is None or self.low <= other.high)

    def __add__(self, other: Range) -> Range:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Range(self.low + other.low, high)

    def __str__(self) -> str:
        if self.exact:
            return number(self.low)
        if self.high is None:
            return f"{number(self.low)} or more"
        return f"between {number(self.low)} and {number(self.high)}"


def whole(low: int, high: int | None) -> Range:
    """A range of counts."""
    return Range(Fraction(low), None if high is None else Fraction(high))


def added(ranges: Iterable[Range]) -> Range:
    """The sum of ranges."""
    return sum(ranges, start=whole(0, 0))


def number(value: Fraction, decimals: int = 3) -> str:
    """A number as sentences show it: 1,273 or 2.947."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    return f"{float(value):,.{decimals}f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Check:
    """What was checked, and what came of it."""

    check: str
    column: str
    row: str | None
    line: int | None
    state: str
    published: Range | None
    expected: Range | None
    message: str


_RANGES = {"published": pl.Float64, "expected": pl.Float64}


def frame_of(checks: list[Check]) -> pl.DataFrame:
    """The checks as a frame."""
    texts = pl.DataFrame(
        [{name: value for name, value in asdict(each).items() if name not in _RANGES} for each in checks],
        schema={
            "check": pl.String,
            "column": pl.String,
            "row": pl.String,
            "line": pl.UInt32,
            "state": pl.String,
            "message": pl.String,
        },
    )
    limits = {
        f"{side}_{end}": [_limit(getattr(each, side), end) for each in checks] for side in _RANGES for end in _ENDS
    }
    numbers = pl.DataFrame(limits, schema=dict.fromkeys(limits, pl.Float64))
    return pl.concat([texts, numbers], how="horizontal").select(
        "check", "column", "row", "line", "state", *limits, "message"
    )


_ENDS = ("low", "high")


def _limit(of: Range | None, end: str) -> float | None:
    value = None if of is None else getattr(of, end)
    return None if value is None else float(value)
