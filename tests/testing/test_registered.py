"""What Hypothesis knows of the types of this library by its entry point, and what it costs those who use none."""

from __future__ import annotations

import subprocess
import sys

import polars as pl
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from returns903 import Return, schemas
from returns903.tables import TABLES
from returns903.testing import assert_valid
from returns903.years import RULE_YEARS, Year

MODELS = [getattr(schemas, name) for name in TABLES] + list(schemas.DERIVED.values())
RETURNS = "from returns903 import Return"
SCHEMAS = "from returns903 import schemas"
HYPOTHESIS = "from hypothesis import Phase, find, strategies as st"
DRAWS = "print(find(st.from_type(Return), lambda ret: True).year.label)"


def output(*lines: str) -> str:
    """What a new process prints."""
    done = subprocess.run([sys.executable, "-W", "error", "-c", "\n".join(lines)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@given(st.from_type(Return))
@settings(max_examples=20, deadline=None)
def test_a_return_is_lawful(ret: Return) -> None:
    assert_valid(ret)


def test_a_year_is_one_of_those_with_rules() -> None:
    for label in RULE_YEARS:
        assert find(st.from_type(Year), lambda year, label=label: year.label == label).label == label


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_frame_of_a_model_passes_it(model: type[schemas.Model]) -> None:
    @given(st.from_type(model))
    @settings(max_examples=8, deadline=None)
    def passes(frame: pl.DataFrame) -> None:
        model.validate(frame)

    passes()
    search = settings(max_examples=500, phases=[Phase.generate], database=None)
    assert find(st.from_type(model), lambda frame: frame.height > 0, settings=search).height


@pytest.mark.parametrize(
    "lines",
    [
        [HYPOTHESIS, RETURNS, DRAWS],
        [RETURNS, "Return", HYPOTHESIS, DRAWS],
        [HYPOTHESIS, SCHEMAS, RETURNS, DRAWS],
        [SCHEMAS, "schemas.Header", HYPOTHESIS, RETURNS, DRAWS],
        ["from returns903.testing import strategies", RETURNS, HYPOTHESIS, DRAWS],
    ],
)
def test_the_order_of_imports_makes_no_difference(lines: list[str]) -> None:
    assert output(*lines) == RULE_YEARS[-1]


@pytest.mark.parametrize("first", [[HYPOTHESIS], []], ids=["Hypothesis first", "models first"])
def test_models_are_known_whenever_they_are_loaded(first: list[str]) -> None:
    lines = [*first, SCHEMAS, "schemas.Header", HYPOTHESIS]
    draws = "print(find(st.from_type(schemas.Header), lambda frame: True).columns[3])"
    assert output(*lines, draws) == "CHILD"


def test_a_module_that_was_waited_for_is_as_any_other() -> None:
    told = (
        "import inspect, returns903.returns as r; print(type(r.__spec__.loader).__name__, type(r.__loader__).__name__)"
    )
    assert output(HYPOTHESIS, told).split() == ["SourceFileLoader"] * 2
    still = "import returns903.returns, returns903.schemas; print([f for f in sys.meta_path if 'returns903' in str(f)])"
    assert output(HYPOTHESIS, f"import sys; {still}") == "[]"


def loaded(*lines: str) -> set[str]:
    return set(output(*lines, "import sys; print(*sys.modules)").split())


def test_importing_the_library_imports_no_hypothesis() -> None:
    assert "hypothesis" not in loaded("import returns903, returns903.schemas, returns903.testing.assertions")


def test_importing_hypothesis_imports_nothing_of_weight() -> None:
    found = loaded("import hypothesis, hypothesis.strategies")
    assert "returns903.testing.registered" in found
    assert not {"polars", "pandera", "returns903.years", "returns903.returns", "returns903.schemas"} & found
