"""The formatter lays out the code; only a few tables of data are laid out by hand."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("src", "tests", "tools", "benchmarks", "examples", "docs")
MOST = 20
"""Places laid out by hand, in the whole project."""

BY_HAND = re.compile(r"#.*\b(fmt: *(skip|off)|yapf: *disable)\b")
WORKS_SOMETHING_OUT = (ast.Call, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Await)


def _by_hand(text: str) -> Iterator[tuple[int, ast.stmt | None]]:
    """Each line with a comment that keeps the formatter off, and the statement that it keeps."""
    statements = sorted((n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.stmt)), key=lambda s: s.lineno)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and BY_HAND.search(token.string):
            line = token.start[0]
            yield line, next((s for s in statements if _last_line(s) >= line), None)


def _last_line(statement: ast.stmt) -> int:
    """The last line of a statement, or of the head of one that has a body."""
    body = getattr(statement, "body", None)
    return body[0].lineno - 1 if body else statement.end_lineno or statement.lineno


def _is_data(statement: ast.stmt | None) -> bool:
    if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
        return False
    return not any(isinstance(node, WORKS_SOMETHING_OUT) for node in ast.walk(statement.value))


def _places() -> Iterator[tuple[str, ast.stmt | None]]:
    for path in sorted(p for folder in FOLDERS for p in (ROOT / folder).rglob("*.py")):
        for line, statement in _by_hand(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(ROOT)}:{line}", statement


def test_few_places_are_laid_out_by_hand_and_all_are_tables_of_data() -> None:
    places = list(_places())
    assert len(places) <= MOST
    assert [place for place, statement in places if not _is_data(statement)] == []


def test_data_is_told_from_code() -> None:
    keep = "# fmt" + ": skip"
    off = "# fmt" + ": off"
    data = f"X = [  {keep}\n    1, 2,\n]\n{off}\nY: dict = {{'a': (1, -2)}}\n"
    code = f"def f(): {keep}\n    return 1\nZ = [g(1)]  {keep}\nif X:  {keep}\n    f()\n{off}\n"
    assert [_is_data(statement) for _, statement in _by_hand(data)] == [True, True]
    assert [_is_data(statement) for _, statement in _by_hand(code)] == [False] * 4
