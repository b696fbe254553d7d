"""Sparklines: a line as small as a word, that shows how a row of numbers went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

WIDTH, HEIGHT, EDGE = 96, 22, 3


def spark(values: Sequence[float | None]) -> Markup:
    """A drawing of numbers in their order, from the smallest to the largest; a gap where there is none.

    The last of them has a dot. Nothing is drawn of fewer than two.
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return Markup("")
    points = list(_points(values, min(known), max(known)))
    lines = "".join(
        f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in run)}"/>' for run in points if len(run) > 1
    )
    dots = "".join(f'<circle r="1.2" cx="{run[0][0]:.1f}" cy="{run[0][1]:.1f}"/>' for run in points if len(run) == 1)
    x, y = points[-1][-1]
    last = f'<circle class="last" r="2.4" cx="{x:.1f}" cy="{y:.1f}"/>'
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return Markup(f'<svg class="spark" aria-hidden="true" {size}>{lines}{dots}{last}</svg>')


def _points(values: Sequence[float | None], least: float, most: float) -> Iterator[list[tuple[float, float]]]:
    """The places of numbers, in runs without a gap."""
    run: list[tuple[float, float]] = []
    for number, value in enumerate(values):
        if value is None:
            if run:
                yield run
            run = []
            continue
        x = EDGE + number * (WIDTH - 2 * EDGE) / (len(values) - 1)
        up = (value - least) / (most - least) if most > least else 0.5
        run.append((x, HEIGHT - EDGE - up * (HEIGHT - 2 * EDGE)))
    if run:
        yield run
