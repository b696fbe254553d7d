"""Frames for rules and tables to be worked out on: each sorted, joined and enriched once."""

from __future__ import annotations

from returns903.frames.prepare import Frames

__all__ = ["Frames"]
