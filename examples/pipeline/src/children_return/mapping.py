"""The tables of the return, from the extract."""

from __future__ import annotations

import polars as pl

from children_return.extract import Extract
from returns903 import Year


def mapped(extract: Extract, year: Year) -> dict[str, pl.DataFrame]:
    """The tables of a collection year by name. Rows keep the order of the extract."""
    return {
        "Header": _header(extract, year),
        "Episodes": _episodes(extract, year),
        "Reviews": _reviews(extract, year),
    }


def _header(extract: Extract, year: Year) -> pl.DataFrame:
    """The children with a stay in the year."""
    here = extract.stays.filter(_in_year(year)).select("Person").unique()
    return extract.children.join(here, on="Person", how="semi", maintain_order="left").select(
        CHILD="Person",
        SEX=pl.col("Sex").str.head(1),
        DOB=_day("Born"),
        ETHNIC=_code("Ethnicity"),
        UPN="Pupil number",
        MOTHER=pl.col("Mother").replace({"Yes": "1", "No": "0"}),
        MC_DOB=_day("Own child born"),
    )


def _episodes(extract: Extract, year: Year) -> pl.DataFrame:
    """An episode for each stay; what is later than the year is not known yet."""
    goes_on = _next("Involvement") == pl.col("Involvement")
    is_over = pl.col("To") <= f"{year.end}"
    ended = pl.when(goes_on).then(pl.lit("X1")).otherwise(_code("Reason ended"))
    return (
        extract.stays.with_row_index("order")
        .sort("Person", "From", "order", nulls_last=True)
        .with_columns(RNE=_reason_begun(), REC=pl.when(is_over).then(ended))
        .filter(_in_year(year))
        .sort("order")
        .select(
            CHILD="Person",
            DECOM=_day("From"),
            RNE="RNE",
            LS=_code("Legal status"),
            CIN=_code("Need"),
            PLACE=_code("Placement"),
            PLACE_PROVIDER=_code("Provider"),
            DEC=pl.when(is_over).then(_day("To")),
            REC="REC",
            REASON_PLACE_CHANGE=pl.when(is_over).then(_code("Reason moved")),
            HOME_POST="Home",
            PL_POST="Postcode",
            URN="Ofsted number",
        )
    )


def _reviews(extract: Extract, year: Year) -> pl.DataFrame:
    """The reviews of the year, with the date of birth that the return repeats."""
    born = extract.children.select("Person", "Born").unique("Person")
    return (
        extract.reviews.filter(~_outside(year, "Held", "Held"))
        .join(born, on="Person", how="left", maintain_order="left")
        .select(CHILD="Person", DOB=_day("Born"), REVIEW=_day("Held"), REVIEW_CODE=_code("Participation"))
    )


def _reason_begun() -> pl.Expr:
    """What changed against the stay before (RNE)."""
    carer, legal = (pl.col(column).ne_missing(_previous(column)) for column in ("Carer", "Legal status"))
    moved = pl.any_horizontal(
        pl.col(column).ne_missing(_previous(column))
        for column in ("Placement", "Provider", "Postcode", "Ofsted number")
    )
    return (
        pl.when(pl.col("Involvement").ne_missing(_previous("Involvement")))
        .then(pl.lit("S"))
        .when(carer & legal)
        .then(pl.lit("B"))
        .when(carer)
        .then(pl.lit("P"))
        .when(legal & moved)
        .then(pl.lit("U"))
        .when(legal)
        .then(pl.lit("L"))
        .otherwise(pl.lit("T"))
    )


def _in_year(year: Year) -> pl.Expr:
    """Whether a stay touches the year."""
    return ~_outside(year, "From", "To")


def _outside(year: Year, begun: str, over: str) -> pl.Expr:
    """Whether something began after the year or was over before it. A blank day tells neither: its row is kept."""
    late, early = pl.col(begun) > f"{year.end}", pl.col(over) < f"{year.start}"
    return late.fill_null(value=False) | early.fill_null(value=False)


def _previous(column: str) -> pl.Expr:
    return pl.col(column).shift(1).over("Person")


def _next(column: str) -> pl.Expr:
    return pl.col(column).shift(-1).over("Person")


def _day(column: str) -> pl.Expr:
    """2024-05-01 as 01/05/2024; what is no such day stays as it is, for the validator to point at."""
    return pl.col(column).str.replace(r"^(\d{4})-(\d\d)-(\d\d)$", "$3/$2/$1")


def _code(column: str) -> pl.Expr:
    """The code before its words."""
    return pl.col(column).str.split(" ").list.first()
