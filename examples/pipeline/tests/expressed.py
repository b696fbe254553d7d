"""A return as the extract that it would come from: the way back of the mapping."""

from __future__ import annotations

import polars as pl
from children_return.extract import Extract

from returns903 import Return, codes

SEXES = {"M": "Male", "F": "Female", "U": "Unknown"}


def expressed(ret: Return) -> Extract:
    """The extract of a lawful return."""
    return Extract(children=_children(ret["Header"]), stays=_stays(ret["Episodes"]), reviews=_reviews(ret["Reviews"]))


def _children(header: pl.DataFrame) -> pl.DataFrame:
    return header.select(
        Person="CHILD",
        Born=_day("DOB"),
        Sex=pl.col("SEX").replace_strict(SEXES, default=pl.col("SEX")),
        Ethnicity=_worded("ETHNIC"),
        **{"Pupil number": "UPN"},
        Mother=pl.col("MOTHER").replace({"1": "Yes", "0": "No"}),
        **{"Own child born": _day("MC_DOB")},
    )


def _stays(episodes: pl.DataFrame) -> pl.DataFrame:
    """A stay for each episode, and for a child whose first one does not start care, the stay before that."""
    counted = episodes.sort("CHILD", "DECOM", "row", nulls_last=True).with_columns(
        involvement=pl.col("RNE").eq("S").cast(pl.Int32).cum_sum().over("CHILD"),
        carer=pl.col("RNE").is_in(["S", "P", "B"]).cast(pl.Int32).cum_sum().over("CHILD"),
    )
    stays = counted.select(
        "row",
        "RNE",
        Person="CHILD",
        Involvement="involvement",
        Carer="carer",
        From="DECOM",
        To="DEC",
        **{"Legal status": _worded("LS")},
        Need=_worded("CIN"),
        Placement=_worded("PLACE"),
        Provider=_worded("PLACE_PROVIDER"),
        **{"Reason ended": pl.when(pl.col("REC") != "X1").then(_worded("REC"))},
        **{"Reason moved": _worded("REASON_PLACE_CHANGE")},
        Home="HOME_POST",
        Postcode="PL_POST",
        **{"Ofsted number": "URN"},
    )
    first = stays.unique("Person", keep="first", maintain_order=True).filter(pl.col("RNE") != "S")
    return (
        pl.concat([_before(first), stays.sort("row")])
        .drop("row", "RNE")
        .with_columns(pl.col("From", "To").dt.to_string("%Y-%m-%d"), pl.col("Involvement", "Carer").cast(pl.String))
    )


def _before(first: pl.DataFrame) -> pl.DataFrame:
    """The stays that ended when these began, so different as RNE says: by carer, legal status or place."""
    began = pl.col("RNE")
    return first.with_columns(
        From=pl.col("From").dt.offset_by("-30d"),
        To="From",
        Carer=pl.when(began.is_in(["P", "B"])).then(pl.col("Carer") - 1).otherwise("Carer"),
        **{"Legal status": pl.when(began.is_in(["L", "B", "U"])).then(pl.lit("another")).otherwise("Legal status")},
        Postcode=pl.when(began.is_in(["T", "U"])).then(pl.lit("another")).otherwise("Postcode"),
    )


def _reviews(reviews: pl.DataFrame) -> pl.DataFrame:
    return reviews.select(Person="CHILD", Held=_day("REVIEW"), Participation=_worded("REVIEW_CODE"))


def _day(column: str) -> pl.Expr:
    return pl.col(column).dt.to_string("%Y-%m-%d")


def _worded(column: str) -> pl.Expr:
    """A code with its words after it."""
    words = {code: f"{code} {entry.label}" for code, entry in codes.code_list(column).items()}
    return pl.col(column).replace_strict(words, default=pl.col(column))
