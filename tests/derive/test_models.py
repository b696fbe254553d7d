"""The models of derived tables refuse what no such table holds, at the bounds."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from returns903 import InputError, derive, schemas
from returns903.derive.declared import TABLES
from returns903.testing import lives
from returns903.years import RULE_YEARS, Year

YEAR = Year(RULE_YEARS[-1])
SHARES = {
    "LeavingCareReasons": "percent",
    "PlacementStability": "percent",
    "PlacementDistance": "percent",
    "CareLeaverOutcomes": "percent",
    "AdoptionTimeliness": "percent",
    "Health": "percent",
    "SocialWorkers": "percent",
    "PreviousPermanence": "percent",
    "MissingEpisodes": "percent",
    "MissingLengths": "percent",
    "Breakdowns": "percent",
    "StartedBreakdowns": "percent",
    "LeavingBreakdowns": "percent",
    "LegalStatusByMonth": "percent",
    "ReviewTimeliness": "percent",
    "ReviewsUpToDate": "percent",
    "ReviewParticipation": "percent",
    "LookedAfterInYear": "percent",
    "CategoryOfNeed": "percent",
    "LengthOfCare": "percent",
    "LengthOfPlacement": "percent",
    "PlacementsByCode": "percent",
    "PlacementChanges": "percent",
    "DistanceFromHome": "percent",
}
"""Columns of percentages."""
FROM_1 = {
    "PeriodsOfCare": ("period", "episodes"),
    "LegalStatusRuns": ("period", "episodes"),
    "PlacementRuns": ("period", "episodes"),
    "ReviewsDue": ("step",),
}
FROM_0 = {
    "Scorecard": ("value",),
    "Adoptions": ("days_to_match",),
    "ReviewsDue": ("days_late",),
    "ReviewsHeld": ("days_late",),
}
CLOCKS = (
    "initial second subsequent authorised-initial authorised-subsequent "
    "adoption-initial adoption-second adoption-subsequent"
)
CODED = {
    ("LeavingCareReasons", "kind"): "reason group unknown local total",
    ("ReviewsDue", "kind"): CLOCKS,
    ("ReviewsDue", "state"): "on_time late missed not_yet_due",
    ("ReviewsDue", "basis"): "known assumed",
    ("ReviewsHeld", "kind"): CLOCKS,
    ("ReviewsHeld", "state"): "on_time late not_judged",
    ("ReviewsHeld", "basis"): "known assumed",
    ("ReviewTimeliness", "measure"): "child reviews_held reviews_due",
    ("ReviewParticipation", "measure"): "review child child_every_review looked_after_every_review",
}
"""Columns that hold one of a few words."""


@pytest.fixture(scope="module")
def tables() -> dict[str, pl.DataFrame]:
    """Every derived table of one return, by the name of its model."""
    told = [(f"A{n}", lives.life(situation, 0, YEAR)) for n, situation in enumerate(lives.SITUATIONS)]
    ret = lives.put_together(told, YEAR).load()
    names = {name.title().replace("_", ""): name for name in derive.__all__}
    on_a_day = ("LookedAfterOn", "LegalStatusOn")
    return {
        model: getattr(derive, name)(ret, *([YEAR.end] if model in on_a_day else []))
        for model, name in names.items()
        if model in schemas.DERIVED
    }


def first_cell(frame: pl.DataFrame, column: str, value: Any) -> pl.DataFrame:
    """A table with something else in a column of its first row."""
    other = pl.Series([value], dtype=frame.schema[column])
    return frame.with_columns(pl.concat([other, frame.get_column(column).slice(1)]).alias(column))


CASES = [
    *((model, column, value) for model, column in SHARES.items() for value in (0.0, 100.0, -0.1, 100.1, None)),
    *((model, column, value) for model, columns in FROM_1.items() for column in columns for value in (1, 0)),
    *((model, column, value) for model, columns in FROM_0.items() for column in columns for value in (0, -1)),
    *((model, column, word) for (model, column), words in CODED.items() for word in (*words.split(), "x")),
    *(("Scorecard", "unit", word) for word in ("children", "percent", "per 10,000 children", "x")),
]
BEYOND = {-0.1, 100.1, -1, "x"}


@pytest.mark.parametrize(("model", "column", "value"), CASES)
def test_cells_within_and_beyond_their_bounds(
    model: str, column: str, value: Any, tables: dict[str, pl.DataFrame]
) -> None:
    frame = first_cell(tables[model].head(1), column, value)  # by itself, a row is told apart whatever it says
    if value not in BEYOND and not (value == 0 and column in FROM_1.get(model, ())):
        assert getattr(schemas, model).validate(frame).equals(frame)
    else:
        with pytest.raises(InputError, match=f"^{model}: column {column} fails .* in 1 row: 0 "):
            getattr(schemas, model).validate(frame)


def test_every_model_has_its_table(tables: dict[str, pl.DataFrame]) -> None:
    assert set(tables) == set(schemas.DERIVED)
    for model, frame in tables.items():
        assert getattr(schemas, model).validate(frame).equals(frame)
        with pytest.raises(InputError, match="column further is none of the table's"):
            getattr(schemas, model).validate(frame.with_columns(further=1))


IN_ANY_ORDER = {table.model for table in TABLES.values() if table.by}
"""Tables that can be cut: the cuts stand before the columns, in the order that was asked for."""


def test_columns_have_their_places(tables: dict[str, pl.DataFrame]) -> None:
    for model, frame in tables.items():
        turned = frame.select(reversed(frame.columns))
        if model in IN_ANY_ORDER:
            assert getattr(schemas, model).validate(turned).equals(turned)
        else:
            with pytest.raises(InputError, match="is not in its place"):
                getattr(schemas, model).validate(turned)


MAY_BE_NULL = {
    "PeriodsOfCare": "end reason",
    "LegalStatusRuns": "legal_status group end",
    "LegalStatusOn": "legal_status group",
    "LookedAfterOn": "legal_status group placement placement_group age sex ethnic",
    "StartedInYear": "legal_status group placement placement_group age sex ethnic",
    "LeavingCare": "group age days legal_status placement start start_known",
    "LeavingCareReasons": "reason group percent",
    "PlacementRuns": "place group end",
    "PlacementStability": "children others percent least most",
    "PlacementDistance": "children percent",
    "CareLeaverOutcomes": "percent",
    "Adoptions": "entered placed at_home ordered matched decided days_to_placement days_to_home days_to_match in_time",
    "AdoptionTimeliness": "days in_time percent",
    "Health": "percent mean",
    "SocialWorkers": "children others percent",
    "PreviousPermanence": "percent",
    "MissingEpisodes": "percent average",
    "MissingLengths": "percent",
    "Breakdowns": "percent",
    "StartedBreakdowns": "percent",
    "LeavingBreakdowns": "percent",
    "LegalStatusByMonth": "percent",
    "Scorecard": "value numerator denominator known least most",
    "ReviewsDue": "held days_late",
    "ReviewsHeld": "child period review kind due days_late basis participation taken_part attended reason",
    "ReviewTimeliness": "percent least most",
    "ReviewsUpToDate": "percent least most",
    "ReviewParticipation": "percent",
    "LookedAfterInYear": "percent",
    "CategoryOfNeed": "percent",
    "LengthOfCare": "percent mean_days median_days",
    "LengthOfPlacement": "percent mean_days median_days",
    "PlacementsByCode": "code children percent",
    "PlacementChanges": "placements percent",
    "DistanceFromHome": "children percent mean_miles median_miles",
    "StartsAndCeasings": "starts_rate ceasings_rate",
    "AnnexALookedAfter": "age sex ethnic need legal_status placement provider urn placement_start placements miles "
    "side latest_review missing away health_assessment dental_check sdq_score",
    "AnnexALeft": "age sex ethnic need start start_known months legal_status placement reason_label",
    "AnnexACareLeavers": "child age sex ethnic in_touch activity accommodation suitable",
    "AnnexAAdoption": "age sex ethnic decision reversed reversal_reason placement_order matched placed adopted "
    "by_foster_carers",
}
"""The columns of each table that may be null, in which the pages of the tables say what that means."""


@pytest.mark.parametrize("model", schemas.DERIVED)
def test_columns_that_may_be_null(model: str, tables: dict[str, pl.DataFrame]) -> None:
    frame = tables[model]
    for column in frame.columns:
        blanked = first_cell(frame, column, None)
        if column in MAY_BE_NULL.get(model, "").split():
            assert getattr(schemas, model).validate(blanked).equals(blanked)
        else:
            with pytest.raises(InputError, match=f"column {column} is null in 1 row: 0 "):
                getattr(schemas, model).validate(blanked)
