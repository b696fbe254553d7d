"""Placements: how many a child had in a year, how long it has been with its carer, and how far from home it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import polars as pl

from returns903.derive.care import (
    CHILD,
    age_on,
    all_periods,
    birth_dates,
    episodes,
    group_of,
    lasted,
    of_episodes,
    touches,
)
from returns903.derive.counts import APART, percent, ranged
from returns903.derive.cuts import (
    CUTS,
    By,
    beside,
    counted,
    crossed,
    cut,
    cuts_of,
    in_order,
    last_in,
    tally,
    with_total,
)
from returns903.derive.declared import count, date, days, derived, flag, share, text
from returns903.derive.kept import kept
from returns903.derive.neighbours import Columns, changes, runs
from returns903.derive.places import only_told, places, tells
from returns903.derive.population import NOT_JUDGED, doubtful, here
from returns903.returns import Return
from returns903.rules.groups import FOR_ADOPTION, TEMPORARY
from returns903.years import years_after

MILES = 20
UNKNOWN_MILES = 999.9
"""What stands for an unknown distance in frames that bring one."""
DISTANCES = ("20 miles or less", "more than 20 miles", "unknown")
LOCATIONS = ("inside", "outside", "unknown")
TOTAL = "total"
UNTOLD = "the return does not tell it of any placement"
"""What null means in the rows of a distance, a side or an area: a nought would be taken for a true one."""
PLACEMENT_MEASURES = ("no_placement", "one_placement", "two_placements", "three_or_more_placements")
TWO_YEARS = "two_years_in_one_placement"
IN_TWO_YEARS = "three_or_more_placements_in_two_years"

PLACED = {
    "child": CHILD,
    "period": count("as in `periods_of_care`", least=1),
    "place": text("PLACE of the last episode", "blank"),
    "group": text("its national group", "no code of the list"),
    "start": date("the first day"),
    "end": date("DEC of the last episode", "open"),
    "days": days("from start to end, or to the last day of the year while open; temporary absences included"),
    "episodes": count("how many, without those left out", least=1),
    "open": flag("there is no end"),
}
STABILITY = {
    "measure": text(
        "no_placement: in temporary placements only; two_years_in_one_placement: with the same carer; "
        "three_or_more_placements_in_two_years: of those in care for two years",
        values=(*PLACEMENT_MEASURES, TWO_YEARS, IN_TWO_YEARS),
    ),
    "denominator": count("children looked after on the day, respite apart, that the measure is about"),
    "children": count("those it is true of", "the months that count begin before the returns at hand do"),
    "others": count("the rest: children and others add up to denominator", "as children"),
    "percent": share("children of denominator", "of nobody, or as children"),
    **APART,
    "unknown": count(
        "children left out of the denominator, since the return does not tell whether they belong to it: no date of "
        "birth, or care that began before the first episode known"
    ),
    "not_judged": NOT_JUDGED,
}
DISTANCE = {
    "distance": text("from home", values=(*DISTANCES, TOTAL)),
    "location": text("inside or outside the authority's area", values=(*LOCATIONS, TOTAL)),
    "children": count("how many", UNTOLD),
    "percent": share("of all children", "of nobody, or as children"),
    "not_judged": NOT_JUDGED,
}

PLACE = ("PLACE", "PL_POST", "URN")
"""What tells one place from another."""
SAME_CARER = ("T", "U")
"""The reasons for a new episode that change the placement and leave the carer."""


@derived("placement of a child, by child and start", PLACED)
def placement_runs(ret: Return) -> pl.DataFrame:
    """Each child's placements that touch the year: neighbouring episodes of a period of care in one placement.

    An episode begins a placement unless it has RNE L (the legal status alone changed). Short breaks (LS V3, V4) and
    temporary placements (PLACE T0 to T4) are left out, and do not end the placement that they interrupt: the episode
    after a temporary placement begins a new one only where PLACE, PL_POST or URN is not what it was before (blank is
    like blank). The first episode that is left of a period begins a placement whatever its RNE.

    Returns:
        {columns}

    Source: the reasons for a new episode in the return; temporary placements as rule 383 has them.
    """
    numbers = all_periods(ret).select("key", period="number").filter(pl.col("period").is_not_null())
    return (
        all_placements(ret)
        .filter(touches(ret))
        .join(numbers, on="key", how="inner", maintain_order="left")
        .with_columns(group=group_of("place", "PLACE"), days=lasted(ret), open=pl.col("end").is_null())
    )


@kept
def all_placements(ret: Return) -> pl.DataFrame:
    """The placements of both returns, touching the year or not.

    Columns: run and carer (as in `numbered`), child, key (what the period's episodes carry), place, start, end,
    episodes, last_year (its last episode stands in the previous return alone), since (when the child came to the carer;
    or, where that was to be adopted, to the carer before), episode (the number of its last one), over (when it was over
    for good: `end`, or the end of the temporary placements and short breaks after it; null: not yet) and over_told
    (this return says so).
    """
    rows = numbered(ret)
    begun = {"run": "run", "carer": "carer", "child": "child", "key": "period", "start": "decom"}
    ended = {"place": "PLACE", "end": "dec", "last_year": "last_year", "episode": "episode"}
    counted = runs(rows.filter("counts"), changes("run"), begun, ended).rename({"n": "episodes"})
    # what comes after a placement without being one bears its number too, at first in the same period
    after: Columns = {"over": "dec", "over_told": ~pl.col("last_year")}
    lasts = runs(rows.filter(pl.col("run") > 0), changes("run", "period"), {"of": "run"}, after)
    found = counted.hstack(lasts.filter(pl.col("of").is_first_distinct()).select(*after))
    before = pl.when(pl.col("key") == pl.col("key").shift(1)).then(pl.col("came").shift(1))
    adopting = pl.col("came_to").is_in(FOR_ADOPTION)
    carers = (
        found.filter(pl.col("carer").is_first_distinct())
        .select("carer", "key", came="start", came_to="place")
        .select("carer", "came", joined=pl.when(adopting).then(before))
    )
    joined = pl.when(pl.col("place").is_in(FOR_ADOPTION)).then("joined")
    return (
        found.join(carers, on="carer", how="left", maintain_order="left")
        .with_columns(since=pl.coalesce(joined, "came"))
        .drop("came", "joined")
    )


@kept
def numbered(ret: Return) -> pl.DataFrame:
    """The episodes, with counts (they make up a placement), run and carer.

    run says which placement, from 1, and the last one where they make up none; carer the same of neighbouring
    placements with one carer.
    """
    temporary = pl.col("PLACE").is_in(TEMPORARY).fill_null(value=False)
    rows = episodes(ret).with_columns(counts=~temporary & ~pl.col("respite"), absences=temporary.cum_sum())
    rows = rows.with_columns(before=pl.when("counts").then(pl.int_range(pl.len())).forward_fill().shift(1))
    absent = pl.col("absences") != row_before("absences")
    same_place = pl.all_horizontal(pl.col(name).eq_missing(row_before(name)) for name in PLACE)
    stays = pl.col("RNE").eq_missing("L") | (absent & same_place)
    with_carer = stays | pl.col("RNE").is_in(SAME_CARER).fill_null(value=False)
    same_period = pl.col("period") == row_before("period")
    begins = {
        name: pl.col("counts") & ~(same_period & goes_on).fill_null(value=False)
        for name, goes_on in (("run", stays), ("carer", with_carer))
    }
    return rows.with_columns(**{name: begun.cum_sum() for name, begun in begins.items()})


def row_before(name: str) -> pl.Expr:
    """The column of `numbered` on the last row before that counts."""
    return pl.col(name).gather(pl.col("before"))


@kept
def standing(ret: Return) -> pl.DataFrame:
    """How long the care and the placement of each episode's child had lasted in it.

    In the order of their numbers: begun (the start of the period of care), start_known (it is really its
    start), and of the placement that the child was in, or was away from (null: none in the period) since (as in
    `all_placements`) and placed (its start).
    """
    # Periods and runs are numbered from 1 in the order of their frames, so that a number is a place.
    rows, runs, periods = numbered(ret), all_placements(ret), all_periods(ret)
    run = rows.get_column("run").cast(pl.Int64) - 1
    period = rows.get_column("period").cast(pl.Int64) - 1
    has_run = pl.lit(rows.get_column("run") > 0)
    runs = runs.select("since", "key", placed="start")
    mine = runs[run.clip(0)] if runs.height else runs.clear(rows.height)
    of_period = has_run & (pl.lit(mine.get_column("key")) == pl.col("period"))
    return rows.select(
        begun=pl.lit(periods.get_column("start")[period]),
        start_known=pl.lit(periods.get_column("start_known")[period]),
        **{name: pl.when(of_period).then(pl.lit(mine.get_column(name))) for name in ("since", "placed")},
    )


@derived("measure", STABILITY, key=["measure"], by=CUTS)
def placement_stability(
    ret: Return, as_at: dt.date | None = None, *, by_carer: bool = False, by: By = ()
) -> pl.DataFrame:
    """Three or more placements in the year or in two, and two years with one carer, of the children looked after.

    Placements are those of `placement_runs`. Counted for a child are those open at any time in the year, over all its
    periods of care: begun by the day, and not ended or ended on the first day of the year or later. So the placement
    that the child was in on 1 April counts, and so does one that ended that day. This return shows every placement of
    its year: one that only the previous return holds, with an end or without, was over by 1 April. It counts for twelve
    months that begin before, so that a child can have fewer placements at the end of March than at the end of February.

    For two years in one placement the children are those under 16 who have been looked after without a break for at
    least two and a half years; they must have come to the present carer at least two years before. A change of
    placement or legal status with the same carer (RNE T or U) does not break the two years. Where the child came to the
    carer in a placement for adoption (A3 to A6) and is in one, the time with the carer before counts too.

    For three or more placements in two years the children are those looked after without a break for at least two
    years, and placements are counted as for the year. This takes the previous return.

    Args:
        ret: the return.
        as_at: the day; the last day of the year unless it is given. The year is then the twelve months to that day.
        by_carer: whether neighbouring placements with the same carer count as one also for three or more placements.
            They do not unless it is asked for: the return calls RNE T and U changes of placement, the measure counts
            placements, and no source was found that leaves these out.
        by: what the table is cut by, any of `CUTS`.

    Returns:
        {columns}

    Raises:
        ConfigError: it cannot be cut so.

    Source: the national stability measures: three or more placements during the year; living with the same carer for
    at least two years, or placed for adoption and together with the placement before for two years; three or more
    placements in two years, of those looked after for two years.
    """
    day, cuts = as_at or ret.year.end, cuts_of(by)
    children = cut(ret, here(ret, day), cuts)
    found = [
        stability(ret, day, children, cuts, by_carer=by_carer),
        _in_two_years(ret, day, children, cuts, by_carer=by_carer),
    ]
    return beside(ret, in_order(pl.concat(found), cuts), cuts, doubtful(ret, day))


def stability(
    ret: Return, day: dt.date, children: pl.DataFrame, by: Sequence[str] = (), *, by_carer: bool = False
) -> pl.DataFrame:
    """`placement_stability` of the children looked after on a day, already cut, but for the measure over two years."""
    unit, first = "carer" if by_carer else "run", first_of(ret, day, 1)
    each = (
        of_episodes(children, standing(ret))
        .join(placements_in(ret, first, day, unit), on="child", how="left")
        .join(birth_dates(ret).select("child", "dob"), on="child", how="left")
        .with_columns(pl.col("n").fill_null(0).clip(0, 3))
        .with_columns(**_two_years(day))
    )
    found = [
        _if_known(ret, first, _measured(each, by, name, pl.lit(value=True), pl.col("n") == n))
        for n, name in enumerate(PLACEMENT_MEASURES)
    ]
    found.append(_measured(each, by, TWO_YEARS, pl.col("about"), pl.col("settled")))
    return _with_the_rest(in_order(pl.concat(found), by))


def _in_two_years(
    ret: Return, day: dt.date, children: pl.DataFrame, by: Sequence[str], *, by_carer: bool
) -> pl.DataFrame:
    """Three or more placements in two years, of the children looked after on a day, already cut."""
    unit, first = "carer" if by_carer else "run", first_of(ret, day, 2)
    moves = placements_in(ret, first, day, unit)
    each = of_episodes(children, standing(ret)).join(moves, on="child", how="left")
    many = pl.col("n").fill_null(0) >= len(PLACEMENT_MEASURES) - 1
    return _with_the_rest(_if_known(ret, first, _measured(each, by, IN_TWO_YEARS, in_care_for("24mo", day), many)))


def _if_known(ret: Return, first: dt.date, table: pl.DataFrame) -> pl.DataFrame:
    """The table without the children it is true of where the months that count begin before the returns at hand do."""
    known_from = ret.year.start if ret.previous is None else ret.year.previous.start
    return table.with_columns(children=pl.when(first >= known_from).then("children"))


def _with_the_rest(table: pl.DataFrame) -> pl.DataFrame:
    return table.with_columns(
        others=pl.col("denominator") - pl.col("children"),
        percent=percent("children", "denominator"),
        assumed=pl.lit(0, pl.UInt32),
    ).with_columns(**ranged(pl.col("children"), "denominator"))


def first_of(ret: Return, day: dt.date, years: int) -> dt.date:
    """The first day of so many years up to a day."""
    if day == ret.year.end:
        return ret.year.start if years == 1 else ret.year.previous.start
    return years_after(day + dt.timedelta(days=1), -years)


def _measured(each: pl.DataFrame, by: Sequence[str], name: str, about: pl.Expr, true_of: pl.Expr) -> pl.DataFrame:
    """One measure: about is three-valued, null where the return does not tell whether the child belongs to it."""
    return tally(
        each.with_columns(measure=pl.lit(name), belongs=about),
        by,
        crossed(measure=[name]),
        denominator=pl.col("belongs").sum(),
        children=(pl.col("belongs") & true_of).sum(),
        unknown=pl.col("belongs").null_count(),
    )


def placements_in(ret: Return, first: dt.date, last: dt.date, unit: str) -> pl.DataFrame:
    """How many placements (n) each child had in a window; unit: the column of `all_placements` that is counted."""
    told = ~pl.col("last_year") | pl.lit(first < ret.year.start)
    in_time = (pl.col("start") <= last) & (pl.col("end").is_null() | (pl.col("end") >= first)) & told
    return all_placements(ret).filter(in_time).group_by("child").agg(n=pl.col(unit).n_unique())


def _two_years(day: dt.date) -> dict[str, pl.Expr]:
    """Whether the measure is about a child, and whether it is true of one."""
    about = (age_on(pl.col("dob"), pl.lit(day)) < 16) & in_care_for("30mo", day)
    return {
        "about": about,
        "settled": (pl.col("since").dt.offset_by("24mo") <= day).fill_null(value=False),
    }


def in_care_for(long: str, day: dt.date) -> pl.Expr:
    """Three-valued: null while it hangs on what is not known."""
    begun = pl.col("begun").dt.offset_by(long) <= day
    return pl.when(begun).then(statement=True).when("start_known").then(statement=False)


@derived("distance and side, and their totals", DISTANCE, key=["distance", "location"], by=CUTS)
def placement_distance(ret: Return, as_at: dt.date | None = None, *, by: By = ()) -> pl.DataFrame:
    """How far from home the children looked after on a day were placed, inside or outside the authority's area.

    Distance and side are those of the episode that the child was in (PL_DISTANCE, PL_LOCATION), as the frames bring
    them or worked out from the postcodes; without a directory of postcodes all of them are unknown, and without the
    authority that makes the return so are the sides: the other rows are then null. Exactly 20.0 miles are 20 miles or
    less; 999.9, which stands for an unknown distance, is unknown.

    Args:
        ret: the return.
        as_at: the day; the last day of the year unless it is given.
        by: what the table is cut by, any of `CUTS`.

    Returns:
        {columns}

    Raises:
        ConfigError: it cannot be cut so.

    Source: the national table of distance between home and placement, by placement inside or outside the boundary.
    """
    day, cuts = as_at or ret.year.end, cuts_of(by)
    children = cut(ret, here(ret, day), cuts)
    found = distance(children.join(places(ret, children), on="episode", how="left"), cuts)
    found = only_told(found, untold(ret, DISTANCES[:-1]), last_in("children", cuts), "children", "percent")
    return beside(ret, found, cuts, doubtful(ret, day))


def distance(children: pl.DataFrame, by: Sequence[str] = ()) -> pl.DataFrame:
    """`placement_distance` of the children looked after, already cut and with the columns of `places`."""
    each = children.select(*by, distance=distance_band(pl.col("miles")), location=location(pl.col("side")))
    each = counted(each, *each.columns)
    items = with_total(with_total(each, "location", TOTAL), "distance", TOTAL)
    rows = crossed(distance=[*DISTANCES, TOTAL], location=[*LOCATIONS, TOTAL])
    counts = tally(items, by, rows, children=pl.col("n").sum())
    return counts.with_columns(percent=percent("children", last_in("children", by)))


def untold(ret: Return, distances: Sequence[str]) -> Iterator[pl.Expr]:
    """The rows of a table by location and distance that take a side or one of these distances, if none is told."""
    if not tells(ret, "PL_LOCATION"):
        yield pl.col("location").is_in(LOCATIONS[:-1])
    if not tells(ret, "PL_DISTANCE"):
        yield pl.col("distance").is_in(distances)


def is_distance(miles: pl.Expr) -> pl.Expr:
    """Whether miles are known."""
    return miles.is_not_nan() & (miles >= 0) & (miles < UNKNOWN_MILES)


def distance_band(miles: pl.Expr) -> pl.Expr:
    """One of `DISTANCES`."""
    near, far, unknown = (pl.lit(name) for name in DISTANCES)
    is_known = is_distance(miles)
    return pl.when(is_known & (miles <= MILES)).then(near).when(is_known).then(far).otherwise(unknown)


def location(side: pl.Expr) -> pl.Expr:
    """One of `LOCATIONS`."""
    inside, outside, unknown = (pl.lit(name) for name in LOCATIONS)
    return pl.when(side == "IN").then(inside).when(side == "OUT").then(outside).otherwise(unknown)
