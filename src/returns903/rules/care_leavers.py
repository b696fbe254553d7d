"""Care leavers: contact, activity and accommodation around their birthday."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from returns903 import codes
from returns903.frames import Frames
from returns903.frames.terms import (
    all_of,
    any_of,
    any_row,
    at_latest,
    blank,
    given,
    has_row,
    of_child,
    one_of,
    other_than,
    years_after,
)
from returns903.rules.care import in_year, looked_after_all_year
from returns903.rules.groups import AD1_ITEMS, ADOPTED, OC2_ITEMS, OC3_ITEMS, RESPITE
from returns903.rules.registry import column_name, rule
from returns903.tables import AD1, OC2, OC3, UASC, Episodes, Header, Missing, PlacedAdoption, PrevPerm, Reviews, Table
from returns903.tables.base import NUMBER
from returns903.years import Year

LEAVER = [OC3.col(name) for name in OC3_ITEMS]
ADOPTION = [AD1.col(name) for name in AD1_ITEMS]
HEALTH = [OC2.col(name) for name in OC2_ITEMS]

FOYER = ("T1", "T2")
"""Codes of ACCOM: foyers and the like, suitable or not."""

WEEKS_13 = 91
"""Days in care after the fourteenth birthday that make a care leaver."""


def any_given(columns: Iterable[pl.Expr]) -> pl.Expr:
    """Something stands in one of the cells at least."""
    return any_of(*[given(column) for column in columns])


def age_at_end(age: int, year: Year) -> pl.Expr:
    """The care leaver is of this age on the last day of the year, by the DOB in OC3."""
    return (years_after(OC3.DOB, age) <= year.end) & (years_after(OC3.DOB, age + 1) > year.end)


def must_be_code(code: str, item: pl.Expr, *, what: str) -> None:
    """The rule that a question about the care leaver is answered by one of its codes."""
    valid = codes.code_list(column_name(item))
    words = {"column": valid.name, "what": what, "codes": ", ".join(valid)}

    @rule(code, flags=OC3, fields=[item], words=words)
    def unknown_code(rules_year: Year) -> pl.Expr:
        """The code for {what} is blank or none of those permitted.

        When: {column} is none of {codes}. A blank flags.

        Why: each row of OC3 answers all its questions, in the codes of the return.

        Fix: enter one of the codes in {column}.
        """
        return other_than(item, valid.valid(rules_year))


must_be_code("131", OC3.IN_TOUCH, what="whether the authority is in touch with the care leaver")
must_be_code("132", OC3.ACTIV, what="the care leaver's main activity")
must_be_code("133", OC3.ACCOM, what="the care leaver's accommodation")


@rule("134", flags=AD1, fields=[*LEAVER, *ADOPTION])
def adoption_of_care_leaver() -> pl.Expr:
    """Adoption details are given for a child who is also reported as a care leaver.

    When: DATE_INT, DATE_MATCH, FOSTER_CARE, NB_ADOPTR, SEX_ADOPTR or LS_ADOPTR is given, readable or not, and the child
    has a row in OC3 where IN_TOUCH, ACTIV or ACCOM is given.

    Why: a child who was adopted is no care leaver.

    Fix: remove whichever of the two does not belong to the child.
    """
    return any_given(ADOPTION) & any_row(OC3, any_given(LEAVER))


@rule("153", flags=OC3, fields=LEAVER)
def details_in_part() -> pl.Expr:
    """The care leaver's details are filled in only in part.

    When: one or two of IN_TOUCH, ACTIV and ACCOM are given. All three, or none, pass.

    Why: the three are answered together.

    Fix: fill in what is missing, or clear all three where the young person is no care leaver.
    """
    return any_given(LEAVER) & any_of(*[blank(column) for column in LEAVER])


@rule("187", flags=[AD1, OC3], fields=[*ADOPTION, *LEAVER])
def left_though_in_care_all_year(year: Year) -> dict[Table, pl.Expr]:
    """Adoption or care leaver details are given for a child who was looked after for the whole year.

    When: the child's episodes show care from the first to the last day of the year, without a start, an end or respite
    care in it, and a row of AD1 gives any of DATE_INT, DATE_MATCH, FOSTER_CARE, NB_ADOPTR, SEX_ADOPTR and LS_ADOPTR, or
    a row of OC3 any of IN_TOUCH, ACTIV and ACCOM. Each row is judged by itself.

    Why: both tables are about children who have left care.

    Fix: remove the details, or end the episode on which the child left care.
    """
    all_year = looked_after_all_year(year)
    return {AD1: all_year & any_given(ADOPTION), OC3: all_year & any_given(LEAVER)}


@rule("215", flags=[OC3, OC2], fields=[*LEAVER, *HEALTH])
def health_of_care_leaver() -> pl.Expr:
    """Care leaver details stand beside health and conviction details of the same child.

    When: a row of OC3 gives any of IN_TOUCH, ACTIV and ACCOM, and a row of OC2 for the child gives any of its eight
    yes-or-no items. The SDQ score and its reason are not looked at. Both rows are flagged.

    Why: health and convictions are asked of children in care for twelve months, OC3 of those who have left.

    Fix: remove whichever of the two does not belong to the child.
    """
    return any_given(LEAVER) & any_given(HEALTH)


@rule("344", flags=OC3, fields=LEAVER)
def details_of_one_dead_or_at_home() -> pl.Expr:
    """A care leaver who has died or returned home for good has an activity or accommodation other than 0.

    When: IN_TOUCH is DIED or RHOM, and ACTIV or ACCOM is anything but 0. A blank is not 0, and flags.

    Why: there is nothing to report of either, and 0 says so.

    Fix: enter 0 in ACTIV and in ACCOM, or correct IN_TOUCH.
    """
    return one_of(OC3.IN_TOUCH, "DIED", "RHOM") & (other_than(OC3.ACTIV, "0") | other_than(OC3.ACCOM, "0"))


@rule("345", flags=OC3, fields=LEAVER)
def no_details_though_in_touch() -> pl.Expr:
    """The authority is in touch with the care leaver, yet activity or accommodation is 0.

    When: IN_TOUCH is YES, and ACTIV or ACCOM is 0. A blank passes.

    Why: 0 says that there is no information, which an authority in touch has.

    Fix: enter the activity and the accommodation, or correct IN_TOUCH.
    """
    return (OC3.IN_TOUCH == "YES") & any_of(OC3.ACTIV == "0", OC3.ACCOM == "0")


@rule("347", flags=OC3, fields=[OC3.ACCOM, OC3.DOB], since="2023-24")
def foyer_before_eighteen(year: Year) -> pl.Expr:
    """A care leaver who was not yet 18 when the year began is said to live in a foyer.

    When: ACCOM is T1 or T2, or the letter T alone, which is no code but is flagged alike; and the eighteenth birthday
    is after the first day of the year. The birthday itself passes, and so does a blank or unreadable DOB.

    Why: foyers and the like are no accommodation for a care leaver under 18.

    Fix: correct ACCOM or DOB.
    """
    return one_of(OC3.ACCOM, FOYER, "T") & (years_after(OC3.DOB, 18) > year.start)


@rule("348", flags=OC3, fields=[OC3.IN_TOUCH], since="2025-26")
def alive_after_death() -> pl.Expr:
    """A care leaver who was reported as having died last year is not reported so this year.

    When: IN_TOUCH was DIED in a row of the previous return's OC3 for the child, and is anything else now. A blank
    flags; a care leaver with no row this year is not looked at.

    Why: one of the two returns is wrong.

    Fix: enter DIED, or ask for last year's return to be corrected.
    """
    return (OC3.last_year.IN_TOUCH == "DIED") & other_than(OC3.IN_TOUCH, "DIED")


@rule("391", flags=OC3, fields=[OC3.DOB, *LEAVER])
def younger_than_seventeen(year: Year) -> pl.Expr:
    """Care leaver details are given for a child who is younger than 17 at the end of the year.

    When: IN_TOUCH, ACTIV or ACCOM is given, and the seventeenth birthday by the DOB in OC3 is after the last day of the
    year. A blank or unreadable DOB passes.

    Why: OC3 begins with the seventeenth birthday.

    Fix: correct DOB, or remove the details.
    """
    return any_given(LEAVER) & (years_after(OC3.DOB, 17) > year.end)


@rule("1000", flags=OC3, fields=LEAVER, optional=[Episodes.last_year])
def died_in_care() -> pl.Expr:
    """A child who died in care has a row for care leavers.

    When: any of the child's episodes, this year or in the previous return where there is one, has REC E2. What OC3 says
    is not looked at.

    Why: a child who died while looked after never left care.

    Fix: remove the row, or correct REC.
    """
    return any_row(Episodes, Episodes.REC == "E2") | any_row(Episodes.last_year, Episodes.last_year.REC == "E2")


def _pooled(frames: Frames, year: Year, children: pl.Series) -> pl.DataFrame:
    """The children's episodes of both years, each (number, DECOM) once: of several rows the one that ended first.

    A child's latest episode, if it has not ended, lasts until the end of the year.
    """
    names = (NUMBER, "DECOM", "DEC", "LS", "REC")
    years = [
        frames.base(of, [f"{of.id}.{name}" for name in names])
        .filter(of.number.is_in(children.implode()))
        .select(of.col(name).alias(name) for name in names)
        for of in (Episodes, Episodes.last_year)
    ]
    episodes = (
        pl.concat(years)
        .sort("DEC", nulls_last=True, maintain_order=True)
        .unique([NUMBER, "DECOM"], keep="first", maintain_order=True)
        .with_columns(latest=(pl.col("DECOM") == pl.col("DECOM").max().over(NUMBER)).fill_null(value=False))
    )
    return episodes.with_columns(DEC=pl.when("latest").then(pl.col("DEC").fill_null(year.end)).otherwise("DEC"))


def _counted(births: pl.DataFrame, episodes: pl.DataFrame) -> pl.DataFrame:
    """The episodes that count, beside the births of those under 20."""
    beside = births.filter("young").join(episodes, left_on=Header.number, right_on=NUMBER)
    return beside.filter(other_than(pl.col("LS"), RESPITE))


def _days_from(age: int) -> pl.Expr:
    """Days of an episode after a birthday; an episode without a readable DECOM counts from the birthday."""
    start = pl.max_horizontal("DECOM", Header.DOB.dt.offset_by(f"{age}y"))
    return (pl.col("DEC") - start).dt.total_days().clip(lower_bound=0).sum()


@rule("1001", flags=OC3, fields=LEAVER, tables=[Episodes, OC3, Header, Episodes.last_year])
def too_little_care(frames: Frames, year: Year) -> dict[Table, pl.Series]:
    """The young person was not in care long enough after 14 and after 16, or was adopted, to be a care leaver.

    When: the episodes of this year and the previous return, respite care (LS V3 or V4) left out, come to fewer than 91
    days from the fourteenth birthday on, or to none from the sixteenth on. Birthdays follow from the DOB in Header; an
    episode counts once though both returns hold it, and the latest counts until the end of the year if it is open. A
    young person without episodes or without a readable DOB in Header flags. One who is 20 by the end of the year
    passes, unless the latest episode ended by adoption (REC E11 or E12), which flags at any age. Nothing is flagged
    where a table has no rows at all, or no one under 20 has an episode to count.

    Why: OC3 is about those looked after for 13 weeks or more since they were 14, and for some time since they were 16.

    Fix: remove the row, or complete the episodes or the date of birth.
    """
    if any(frames.base(of).is_empty() for of in (Episodes, Episodes.last_year, Header, OC3)):
        return {}
    leavers = frames.base(OC3).get_column("OC3.number").drop_nulls().unique()
    episodes = _pooled(frames, year, leavers)
    adopted = episodes.filter(pl.col("latest") & one_of(pl.col("REC"), ADOPTED)).get_column(NUMBER).unique()
    births = frames.base(Header, ["Header.DOB"]).filter(Header.number.is_not_null() & Header.DOB.is_not_null())
    births = births.select(Header.number, Header.DOB, Header.row, young=Header.DOB.dt.offset_by("20y") > year.end)
    counted = _counted(births, episodes)
    others = births.get_column("Header.number").unique()
    if counted.is_empty() and _counted(births, _pooled(frames, year, others)).is_empty():
        return {}
    enough = counted.group_by("Header.row").agg(enough=(_days_from(14) >= WEEKS_13) & (_days_from(16) >= 1))
    pairs = (
        frames.base(OC3)
        .select(OC3.number, OC3.row)
        .join(births, left_on=OC3.number, right_on=Header.number, how="left")
        .join(enough, on="Header.row", how="left")
    )
    too_little = pl.col("young").fill_null(value=True) & ~pl.col("enough").fill_null(value=False)
    was_adopted = OC3.number.is_in(adopted.implode()).fill_null(value=False)
    return {OC3: pairs.filter(too_little | was_adopted).get_column("OC3.row")}


@rule("1002", flags=OC3, fields=LEAVER)
def never_in_care() -> pl.Expr:
    """A young person without an episode this year or last has a row for care leavers.

    When: the child has no row in Episodes, neither in this return nor in the previous one. What OC3 says is not looked
    at.

    Why: only those who were looked after can leave care; one whose episodes all lie further back is flagged as well.

    Fix: check the child's identifier, and add missing episodes; remove the row if there was no care.
    """
    return ~(has_row(Episodes) | has_row(Episodes.last_year))


def _birthday(year: Year) -> pl.Expr:
    """The seventeenth or eighteenth birthday, whichever one of 17 or 18 at the end of the year had last."""
    return (
        pl.when(age_at_end(17, year))
        .then(years_after(OC3.DOB, 17))
        .when(age_at_end(18, year))
        .then(years_after(OC3.DOB, 18))
    )


@rule("1007", flags=OC3, fields=LEAVER)
def in_care_on_birthday(year: Year) -> pl.Expr:
    """Care leaver details are given for a young person of 17 or 18 who was still in care on that birthday.

    When: IN_TOUCH, ACTIV or ACCOM is given, the young person is 17 or 18 on the last day of the year by the DOB in OC3,
    and an episode began on or before that birthday and ended after it. A blank DEC counts as still in care; an episode
    that ended on the birthday passes, and so do unreadable dates and a blank DOB.

    Why: at 17 and 18 only those who had left care by their birthday are reported.

    Fix: remove the details, or end the episode on which the young person left care.
    """
    birthday = _birthday(year)
    still_there = (Episodes.DECOM <= birthday) & any_of(blank(Episodes.DEC), Episodes.DEC > birthday)
    return any_given(LEAVER) & still_there


@rule("1010", flags=OC3, fields=LEAVER)
def open_last_year_and_gone() -> pl.Expr:
    """A young person who was in care at the end of last year has no episode this year.

    When: the child has no row in Episodes, and DEC is blank on the child's latest episode of the previous return (of
    several that began on one day the last in the file). An unreadable DEC counts as an end; what OC3 says is not looked
    at.

    Why: the episode left open goes on, or ends, in this year.

    Fix: add the episode with its end, or check the child's identifier.
    """
    last = Episodes.last_year
    left_open = of_child(last, blank(last.DEC).filter(last.DECOM.is_not_null()).last())
    return ~has_row(Episodes) & left_open


@rule("1011", flags=OC3, fields=LEAVER)
def moved_to_other_authority() -> pl.Expr:
    """Care leaver details are given for a child whose care passed to another authority.

    When: IN_TOUCH, ACTIV or ACCOM is given, and REC of the child's latest episode is E3.

    Why: the authority that took over reports the young person.

    Fix: remove the details, or correct REC.
    """
    return any_given(LEAVER) & (at_latest(Episodes.REC) == "E3")


_OTHERS = (PlacedAdoption, Missing, Reviews, AD1, PrevPerm, OC2)


@rule("1012", flags=_OTHERS, fields=[of.col("CHILD") for of in _OTHERS], optional=_OTHERS)
def details_without_episodes() -> dict[Table, pl.Expr]:
    """The child has no episode this year, so that this table should say nothing of it.

    When: the CHILD of a row in PlacedAdoption, Missing, Reviews, AD1, PrevPerm or OC2 has no row in Episodes. Of these
    tables those that are there are looked at.

    Why: they describe children who were looked after in the year.

    Fix: check the child's identifier, add its episodes, or remove the row.
    """
    return {of: ~has_row(Episodes) for of in _OTHERS}


@rule("1014", flags=[UASC, OC3], fields=[UASC.DUC, *LEAVER])
def asylum_seeker_without_episode(year: Year) -> pl.Expr:
    """Asylum details stand beside care leaver details of a young person without an episode in the year.

    When: the child has a row in UASC and one in OC3 that gives any of IN_TOUCH, ACTIV and ACCOM, and none of its
    episodes began by the last day of the year and ended on its first day or later. A child without any episode flags; a
    DEC that is blank or unreadable counts as open. Both rows are flagged.

    Why: the table of asylum seekers is about children who were looked after in the year.

    Fix: remove the row from UASC, or add the missing episode.
    """
    return UASC.row.is_not_null() & any_given(LEAVER) & ~any_row(Episodes, in_year(year))


@rule("1016", flags=OC3, fields=LEAVER, since="2023-24")
def left_after_birthday(year: Year) -> pl.Expr:
    """Care leaver details are given for a young person of 17 or 18 who left care on or after that birthday.

    When: IN_TOUCH, ACTIV or ACCOM is given, the young person is 17 or 18 on the last day of the year by the DOB in OC3,
    and the child's latest episode ended care (REC is given and not X1) with a DEC on that birthday or later. A blank or
    unreadable DEC or DOB passes.

    Why: those who leave care after their birthday are first reported at the next one.

    Fix: remove the details, or correct DEC, REC or DOB.
    """
    rec, dec = at_latest(Episodes.REC), at_latest(Episodes.DEC)
    return all_of(any_given(LEAVER), rec != "X1", dec >= _birthday(year))


@rule("3001", flags=OC3, fields=[OC3.ACCOM, Header.DOB])
def with_foster_carers_at_seventeen(year: Year) -> pl.Expr:
    """A care leaver who turned 17 in the year is said to live with former foster carers.

    When: ACCOM is Z1 or Z2, and the seventeenth birthday by the DOB in Header is in the year, its first and last day
    included. A blank or unreadable DOB, or a child without a row in Header, passes.

    Why: staying on with former foster carers is open to those of 18 and over.

    Fix: correct ACCOM or DOB.
    """
    return one_of(OC3.ACCOM, "Z1", "Z2") & years_after(Header.DOB, 17).is_between(year.start, year.end)
