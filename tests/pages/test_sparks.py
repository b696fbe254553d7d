"""Sparklines: a gap where there is no number, and the last one marked."""

from __future__ import annotations

import re

import pytest

from returns903.pages.sparks import EDGE, HEIGHT, WIDTH, spark


def runs(values: list[float | None]) -> list[int]:
    """How many points each line has."""
    return [len(points.split()) for points in re.findall(r'points="([^"]*)"', spark(values))]


@pytest.mark.parametrize(
    ("values", "lengths"),
    [
        ([], []),
        ([1, None], []),
        ([1, 2], [2]),
        ([1, 2, None, 3, 4, 5], [2, 3]),
        ([None, 1, None, 2], []),
        ([3, 3, 3], [3]),
    ],
)
def test_lines(values: list[float | None], lengths: list[int]) -> None:
    assert runs(values) == lengths


def test_it_goes_from_the_smallest_to_the_largest_and_ends_with_a_dot() -> None:
    drawn = spark([10.0, 20.0, 15.0])
    assert f'points="{EDGE:.1f},{HEIGHT - EDGE:.1f} {WIDTH / 2:.1f},{EDGE:.1f} ' in drawn
    assert f'class="last" r="2.4" cx="{WIDTH - EDGE:.1f}" cy="{HEIGHT / 2:.1f}"' in drawn
