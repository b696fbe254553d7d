"""Which placements are used: code by code, by provider and area; which began, and why and how far from home."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import polars as pl

from returns903 import codes
from returns903.derive.breakdowns import by_each
from returns903.derive.counts import percent
from returns903.derive.cuts import (
    CUTS,
    PLACEMENT_GROUPS,
    TEMPORARY_GROUP,
    UNKNOWN,
    By,
    beside,
    crossed,
    cut,
    cuts_of,
    last_in,
    tally,
    with_total,
)
from returns903.derive.declared import Column, count, derived, share, text
from returns903.derive.placements import (
    DISTANCES,
    LOCATIONS,
    TOTAL,
    UNTOLD,
    distance_band,
    is_distance,
    location,
    numbered,
    row_before,
    untold,
)
from returns903.derive.places import only_told, places, tells
from returns903.derive.population import NOT_JUDGED, doubtful, here
from returns903.derive.windows import Period, Window, window
from returns903.returns import Return
from returns903.rules.groups import OUTSIDE_ENGLAND

LONG_TERM, CONCURRENT, OTHER_FOSTERING = (
    "long term",
    "fostering for adoption or concurrent planning",
    "neither long term nor for adoption",
)
KIN, OTHER_CARER = "relative or friend", "other foster carer"
NOT_FOSTERED = "not fostered"
_FOSTERING = {"U1": LONG_TERM, "U4": LONG_TERM, "U2": CONCURRENT, "U5": CONCURRENT}
_FOSTERING |= dict.fromkeys(("U3", "U6"), OTHER_FOSTERING)
_CARERS = dict.fromkeys(("U1", "U2", "U3"), KIN) | dict.fromkeys(("U4", "U5", "U6"), OTHER_CARER)
OWN, ELSEWHERE = "the authority's own area", "another authority of England"
ABROAD = {code: codes.PL_LA_EXTRA[code].label for code in OUTSIDE_ENGLAND if code != "CON"}
BANDS = {
    "20 miles or less": 20,
    "more than 20 to 40 miles": 40,
    "more than 40 to 60 miles": 60,
    "more than 60 to 80 miles": 80,
    "more than 80 to 100 miles": 100,
    "more than 100 miles": float("inf"),
}
"""The bands of distance, and the most of each."""
FIRST, SAME_CARER, MOVED = "first of a period of care", "with the same carer", "with another carer"


def _labels(name: str) -> dict[str, str]:
    return {code: entry.label for code, entry in codes.code_list(name).items()}


_LABELS = {"placement": _labels("PLACE"), "provider": _labels("PLACE_PROVIDER")}


def _wider(names: Mapping[str, str | None], otherwise: str) -> dict[str, str]:
    return {label: names.get(code) or otherwise for code, label in _LABELS["placement"].items()}


WIDER = {
    "group_of_place": _wider({code: entry.group for code, entry in codes.PLACE.items()}, TEMPORARY_GROUP),
    "fostering_of_place": _wider(_FOSTERING, NOT_FOSTERED),
    "carer_of_place": _wider(_CARERS, NOT_FOSTERED),
}
"""What each type of placement is put together with: in its national group, and by the two kinds of fostering."""
USED = {
    "placement": (*_LABELS["placement"].values(), UNKNOWN),
    "fostering": (*dict.fromkeys(_FOSTERING.values()), NOT_FOSTERED, UNKNOWN),
    "carer": (KIN, OTHER_CARER, NOT_FOSTERED, UNKNOWN),
    "provider": (*_LABELS["provider"].values(), UNKNOWN),
    "area": (OWN, ELSEWHERE, *ABROAD.values(), UNKNOWN),
}
"""The breakdowns of the placements of a day, and the categories of each."""
CHANGES = {
    "began": (FIRST, SAME_CARER, MOVED),
    "reason": (*_labels("REASON_PLACE_CHANGE").values(), UNKNOWN),
    "placement_group": (*PLACEMENT_GROUPS, UNKNOWN),
    "distance": DISTANCES,
    "boundary": LOCATIONS,
}
"""The breakdowns of the placements that began, and the categories of each."""
BY_CODE = {
    "breakdown": text(
        "placement: PLACE code by code; fostering and carer: the codes U1 to U6 put together in two ways; provider: "
        "PLACE_PROVIDER; area: where the placement lies",
        values=tuple(USED),
    ),
    "code": text("the code", "the category is none"),
    "category": text("what it stands for; unknown: blank or no code; total"),
    "children": count("how many, nobody too", UNTOLD),
    "percent": share("of all children", "of nobody, or as children"),
    "not_judged": NOT_JUDGED,
}
CHANGE = {
    "breakdown": text(
        "began: how; reason: why the placement before ended, of those that are no first one; placement_group, distance "
        "and boundary: of the new placement",
        values=tuple(CHANGES),
    ),
    "category": text("unknown: blank or no code, or no known place; total"),
    "placements": count("how many began, none too", UNTOLD),
    "percent": share("of the breakdown's placements", "of none, or as placements"),
}
MILES = {
    "location": text("inside or outside the authority's area", values=(*LOCATIONS, TOTAL)),
    "distance": text("from home", values=(*BANDS, UNKNOWN, TOTAL)),
    "children": count("how many, nobody too", UNTOLD),
    "percent": share("of all children", "of nobody, or as children"),
    "mean_miles": Column(pl.Float64, "the mean of their known distances", "none is known", least=0),
    "median_miles": Column(pl.Float64, "the median of their known distances", "none is known", least=0),
    "not_judged": NOT_JUDGED,
}


@derived("category of a breakdown", BY_CODE, key=["breakdown", "category"], by=CUTS)
def placements_by_code(ret: Return, as_at: dt.date | None = None, *, by: By = ()) -> pl.DataFrame:
    """Where the children looked after on a day are placed: code by code, by kind of fostering, provider and area.

    PLACE, PLACE_PROVIDER and PL_LA are those of the episode that the child was in, temporary placements too. The area
    is the authority's own where PL_LOCATION says so, elsewhere what PL_LA says; both as the frames bring them or worked
    out from the postcodes. A confidential placement (CON) is of unknown area. So are all where neither the frames nor
    postcodes and the authority tell it; the rows of the areas are then null.

    Args:
        ret: the return.
        as_at: the day; the last day of the year unless it is given.
        by: what the table is cut by, any of `CUTS`.

    Returns:
        {columns}

        The categories of each breakdown add up to the children of `looked_after_on`, which is their total.

    Raises:
        ConfigError: it cannot be cut so.

    Source: the national tables of placements of children looked after at 31 March, by type, provider and locality.
    """
    day, cuts = as_at or ret.year.end, cuts_of(by)
    children = cut(ret, here(ret, day), cuts)
    known = children.join(places(ret, children), on="episode", how="left", maintain_order="left")
    found = by_each(known.with_columns(**_used()), USED, cuts)
    code = [
        pl.when(pl.col("breakdown") == name).then(pl.col("category").replace_strict(_by_label(name), default=None))
        for name in _LABELS
    ]
    area = pl.when(pl.col("breakdown") == "area").then("category")
    needs = {"PL_LOCATION": area.is_in([OWN, ELSEWHERE]), "PL_LA": area.is_in(list(ABROAD.values()))}
    shown = _told(ret, found, needs, cuts, "children")
    return beside(ret, shown.with_columns(code=pl.coalesce(code)), cuts, doubtful(ret, day))


def _told(
    ret: Return, table: pl.DataFrame, needs: Mapping[str, pl.Expr], by: Sequence[str], number: str
) -> pl.DataFrame:
    """The table without the numbers of the rows that need a column of places that is not told."""
    untold = [rows for column, rows in needs.items() if not tells(ret, column)]
    return only_told(table, untold, last_in(number, [*by, "breakdown"]), number, "percent")


def _by_label(name: str) -> dict[str, str]:
    return {label: code for code, label in _LABELS[name].items()}


def _used() -> dict[str, pl.Expr]:
    place = pl.when(pl.col("PLACE").is_in(list(codes.PLACE)))
    return {
        "placement": _said("PLACE", _LABELS["placement"]),
        "fostering": place.then(_said("PLACE", _FOSTERING, NOT_FOSTERED)).otherwise(pl.lit(UNKNOWN)),
        "carer": place.then(_said("PLACE", _CARERS, NOT_FOSTERED)).otherwise(pl.lit(UNKNOWN)),
        "provider": _said("PLACE_PROVIDER", _LABELS["provider"]),
        "area": _area(),
    }


def _said(column: str, names: Mapping[str, str], otherwise: str = UNKNOWN) -> pl.Expr:
    return pl.col(column).replace_strict(names, default=otherwise, return_dtype=pl.String)


def _area() -> pl.Expr:
    side, area = pl.col("side"), pl.col("area")
    abroad = area.replace_strict(ABROAD, default=None, return_dtype=pl.String)
    elsewhere = pl.when((side == "OUT") & (area != "CON")).then(pl.lit(ELSEWHERE))
    return pl.coalesce(pl.when(side == "IN").then(pl.lit(OWN)), abroad, elsewhere, pl.lit(UNKNOWN))


@derived("category of a breakdown", CHANGE, key=["breakdown", "category"], by=CUTS)
def placement_changes(ret: Return, *, period: Period | None = None, by: By = ()) -> pl.DataFrame:
    """The placements that began in the year: how, why the one before had ended, of what group and how far from home.

    Placements are those of `placement_runs`: neither a change of legal status alone nor a temporary placement begins
    one, nor the return from it to the place before. The reason is the REASON_PLACE_CHANGE of the episode just before
    the new placement, or where that has none (a temporary placement), of the last one in the placement before. Every
    placement counts, so that a child may be here more than once. Distance and side are those of `placement_distance`.

    Args:
        ret: the return.
        period: first and last day, instead of the year's.
        by: what the table is cut by, any of `CUTS`: as of the day on which the placement began.

    Returns:
        {columns}

        The categories of each breakdown add up to its total, which is the same for all but reason.

    Raises:
        ConfigError: it cannot be cut so; the period is none, or reaches beyond the returns at hand.

    Source: the national tables of placements that started during the year by distance, and of reasons for a change of
    placement.
    """
    cuts = cuts_of(by)
    items = begun(ret, window(ret, period))
    known = items.join(places(ret, items), on="episode", how="left", maintain_order="left")
    described = cut(ret, known, tuple(dict.fromkeys(("placement_group", *cuts)))).with_columns(
        distance=distance_band(pl.col("miles")), boundary=location(pl.col("side"))
    )
    found = by_each(described, CHANGES, cuts).rename({"children": "placements"})
    rows = {name: pl.when(pl.col("breakdown") == name).then("category").is_in(CHANGES[name][:-1]) for name in CHANGES}
    needs = {"PL_DISTANCE": rows["distance"], "PL_LOCATION": rows["boundary"]}
    return _told(ret, found, needs, cuts, "placements")


def begun(ret: Return, days: Window) -> pl.DataFrame:
    """The placements that began in a window, as items that `cut` and `tally` take, with began and reason."""
    told = ~pl.col("last_year") | (pl.col("decom") < ret.year.start)
    goes_on = (pl.col("period") == row_before("period")).fill_null(value=False)
    stays = pl.col("carer") == row_before("carer")
    reason = pl.coalesce(pl.col("REASON_PLACE_CHANGE").shift(1), row_before("REASON_PLACE_CHANGE"))
    named = reason.replace_strict(_labels("REASON_PLACE_CHANGE"), default=UNKNOWN, return_dtype=pl.String)
    rows = numbered(ret).with_columns(
        day="decom",
        began=pl.when(~goes_on).then(pl.lit(FIRST)).when(stays).then(pl.lit(SAME_CARER)).otherwise(pl.lit(MOVED)),
        reason=pl.when(goes_on).then(named.fill_null(UNKNOWN)),
    )
    first = rows.filter("counts").filter(pl.col("run").is_first_distinct())
    return first.filter(days.holds("day") & told).select("child", "day", "episode", "began", "reason")


@derived("side and distance, and their totals", MILES, key=["location", "distance"], by=CUTS)
def distance_from_home(ret: Return, as_at: dt.date | None = None, *, by: By = ()) -> pl.DataFrame:
    """How many miles from home the children looked after on a day were placed: in bands of twenty, and on average.

    Distance and side are those of `placement_distance`, of which this is the detail.

    Args:
        ret: the return.
        as_at: the day; the last day of the year unless it is given.
        by: what the table is cut by, any of `CUTS`.

    Returns:
        {columns}

        Bands and unknown add up to the total of each side, and the sides to the total of each band.

    Raises:
        ConfigError: it cannot be cut so.

    Source: the national table of the mean and median distance between home and placement, and its bands of 20 miles; of
    these only the first were found.
    """
    day, cuts = as_at or ret.year.end, cuts_of(by)
    children = cut(ret, here(ret, day), cuts)
    known = children.join(places(ret, children), on="episode", how="left", maintain_order="left")
    miles = pl.when(is_distance(pl.col("miles"))).then("miles")
    band = [pl.when(miles <= most).then(pl.lit(name)) for name, most in BANDS.items()]
    each = known.select(
        *cuts, miles=miles, location=location(pl.col("side")), distance=pl.coalesce(*band, pl.lit(UNKNOWN))
    )
    every, keys = with_total(with_total(each, "location", TOTAL), "distance", TOTAL), [*cuts, "location", "distance"]
    rows = crossed(location=[*LOCATIONS, TOTAL], distance=[*BANDS, UNKNOWN, TOTAL])
    counts = tally(every, cuts, rows, children=pl.len())
    average = every.group_by(keys).agg(mean_miles=pl.col("miles").mean(), median_miles=pl.col("miles").median())
    found = counts.join(average, on=keys, how="left", maintain_order="left")
    shares = found.with_columns(percent=percent("children", last_in("children", cuts)))
    shown = only_told(shares, untold(ret, list(BANDS)), last_in("children", cuts), "children", "percent")
    return beside(ret, shown, cuts, doubtful(ret, day))
