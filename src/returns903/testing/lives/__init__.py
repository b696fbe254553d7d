"""Lawful lives in care, from which the return of each year is taken, so that no rule of the year says anything.

A life is one child's whole time with one authority. What this year's and last year's returns say of it agrees,
since both are views of the same life. Nothing is tried until it is lawful: every step is chosen among the lawful ones.
"""

from __future__ import annotations

from returns903.testing.lives.made import Made, put_together
from returns903.testing.lives.model import Life
from returns903.testing.lives.situations import SITUATIONS, life
from returns903.testing.lives.view import rows
from returns903.testing.lives.world import AUTHORITY, postcodes, providers

OPTIONAL = ("Reviews", "Missing", "DoLo")
"""The tables that a lawful child may be without, in both years, and still be lawful."""

__all__ = [
    "AUTHORITY",
    "OPTIONAL",
    "SITUATIONS",
    "Life",
    "Made",
    "life",
    "postcodes",
    "providers",
    "put_together",
    "rows",
]
