"""What must hold of whatever handles returns, whichever return it is given: no expected results are needed.

A pipeline is a function of a `Return` that gives a `Return`, a `Result`, a frame, or frames by name. Each relation
takes the pipeline and a return, changes the return so that it is known what becomes of the outcome, and raises an
`AssertionError` where something else becomes of it. ``ALL`` holds them all::

    @given(strategies.returns("2024-25"), st.sampled_from(relations.ALL))
    def test_my_pipeline(ret, relation):
        relation(my_pipeline, ret)

The order of rows in the outcome plays no part, nor do its columns `row`, `line` and `file`. What differs is told by
table or rule, and by row: no cell is shown.
"""

from __future__ import annotations

from returns903.testing.relations.held import (
    ALL,
    forms,
    one_fault,
    renaming,
    row_order,
    split_files,
    stranger,
    year_shift,
)
from returns903.testing.relations.seen import Pipeline

__all__ = [
    "ALL",
    "Pipeline",
    "forms",
    "one_fault",
    "renaming",
    "row_order",
    "split_files",
    "stranger",
    "year_shift",
]
