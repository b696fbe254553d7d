"""Every derived table as it is published: title, definition, source, and how its numbers hang together."""

from __future__ import annotations

import polars as pl

from returns903 import codes, derive
from returns903.derive.care_leavers import BANDS, IN_TOTAL
from returns903.derive.scorecard import NEAR
from returns903.published import adoption_tables, asylum_tables, child_tables, review_tables
from returns903.published.care_tables import BY_BREAKDOWN, CLAIM, IS_TOTAL, OF_ALL, SPLIT, WIDER
from returns903.published.definition import Definition, Pivot, source_of
from returns903.published.doubted import Doubt
from returns903.published.topics import TOPICS
from returns903.published.untold import only_told
from returns903.statistics import ColumnTotal, Percentage, RowTotal

BREAKDOWN, CATEGORY, MEASURE = pl.col("breakdown"), pl.col("category"), pl.col("measure")
SEEKING = pl.when(BREAKDOWN == "asylum").then("category")
"""The mark by which children belong to those of the tables that tell asylum-seeking children and others apart."""
_EVERYWHERE = (pl.col("distance") == "total") & (pl.col("location") == "total")

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
            "seeking": SEEKING,
            "of_sex": pl.when(BREAKDOWN == "sex").then("category"),
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
        marks=WIDER | {"seeking": SEEKING},
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
        marks=WIDER | {"seeking": SEEKING},
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
        lambda ret, _: derive.placement_stability(ret).drop("known", "assumed", "least", "most"),
        source_of(derive.placement_stability),
        counts=("denominator", "children", "others", "unknown", "not_judged"),
        percentages=(Percentage("percent", "children", "denominator"),),
        column_totals=(ColumnTotal("denominator", ("children", "others")),),
        doubt=Doubt("percent", "children", "denominator", unknown="unknown", by=("measure",)),
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
        lambda ret, _: only_told(ret, derive.placement_distance(ret)),
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
        lambda ret, options: derive.scorecard(ret, population=options.population).drop("known", "least", "most"),
        source_of(derive.scorecard),
        counts=("numerator", "denominator", "assumed", "unknown", "not_judged"),
        percentages=(Percentage("value", "numerator", "denominator"),),
        helpers={
            "far": pl.when(MEASURE == "within_20_miles").then(
                pl.col("denominator") - pl.col("numerator") - pl.col("unknown")
            )
        },
        never=((MEASURE != "reviews_up_to_date", ("assumed",)),),
        public=((MEASURE.str.starts_with("looked_after_rate"), ("denominator",)),),
        doubt=Doubt(
            "value",
            "numerator",
            "denominator",
            "assumed",
            "unknown",
            is_within=MEASURE == NEAR,
            is_assumed_true=True,
            by=("measure",),
        ),
        after=(pl.when(pl.col("unit") == "children").then("numerator").otherwise("value").alias("value"),),
        pivot=Pivot("measure", "month", ("value",)),
        month="month",
        labels={
            "looked_after_asylum_seeking": "of them unaccompanied asylum-seeking",
            "looked_after_others": "of them others",
            "looked_after_rate": "Looked after, per 10,000 children",
            "looked_after_rate_others": "of them others, per 10,000 children",
            "reviews_up_to_date": "Reviews up to date, %",
            "took_part_in_reviews": "Took part in reviews, %",
            "three_or_more_placements": "Three or more placements, %",
            "two_years_in_one_placement": "Two years in one placement, %",
            "within_20_miles": "Within 20 miles, %",
        },
        if_hidden="c: so few children are in the figure, or are left out of it, that their number is not told; or such "
        "a number could be worked out from this one.",
        lacking=dict.fromkeys(
            ("looked_after_rate", "looked_after_rate_others"), "the number of children who live in the area"
        ),
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

_WHOLE = (
    *LOOKED_AFTER,
    *MOVED,
    *review_tables.TABLES,
    *PLACED,
    *(each for topic in TOPICS for each in topic.TABLES),
    *OTHERS,
)
_COUNTS = (*_WHOLE, *asylum_tables.tables(_WHOLE))
DEFINITIONS = {each.name: each for each in (*_COUNTS, *child_tables.TABLES, *adoption_tables.LISTS)}
"""Every table by name: those of counts, then those with a row a child."""

AGGREGATES = tuple(each for each in DEFINITIONS.values() if not each.child_level)
