"""The findings as Parquet, a row a finding; the rest of the result goes with it. A working copy with identifiers."""

from __future__ import annotations

import io

from returns903.reports.document import document
from returns903.results import Result
from returns903.views.states import with_states

REST = "returns903"
"""Under this name the file's metadata hold the run, the outcomes and the notes of reading, as JSON."""


def to_parquet(result: Result) -> bytes:
    """The columns of ``Result.findings``."""
    rest = document(result, findings=False).model_dump_json(exclude={"findings"}, exclude_unset=True)
    target = io.BytesIO()
    with_states(result).write_parquet(target, metadata={REST: rest})
    return target.getvalue()
