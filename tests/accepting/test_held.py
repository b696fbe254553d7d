"""What was accepted stays accepted while the cells that count stay, and lapses when one of them changes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import returns903
from returns903.accepting.add import Why, add, opened, save
from returns903.accepting.held import CHANGED, GONE, HOLDS, NOT_FORCED, NOT_RUN, PAST, Acceptance
from returns903.views.states import still_to_do, with_states

TODAY = dt.date(2026, 12, 1)
LATER = dt.date(2027, 3, 31)
Episode = tuple[str | None, ...]
COLUMNS = ("CHILD", "DECOM", "RNE", "LS", "PLACE", "DEC", "REC", "URN")


def changed(episode: Episode, **cells: str | None) -> Episode:
    return tuple(cells.get(name, cell) for name, cell in zip(COLUMNS, episode, strict=True))


def checked(*episodes: Episode, select: str | list[str] = "361", **given: Any) -> returns903.Result:
    children = dict.fromkeys(str(episode[0]) for episode in episodes)
    header = pl.DataFrame(
        [(child, "1", "01/01/2015") for child in children], schema=["CHILD", "SEX", "DOB"], orient="row"
    )
    frame = pl.DataFrame(episodes, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    ret = returns903.Return.from_frames({"Header": header, "Episodes": frame}, year="2024-25")
    return returns903.validate(ret, select=select, **given)


SHORT = ("AB12", "02/06/2024", "L", "L1", "U4", "09/06/2024", "X1", None)
BEFORE = ("AB12", "01/05/2024", "S", "C2", "U4", "02/06/2024", "X1", None)
AFTER = ("AB12", "09/06/2024", "L", "C2", "U4", None, None, None)
OTHER = ("CD34", "01/05/2024", "S", "C2", "U4", None, None, None)
RETURN = (BEFORE, SHORT, AFTER, OTHER)


@pytest.fixture
def accepted(tmp_path: Path) -> Path:
    """A file in which it is accepted that the child was under police protection for more than three days."""
    return accept_all(tmp_path / "accepted.toml", checked(*RETURN))


def accept_all(path: Path, result: returns903.Result, *, until: dt.date = LATER) -> Path:
    """Accept all findings of a result, errors too."""
    whys = {place: Why("asked and confirmed", "A. Officer", until) for place in range(result.findings.height)}
    save(add(opened(path, ()), result, whys, today=TODAY, force=True), ())
    return path


def held(path: Path, *episodes: Episode, today: dt.date = TODAY, **given: Any) -> Acceptance:
    return checked(*(episodes or RETURN), **given).accept(path, today=today)


def states(acceptance: Acceptance) -> list[str]:
    return acceptance.entries.get_column("state").to_list()


CHANGES = {
    "the same": (RETURN, HOLDS),
    "rows in another order": ((OTHER, AFTER, SHORT, BEFORE), HOLDS),
    "another child's row changed": ((*RETURN[:3], changed(OTHER, LS="V2")), HOLDS),
    "new children before and after": ((changed(OTHER, CHILD="A"), *RETURN, changed(OTHER, CHILD="ZZ")), HOLDS),
    "a new episode that plays no part": ((*RETURN, changed(OTHER, CHILD="AB12", DECOM="01/09/2024")), HOLDS),
    "a cell that the rule does not read": ((BEFORE, changed(SHORT, URN="SC000001"), AFTER, OTHER), HOLDS),
    "the row's own cell": ((BEFORE, changed(SHORT, DEC="08/06/2024"), AFTER, OTHER), CHANGED),
    "what is worked out from another row": ((changed(BEFORE, LS="L1"), SHORT, AFTER, OTHER), CHANGED),
    "mended": ((BEFORE, changed(SHORT, LS="C2"), AFTER, OTHER), GONE),
    "the child is gone": ((OTHER,), GONE),
}


@pytest.mark.parametrize("because", CHANGES)
def test_an_acceptance_holds_while_the_cells_that_count_stay(accepted: Path, because: str) -> None:
    episodes, state = CHANGES[because]
    acceptance = held(accepted, *episodes)
    assert states(acceptance) == [state]
    assert acceptance.count == (state == HOLDS)


def test_it_holds_on_its_last_day_and_not_after(accepted: Path) -> None:
    assert states(held(accepted, today=LATER)) == [HOLDS]
    assert states(held(accepted, today=LATER + dt.timedelta(1))) == [PAST]


def test_of_a_rule_that_did_not_run_nothing_is_told(accepted: Path) -> None:
    assert states(held(accepted, select="144")) == [NOT_RUN]


def test_an_error_holds_only_where_it_is_forced_whatever_it_counts_as(accepted: Path) -> None:
    assert held(accepted).entries.select("place", "rule").row(0) == ("accepted.toml:5", "361")
    assert held(accepted).forced == 1
    assert held(accepted, severity={"361": "query"}).forced == 1
    accepted.write_text(accepted.read_text(encoding="utf-8").replace("forced = true", ""), encoding="utf-8")
    assert states(held(accepted)) == [NOT_FORCED]
    assert held(accepted, severity={"361": "query"}).count == 0


def test_what_is_accepted_stays_counted_and_is_told_beside(accepted: Path) -> None:
    result = checked(*RETURN, changed(SHORT, CHILD="EF56"))
    result.accept(accepted, today=TODAY)
    assert result.findings.height == 2
    told = with_states(result).select("child", "accepted", "accepted_by", "accepted_until").rows()
    assert told == [("AB12", "asked and confirmed", "A. Officer", LATER), ("EF56", None, None, None)]
    assert still_to_do(result).get_column("child").to_list() == ["EF56"]


def test_rows_that_are_told_apart_by_nothing_are_accepted_together(tmp_path: Path) -> None:
    episodes = (*RETURN, SHORT)
    path = accept_all(tmp_path / "accepted.toml", checked(*episodes))
    acceptance = held(path, *episodes)
    assert (states(acceptance), acceptance.count) == ([HOLDS], 2)


def test_a_child_without_an_identifier_can_be_accepted(tmp_path: Path) -> None:
    episode = changed(OTHER, CHILD=None, LS="?")
    path = accept_all(tmp_path / "accepted.toml", checked(episode, select="144"))
    assert states(held(path, episode, select="144")) == [HOLDS]
    assert states(held(path, changed(OTHER, LS="?"), select="144")) == [GONE]


def test_an_entry_that_stands_twice_tells_of_each_finding_once(accepted: Path) -> None:
    head, entry = accepted.read_text(encoding="utf-8").split("[[accepted]]")
    accepted.write_text("[[accepted]]".join([head, entry, entry.replace("asked", "again asked")]), encoding="utf-8")
    result = checked(*RETURN)
    acceptance = result.accept(accepted, today=TODAY)
    assert acceptance.findings.rows() == [("again asked and confirmed", "A. Officer", LATER)]
    assert acceptance.states == {HOLDS: 2}


def test_a_finding_of_another_rule_about_the_child_is_not_meant(accepted: Path) -> None:
    acceptance = held(accepted, BEFORE, changed(SHORT, RNE="?"), AFTER, select=["143", "361"])
    assert acceptance.findings["accepted"].null_count() == 1
    assert (acceptance.count, acceptance.states) == (1, {HOLDS: 1})
