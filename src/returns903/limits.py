"""How large, long or deep an input may be. Whatever goes beyond is refused in a clear line, and the docs list these."""

from __future__ import annotations

UNPACKED_BYTES = 2 * 1024**3
"""Bytes that a zip file or a workbook may unpack to. A national return would stay far below it."""

HEADER_ROWS = 50
"""Rows at the top of a file or sheet among which its header is looked for. Titles above it take a few."""

POPULATION = 100_000_000
"""Children in the area of an authority, for rates. England has some 12 million."""
