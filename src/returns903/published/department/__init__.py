"""The Department's data sets of authorities, told from the tables here: their columns, rows, order and words.

They are those of the release "Children looked after in England including adoptions" for 2025. A row that no table here
tells is there all the same, and not available.
"""

from __future__ import annotations

from returns903.published.department.children import CHILDREN
from returns903.published.department.outcomes import OUTCOMES

DATA_SETS = (*CHILDREN, *OUTCOMES)
