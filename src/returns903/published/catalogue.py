"""Every derived table as it is published: title, definition, source, and how its numbers hang together."""

from __future__ import annotations

import polars as pl

from returns903 import codes, derive
from returns903.derive.care_leavers import BANDS, IN_TOTAL
from returns903.published import adoption_tables, aggregates, child_tables
from returns903.published.care_tables import BY_BREAKDOWN, CLAIM, IS_TOTAL, OF_ALL, SPLIT, WIDER
from returns903.published.definition import Definition, Pivot, source_of
from returns903.published.topics import TOPICS
from returns903.statistics import ColumnTotal, Percentage, RowTotal

BREAKDOWN, CATEGORY, MEASURE = pl.col("breakdown"), pl.col("category"), pl.col("measure")
PARTS = ("kind", "asylum", "age_band", "legal_status_group", "basis")
"""What `review_timeliness` is broken down by."""
_EVERYWHERE = (pl.col("distance") == "total") & (pl.col("location") == "total")
_HOW = {code: f"{code}: {entry.label[0].lower()}{entry.label[1:]}" for code, entry in codes.REVIEW_CODE.items()}
_TAKING_PART = _HOW | {
    "review": "By review",
    "child": "By child: the last review of the year",
    "code": "By participation code",
    "child_every_review": "By child: every review of the year",
}
_TOOK_PART = ["code:PN1", "code:PN2", "code:PN3", "code:PN5", "code:PN6"]
_ATTENDED = ["code:PN1", "code:PN2", "code:PN3", "code:PN4"]
_ALWAYS_KNOWN = ["kind:unknown", "basis:unknown", "asylum:unknown"]
"""What a child or review that is judged has in any case."""
_SAYS_NOTHING = BREAKDOWN.str.ends_with(":unknown") | (BREAKDOWN == "all")
"""Where the rows stand that nothing is known of but that they are there."""
_CODES = BREAKDOWN.str.starts_with("code:")

LOOKED_AFTER = (
    Definition(
        "breakdowns",
        "Children looked after on the last day of the year",
        "A child is looked after on a day with an episode that began on or before it and had not ended by its close. "
        "Age is in full years on that day; legal status and placement are those of the episode. " + CLAIM,
        lambda ret, _: derive.breakdowns(ret),
        source_of(derive.breakdowns),
        counts=("children", "not_judged"),
        percentages=(OF_ALL,),
        row_totals=(BY_BREAKDOWN,),
        constants={"not_judged": ()},
        total=IS_TOTAL,
        split="breakdown",
        labels=SPLIT,
        marks=WIDER
        | {
            "group": pl.when((BREAKDOWN == "legal_status_group") & (CATEGORY != "unknown")).then("category"),
            "part": pl.concat_str("breakdown", "category", separator=":"),
            "group_of_place": CATEGORY,
        },
    ),
    Definition(
        "legal_status_on",
        "Legal status on the last day of the year, code by code",
        "The legal status of the episode that each child was in at the close of the last day of the year, with the "
        "unaccompanied asylum-seeking children among them. The rows add up to the children looked after. " + CLAIM,
        lambda ret, _: derive.legal_status_on(ret, ret.year.end),
        source_of(derive.legal_status_on),
        complete=False,
        occurs=(pl.lit(value=True), ("children", "not_judged")),
        counts=("children", "asylum_seeking", "not_judged"),
        helpers={"not_seeking": pl.col("children") - pl.col("asylum_seeking")},
        column_totals=(ColumnTotal("children", ("asylum_seeking", "not_seeking")),),
        total_from={
            "children": ("breakdowns", (BREAKDOWN == "asylum") & IS_TOTAL),
            "asylum_seeking": ("breakdowns", (BREAKDOWN == "asylum") & CATEGORY.str.starts_with("unaccompanied")),
        },
    ),
    Definition(
        "legal_status_by_month",
        "Legal status over the year",
        "Children looked after at the close of the last day of each month, by the national group of their legal "
        "status. " + CLAIM,
        lambda ret, _: derive.legal_status_by_month(ret),
        source_of(derive.legal_status_on),
        counts=("children",),
        percentages=(Percentage("percent", "children", pl.col("group") == "total", ("month",)),),
        row_totals=(RowTotal(pl.col("group") == "total", pl.col("group") != "total", by=("month",)),),
        marks={"category": pl.col("group")},
        pivot=Pivot("month", "group", ("children",)),
        month="month",
    ),
)

MOVED = (
    Definition(
        "started_breakdowns",
        "Children who started to be looked after, by who they are",
        "Each child who started to be looked after in the year (an episode with RNE S that began in it), counted once, "
        "with the first start. Age, legal status and placement are those on the day of the start. " + CLAIM,
        lambda ret, _: derive.started_breakdowns(ret),
        source_of(derive.started_breakdowns),
        counts=("children",),
        percentages=(OF_ALL,),
        row_totals=(BY_BREAKDOWN,),
        total=IS_TOTAL,
        split="breakdown",
        labels=SPLIT,
        marks=WIDER,
    ),
    Definition(
        "leaving_care_reasons",
        "Children who left care, by reason",
        "Each child who ceased to be looked after in the year (an episode that ended in it with a REC other than X1), "
        "counted once, with the last ceasing, whether or not the child has come back since. A child in a row of the "
        "authority's own is counted there and not under the reason, so the rows add up to the total. " + CLAIM,
        lambda ret, options: derive.leaving_care_reasons(ret, categories=list(options.local_categories)),
        source_of(derive.leaving_care),
        complete=False,
        occurs=(pl.col("kind").is_in(["reason", "group", "unknown"]), ("children", "not_judged")),
        counts=("children", "not_judged"),
        percentages=(Percentage("percent", "children", pl.col("kind") == "total"),),
        row_totals=(RowTotal(pl.col("kind") == "total", pl.col("kind") != "total"),),
        total=pl.col("kind") == "total",
        headings={"category": "Reason", "reason": "Code"},
        labels={codes.REC["E15"].label: "Age assessed as 18 or over"},
        unprinted=("kind", "group"),
    ),
    Definition(
        "leaving_care_groups",
        "Children who left care, by national group of reasons",
        "The children of the table by reason, put into the groups of the national statistics.",
        lambda ret, options: derive.leaving_care_reasons(ret, by="group", categories=list(options.local_categories)),
        source_of(derive.leaving_care),
        complete=False,
        occurs=(pl.col("kind").is_in(["reason", "group", "unknown"]), ("children", "not_judged")),
        counts=("children", "not_judged"),
        percentages=(Percentage("percent", "children", pl.col("kind") == "total"),),
        row_totals=(RowTotal(pl.col("kind") == "total", pl.col("kind") != "total"),),
        total=pl.col("kind") == "total",
        headings={"category": "Group"},
        unprinted=("kind", "reason", "group"),
    ),
    Definition(
        "leaving_breakdowns",
        "Children who left care, by who they are",
        "The children of the tables by reason. Age is in full years on the day they ceased to be looked after; legal "
        "status and placement are those of their last episode.",
        lambda ret, _: derive.leaving_breakdowns(ret),
        source_of(derive.leaving_breakdowns),
        counts=("children",),
        percentages=(OF_ALL,),
        row_totals=(BY_BREAKDOWN,),
        total=IS_TOTAL,
        split="breakdown",
        labels=SPLIT,
        marks=WIDER,
    ),
)

REVIEWS = (
    Definition(
        "review_timeliness",
        "Reviews on time",
        "Due dates are counted from the review actually held before: the first review by the 20th working day, the "
        "second 3 months after the first, then every 6 months; placed for adoption 28 days, 3 months, then 6. By "
        "child: of those looked after on the last day of the year and in care for at least 20 working days, a child "
        "is on time only if every review that fell due in the year was: one late review counts for good. By review: "
        "of those held in the year, and of those that fell due in it. The three answer different questions and need "
        "not agree. Where the history is not at hand, due dates are assumed, and counted apart as such. " + CLAIM,
        lambda ret, _: derive.review_timeliness(ret),
        source_of(derive.reviews_due),
        needs=("Reviews",),
        counts=("denominator", "on_time", "late", "missed", "not_judged"),
        percentages=(Percentage("percent", "on_time", "denominator"),),
        row_totals=tuple(
            RowTotal(BREAKDOWN == "all", BREAKDOWN.str.starts_with(f"{part}:"), by=("measure",)) for part in PARTS
        ),
        column_totals=(ColumnTotal("denominator", ("on_time", "late")), ColumnTotal("late", ("missed", "held_late"))),
        helpers={"held_late": pl.col("late") - pl.col("missed")},
        total=BREAKDOWN == "all",
        split="measure",
        never=(
            (BREAKDOWN.is_in(_ALWAYS_KNOWN), ("denominator", "on_time", "late", "missed", "held_late")),
            (MEASURE == "reviews_held", ("missed",)),
            ((MEASURE != "reviews_held") & ~_SAYS_NOTHING, ("not_judged",)),
            (BREAKDOWN.str.contains("^(kind|legal_status_group|basis):") & ~_SAYS_NOTHING, ("not_judged",)),
        ),
        marks={"part": BREAKDOWN},
        labels={
            "child": "By child",
            "reviews_held": "By review: those held in the year",
            "reviews_due": "By review: those that fell due in the year",
        }
        | SPLIT,
        headings={"child.denominator": "Children", "denominator": "Reviews"},
    ),
    Definition(
        "reviews_by_month",
        "Reviews on time, by month",
        "The reviews that fell due in each month, and how many of them were held on or before their due date. " + CLAIM,
        lambda ret, _: aggregates.reviews_by_month(ret),
        source_of(derive.reviews_due),
        needs=("Reviews",),
        counts=("due", "on_time", "late"),
        percentages=(Percentage("percent", "on_time", "due"),),
        column_totals=(ColumnTotal("due", ("on_time", "late")),),
        marks={"of_year": (pl.col("month").rank("dense") - 1) // 3},
        month="month",
    ),
    Definition(
        "reviews_by_quarter",
        "Reviews on time, by quarter and kind",
        "The reviews of the table by month; those after a placement for adoption are taken together.",
        lambda ret, _: aggregates.reviews_by_quarter(ret),
        source_of(derive.reviews_due),
        needs=("Reviews",),
        counts=("due", "on_time", "late"),
        percentages=(Percentage("percent", "on_time", "due"),),
        row_totals=(RowTotal(pl.col("kind") == "all", pl.col("kind") != "all", by=("quarter",)),),
        column_totals=(ColumnTotal("due", ("on_time", "late")),),
        total=pl.col("kind") == "all",
        heads="kind",
        month="quarter",
        months=3,
        marks={"of_year": pl.col("quarter").rank("dense") - 1},
        labels={
            "initial": "First reviews",
            "second": "Second reviews",
            "subsequent": "Subsequent reviews",
            "adoption": "After a placement for adoption",
            "all": "All reviews",
        },
    ),
    Definition(
        "reviews_up_to_date",
        "Reviews up to date at each month's end",
        "Of the children looked after at the close of the month's last day, those with no review owing: a review is "
        "owing from the close of its due date until it is held. " + CLAIM,
        lambda ret, _: derive.reviews_up_to_date(ret),
        source_of(derive.reviews_due),
        needs=("Reviews",),
        counts=("children", "up_to_date", "overdue", "assumed", "not_judged"),
        percentages=(Percentage("percent", "up_to_date", "children"),),
        column_totals=(
            ColumnTotal("children", ("up_to_date", "overdue")),
            ColumnTotal("children", ("assumed", "sure")),
        ),
        helpers={"sure": pl.col("children") - pl.col("assumed")},
        marks={"month": pl.col("as_at")},
        month="as_at",
        if_hidden="c: so few children had a review owing that their number is not told, nor how many were up to date; "
        "or theirs could be worked out from this month's.",
        headings={"assumed": "With assumed due dates"},
    ),
    Definition(
        "review_participation",
        "How children took part in their reviews",
        "Reviews of children aged 4 and over, by participation code. PN1, PN2, PN3, PN5 and PN6 say that the child "
        "took part, PN1 to PN4 that the child attended. By child: as in the last review of the year, or in every one "
        "of them. " + CLAIM,
        lambda ret, _: derive.review_participation(ret),
        source_of(derive.review_participation),
        needs=("Reviews",),
        counts=("denominator", "count", "under_4", "not_judged"),
        percentages=(Percentage("percent", "count", BREAKDOWN == "all", by=("measure",)),),
        column_totals=(ColumnTotal("denominator", ("count",)),),
        row_totals=tuple(
            RowTotal(total, parts, by=("measure",), columns=("count",))
            for total, parts in (
                (BREAKDOWN == "all", _CODES),
                (BREAKDOWN == "all", BREAKDOWN.is_in(["taken_part", "not_taken_part"])),
                (BREAKDOWN == "all", BREAKDOWN.is_in(["attended", "not_attended"])),
                (BREAKDOWN == "taken_part", BREAKDOWN.is_in(_TOOK_PART)),
                (BREAKDOWN == "not_taken_part", _CODES & ~BREAKDOWN.is_in(_TOOK_PART)),
                (BREAKDOWN == "attended", BREAKDOWN.is_in(_ATTENDED)),
                (BREAKDOWN == "not_attended", _CODES & ~BREAKDOWN.is_in(_ATTENDED)),
            )
        ),
        constants=dict.fromkeys(("denominator", "under_4", "not_judged"), ("measure",)),
        total=BREAKDOWN == "all",
        split="measure",
        labels=_TAKING_PART,
        headings={"under_4": "Under 4", "denominator": "Aged 4 and over", "count": "Number"},
    ),
)

PLACED = (
    Definition(
        "placement_stability",
        "Stability of placements",
        "Of the children looked after on the last day of the year, how many placements they had in it; temporary "
        "placements (T) and a change of legal status alone do not count: a child who was in such placements alone, in "
        "hospital or with relatives for a while, has had none. Two years in one placement: of the children under 16 "
        "who have been in care for two and a half years or more; those whose start in the placement is not known are "
        "left out of it, and counted beside. " + CLAIM,
        lambda ret, _: derive.placement_stability(ret),
        source_of(derive.placement_stability),
        counts=("denominator", "children", "others", "unknown", "not_judged"),
        percentages=(Percentage("percent", "children", "denominator"),),
        column_totals=(ColumnTotal("denominator", ("children", "others")),),
        constants={"not_judged": ()},
        labels={
            "no_placement": "Temporary placements only",
            "three_or_more_placements_in_two_years": "Three or more in two years, of those in care as long",
        },
    ),
    Definition(
        "placement_distance",
        "Distance from home",
        "How far in a straight line the children looked after on the last day of the year are placed from home, and "
        "on which side of the authority's boundary. Exactly 20 miles are 20 miles or less. " + CLAIM,
        lambda ret, _: derive.placement_distance(ret),
        source_of(derive.placement_distance),
        counts=("children", "not_judged"),
        percentages=(Percentage("percent", "children", _EVERYWHERE),),
        row_totals=(
            RowTotal(pl.col("distance") == "total", pl.col("distance") != "total", ("location",), ("children",)),
            RowTotal(pl.col("location") == "total", pl.col("location") != "total", ("distance",), ("children",)),
        ),
        constants={"not_judged": ()},
        total=pl.col("distance") == "total",
        pivot=Pivot("distance", "location", ("children", "percent")),
    ),
)

OTHERS = (
    Definition(
        "care_leaver_outcomes",
        "What care leavers do and where they live",
        "The young people whom the return asks about as care leavers, around their birthday in the year: whether the "
        "authority is in touch with them, what they do and whether they live in suitable accommodation, by age. Those "
        "who died or returned home for six months or more are counted beside; those of 22 to 25 are in no total.",
        lambda ret, _: derive.care_leaver_outcomes(ret),
        source_of(derive.care_leaver_outcomes),
        needs=("OC3",),
        counts=("children",),
        percentages=(Percentage("percent", "children", IS_TOTAL, by=("measure", "age")),),
        row_totals=(
            RowTotal(IS_TOTAL, ~IS_TOTAL, by=("measure", "age")),
            *(
                RowTotal(pl.col("age") == whole, pl.col("age").is_in(ages), by=("measure", "category"))
                for whole, ages in (*BANDS.items(), ("total", IN_TOTAL))
            ),
        ),
        total=IS_TOTAL,
        split="measure",
        pivot=Pivot("category", "age", ("children", "percent")),
        labels={"17-18": "17 and 18", "19-21": "19 to 21", "22-25": "22 to 25"}
        | {"in_touch": "In touch", "education_employment_training": "In education, employment or training"},
    ),
    Definition(
        "scorecard",
        "The year month by month",
        "The figures of the tables above at each month's end, or for the month. Each child's first start and last "
        "ceasing of the year are counted. " + CLAIM,
        lambda ret, options: derive.scorecard(ret, population=options.population),
        source_of(derive.scorecard),
        counts=("numerator", "denominator", "unknown", "not_judged"),
        percentages=(Percentage("value", "numerator", "denominator"),),
        helpers={
            "far": pl.when(MEASURE == "within_20_miles").then(
                pl.col("denominator") - pl.col("numerator") - pl.col("unknown")
            )
        },
        public=((MEASURE == "looked_after_rate", ("denominator",)),),
        after=(pl.when(pl.col("unit") == "children").then("numerator").otherwise("value").alias("value"),),
        pivot=Pivot("measure", "month", ("value",)),
        month="month",
        labels={
            "looked_after_asylum_seeking": "of them unaccompanied asylum-seeking",
            "looked_after_others": "of them others",
            "looked_after_rate": "Looked after, per 10,000 children",
            "reviews_up_to_date": "Reviews up to date, %",
            "took_part_in_reviews": "Took part in reviews, %",
            "three_or_more_placements": "Three or more placements, %",
            "two_years_in_one_placement": "Two years in one placement, %",
            "within_20_miles": "Within 20 miles, %",
        },
        if_hidden="c: so few children are in the figure, or are left out of it, that their number is not told; or such "
        "a number could be worked out from this one.",
        lacking={"looked_after_rate": "the number of children who live in the area"},
    ),
    Definition(
        "not_judged",
        "Records that cannot be placed in time",
        "Records of the return whose dates or child are blank or unreadable. They are counted here and in the tables "
        "that they would concern, and never dropped in silence.",
        lambda ret, _: derive.not_judged(ret),
        counts=("rows",),
        headings={"reason": "", "rows": "Records"},
        labels={
            "episodes_without_child": "Episodes without a child",
            "episodes_without_start": "Episodes without a day on which they began",
            "episodes_with_unknown_end": "Episodes of which the end cannot be read",
            "episodes_gone_since_last_year": "Episodes open in last year's return that this one does not hold",
            "headers_without_birth_date": "Children without a date of birth",
        },
    ),
)

_COUNTS = (*LOOKED_AFTER, *MOVED, *REVIEWS, *PLACED, *(each for topic in TOPICS for each in topic.TABLES), *OTHERS)
DEFINITIONS = {each.name: each for each in (*_COUNTS, *child_tables.TABLES, *adoption_tables.LISTS)}
"""Every table by name: those of counts, then those with a row a child."""

AGGREGATES = tuple(each for each in DEFINITIONS.values() if not each.child_level)
