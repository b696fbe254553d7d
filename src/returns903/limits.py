"""How large, long or deep an input may be. Whatever goes beyond is refused in a clear line, and the docs list these."""

from __future__ import annotations

UNPACKED_BYTES = 2 * 1024**3
"""Bytes that a folder holds, or that a zip file unpacks to. A national return would stay far below it."""

FILE_BYTES = 512 * 1024**2
"""Bytes of one file, unpacked."""

SWELLING = 100
"""Times its packed size that a member of a zip file may unpack to. Others count among the bytes below."""

UNSWOLLEN_BYTES = 16 * 1024**2
"""Bytes that the members of a zip file that unpack to more times their size may have together."""

FILES = 10_000
"""Files in a folder or zip, those that are not read among them."""

FOLDERS_DEEP = 8
"""Folders within one another."""

HEADER_ROWS = 50
"""Rows at the top of a file or sheet among which its header is looked for. Titles above it take a few."""

REFERENCE_BYTES = 4 * 1024**3
"""Bytes of a file of postcodes: 1,500 for each of the 2.7 million of the ONS directory."""

HEADER_CHARACTERS = 256 * 1024
"""Characters at the top of a CSV file among which its header is looked for: some 10,000 columns."""

COLUMNS_NAMED = 20
"""Columns that are none of a table's, named one by one in the notes; any more are counted."""

WORKBOOK_BYTES = 512 * 1024**2
"""Bytes that the sheets of a workbook may unpack to. 400,000 episodes take about 250 MiB."""

SHEET_ROWS, SHEET_COLUMNS = 1_048_576, 16_384
"""Rows and columns that a sheet of a workbook can have."""

SHEET_CELLS = 30_000_000
"""Cells from the first of a sheet to its last in both directions, blank ones too: the memory that reading it takes."""

PAIRS = 20_000_000
"""Rows of several tables side by side, child by child, for a group of rules. A million children make some 9 million."""

CELLS = 100_000_000
"""Cells of a return, rows times columns. A million children, last year's rows not counted, have some 83 million. To
read a CSV file of as many takes some 3 GiB of memory."""

PUBLISHED_BYTES, PUBLISHED_ROWS, PUBLISHED_COLUMNS = 16 * 1024**2, 20_000, 500
"""Bytes, rows and columns of a published table. The largest that are known have a row for each authority and code."""

DIGITS = 9
"""Digits of a published count, and of a percentage before its point."""

DECIMALS = 30
"""Decimals of a published percentage. A computer prints 17."""

SENT_BYTES, SENT_SECONDS = 1024**3, 600
"""Bytes that a page may send to `returns903 serve` at once, and seconds within which a piece of them has to come."""

SETTINGS_BYTES = 1024**2
"""Bytes of a file of local categories or the like."""

RULES_BYTES = 4 * 1024**2
"""Bytes of a file of one's own rules."""

ACCEPTED_BYTES = 16 * 1024**2
"""Bytes of a file of accepted findings: some 40,000 of them."""

BATCH_RETURNS = 100_000
"""Returns of a batch. England's authorities make some 153 a year."""

BATCH_LIST_BYTES = 64 * 1024**2
"""Bytes of a list of returns."""

PROCESSES = 256
"""Processes that a batch runs on."""

BASELINE_BYTES, BASELINE_ROWS = 256 * 1024**2, 1_000_000
"""Bytes and findings of an earlier result. A finding takes some 250 bytes as JSON, and far fewer as Parquet."""

POPULATION = 100_000_000
"""Children in the area of an authority, for rates. England has some 12 million."""

CHILDREN = 1_000_000
"""Children of a made-up return. England's has about 130,000, care leavers among them."""

SEED = 2**32 - 1
"""The largest number from which a made-up return is drawn."""
