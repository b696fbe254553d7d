"""The pandera models of the derived tables by name. Written by tools/generate.py."""

from __future__ import annotations

from returns903.derive.model import model_of

AdoptionByMonth = model_of("adoption_by_month")
AdoptionTimeliness = model_of("adoption_timeliness")
Adoptions = model_of("adoptions")
AnnexAAdoption = model_of("annex_a_adoption")
AnnexACareLeavers = model_of("annex_a_care_leavers")
AnnexALeft = model_of("annex_a_left")
AnnexALookedAfter = model_of("annex_a_looked_after")
Breakdowns = model_of("breakdowns")
CareLeaverOutcomes = model_of("care_leaver_outcomes")
CategoryOfNeed = model_of("category_of_need")
DistanceFromHome = model_of("distance_from_home")
Health = model_of("health")
LeavingBreakdowns = model_of("leaving_breakdowns")
LeavingCare = model_of("leaving_care")
LeavingCareReasons = model_of("leaving_care_reasons")
LegalStatusByMonth = model_of("legal_status_by_month")
LegalStatusOn = model_of("legal_status_on")
LegalStatusRuns = model_of("legal_status_runs")
LengthOfCare = model_of("length_of_care")
LengthOfPlacement = model_of("length_of_placement")
LookedAfterInYear = model_of("looked_after_in_year")
LookedAfterOn = model_of("looked_after_on")
MissingByMonth = model_of("missing_by_month")
MissingEpisodes = model_of("missing_episodes")
MissingLengths = model_of("missing_lengths")
NotJudged = model_of("not_judged")
PeriodsOfCare = model_of("periods_of_care")
PlacementChanges = model_of("placement_changes")
PlacementDistance = model_of("placement_distance")
PlacementRuns = model_of("placement_runs")
PlacementStability = model_of("placement_stability")
PlacementsByCode = model_of("placements_by_code")
PreviousPermanence = model_of("previous_permanence")
ReviewParticipation = model_of("review_participation")
ReviewTimeliness = model_of("review_timeliness")
ReviewsDue = model_of("reviews_due")
ReviewsHeld = model_of("reviews_held")
ReviewsUpToDate = model_of("reviews_up_to_date")
Scorecard = model_of("scorecard")
SocialWorkers = model_of("social_workers")
StartedBreakdowns = model_of("started_breakdowns")
StartedInYear = model_of("started_in_year")
StartsAndCeasings = model_of("starts_and_ceasings")
WaitingForAdoption = model_of("waiting_for_adoption")

__all__ = [
    "AdoptionByMonth",
    "AdoptionTimeliness",
    "Adoptions",
    "AnnexAAdoption",
    "AnnexACareLeavers",
    "AnnexALeft",
    "AnnexALookedAfter",
    "Breakdowns",
    "CareLeaverOutcomes",
    "CategoryOfNeed",
    "DistanceFromHome",
    "Health",
    "LeavingBreakdowns",
    "LeavingCare",
    "LeavingCareReasons",
    "LegalStatusByMonth",
    "LegalStatusOn",
    "LegalStatusRuns",
    "LengthOfCare",
    "LengthOfPlacement",
    "LookedAfterInYear",
    "LookedAfterOn",
    "MissingByMonth",
    "MissingEpisodes",
    "MissingLengths",
    "NotJudged",
    "PeriodsOfCare",
    "PlacementChanges",
    "PlacementDistance",
    "PlacementRuns",
    "PlacementStability",
    "PlacementsByCode",
    "PreviousPermanence",
    "ReviewParticipation",
    "ReviewTimeliness",
    "ReviewsDue",
    "ReviewsHeld",
    "ReviewsUpToDate",
    "Scorecard",
    "SocialWorkers",
    "StartedBreakdowns",
    "StartedInYear",
    "StartsAndCeasings",
    "WaitingForAdoption",
]
