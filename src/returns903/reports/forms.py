"""The forms in which a result is written, and what the ending of a file's name promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from returns903.errors import ConfigError
from returns903.results import Result
from returns903.words import printable

Written = str | bytes


@dataclass(frozen=True)
class Form:
    """One way to write a result."""

    suffixes: tuple[str, ...]
    """The endings of names that promise it."""
    home: str
    """The module of this room that writes it, and the function there."""
    carries_ids: bool
    """It is a working copy with identifiers in any case; the others hold them only when asked for."""
    may_ask: bool = False
    """It shows identifiers when asked for."""

    def write(self, result: Result, *, show_ids: bool) -> bytes:
        """The content of a file.

        Raises:
            ConfigError: a package that it needs is not installed.
        """
        module, name = self.home.split(":")
        made: Callable[..., Written] = getattr(import_module(f"returns903.reports.{module}"), name)
        content = made(result, show_ids=show_ids) if self.may_ask else made(result)
        return content if isinstance(content, bytes) else content.encode("utf-8", "replace")


FORMS = {
    "text": Form((".txt",), "text:to_text", carries_ids=False, may_ask=True),
    "json": Form((".json",), "document:to_json", carries_ids=True),
    "csv": Form((".csv",), "csv:to_csv", carries_ids=True),
    "xlsx": Form((".xlsx",), "workbook:to_workbook", carries_ids=True),
    "html": Form((".html", ".htm"), "findings.page:to_page", carries_ids=True),
    "sarif": Form((".sarif",), "sarif:to_sarif", carries_ids=False, may_ask=True),
    "junit": Form((".xml",), "junit:to_junit", carries_ids=False, may_ask=True),
    "github": Form((), "github:to_github", carries_ids=False),
    "markdown": Form((".md",), "markdown:to_markdown", carries_ids=False, may_ask=True),
    "parquet": Form((".parquet",), "parquet:to_parquet", carries_ids=True),
}
"""By the name that ``--format`` takes."""

ENDINGS = " ".join(suffix for form in FORMS.values() for suffix in form.suffixes)
"""Every ending of a name that says a form."""

BINARY = ("xlsx", "parquet")
"""Forms that no terminal shows."""


def form_named(suffix: str) -> str | None:
    """The form that the ending of a name promises."""
    return next((name for name, form in FORMS.items() if suffix.lower() in form.suffixes), None)


def form_of(file: Path) -> Form:
    """The form that the name of a file says.

    Raises:
        ConfigError: it says none.
    """
    named = form_named(file.suffix)
    if named is None:
        msg = f"the name {printable(file.name)} says no form: end it in one of {ENDINGS}"
        raise ConfigError(msg)
    return FORMS[named]
