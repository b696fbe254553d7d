"""The tables that are worked out from a return: pure functions from a `Return` to a frame."""

from __future__ import annotations

from returns903.derive.adoption import adoption_timeliness, adoptions
from returns903.derive.adoption_plans import adoption_by_month, waiting_for_adoption
from returns903.derive.annex_a import (
    annex_a_adoption,
    annex_a_care_leavers,
    annex_a_left,
    annex_a_lists,
    annex_a_looked_after,
)
from returns903.derive.breakdowns import breakdowns, leaving_breakdowns, legal_status_by_month, started_breakdowns
from returns903.derive.care import legal_status_runs, not_judged, periods_of_care
from returns903.derive.care_leavers import care_leaver_outcomes
from returns903.derive.flows import starts_and_ceasings
from returns903.derive.health import health
from returns903.derive.in_year import category_of_need, looked_after_in_year
from returns903.derive.leaving import leaving_care, leaving_care_reasons
from returns903.derive.lengths import length_of_care, length_of_placement
from returns903.derive.local_categories import LocalCategory, local_categories
from returns903.derive.missing import missing_by_month, missing_episodes, missing_lengths
from returns903.derive.participation import review_participation
from returns903.derive.permanence import previous_permanence
from returns903.derive.placements import placement_distance, placement_runs, placement_stability
from returns903.derive.places_used import distance_from_home, placement_changes, placements_by_code
from returns903.derive.population import legal_status_on, looked_after_on, started_in_year
from returns903.derive.reviews import reviews_held, reviews_up_to_date
from returns903.derive.reviews_due import reviews_due
from returns903.derive.scorecard import scorecard
from returns903.derive.social_workers import social_workers
from returns903.derive.timeliness import review_timeliness
from returns903.derive.windows import last_months

__all__ = [
    "LocalCategory",
    "adoption_by_month",
    "adoption_timeliness",
    "adoptions",
    "annex_a_adoption",
    "annex_a_care_leavers",
    "annex_a_left",
    "annex_a_lists",
    "annex_a_looked_after",
    "breakdowns",
    "care_leaver_outcomes",
    "category_of_need",
    "distance_from_home",
    "health",
    "last_months",
    "leaving_breakdowns",
    "leaving_care",
    "leaving_care_reasons",
    "legal_status_by_month",
    "legal_status_on",
    "legal_status_runs",
    "length_of_care",
    "length_of_placement",
    "local_categories",
    "looked_after_in_year",
    "looked_after_on",
    "missing_by_month",
    "missing_episodes",
    "missing_lengths",
    "not_judged",
    "periods_of_care",
    "placement_changes",
    "placement_distance",
    "placement_runs",
    "placement_stability",
    "placements_by_code",
    "previous_permanence",
    "review_participation",
    "review_timeliness",
    "reviews_due",
    "reviews_held",
    "reviews_up_to_date",
    "scorecard",
    "social_workers",
    "started_breakdowns",
    "started_in_year",
    "starts_and_ceasings",
    "waiting_for_adoption",
]
