"""Figures over several authorities: counts add up, what does not add up is worked out anew, control comes last."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import returns903
from returns903 import ConfigError, InputError, Return, write_return
from returns903.batch.across import read_together
from returns903.batch.jobs import Job, jobs_of
from returns903.published.catalogue import AGGREGATES, DEFINITIONS
from returns903.published.collect import collect
from returns903.published.definition import Definition, Options
from returns903.testing import synthesise
from tests.batch.conftest import CALM, KENT, LEEDS
from tests.cli.conftest import Run, run  # noqa: F401

NAMES = (CALM, KENT, LEEDS)


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> list[Job]:
    """Three authorities' returns with last year's beside them; all have the same identifiers."""
    folder = tmp_path_factory.mktemp("across")
    rows = []
    for seed, name in enumerate(NAMES):
        made = synthesise(40 + 20 * seed, seed=seed, year="2024-25")
        write_return(made.tables, folder / name)
        write_return(made.previous or {}, folder / f"{name}-before")
        rows.append({"path": folder / name, "previous": folder / f"{name}-before", "authority": name})
    return jobs_of(rows, year="2024-25")


@pytest.fixture(scope="module")
def together(jobs: list[Job]) -> Return:
    return read_together(jobs)


@pytest.fixture(scope="module")
def each(jobs: list[Job]) -> list[Return]:
    return [returns903.read_return(**job.given) for job in jobs]


def whole_numbers(of: Definition, frame: pl.DataFrame) -> list[str]:
    return [name for name in of.counts if name in frame.columns and name not in of.constants]


@pytest.mark.parametrize("of", AGGREGATES, ids=lambda of: of.name)
def test_counts_add_up(of: Definition, together: Return, each: list[Return]) -> None:
    found = of.make(together, Options())
    counts, keys = whole_numbers(of, found), of.keys(found)
    parts = pl.concat(of.make(ret, Options()) for ret in each)
    added = parts.group_by(keys, maintain_order=True).agg(pl.col(counts).cast(pl.Int64).sum())
    mine = found.select(*keys, pl.col(counts).cast(pl.Int64).fill_null(0))
    assert_frame_equal(mine, added, check_row_order=False)


def test_percentages_and_medians_are_those_of_all_rows(together: Return) -> None:
    found = returns903.derive.review_timeliness(together).filter(pl.col("denominator") > 0)
    shares = 100 * found.get_column("on_time") / found.get_column("denominator")
    assert_frame_equal(found.select("percent"), shares.to_frame("percent"))
    care = returns903.derive.periods_of_care(together)
    assert care.height == care.select("child", "period").unique().height


def test_children_of_the_same_identifier_are_not_matched(together: Return, each: list[Return]) -> None:
    children = [set(ret["Header"].get_column("CHILD").drop_nulls()) for ret in each]
    assert children[0] & children[1]
    assert together["Header"].get_column("CHILD").n_unique() == sum(map(len, children))


def test_control_comes_after_adding(together: Return, each: list[Return]) -> None:
    """A number that is small in one authority and not in all together is hidden there and shown here."""
    of = DEFINITIONS["breakdowns"]
    alone, added = (collect(ret, [of])[of.name].frame for ret in (each[0], together))
    assert not set(added.get_column("children").drop_nulls()) & set(range(1, 6))
    keys = of.keys(added)
    true = of.make(each[0], Options()).filter(pl.col("children").is_between(1, 5)).select(keys)
    assert alone.join(true, on=keys, nulls_equal=True).get_column("children").is_null().all()
    assert added.join(true, on=keys, nulls_equal=True).get_column("children").is_not_null().any()


def test_a_return_that_is_not_wholly_read_is_named(jobs: list[Job], tmp_path: Path) -> None:
    shutil.copytree(jobs[0].path, tmp_path / "broken")
    (tmp_path / "broken" / "more.xlsx").write_bytes(b"no workbook")
    with pytest.raises(InputError, match=r"broken: more.xlsx.*no figures are worked out"):
        read_together([*jobs[1:], Job("broken", str(tmp_path / "broken"), jobs[0].previous, CALM, year="2024-25")])
    with pytest.raises(InputError, match="gone: "):
        read_together([Job("gone", str(tmp_path / "gone"))])


DO_NOT_ADD_UP = [
    ({"year": "2025-26"}, "other is of 2025-26, E10000016 of 2024-25"),
    ({"previous": None}, "last year's return is given for E10000016 and not for other"),
    ({"authority": KENT}, "E10000016 and other are returns of one authority"),
]


@pytest.mark.parametrize(("change", "said"), DO_NOT_ADD_UP)
def test_returns_that_do_not_add_up_are_refused(jobs: list[Job], change: dict[str, str | None], said: str) -> None:
    given = {"path": jobs[0].path, "previous": jobs[0].previous, "authority": CALM, "year": "2024-25"} | change
    with pytest.raises(ConfigError, match=said):
        read_together([jobs[1], Job("other", **given)])  # type: ignore[arg-type]


def test_the_command_writes_them(run: Run, jobs: list[Job], tmp_path: Path) -> None:  # noqa: F811
    rows = [{"path": job.path, "previous": job.previous, "authority": job.authority} for job in jobs]
    pl.DataFrame(rows).write_csv(tmp_path / "list.csv")
    words = ("--no-config tables --only review_timeliness --format json --disclosure none --year 2024-25 --batch",)
    status, out, err = run(*words, tmp_path / "list.csv")
    assert status == 0, err
    assert json.loads(out)
    assert run("tables x --batch", tmp_path / "list.csv")[0] == 2
    assert "PATH" in run("tables")[2]
