"""Begin a rule: a function in its topic file, and two cases in the topic's tests, all of which fail until filled in.

python tools/new_rule.py 999 missing --title "The child went missing twice on one day." --since 2026-27
"""

from __future__ import annotations

import argparse
import ast
import importlib
import re
import sys
import textwrap
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from returns903.rules import TOPICS, definitions, written_at  # noqa: E402
from returns903.years import RULE_YEARS  # noqa: E402

UNWRITTEN = "to be written"
"""What stands for each text until the author gives it; a test refuses rules that say it."""

RULE = '''

@rule("{code}", flags={table}, fields=[{table}.CHILD], since="{since}")
def {name}() -> pl.Expr:
    """{title}

    When: {unwritten}.

    Why: {unwritten}.

    Fix: {unwritten}.
    """
    raise NotImplementedError
'''

CASES = """\
    fires("{code}", "{unwritten}", flags={{"{table}": [0]}}, {table}={{}}),
    passes("{code}", "{unwritten}", {table}={{}}),
"""


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    asked = _arguments(arguments)
    taken = next((d.code for d in definitions() if d.code.upper() == asked.code.upper()), None)
    if taken:
        print(f"rule {taken} is there: {', '.join(written_at(taken))}; amend it there, as CONTRIBUTING.md says")
        return 2
    rules, tests = root / f"src/returns903/rules/{asked.topic}.py", root / f"tests/rules/test_{asked.topic}.py"
    words = {"code": asked.code, "table": _usual_table(asked.topic), "since": asked.since, "unwritten": UNWRITTEN}
    words |= {"title": _wrapped(asked.title), "name": _name(asked.title, asked.code, rules.read_text(encoding="utf-8"))}
    _rewrite(rules, rules.read_text(encoding="utf-8").rstrip("\n") + "\n" + RULE.format(**words))
    _rewrite(tests, _with_cases(tests.read_text(encoding="utf-8"), CASES.format(**words)))
    for path, what in (
        (rules, "the condition, its columns and its words"),
        (tests, "a row that flags and one that passes"),
    ):
        print(f"{path.relative_to(root).as_posix()}: write {what}")
    print("then: python tools/generate.py")
    return 0


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("code", type=_code, help="the published code")
    parser.add_argument("topic", choices=TOPICS, help="the topic file")
    parser.add_argument("--title", type=_title, default=f"{UNWRITTEN}.", help="what is wrong with a flagged row")
    parser.add_argument("--since", choices=RULE_YEARS, default=RULE_YEARS[-1], help="the first year of the rule")
    return parser.parse_args(arguments)


def _code(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9]+", text):
        raise argparse.ArgumentTypeError("a code is made of letters and digits")
    return text


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not title or '"' in title or "\\" in title or not title.isprintable():
        raise argparse.ArgumentTypeError("a title is one plain sentence without quotation marks or backslashes")
    return title if title.endswith(".") else f"{title}."


def _usual_table(topic: str) -> str:
    """The table that most rules of the topic flag, among those that its file imports."""
    module = importlib.import_module(f"returns903.rules.{topic}")
    flagged = Counter(of.name for d in definitions() if d.topic == topic for of in d.flags if hasattr(module, of.name))
    return flagged.most_common(1)[0][0]


def _name(title: str, code: str, source: str) -> str:
    """A name for the function from its title; from the code where there is none, or where the name is taken."""
    words = [word for word in re.findall(r"[a-z0-9]+", title.lower()) if word not in ("a", "an", "the")]
    name = "_".join(words[:8])
    taken = {node.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)}
    return name if name.isidentifier() and name not in taken and UNWRITTEN not in title else f"rule_{code.lower()}"


def _wrapped(title: str) -> str:
    return textwrap.fill(title, width=112).replace("\n", "\n    ")


def _with_cases(source: str, cases: str) -> str:
    """The tests with the cases at the end of the last list of them."""
    lists = [
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign | ast.AugAssign) and "CASES" in ast.unparse(node).split("=")[0]
    ]
    lines = source.splitlines(keepends=True)
    last = int(lists[-1].end_lineno or 0) - 1
    return "".join([*lines[:last], cases, *lines[last:]])


def _rewrite(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
