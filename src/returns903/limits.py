"""How large, long or deep an input may be. Whatever goes beyond is refused in a clear line, and the docs list these."""

from __future__ import annotations

UNPACKED_BYTES = 2 * 1024**3
"""Bytes that a zip file or a workbook may unpack to. A national return would stay far below it."""

HEADER_ROWS = 50
"""Rows at the top of a file or sheet among which its header is looked for. Titles above it take a few."""

REFERENCE_BYTES = 4 * 1024**3
"""Bytes of a file of postcodes: 1,500 for each of the 2.7 million of the ONS directory."""

WORKBOOK_BYTES = 512 * 1024**2
"""Bytes that the sheets of a workbook may unpack to. 400,000 episodes take about 250 MiB."""

SHEET_ROWS, SHEET_COLUMNS = 1_048_576, 16_384
"""Rows and columns that a sheet of a workbook can have."""

SHEET_CELLS = 30_000_000
"""Cells from the first of a sheet to its last in both directions, blank ones too: the memory that reading it takes."""
