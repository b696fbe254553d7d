"""Writing a return in the forms that are read: a folder of CSV or Parquet, one XML file, one workbook."""

from __future__ import annotations

from returns903.forms.folders import FILES
from returns903.forms.write import (
    FORMS,
    Form,
    check,
    content,
    files_within,
    names_within,
    write_return,
    write_tables,
)

__all__ = ["FILES", "FORMS", "Form", "check", "content", "files_within", "names_within", "write_return", "write_tables"]
