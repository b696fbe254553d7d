"""Small faults are made as a slip would make them, and what is said of files, tests and faults is true."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest
from tools.mutants import PACKAGE, ROOT, chosen, mutants_of, read_plan
from tools.mutations import faults, with_fault


def made(text: str) -> set[str]:
    """The module with each of its faults, as code."""
    return {with_fault(text, fault.number) for fault in faults(text)}


@pytest.mark.parametrize(
    ("text", "faulty"),
    [
        ("x = a < b", {"x = a <= b"}),
        ("x = a in b", {"x = a not in b"}),
        ("x = a and b", {"x = a or b"}),
        ("x = a & ~b", {"x = a | ~b", "x = a & b"}),
        ("x = -a", {"x = a"}),
        ("x = a * 3", {"x = a + 3", "x = a * 4", "x = a * 2"}),
        ("x = f(y=True)", {"x = f(y=False)"}),
        ("x = f(strict=True)", set()),
        ("x = {'A', 'B'}", {"x = {'B'}", "x = {'A'}"}),
        ("x = ['A']", set()),
        ("x = a.b().unique()", {"x = a.b()"}),
        ("x = a.min()", {"x = a.max()"}),
        ("x = any(y)", {"x = all(y)"}),
        ("x = a.join(b, how='left')", {"x = a.join(b, how='inner')"}),
        ("x = a if b else c", {"x = a if not b else c"}),
        ("x: int | None", set()),
        ("f(a)", {"pass"}),
        ("x += a", {"pass"}),
        ("msg = f'{a < b}'", set()),
        ("from a import b", set()),
        ("if TYPE_CHECKING:\n    f(a)", set()),
        ("def f():\n    return a", {"def f():\n    return None"}),
        ("def f():\n    raise a", {"def f():\n    pass"}),
        ("def f():\n    return None", set()),
        ("@f(a < b)\ndef g(x: a < b=c) -> a < b:\n    '''1 < 2'''", set()),
        ("while a:\n    break", {"while not a:\n    break", "while a:\n    continue"}),
    ],
)
def test_faults_of_a_line(text: str, faulty: set[str]) -> None:
    assert made(text) == faulty
    assert ast.unparse(ast.parse(text)) not in made(text)


def test_a_fault_is_told_by_its_place_and_what_it_does() -> None:
    text = "class A:\n    def f(self):\n        return [\n            x.shift(1)\n        ]\n"
    told = [(fault.line, fault.within, fault.change) for fault in faults(text)]
    assert told == [
        (3, "A.f", "return [x.shift(1)] -> return None"),
        (4, "A.f", "x.shift(1) -> x.shift(2)"),
        (4, "A.f", "x.shift(1) -> x.shift(0)"),
    ]


PLAN = read_plan()
FILES = [path for room in PLAN.wanted for path in sorted((PACKAGE / room).rglob("*.py"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_file_has_tests_that_look_at_it(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()
    assert all((ROOT / tests).is_file() for tests in PLAN.tests_of(name))


def test_files_that_are_named_are_there() -> None:
    names = {path.relative_to(PACKAGE).as_posix() for path in FILES}
    assert PLAN.tests.keys() <= names


def test_every_fault_that_is_argued_can_be_made_and_is_not_tried() -> None:
    said = tomllib.loads((ROOT / "tests" / "mutants.toml").read_text(encoding="utf-8"))["argued"]
    assert all(each["why"] for each in said)
    every = mutants_of(sorted({PACKAGE / file for file, _, _ in PLAN.argued}))
    argued = {(m.file, m.fault.within, m.fault.change) for m in every if PLAN.is_argued(m)}
    assert argued == PLAN.argued
    assert len(said) == len(argued)


def test_a_sample_is_the_same_each_time_and_within_its_room() -> None:
    one, again, other = (chosen("frames", None, sample=5, seed=seed, plan=PLAN) for seed in (1, 1, 2))
    assert one == again != other
    assert len(one) == 5
    assert all(mutant.file.startswith("frames/") for mutant in one)
    assert len(chosen("frames", "frames/rows.py", sample=None, seed=1, plan=PLAN)) > 20
