"""Charts as SVG, drawn here and now: nothing is loaded when they are looked at."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from returns903.errors import ConfigError

if TYPE_CHECKING:
    import altair as alt

BLUE, ORANGE, PALE, GREY = "#2166ac", "#e08214", "#b4c8dd", "#c3c7cb"
GROUPS = ("#2166ac", "#7fb3d9", "#5e3c99", "#1b9e77", "#e08214", "#b2182b", "#8c8c8c")
"""Colours that those who see few colours can tell apart."""
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
            labelColor="#222222",
            titleColor="#444444",
            gridColor="#e6e6e6",
            domainColor="#999999",
            tickColor="#999999",
            labelLimit=420,
        )
        .configure_legend(labelFontSize=12, labelLimit=420, symbolType="square", symbolSize=140)
        .configure_header(labelFontSize=13, labelFontWeight="bold", labelColor="#222222")
        .configure_view(stroke=None)
    )
    return made
