"""What is to be evaluated on a return: which tables are joined, and why a rule does not run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from returns903.frames import Frames
from returns903.frames.terms import any_row, of_row
from returns903.rules import definitions, definitions_in_force
from returns903.rules.program import Program, Shape, compiled
from returns903.rules.registry import rule
from returns903.tables import Episodes, Header, Reviews, Table
from returns903.years import Year
from tests.frames.worked_out import Cells, a_return

YEAR = Year("2024-25")
A: Cells = {"CHILD": ["A"]}


def program_of(code: str, previous: dict[str, Cells] | None = None, **tables: Cells) -> Program:
    shape = Shape.of(Frames(a_return(previous, **tables)))
    return compiled(tuple(d for d in definitions() if d.code == code and d.in_force(YEAR.label)), YEAR, shape)


EXPRESSIONS: dict[str, tuple[Callable[[], pl.Expr], list[Table], set[Table]]] = {
    "the anchor alone": (lambda: Episodes.LS == "C2", [Episodes], set()),
    "another row of the anchor": (lambda: Episodes.previous.LS == "C2", [Episodes], set()),
    "another table": (lambda: (Episodes.LS == "C2") & (Header.SEX == "1"), [Episodes], {Header}),
    "a table that is flagged too": (lambda: Episodes.LS == "C2", [Episodes, Header], {Header}),
    "a mark of another table's rows": (lambda: of_row(Reviews, Reviews.REVIEW.is_null()), [Episodes], {Reviews}),
    "a mark of its own rows": (lambda: of_row(Episodes, Episodes.LS.is_null()), [Episodes], set()),
    "a fact of the child": (lambda: any_row(Reviews, Reviews.REVIEW.is_null()), [Episodes], set()),
}


@pytest.mark.usefixtures("spare_rules")
@pytest.mark.parametrize("what", EXPRESSIONS)
def test_the_tables_that_a_check_is_joined_to(what: str) -> None:
    build, flags, partners = EXPRESSIONS[what]

    def body() -> pl.Expr:
        """Made up.

        When: never.

        Why: a test.

        Fix: nothing.
        """
        return build()

    rule("X1", flags=flags, fields=[Episodes.LS])(body)
    (check,) = program_of("X1", Episodes=A, Header=A, Reviews=A).checks
    assert check.partners == partners
    assert check.flags == tuple(flags)
    assert {f"{of.id}.row" for of in flags} <= check.names


ALL: dict[str, Cells] = {"Header": A, "Episodes": A}
OWN_MARKER = "no asylum marker of its own in Header: it is worked out from the UASC table"


def stopped(code: str, previous: dict[str, Cells] | None = None, **tables: Cells) -> str | None:
    found = program_of(code, previous, **tables).stopped.get(code)
    return None if found is None else found.reason


@pytest.mark.parametrize(
    ("code", "given", "reason"),
    [
        ("141", ALL, None),
        ("141", {"Header": A}, "no Episodes"),
        ("503A", ALL, "no previous return"),
        ("503A", {**ALL, "previous": {}}, "no Episodes in the previous return"),
        ("503A", {**ALL, "previous": {"Episodes": A}}, None),
        ("205A", {**ALL, "UASC": A}, "no previous return"),
        ("205A", {"UASC": A, "previous": {"UASC": A}}, None),
        (
            "105",
            {"Header": A, "UASC": A},
            "no asylum marker of its own in Header: it is worked out from the UASC table",
        ),
        ("105", {"Header": {"CHILD": ["A"], "UASC": ["1"]}}, None),
        ("231", {"Header": A, "UASC": A}, None),
        ("231", {"Header": A}, "no asylum marker: neither UASC in Header nor the UASC table"),
    ],
)
def test_why_a_rule_does_not_run(code: str, given: dict[str, Any], reason: str | None) -> None:
    assert stopped(code, **given) == reason


def test_what_is_lacking_is_told_in_one_order() -> None:
    """Of a return without the one before: that first, and then the first table that is not there."""
    program = compiled(tuple(definitions_in_force(YEAR)), YEAR, Shape.of(Frames(a_return(**ALL))))
    assert {stop.state for stop in program.stopped.values()} == {"skipped"}
    for definition in definitions_in_force(YEAR):
        lacking = [of.name for of in definition.tables if of.name not in ALL]
        if any(of.is_last_year for of in (*definition.tables, *definition.markers)):
            assert program.stopped[definition.code].reason == "no previous return"
        elif lacking:
            assert program.stopped[definition.code].reason == f"no {lacking[0]}"
