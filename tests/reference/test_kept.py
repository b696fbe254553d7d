from collections.abc import Callable

import polars as pl
import pytest

from returns903.reference import kept
from returns903.reference.postcodes import Postcodes
from returns903.reference.providers import Providers

PLACES = pl.DataFrame({"postcode": ["AA1 1AA"], "authority": ["E09000008"], "east": [1.0], "north": [2.0]})
LISTED = pl.DataFrame({"URN": ["SC1", "12"], "PLACE_CODES": ["U4", None]})


@pytest.mark.parametrize(("load", "frame"), [(Postcodes.load, PLACES), (Providers.load, LISTED)])
def test_a_frame_that_holds_the_same_gives_the_same_list(load: Callable[..., object], frame: pl.DataFrame) -> None:
    assert load(frame) is load(frame.clone())


@pytest.mark.parametrize(
    "other",
    [LISTED.head(1), LISTED.reverse(), LISTED.drop("PLACE_CODES"), LISTED.rename({"PLACE_CODES": "PLACEMENT_CODE"})],
    ids=["fewer rows", "another order", "fewer columns", "other names"],
)
def test_a_frame_that_holds_anything_else_gives_another(other: pl.DataFrame) -> None:
    assert Providers.load(LISTED) is not Providers.load(other)


def test_equal_values_of_another_type_are_not_the_same() -> None:
    numbers = pl.DataFrame({"URN": [1, 2]})
    assert Providers.load(numbers) is not Providers.load(numbers.cast(pl.Float64))


def test_a_frame_that_was_changed_in_place_is_another() -> None:
    frame = LISTED.clone()
    before = Providers.load(frame)
    frame.insert_column(2, pl.Series("POSTCODE", ["AA1 1AA", None]))
    frame.replace_column(0, pl.Series("URN", ["SC2", "12"]))
    assert Providers.load(frame) is not before
    assert Providers.load(frame).pooled(None)["URN"].to_list() == ["SC2", "12"]


def test_large_frames_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "ROWS", 1)
    large = LISTED.with_columns(pl.lit("E09000002").alias("LA_CODE_INFERRED"))
    assert Providers.load(large) is not Providers.load(large)
