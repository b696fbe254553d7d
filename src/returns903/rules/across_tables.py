"""What must agree between tables: that each child is in Header, once, with one date of birth and one sex."""

from __future__ import annotations

import polars as pl

from returns903.frames.terms import given, of_row
from returns903.rules.registry import rule
from returns903.tables import AD1, OC2, OC3, UASC, Episodes, Header, Missing, PlacedAdoption, PrevPerm, Reviews, Table

MUST_BE_IN_HEADER: dict[str, Table] = {
    "INT01": AD1,
    "INT02": PlacedAdoption,
    "INT03": Episodes,
    "INT04": Missing,
    "INT05": OC2,
    "INT06": OC3,
    "INT07": PrevPerm,
    "INT08": Reviews,
    "INT09": UASC,
}
"""The tables whose children must be in Header, by the code of the rule."""

REPEATS_BIRTH_DATE: dict[str, Table] = {
    "INT11": AD1,
    "INT12": PlacedAdoption,
    "INT13": Missing,
    "INT14": OC2,
    "INT15": OC3,
    "INT16": PrevPerm,
    "INT17": Reviews,
    "INT18": UASC,
}
"""The tables that repeat Header's date of birth, by the code of the rule."""

ONE_ROW_A_CHILD: dict[str, Table] = {
    "INT31": AD1,
    "INT32": Header,
    "INT33": OC2,
    "INT34": OC3,
    "INT35": PrevPerm,
    "INT36": UASC,
}
"""The tables with one row for each child, by the code of the rule."""


for code, of in MUST_BE_IN_HEADER.items():

    @rule(code, flags=of, fields=[of.col("CHILD")], words={"table": of.name})
    def child_not_in_header() -> pl.Expr:
        """The child in this row of {table} is not in Header.

        When: CHILD is on no row of Header. A blank CHILD is nobody's, so it flags whatever Header holds.

        Why: Header says who each child is; without it a row of {table} is about nobody in particular.

        Fix: add the child to Header, or correct CHILD in {table} if it is mistyped.
        """
        return Header.row.is_null()


for code, of in REPEATS_BIRTH_DATE.items():

    @rule(code, flags=of, fields=[of.col("DOB")], words={"table": of.name})
    def birth_date_not_as_in_header(of: Table = of) -> pl.Expr:
        """The date of birth in {table} is not the one that Header gives the child.

        When: DOB is a date in {table} and on a Header row of the child, and the two are different days. Each Header row
        of the child is compared; a blank or unreadable DOB on either side passes.

        Why: two dates of birth for one identifier are a slip, or two children mixed up.

        Fix: correct whichever date is wrong, or CHILD where the row is another child's.
        """
        return of.col("DOB") != Header.DOB


@rule("INT21", flags=UASC, fields=[UASC.SEX])
def sex_not_as_in_header() -> pl.Expr:
    """The sex in UASC is not the one that Header gives the child.

    When: SEX is given in UASC and on a Header row of the child, and the two are not the same code. Each Header row of
    the child is compared; a blank on either side passes.

    Why: two sexes for one identifier are a slip, or two children mixed up.

    Fix: correct whichever code is wrong, or CHILD where the row is another child's.
    """
    return UASC.SEX != Header.SEX


for code, of in ONE_ROW_A_CHILD.items():

    @rule(code, flags=of, fields=[of.col("CHILD")], words={"table": of.name})
    def child_more_than_once(of: Table = of) -> pl.Expr:
        """The child has more than one row in {table}.

        When: CHILD is given and stands on at least one further row of {table}; all of them flag.

        Why: {table} holds one row for each child, so it is unclear which of them is meant.

        Fix: keep the right row and remove the others, or correct CHILD where a row is another child's.
        """
        return given(of.col("CHILD")) & of_row(of, of.col("CHILD").is_duplicated())
