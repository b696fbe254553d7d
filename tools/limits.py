"""The page of the limits, from the constants and what stands under each."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from itertools import pairwise

from returns903 import limits


def page() -> str:
    """docs/limits.md."""
    above = "Whatever goes beyond one of these is refused in a clear line. The constants stand in `returns903.limits`."
    rows = [f"| {meaning} | {shown} |" for meaning, shown in _limits()]
    return "\n".join(["# Limits", "", above, "", "| what | limit |", "|---|---|", *rows, ""])


def _limits() -> Iterator[tuple[str, str]]:
    """What each constant bounds, and its value."""
    body = ast.parse(inspect.getsource(limits)).body
    for assigned, under in pairwise(body):
        if isinstance(assigned, ast.Assign) and isinstance(under, ast.Expr):
            names = [node.id for node in ast.walk(assigned) if isinstance(node, ast.Name)]
            values = [_shown(name, getattr(limits, name)) for name in names if hasattr(limits, name)]
            yield " ".join(ast.literal_eval(under.value).split()), ", ".join(values)


def _shown(name: str, value: int) -> str:
    return f"{value // 1024**2:,} MiB" if name.endswith("BYTES") else f"{value:,}"
