"""Grids, pages, charts and workbooks: what reports are drawn with. Nothing here knows what is reported."""

from __future__ import annotations
