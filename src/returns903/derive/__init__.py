"""The tables that are worked out from a return: pure functions from a `Return` to a frame.

Each is loaded when first used, from the module that stands beside its name here.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from returns903.derive.breakdowns import breakdowns
    from returns903.derive.care import legal_status_runs, not_judged, periods_of_care
    from returns903.derive.care_leavers import care_leaver_outcomes
    from returns903.derive.leaving import leaving_care, leaving_care_reasons
    from returns903.derive.local_categories import LocalCategory, local_categories
    from returns903.derive.participation import review_participation
    from returns903.derive.placements import placement_distance, placement_runs, placement_stability
    from returns903.derive.population import legal_status_on, looked_after_on, started_in_year
    from returns903.derive.reviews import reviews_held, reviews_up_to_date
    from returns903.derive.reviews_due import reviews_due
    from returns903.derive.scorecard import scorecard
    from returns903.derive.timeliness import review_timeliness

HOMES = {
    "periods_of_care": "care",
    "legal_status_runs": "care",
    "not_judged": "care",
    "legal_status_on": "population",
    "looked_after_on": "population",
    "started_in_year": "population",
    "leaving_care": "leaving",
    "leaving_care_reasons": "leaving",
    "LocalCategory": "local_categories",
    "local_categories": "local_categories",
    "reviews_due": "reviews_due",
    "reviews_held": "reviews",
    "reviews_up_to_date": "reviews",
    "review_timeliness": "timeliness",
    "review_participation": "participation",
    "placement_runs": "placements",
    "placement_stability": "placements",
    "placement_distance": "placements",
    "care_leaver_outcomes": "care_leavers",
    "breakdowns": "breakdowns",
    "scorecard": "scorecard",
}
"""Every public name of this package and the module it lives in."""

__all__ = [
    "LocalCategory",
    "breakdowns",
    "care_leaver_outcomes",
    "leaving_care",
    "leaving_care_reasons",
    "legal_status_on",
    "legal_status_runs",
    "local_categories",
    "looked_after_on",
    "not_judged",
    "periods_of_care",
    "placement_distance",
    "placement_runs",
    "placement_stability",
    "review_participation",
    "review_timeliness",
    "reviews_due",
    "reviews_held",
    "reviews_up_to_date",
    "scorecard",
    "started_in_year",
]


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *HOMES})


class _Package(ModuleType):
    """Where a function and its module share a name, the name means the function, whichever was loaded first."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
