"""Findings that are right although they look wrong: accepted with a reason, by whom and until when.

A file holds them by keyed fingerprints, and neither an identifier nor a cell.
"""

from __future__ import annotations
