"""Charts as SVG, drawn here and now: nothing is loaded when they are looked at."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from returns903.errors import ConfigError
from returns903.pages.grid import Cell, Format, written

if TYPE_CHECKING:
    import altair as alt

BLUE, ORANGE, PALE, GREY = "#2166ac", "#e08214", "#b4c8dd", "#c3c7cb"
GROUPS = ("#2166ac", "#7fb3d9", "#5e3c99", "#1b9e77", "#e08214", "#b2182b", "#8c8c8c")
"""Colours that those who see few colours can tell apart."""
INK = "#222222"
NARROW, WIDE = 310, 620
"""The widths of what is drawn without its labels, in pixels."""
LABEL_WIDTH = 40
LABELS = 250
"""Characters in a line of a label that stands beside bars, and the pixels that it takes."""
FONT = "Arial, Helvetica, Liberation Sans, sans-serif"


def altair() -> Any:
    """The package that charts are made with.

    Raises:
        ConfigError: the packages that draw are not installed.
    """
    try:
        import altair
        import vl_convert  # noqa: F401
    except ImportError:
        msg = "charts need the packages altair and vl-convert-python: install returns903[report]"
        raise ConfigError(msg) from None
    return altair


def svg(chart: alt.TopLevelMixin, name: str, title: str) -> str:
    """A chart as an SVG element, its ids set apart by a name of its own: several stand in one page."""
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(chart.to_dict())
    drawn = re.sub(r'\bid="', f'id="{name}-', drawn)
    drawn = re.sub(r"url\(#", f"url(#{name}-", drawn)
    drawn = re.sub(r'href="#', f'href="#{name}-', drawn)
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(title)}" ', 1)


def finished(chart: alt.TopLevelMixin) -> alt.TopLevelMixin:
    """A chart with the looks that all have."""
    made: alt.TopLevelMixin = (
        chart.configure(font=FONT, aria=False, background="transparent")
        .configure_axis(
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            labelColor=INK,
            titleColor="#444444",
            gridColor="#e6e6e6",
            domainColor="#999999",
            tickColor="#999999",
            labelLimit=420,
        )
        .configure_legend(labelFontSize=12, labelLimit=420, symbolType="square", symbolSize=140)
        .configure_header(labelFontSize=13, labelFontWeight="bold", labelColor=INK)
        .configure_view(stroke=None)
    )
    return made


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar that lies, one of as many as there are series under one label."""

    label: str
    series: str
    value: Cell

    @property
    def length(self) -> float | None:
        """How long it is; None: what it stands for is no number, or is suppressed."""
        return self.value if isinstance(self.value, int | float) else None


def side_by_side(bars: Sequence[Bar], about: str, form: Format = "count") -> alt.TopLevelMixin:
    """Bars that lie under each other, with their numbers at the end, in the order in which they are given.

    A bar without a number has at its beginning what stands for it.

    Args:
        bars: the bars; the first series is the dark one.
        about: what is counted.
        form: how the numbers are written.
    """
    alt = altair()
    labels = [*dict.fromkeys(_folded(bar.label) for bar in bars)]
    series = [*dict.fromkeys(bar.series for bar in bars)]
    rows = [
        {"label": _folded(bar.label), "series": bar.series, "n": bar.length, "end": bar.length or 0}
        | {"said": written(bar.value, form)}
        for bar in bars
    ]
    axis = alt.Axis(
        ticks=False,
        domain=False,
        labelPadding=6,
        labelExpr="split(datum.label, '\\n')",
        minExtent=LABELS,
        maxExtent=LABELS,
    )
    base = alt.Chart(alt.Data(values=rows), width=NARROW, height=alt.Step(14)).encode(
        y=alt.Y("label:N", sort=labels, title=None, axis=axis),
        yOffset=alt.YOffset("series:N", sort=series),
        x=alt.X("n:Q", title=about, axis=alt.Axis(format="d", tickCount=6)),
    )
    colours = alt.Scale(domain=series, range=[BLUE, PALE])
    legend = alt.Legend(orient="top") if len(series) > 1 else None
    drawn = base.mark_bar().encode(color=alt.Color("series:N", title=None, scale=colours, legend=legend))
    said = base.mark_text(align="left", dx=5, fontSize=11, color=INK).encode(text="said:N", x="end:Q")
    return finished(alt.layer(drawn, said))


def upright(bars: Sequence[Bar], about: str, height: int = 240) -> alt.TopLevelMixin | None:
    """Bars that stand, those of one label beside each other; None where there is nothing to draw.

    Args:
        bars: the bars; the first series is the dark one. One without a number is a gap.
        about: what is counted.
        height: in pixels.
    """
    if not any(bar.length for bar in bars):
        return None
    alt = altair()
    labels, series = [*dict.fromkeys(bar.label for bar in bars)], [*dict.fromkeys(bar.series for bar in bars)]
    rows = [{"label": bar.label, "series": bar.series, "n": bar.length} for bar in bars]
    scale = alt.Scale(domain=series, range=[BLUE, PALE])
    chart = alt.Chart(alt.Data(values=rows), width=WIDE, height=height).mark_bar()
    return finished(
        chart.encode(
            x=alt.X("label:O", sort=labels, title=None, axis=alt.Axis(labelAngle=0)),
            xOffset=alt.XOffset("series:N", sort=series),
            y=alt.Y("n:Q", title=about, axis=alt.Axis(format=",d", tickCount=5)),
            color=alt.Color("series:N", title=None, scale=scale, legend=alt.Legend(orient="top")),
        )
    )


def _folded(label: str) -> str:
    """A label in lines that leave room for the bars."""
    return "\n".join(textwrap.wrap(label, LABEL_WIDTH)) or label


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a bar that stands."""

    at: str
    """Below which label it stands."""
    part: str
    n: int
    panel: str = ""
    """In which of several charts."""


def stacked(
    pieces: Sequence[Piece],
    colours: Mapping[str, str],
    about: str,
    tops: Mapping[str, Cell] | None = None,
    height: int = 300,
) -> alt.TopLevelMixin | None:
    """Bars that stand beside each other, of pieces one on the other; None where there is nothing to draw.

    Args:
        pieces: the pieces, those of one bar from below.
        colours: the colour of each part, in the order of the legend.
        about: what is counted.
        tops: what is written above the bar at a label.
        height: in pixels; a chart of several panels has two beside each other, each smaller.
    """
    alt = altair()
    rows = [
        {"at": each.at, "part": each.part, "n": each.n, "panel": each.panel, "order": order}
        for order, each in enumerate(pieces)
        if each.n
    ]
    if not rows:
        return None
    parts = [part for part in colours if any(row["part"] == part for row in rows)]
    panels = [*dict.fromkeys(each.panel for each in pieces)]
    x = alt.X("at:O", sort=[*dict.fromkeys(each.at for each in pieces)], title=None, axis=alt.Axis(labelAngle=0))
    scale = alt.Scale(domain=parts, range=[colours[part] for part in parts])
    legend = alt.Legend(orient="top" if len(parts) < 4 else "bottom", columns=0 if len(parts) < 4 else 2)
    bars = alt.Chart(alt.Data(values=rows), width=WIDE // 2 if len(panels) > 1 else WIDE, height=height).mark_bar()
    bars = bars.encode(
        x=x,
        y=alt.Y("n:Q", title=about, axis=alt.Axis(format=",d", tickCount=max(4, height // 40))),
        color=alt.Color("part:N", title=None, sort=parts, legend=legend, scale=scale),
        order=alt.Order("order:Q"),
    )
    if len(panels) > 1:
        bars = bars.encode(facet=alt.Facet("panel:N", columns=2, sort=panels, title=None))
        return finished(bars.resolve_scale(y="independent").resolve_axis(x="independent"))
    if not tops:
        return finished(bars)
    above = [{"at": at, "n": n if isinstance(n, int) else 0, "said": written(n)} for at, n in tops.items()]
    said = alt.Chart(alt.Data(values=above)).mark_text(dy=-7, fontSize=11, color=INK)
    return finished(alt.layer(bars, said.encode(x=x, y="n:Q", text="said:N")))
