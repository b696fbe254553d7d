"""Figures fit to be published: percentages, and disclosure control of tables that hang together.

A table to publish is a `Published`: a frame, and what its columns and rows are to each other. `control` puts one or
more of them through one of three methods and gives back `Controlled` tables.
"""

from __future__ import annotations

from returns903.derive.counts import percent
from returns903.statistics.cells import FARTHEST, SMALL
from returns903.statistics.described import (
    Alike,
    AtMost,
    ColumnTotal,
    Link,
    Percentage,
    Place,
    Published,
    RowTotal,
    Tie,
    Together,
)
from returns903.statistics.methods import METHODS, NO_RULE, RULES, STATED, Controlled, Rule, control
from returns903.statistics.recover import recoverable

__all__ = [
    "FARTHEST",
    "METHODS",
    "NO_RULE",
    "RULES",
    "SMALL",
    "STATED",
    "Alike",
    "AtMost",
    "ColumnTotal",
    "Controlled",
    "Link",
    "Percentage",
    "Place",
    "Published",
    "RowTotal",
    "Rule",
    "Tie",
    "Together",
    "control",
    "percent",
    "recoverable",
]
