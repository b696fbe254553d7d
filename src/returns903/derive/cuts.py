"""One way to cut any table of counts: by what a child is on the day that is counted.

A table of counts starts from *items*: one row for each child, review or other thing that it counts. Each has `child`,
`day` (as of which the child is described) and the `episode` that the child was in then (its number, as in `episodes`;
null: none). `cut` says of each item what the child is, `tally` counts the items over the rows of the table
within every group, those of nobody too. An item is in exactly one group, and so the groups add up to the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from returns903 import codes
from returns903.derive.asylum import with_asylum
from returns903.derive.care import RESPITE, age_on, birth_dates, facts_of_episodes, group_of, of_episodes
from returns903.derive.places import places
from returns903.errors import ConfigError
from returns903.returns import Return
from returns903.rules.groups import TEMPORARY

By = str | Sequence[str]
"""What `by=` takes: the name of a cut, or several."""

UNKNOWN = "unknown"
AGE_BANDS = ("under 1", "1 to 4", "5 to 9", "10 to 15", "16 and over")
"""The age bands of the national statistics."""
ADULT = 18
YEARS_OF_AGE = (*map(str, range(ADULT)), f"{ADULT} and over")
"""The single years of age."""
ETHNIC_GROUPS = {
    "W": "White",
    "M": "Mixed or multiple ethnic groups",
    "A": "Asian or Asian British",
    "C": "Asian or Asian British",
    "B": "Black, African, Caribbean or Black British",
    "O": "Other ethnic group",
}
"""The five broad groups by the first letter of the code; Chinese is Asian, as since the census of 2011."""
NOT_STATED = "refused or not yet obtained"
PLACEMENT_GROUPS = (
    "Foster placements",
    "Placed for adoption",
    "Placed with parents or other person with parental responsibility",
    "Secure homes and children's homes",
    "Independent and semi-independent living arrangements/supported accommodation",
    "Other residential settings",
    "Residential schools",
    "Other placements",
)
TEMPORARY_GROUP = "Temporary placements"
LEGAL_STATUS_GROUPS = (
    "Full care order",
    "Interim care order",
    "Placement order granted",
    "Voluntary agreements under S20 CA 1989",
    "Detained for child protection",
    "Youth justice legal statuses",
)
SEEKING, OTHERS = "unaccompanied asylum-seeking", "others"
SIDES = {"IN": "inside", "OUT": "outside"}
_SEXES = {"1": "male", "M": "male", "2": "female", "F": "female"}


@dataclass(frozen=True)
class Cut:
    """One way to put children into groups."""

    says: str
    named: tuple[str, ...]
    """The groups in the order in which they are shown, but the last: unknown."""
    group: pl.Expr
    """The group, from the facts of a child on a day; null: unknown."""
    facts: str
    """Where these facts stand: `header`, `asylum`, `episode` or `place`."""

    @property
    def shown(self) -> tuple[str, ...]:
        """The groups in the order in which they are shown."""
        return (*self.named, UNKNOWN)


def age_band(age: pl.Expr) -> pl.Expr:
    """The band of an age in full years; null: no age. An age below 0 (born later) counts as under 1."""
    under_1, to_4, to_9, to_15, older = (pl.lit(band) for band in AGE_BANDS)
    young = pl.when(age < 1).then(under_1).when(age < 5).then(to_4).when(age < 10).then(to_9)
    return young.when(age < 16).then(to_15).when(age.is_not_null()).then(older)


def year_of_age(age: pl.Expr) -> pl.Expr:
    """The single year of an age in full years; null: no age. An age below 0 (born later) counts as 0."""
    single = pl.when(age < ADULT).then(age.clip(0).cast(pl.String))
    return single.when(age.is_not_null()).then(pl.lit(YEARS_OF_AGE[-1]))


def _named(column: str, names: Mapping[str, str]) -> pl.Expr:
    return pl.col(column).replace_strict(names, default=None, return_dtype=pl.String)


def _labels(name: str) -> dict[str, str]:
    return {code: entry.label for code, entry in codes.code_list(name).items()}


def _broad() -> dict[str, str]:
    stated = {code: ETHNIC_GROUPS[code[0]] for code in codes.ETHNIC if code not in ("REFU", "NOBT")}
    return stated | dict.fromkeys(("REFU", "NOBT"), NOT_STATED)


def _cuts() -> dict[str, Cut]:
    statuses = {code: code for code in codes.LS if code not in RESPITE}
    temporary = pl.when(pl.col("PLACE").is_in(TEMPORARY)).then(pl.lit(TEMPORARY_GROUP))
    ethnic, broad, needs = _labels("ETHNIC"), _broad(), _labels("CIN")
    asylum = pl.when("asylum").then(pl.lit(SEEKING)).when(pl.col("child").is_not_null()).then(pl.lit(OTHERS))
    return {
        "age_band": Cut("age in full years", AGE_BANDS, age_band(pl.col("age")), "header"),
        "year_of_age": Cut("age in full years, year by year", YEARS_OF_AGE, year_of_age(pl.col("age")), "header"),
        "sex": Cut("SEX of Header", ("male", "female"), _named("sex", _SEXES), "header"),
        "ethnicity": Cut("ETHNIC of Header", tuple(ethnic.values()), _named("ethnic", ethnic), "header"),
        "ethnic_group": Cut(
            "the broad group of ETHNIC", tuple(dict.fromkeys(broad.values())), _named("ethnic", broad), "header"
        ),
        "asylum": Cut("an unaccompanied asylum seeker on the day", (SEEKING, OTHERS), asylum, "asylum"),
        "placement_group": Cut(
            "national group of PLACE, temporary placements by themselves",
            (*PLACEMENT_GROUPS, TEMPORARY_GROUP),
            temporary.otherwise(group_of("PLACE", "PLACE")),
            "episode",
        ),
        "boundary": Cut(
            "placed inside or outside the authority's area", tuple(SIDES.values()), _named("side", SIDES), "place"
        ),
        "need": Cut("CIN", tuple(needs.values()), _named("CIN", needs), "episode"),
        "legal_status": Cut("LS", tuple(statuses), _named("LS", statuses), "episode"),
        "legal_status_group": Cut("national group of LS", LEGAL_STATUS_GROUPS, group_of("LS", "LS"), "episode"),
    }


CUTS = _cuts()
"""Every cut by name."""


def _broader() -> dict[str, str]:
    broad, age = _broad(), pl.col("age")
    ages = pl.DataFrame({"age": range(ADULT + 1)})
    bands = ages.select(single=year_of_age(age), band=age_band(age))
    return {label: broad[code] for code, label in _labels("ETHNIC").items()} | dict(bands.rows())


BROADER = _broader()
"""The broad ethnic group of each ethnicity, and the age band of each single year of age."""


def cuts_of(by: By, *, but: str | None = None) -> tuple[str, ...]:
    """The names of the cuts asked for, each once.

    Raises:
        ConfigError: one is none, or the table cannot be cut by it.
    """
    names = (by,) if isinstance(by, str) else tuple(by)
    allowed = [name for name in CUTS if name != but]
    if [name for name in names if name not in allowed]:
        msg = f"this table is cut by any of {', '.join(allowed)}"
        raise ConfigError(msg)
    return tuple(dict.fromkeys(names))


def cut(ret: Return, items: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """The items in their order with a column for each cut: the group that the child is in on the day."""
    if not by:
        return items
    facts = _facts(ret, items.select("child", "day", "episode"), {CUTS[name].facts for name in by})
    groups = facts.select(CUTS[name].group.fill_null(UNKNOWN).alias(name) for name in by)
    return pl.concat([items.drop(by, strict=False), groups], how="horizontal")


def _facts(ret: Return, rows: pl.DataFrame, wanted: set[str]) -> pl.DataFrame:
    """What is known of each child on its day, of all that is wanted."""
    if "header" in wanted:
        rows = rows.join(birth_dates(ret), on="child", how="left", maintain_order="left")
        rows = rows.with_columns(age=age_on(pl.col("dob"), pl.col("day")))
    if "asylum" in wanted:
        rows = with_asylum(ret, rows, pl.col("day"))
    if "episode" in wanted:
        rows = of_episodes(rows, facts_of_episodes(ret))
    if "place" in wanted:
        rows = rows.join(places(ret, rows), on="episode", how="left", maintain_order="left")
    return rows


def tally(items: pl.DataFrame, by: Sequence[str], rows: pl.DataFrame, **counts: pl.Expr) -> pl.DataFrame:
    """Counts of items: for each group in turn the rows of the table, those of nobody too.

    Args:
        items: with the columns of the cuts and of rows.
        by: the cuts.
        rows: the table's own rows, in their order: the columns by which items belong to them.
        counts: what is counted, over the items of a row; UInt32, 0 where there are none.
    """
    grid = rows
    for name in reversed(by):
        groups = pl.DataFrame({name: CUTS[name].shown})
        grid = groups.join(grid, how="cross", maintain_order="left_right")
    keys = [*by, *rows.columns]
    found = items.group_by(keys).agg(each.cast(pl.UInt32).alias(name) for name, each in counts.items())
    return grid.join(found, on=keys, how="left", nulls_equal=True, maintain_order="left").with_columns(
        pl.col(list(counts)).fill_null(0)
    )


def counted(items: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """How many items (n) there are of each combination in these columns."""
    return items.group_by(columns).agg(n=pl.len())


def with_total(items: pl.DataFrame, column: str, total: str) -> pl.DataFrame:
    """The items, and once more each of them with the total in a column: so that they are counted in both rows."""
    return pl.concat([items, items.with_columns(pl.lit(total).alias(column))])


def crossed(**columns: Sequence[str]) -> pl.DataFrame:
    """A table's own rows: every combination of these words, in their order."""
    frames = [pl.DataFrame({name: list(words)}, schema={name: pl.String}) for name, words in columns.items()]
    grid = frames[0]
    for frame in frames[1:]:
        grid = grid.join(frame, how="cross", maintain_order="left_right")
    return grid


def last_in(column: str, groups: Sequence[str]) -> pl.Expr:
    """What the column says in the last row of each group: the total."""
    last = pl.col(column).last()
    return last.over(groups) if groups else last


def in_order(table: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """The rows group by group, and within a group as they stand."""
    return (
        table.sort([pl.col(name).cast(pl.Enum(CUTS[name].shown)) for name in by], maintain_order=True) if by else table
    )


def beside(ret: Return, table: pl.DataFrame, by: Sequence[str], doubts: pl.DataFrame) -> pl.DataFrame:
    """The table with `not_judged`: how many of the doubtful items are in the group of each row."""
    if not by:
        return table.with_columns(not_judged=pl.lit(doubts.height, pl.UInt32))
    counts = cut(ret, doubts, by).group_by(by).agg(not_judged=pl.len().cast(pl.UInt32))
    return table.join(counts, on=list(by), how="left", maintain_order="left").with_columns(
        pl.col("not_judged").fill_null(0)
    )
