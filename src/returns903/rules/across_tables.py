"""What must agree between tables: that each child is in Header, once, with one date of birth and one sex."""

from __future__ import annotations

import polars as pl

from returns903.frames.terms import given, of_row
from returns903.rules.registry import rule
from returns903.tables import AD1, OC2, OC3, UASC, Episodes, Header, Missing, PlacedAdoption, PrevPerm, Reviews, Table


def must_be_in_header(code: str, of: Table) -> None:
    """The rule that the children of a table are in Header."""

    @rule(code, flags=of, fields=[of.col("CHILD")], words={"table": of.name})
    def child_not_in_header() -> pl.Expr:
        """The child in this row of {table} is not in Header.

        When: CHILD is on no row of Header. A blank CHILD is nobody's, so it flags whatever Header holds.

        Why: Header says who each child is; without it a row of {table} is about nobody in particular.

        Fix: add the child to Header, or correct CHILD in {table} if it is mistyped.
        """
        return Header.row.is_null()


must_be_in_header("INT01", AD1)
must_be_in_header("INT02", PlacedAdoption)
must_be_in_header("INT03", Episodes)
must_be_in_header("INT04", Missing)
must_be_in_header("INT05", OC2)
must_be_in_header("INT06", OC3)
must_be_in_header("INT07", PrevPerm)
must_be_in_header("INT08", Reviews)
must_be_in_header("INT09", UASC)


def must_repeat_birth_date(code: str, of: Table) -> None:
    """The rule that a table repeats the date of birth that Header gives."""

    @rule(code, flags=of, fields=[of.col("DOB")], words={"table": of.name})
    def birth_date_not_as_in_header() -> pl.Expr:
        """The date of birth in {table} is not the one that Header gives the child.

        When: DOB is a date in {table} and on a Header row of the child, and the two are different days. Each Header row
        of the child is compared; a blank or unreadable DOB on either side passes.

        Why: two dates of birth for one identifier are a slip, or two children mixed up.

        Fix: correct whichever date is wrong, or CHILD where the row is another child's.
        """
        return of.col("DOB") != Header.DOB


must_repeat_birth_date("INT11", AD1)
must_repeat_birth_date("INT12", PlacedAdoption)
must_repeat_birth_date("INT13", Missing)
must_repeat_birth_date("INT14", OC2)
must_repeat_birth_date("INT15", OC3)
must_repeat_birth_date("INT16", PrevPerm)
must_repeat_birth_date("INT17", Reviews)
must_repeat_birth_date("INT18", UASC)


@rule("INT21", flags=UASC, fields=[UASC.SEX])
def sex_not_as_in_header() -> pl.Expr:
    """The sex in UASC is not the one that Header gives the child.

    When: SEX is given in UASC and on a Header row of the child, and the two are not the same code. Each Header row of
    the child is compared; a blank on either side passes.

    Why: two sexes for one identifier are a slip, or two children mixed up.

    Fix: correct whichever code is wrong, or CHILD where the row is another child's.
    """
    return UASC.SEX != Header.SEX


def at_most_one_row_a_child(code: str, of: Table) -> None:
    """The rule that no child has several rows of a table."""

    @rule(code, flags=of, fields=[of.col("CHILD")], words={"table": of.name})
    def child_more_than_once() -> pl.Expr:
        """The child has more than one row in {table}.

        When: CHILD is given and stands on at least one further row of {table}; all of them flag.

        Why: {table} holds one row for each child, so it is unclear which of them is meant.

        Fix: keep the right row and remove the others, or correct CHILD where a row is another child's.
        """
        return given(of.col("CHILD")) & of_row(of, of.col("CHILD").is_duplicated())


at_most_one_row_a_child("INT31", AD1)
at_most_one_row_a_child("INT32", Header)
at_most_one_row_a_child("INT33", OC2)
at_most_one_row_a_child("INT34", OC3)
at_most_one_row_a_child("INT35", PrevPerm)
at_most_one_row_a_child("INT36", UASC)
