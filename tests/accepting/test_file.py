"""The file of accepted findings and its key: what they hold, and what is told of those that cannot be used."""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from pathlib import Path

import pytest

import returns903
from returns903.accepting.add import Why, add, opened, ready, save
from returns903.accepting.entries import read_accepted
from returns903.accepting.key import key_beside
from returns903.errors import ConfigError, ReturnsError
from tests.accepting.test_held import LATER, RETURN, SHORT, TODAY, accept_all, changed, checked, held


@pytest.fixture
def accepted(tmp_path: Path) -> Path:
    return accept_all(tmp_path / "accepted.toml", checked(*RETURN))


def whys(result: returns903.Result, why: Why) -> dict[int, Why]:
    return dict.fromkeys(range(result.findings.height), why)


def test_the_file_holds_neither_an_identifier_nor_a_cell(accepted: Path) -> None:
    text = accepted.read_text(encoding="utf-8")
    cells = {cell for cell in SHORT if cell and len(cell) > 2}
    assert not [cell for cell in cells if cell in text]
    (entry,) = tomllib.loads(text)["accepted"]
    assert (entry["rule"], entry["table"], entry["reason"]) == ("361", "Episodes", "asked and confirmed")
    assert (entry["by"], entry["until"], entry["when"], entry["forced"]) == ("A. Officer", LATER, TODAY, True)


def test_the_key_is_for_its_owner_alone_and_made_once(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = accept_all(tmp_path / "accepted.toml", checked(*RETURN))
    finally:
        os.umask(before)
    key = key_beside(path)
    assert (key.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o600, 0o600)
    secret = key.read_bytes()
    accept_all(path, checked(*RETURN, changed(SHORT, CHILD="EF56")))
    assert key.read_bytes() == secret
    assert len(read_accepted(path).entries) == 2
    assert secret.strip() not in path.read_bytes()
    assert secret.decode().strip() not in repr(read_accepted(path))


def test_a_key_that_others_may_read_is_told(accepted: Path) -> None:
    assert not held(accepted).is_key_open
    for mode in (0o640, 0o604, 0o601):
        key_beside(accepted).chmod(mode)
        assert held(accepted).is_key_open


def test_another_key_makes_other_fingerprints(accepted: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = accept_all(tmp_path / "other" / "accepted.toml", checked(*RETURN))
    one, two = (read_accepted(path).entries[0] for path in (accepted, other))
    assert not {one.child, one.cells} & {two.child, two.cells}


def test_entries_about_one_child_are_not_told_by_its_fingerprint(tmp_path: Path) -> None:
    result = checked(*RETURN[:1], changed(SHORT, LS="L1", RNE="?"), RETURN[2], select=["361", "143"])
    entries = read_accepted(accept_all(tmp_path / "accepted.toml", result)).entries
    assert {entry.rule for entry in entries} == {"361", "143"}
    assert len({entry.child for entry in entries}) == 2


def test_what_is_accepted_anew_replaces_what_was(accepted: Path) -> None:
    result = checked(*RETURN)
    why = Why('a new \n reason\x07, "quoted", naïve 😀 and \\', "B", TODAY)
    save(add(opened(accepted, ()), result, whys(result, why), today=TODAY, force=True), ())
    (entry,) = read_accepted(accepted).entries
    assert (entry.reason, entry.by, entry.until) == ('a new reason?, "quoted", naïve 😀 and \\', "B", TODAY)
    assert "naïve 😀" in accepted.read_text(encoding="utf-8")


REFUSED = {
    "a reason is missing": Why(" ", "A", LATER),
    "who accepts it is missing": Why("x", "\n", LATER),
    r"is past \(30/11/2026\)": Why("x", "A", TODAY - dt.timedelta(1)),
    "the reason names the child": Why("as ab12's worker says", "A", LATER),
}


@pytest.mark.parametrize("said", REFUSED)
def test_a_reason_that_will_not_do(tmp_path: Path, said: str) -> None:
    for child in ("AB12", "ab12"):
        result = checked(*(changed(episode, CHILD=child) for episode in RETURN[:3]))
        with pytest.raises(ConfigError, match=said) as error:
            add(opened(tmp_path / "a.toml", ()), result, whys(result, REFUSED[said]), today=TODAY, force=True)
        assert "ab12" not in str(error.value).lower()


def test_a_short_identifier_may_stand_in_a_reason_by_chance(tmp_path: Path) -> None:
    result = checked(*(changed(episode, CHILD="ASK") for episode in RETURN[:3]))
    path = accept_all(tmp_path / "accepted.toml", result)
    assert len(read_accepted(path).entries) == 1


def test_before_the_work_it_is_found_out_whether_it_can_be_written(accepted: Path, tmp_path: Path) -> None:
    ready(accepted, ())
    ready(tmp_path / "new.toml", ())
    for path, said in ((tmp_path / "no" / "a.toml", "no folder"), (tmp_path / "a.KEY", "is a name of a key")):
        with pytest.raises(ReturnsError, match=said):
            ready(path, ())
    accepted.write_text("spoilt", encoding="utf-8")
    with pytest.raises(ConfigError, match="is not TOML"):
        ready(accepted, ())


def test_an_error_is_accepted_only_by_force(tmp_path: Path) -> None:
    result = checked(*RETURN)
    with pytest.raises(ConfigError, match="the Department does not let pass: --force-errors"):
        add(opened(tmp_path / "a.toml", ()), result, whys(result, Why("x", "A", LATER)), today=TODAY, force=False)


BROKEN = {
    ("cells = ", "cell = "): r"accepted.toml:5: cells is missing",
    ("until = 2027-03-31", 'until = "2027-03-31"'): r"accepted.toml:5: until must be a day",
    ("until = 2027-03-31", "until = 2027-03-31T00:00:00"): r"accepted.toml:5: until ",
    ('by = "A. Officer"', 'by = ""'): r"accepted.toml:5: by must not be empty",
    ('by = "A. Officer"', 'bye = "x"\nby = "A"'): r"accepted.toml:5: bye has no place there",
    ('reason = "asked and confirmed"', 'reason = " "'): r"accepted.toml:5: reason must not be empty",
    ("reason = ", "reason = SECRET"): r"accepted.toml:10: this is not TOML",
    ('child = "', 'child = "SECRET'): r"accepted.toml:5: child makes no sense",
    ("key = ", "kee = "): r"is no file of accepted findings: key is missing",
    ("[[accepted]]", " [[accepted]]\nby = "): r"accepted.toml:6: this is not TOML",
    ("[[accepted]]\n", " [[accepted]]\nx = 1\n"): r"accepted.toml:5: x has no place there",
    ("[[accepted]]", "[accepted]"): r"is no file of accepted findings: accepted makes no sense",
}


@pytest.mark.parametrize(("change", "said"), BROKEN.items())
def test_a_file_that_makes_no_sense_is_told_with_its_line(accepted: Path, change: tuple[str, str], said: str) -> None:
    text = accepted.read_text(encoding="utf-8")
    assert change[0] in text
    accepted.write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(ConfigError, match=said) as error:
        read_accepted(accepted)
    assert "SECRET" not in str(error.value)


def test_a_missing_a_wrong_and_a_spoilt_key_are_told(accepted: Path, tmp_path: Path) -> None:
    key = key_beside(accepted)
    secret = key.read_text(encoding="ascii")
    for content, said in (("0" * 64, "is not the key that accepted.toml was written with"), ("x", "holds no key")):
        key.write_text(content, encoding="ascii")
        with pytest.raises(ConfigError, match=rf"accepted.key {said}"):
            held(accepted)
    key.unlink()
    with pytest.raises(ConfigError, match=r"accepted.key is missing: without it nobody can tell") as error:
        held(accepted)
    assert secret.strip() not in str(error.value)
    with pytest.raises(ConfigError, match=r"nothing.toml: cannot be read"):
        held(tmp_path / "nothing.toml")


def test_a_key_without_its_file_is_used_again(accepted: Path) -> None:
    secret = key_beside(accepted).read_bytes()
    accepted.unlink()
    accept_all(accepted, checked(*RETURN))
    assert key_beside(accepted).read_bytes() == secret
    assert held(accepted).count == 1


def test_no_input_of_the_run_is_written_over(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="lies in"):
        opened(tmp_path / "accepted.toml", (tmp_path,))
    assert list(tmp_path.iterdir()) == []
