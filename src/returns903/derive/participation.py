"""How children took part in their reviews."""

from __future__ import annotations

import polars as pl

from returns903 import codes
from returns903.derive.counts import percent
from returns903.derive.declared import count, derived, share, text
from returns903.derive.reviews import reviews_held
from returns903.returns import Return

MEASURES = ("review", "child", "child_every_review")
UNDER_4 = "PN0"
CODES = tuple(code for code in codes.REVIEW_CODE if code != UNDER_4)
"""The codes of a review of a child aged 4 or over."""
WAYS = ("taken_part", "not_taken_part", "attended", "not_attended")


TAKEN_PART = {
    "measure": text("what is counted", values=MEASURES),
    "breakdown": text(
        "all; code:PN1 to code:PN7, which add up to all; taken_part and not_taken_part, which do; attended and "
        "not_attended, which do too"
    ),
    "denominator": count("reviews or children aged 4 and over"),
    "count": count("how many of them"),
    "percent": share("of the denominator"),
    "under_4": count("reviews with PN0, or children without any other code"),
    "not_judged": count(
        "reviews without a code of the list, or that `reviews_held` does not judge, respite apart; children with no "
        "other review, and reviews without CHILD"
    ),
}


@derived("measure and breakdown", TAKEN_PART, key=["measure", "breakdown"])
def review_participation(ret: Return) -> pl.DataFrame:
    """How children aged 4 and over took part in their reviews of the year, respite apart: by review and by child.

    The code says whether a child was 4: PN0 is a review of a younger one, PN1 to PN7 one of a child aged 4 or over.
    PN1, PN2, PN3, PN5 and PN6 say that the child took part, PN1 to PN4 that the child attended. Three measures:

    * `review`: the reviews held in the year with one of these codes; rows of one child and day are one.
    * `child`: the children with such a review, each by the last one in the year.
    * `child_every_review`: the same children; `taken_part` and `attended` mean in every such review of the year. One
      review without them counts for good, and so there are no rows by code.

    Returns:
        {columns}

        Those of nobody are shown too. Denominator, under_4 and not_judged add up to all reviews, or to all children who
        have one.

    Raises:
        ConfigError: the package `holidays` is not installed.

    Source: the participation codes of the return; performance indicator C63 counted who took part in every review.
    """
    rows = reviews_held(ret).filter(~pl.col("repeat") & pl.col("reason").ne_missing("respite"))
    code = pl.when(pl.col("reason").is_null()).then("participation")
    rows = rows.with_columns(code=pl.when(code.is_in([*CODES, UNDER_4])).then(code))
    older = rows.filter(pl.col("code").is_in(CODES))
    last = older.unique("child", keep="last", maintain_order=True)
    every = older.group_by("child").agg(pl.col("taken_part", "attended").all(), code=pl.lit(None, pl.String))
    children = _children_left_out(rows)
    return pl.concat(
        [
            _measured("review", older, (rows.filter(pl.col("code") == UNDER_4).height, rows["code"].null_count())),
            _measured("child", last, children),
            _measured("child_every_review", every, children),
        ]
    )


def _children_left_out(rows: pl.DataFrame) -> tuple[int, int]:
    """The children under 4 alone, and those (and reviews without a child) that nothing can be said of."""
    named = (
        rows.filter(pl.col("child").is_not_null())
        .group_by("child")
        .agg(older=pl.col("code").is_in(CODES).any(), younger=(pl.col("code") == UNDER_4).any())
    )
    younger = named.filter(~pl.col("older") & pl.col("younger")).height
    unsaid = named.filter(~pl.col("older") & ~pl.col("younger")).height
    return younger, unsaid + rows.get_column("child").null_count()


def _measured(measure: str, rows: pl.DataFrame, left_out: tuple[int, int]) -> pl.DataFrame:
    part, attended = pl.col("taken_part"), pl.col("attended")
    counts = {"all": pl.len()}
    if measure != "child_every_review":
        counts |= {f"code:{code}": (pl.col("code") == code).sum() for code in CODES}
    counts |= dict(zip(WAYS, (part.sum(), (~part).sum(), attended.sum(), (~attended).sum()), strict=True))
    found = rows.select(**counts).row(0, named=True)
    return (
        pl.DataFrame({"breakdown": list(found), "count": list(found.values())}, schema_overrides={"count": pl.UInt32})
        .with_columns(
            measure=pl.lit(measure),
            denominator=pl.lit(len(rows), pl.UInt32),
            under_4=pl.lit(left_out[0], pl.UInt32),
            not_judged=pl.lit(left_out[1], pl.UInt32),
        )
        .with_columns(percent=percent("count", "denominator"))
    )
