"""A browser that is told of every request that a page makes, and the pages that it opens."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import returns903
from returns903.reports.findings.page import to_page
from returns903.testing import synthesise

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    driver = pytest.importorskip("playwright.sync_api", reason="tests in a browser: tox run -e browser")
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip(f"no browser is installed: none of {', '.join(NAMES)}; apt install chromium")
    with driver.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@dataclass
class Seen:
    """What a page did that nobody asked it for."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def page(browser: Any, seen: Seen) -> Iterator[Any]:
    """A page of 1,200 pixels; at the end it has asked for nothing but itself, and nothing went wrong in it."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    opened = context.new_page()
    opened.on("request", lambda request: seen.requests.append(request.url))
    opened.on("pageerror", lambda error: seen.errors.append(str(error)))
    opened.on("console", lambda said: seen.errors.append(said.text) if said.type in ("error", "warning") else None)
    opened.on("dialog", lambda dialog: seen.errors.append(dialog.message))
    yield opened
    context.close()
    assert seen.errors == []
    assert {url.partition(":")[0] for url in seen.requests} <= {"file"}
    assert len({url.partition("#")[0] for url in seen.requests}) == 1


@dataclass(frozen=True)
class Written:
    """A result, and where its page lies."""

    result: returns903.Result
    url: str


def written(result: returns903.Result, folder: Path) -> Written:
    path = folder / "report.html"
    path.write_text(to_page(result), encoding="utf-8")
    return Written(result, path.as_uri())


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Written:
    ret = returns903.read_return(ROOT / "examples" / "return-with-faults", year="2024-25")
    return written(returns903.validate(ret), tmp_path_factory.mktemp("example"))


@pytest.fixture(scope="session")
def children(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Some hundred children with faults of many rules."""
    ret = synthesise(600, year="2025-26", seed=3, faults=0.5).load()
    return written(returns903.validate(ret), tmp_path_factory.mktemp("children"))


@pytest.fixture(scope="session")
def flood(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """More than 50,000 findings: a wrong code in each of many columns of every row of 2,000 children."""
    ret = synthesise(2000, year="2025-26", seed=3).load()
    tables = {name: frame.select(pl.exclude("row", "line", "file", "^.*text$")) for name, frame in ret.tables.items()}
    wrong = {"Header": ("SEX", "ETHNIC"), "Episodes": ("RNE", "LS", "CIN", "PLACE", "REC")}
    tables |= {name: tables[name].with_columns(pl.lit("ZZ").alias(each) for each in of) for name, of in wrong.items()}
    result = returns903.validate(returns903.Return.from_frames(tables, year="2025-26"))
    assert result.findings.height >= 50_000
    return written(result, tmp_path_factory.mktemp("flood"))
