"""Time the derived tables: python benchmarks/tables.py [children] [year].

Each table is asked for once, in the order below, of a return with the previous one; what several start from is kept.
Then all published tables are made as an annual report has them: both years, under disclosure control together.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.validate import timed
from returns903 import Return, Year, derive
from returns903.published.catalogue import AGGREGATES
from returns903.published.collect import collect
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


class Parts:
    """The CPU seconds of each part of an annual report, by what is told when it begins."""

    def __init__(self) -> None:
        self.spent: list[tuple[str, float]] = []
        self.begun = time.process_time()

    def __call__(self, told: str) -> None:
        """A further table, or another part: a year anew, or disclosure control."""
        now = time.process_time()
        if self.spent:
            what, seconds = self.spent[-1]
            self.spent[-1] = (what, seconds + now - self.begun)
        self.begun = now
        if not self.spent or told.endswith(("table 1 of " + str(len(AGGREGATES)), "control")):
            self.spent.append((told.split(",")[0], 0.0))


def pack(ret: Return) -> None:
    """Time all published tables: this year, this year without last year's return, and last year by itself."""
    parts = Parts()
    timed("all published tables", lambda: collect(Return(**_given(ret)), AGGREGATES, beside=True, told=parts))
    parts("")
    for what, seconds in parts.spent:
        print(f"  of this, {what:17} {seconds:6.2f} s CPU")


def _given(ret: Return) -> dict[str, Any]:
    """What the return is made of, so that nothing is kept from the tables before."""
    names = ("tables", "year", "previous", "local_authority", "providers", "postcodes")
    return {name: getattr(ret, name) for name in names}


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
    pack(made)


if __name__ == "__main__":
    main()
