"""Time the derived tables: python benchmarks/tables.py [children] [year].

Each table is asked for once, in the order below, of a return with the previous one; what several start from is kept.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.validate import timed
from returns903 import Year, derive
from returns903.testing import synthesise

TABLES = (
    "periods_of_care",
    "legal_status_runs",
    "started_in_year",
    "leaving_care",
    "leaving_care_reasons",
    "reviews_due",
    "reviews_held",
    "review_timeliness",
    "review_participation",
    "placement_stability",
    "placement_distance",
    "distance_from_home",
    "placements_by_code",
    "placement_changes",
    "length_of_placement",
    "length_of_care",
    "looked_after_in_year",
    "category_of_need",
    "starts_and_ceasings",
    "annex_a_looked_after",
    "annex_a_left",
    "annex_a_care_leavers",
    "annex_a_adoption",
    "care_leaver_outcomes",
    "health",
    "missing_episodes",
    "missing_lengths",
    "missing_by_month",
    "adoptions",
    "adoption_timeliness",
    "adoption_by_month",
    "waiting_for_adoption",
    "social_workers",
    "previous_permanence",
    "scorecard",
)
OF_A_DAY = ("legal_status_on", "looked_after_on")


def main() -> None:
    """Time one size."""
    children = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    year = Year(sys.argv[2] if len(sys.argv) > 2 else "2024-25")
    made = synthesise(children, year=year).load()
    print(f"{children:,} children, {made['Episodes'].height:,} episodes, and the previous return, {year.label}")
    for name in TABLES:
        timed(name, lambda name=name: getattr(derive, name)(made))  # type: ignore[misc]
    for name in OF_A_DAY:
        timed(name, lambda name=name: getattr(derive, name)(made, year.end))  # type: ignore[misc]


if __name__ == "__main__":
    main()
