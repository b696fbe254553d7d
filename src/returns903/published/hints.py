"""What would let tables say more than they do: an input that was not given."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from returns903.published.definition import Options
from returns903.published.untold import has_no_distances, has_no_sides
from returns903.returns import Return


@dataclass(frozen=True, slots=True)
class Hint:
    """An input, the tables that say more with it, and what they say without it."""

    give: str
    tables: tuple[str, ...]
    without: str
    is_missing: Callable[[Return, Options], bool]


HINTS = (
    Hint(
        "--la CODE",
        ("placement_distance", "distance_from_home", "placements_by_code", "placement_changes"),
        "whether placements lie inside the authority's area is not known",
        lambda ret, _: has_no_sides(ret),
    ),
    Hint(
        "--postcodes FILE (or pip install 'returns903[postcodes]')",
        (
            "placement_distance",
            "placement_distance_by_asylum",
            "distance_from_home",
            "placements_by_code",
            "placement_changes",
            "scorecard",
        ),
        "how far from home placements lie is not known",
        lambda ret, _: has_no_distances(ret),
    ),
    Hint(
        "--previous PATH",
        (
            "review_timeliness",
            "reviews_by_month",
            "reviews_by_quarter",
            "reviews_up_to_date",
            "length_of_care",
            "length_of_placement",
            "placement_stability",
            "placement_stability_by_asylum",
            "placement_changes",
            "health",
            "health_by_asylum",
            "adoption_timeliness",
            "previous_permanence",
            "review_participation",
            "social_workers",
            "scorecard",
        ),
        "what came before the year is assumed, or left out as not known",
        lambda ret, _: ret.previous is None,
    ),
    Hint(
        "--population N",
        ("scorecard",),
        "there is no rate per 10,000 children",
        lambda _, options: options.population is None,
    ),
)


def hints(ret: Return, options: Options, wanted: Iterable[str]) -> list[str]:
    """A sentence for each input that would let some of these tables say more."""
    names = set(wanted)
    told = []
    for hint in HINTS:
        tables = [name for name in hint.tables if name in names]
        if tables and hint.is_missing(ret, options):
            told.append(f"without {hint.give}: {hint.without} ({', '.join(tables)})")
    return told
