"""What the commands write: never over an input, never over what is there unless forced, and by the form it is named."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from returns903.published.catalogue import AGGREGATES
from tests.cli.conftest import CLEAN, FAULTS, Run, shell

FORCED = "--force"


@pytest.fixture
def around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in: a return as a folder and as a zip, last year's, and a provider list."""
    shutil.copytree(CLEAN, tmp_path / "RET")
    shutil.copytree(CLEAN, tmp_path / "LAST")
    shutil.make_archive(str(tmp_path / "ret"), "zip", CLEAN)
    (tmp_path / "settings.json").write_text('year = "2024-25"\n', encoding="utf-8")
    (tmp_path / "providers.csv").write_text("URN\n1234567\n", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "RET" / "episodes.csv")
    (tmp_path / "hard.csv").hardlink_to(tmp_path / "RET" / "episodes.csv")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def everything(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


OVER_INPUTS = [
    "validate RET --format csv --output RET/episodes.csv",
    "validate RET --format csv --output RET/../RET/./episodes.csv",
    "validate RET --format csv --output {around}/RET/episodes.csv",
    "validate RET --format csv --output link.csv",
    "validate RET --format csv --output hard.csv",
    "validate RET --format csv --output RET/new.csv",
    "validate RET --format csv --output LAST/episodes.csv --previous LAST",
    "validate RET --format csv --output providers.csv --providers providers.csv",
    "validate RET --format csv --output providers.csv --postcodes providers.csv",
    "validate RET/episodes.csv --format csv --output RET/episodes.csv",
    "validate ret.zip --format csv --output ret.zip",
    "tables RET --output RET",
    "tables RET --output RET/tables",
    "tables RET --previous LAST --output LAST",
    "tables RET --format json --output RET/episodes.csv",
    "tables RET/episodes.csv --only scorecard --format csv --output RET/episodes.csv",
    "tables ret.zip --format json --output ret.zip",
    "tables RET --pack annual-report --output RET",
    "reduce RET --rule 101 --output RET",
    "reduce RET --rule 101 --output RET/return",
    "reduce RET --rule 101 --previous LAST --output LAST",
    "--config settings.json validate RET --output settings.json",
    "--config settings.json tables RET --output settings.json",
    "--config settings.json convert RET --output settings.json/../settings.json",
]


@pytest.mark.parametrize("forced", ["", FORCED])
@pytest.mark.parametrize("words", OVER_INPUTS)
def test_no_input_is_written_over(run: Run, around: Path, words: str, forced: str) -> None:
    before = everything(around)
    status, out, err = run(words.format(around=around), forced)
    assert (status, out) == (2, "")
    assert (
        "input of this run" in err
        or "which this run reads" in err
        or "is named for a form" in err
        or "is not named for" in err
    )
    assert everything(around) == before


NOT_REPLACED = [
    ("validate RET --output old.txt", "is there already: give --force"),
    ("validate RET --output old.json", "is there already: give --force"),
    ("tables RET --output old.json", "is there already: give --force"),
    ("tables RET --output old", "old holds mine.txt, which is not of this program"),
    ("validate RET --format text --output fifo --force", "is no ordinary file"),
    ("validate RET --format text --output /dev/null --force", "is no ordinary file"),
    ("validate RET --format text --output soft --force", "is a link"),
    ("validate RET --format text --output old --force", "is a folder"),
    ("tables RET --output fifo --format json --force", "is no ordinary file"),
    ("tables RET --output soft --force", "is a link"),
    ("tables RET --output old --force", "old holds mine.txt, which is not of this program"),
    ("validate RET --output no/such/folder/x.txt", "there is no folder no/such/folder"),
    ("tables RET --output no/such/folder", "there is no folder no/such"),
    ("reduce RET --rule 101 --output old --force", "old holds mine.txt, which is not of this program"),
    ("reduce RET --rule 101 --output soft --force", "is a link"),
    ("reduce RET --rule 101 --output no/such/folder", "there is no folder no/such"),
]


@pytest.mark.parametrize(("words", "said"), NOT_REPLACED)
def test_what_is_there_stays(run: Run, around: Path, words: str, said: str) -> None:
    for name in ("old.txt", "old.json"):
        (around / name).write_text("old")
    (around / "old").mkdir()
    (around / "old" / "mine.txt").write_text("mine")
    (around / "soft").symlink_to(around / "old.txt")
    before = everything(around)
    os.mkfifo(around / "fifo")
    status, out, err = run(words)
    assert (status, out) == (2, "")
    assert said in err
    assert everything(around) == before


def test_a_refused_output_costs_no_work(run: Run, around: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("returns903.returns.read_tables", lambda *_, **__: 1 / 0)
    for words in ("validate RET --output no/x.txt", "tables RET --output no/x", "tables RET --format xlsx"):
        assert "fault" not in run(words)[2]
    assert "fault" in run("validate", "RET")[2]


NAMED = [
    ("validate RET --output f.txt", "returns903 "),
    ("validate RET --output F.JSON", "{"),
    ("validate RET --output f.csv", "rule,severity"),
    ("validate RET --output f.log --format json", "{"),
    ("validate RET --output f --format csv", "rule,severity"),
    ("tables RET --output f.json", "{"),
    ("tables RET --output f.csv --only scorecard", "month,measure"),
]


@pytest.mark.parametrize(("words", "begins"), NAMED)
def test_the_form_is_that_of_the_name(run: Run, around: Path, words: str, begins: str) -> None:
    before = set(around.iterdir())
    status, out, _ = run(words, "--year", "2024-25")
    assert (status, out) == (0, "")
    (made,) = set(around.iterdir()) - before
    assert made.read_text(encoding="utf-8").startswith(begins)


MISNAMED = [
    ("validate RET --output f.docx", "there are text, json, csv"),
    ("validate RET --output f.pdf --format text", "f.pdf is named for a form that is not written"),
    ("validate RET --output f", "end it in one of .txt .json .csv"),
    ("validate RET --output f.odd", "end it in one of .txt .json .csv"),
    ("validate RET --output f.json --output f.json", "an output is named twice"),
    ("tables RET --output f.csv", f"f.csv holds one table, not {len(AGGREGATES)}"),
    ("tables RET --output f.parquet", f"f.parquet holds one table, not {len(AGGREGATES)}"),
    ("tables RET --output f.txt", "there are csv, xlsx, html, json, parquet"),
    ("tables RET --output f.pdf", "there are csv, xlsx, html, json, parquet"),
    ("tables RET --output f.xlsx --format csv", "f.xlsx is not named for csv"),
    ("tables RET --output f.csv --pack annual-report", f"f.csv holds one table, not {len(AGGREGATES)}"),
]


@pytest.mark.parametrize(("words", "said"), MISNAMED)
def test_a_name_that_promises_another_form_is_refused(run: Run, around: Path, words: str, said: str) -> None:
    before = everything(around)
    status, out, err = run(words)
    assert (status, out) == (2, "")
    assert said in err
    assert everything(around) == before


def test_several_outputs_each_in_the_form_of_its_name_and_the_screen(run: Run, around: Path) -> None:
    words = "validate RET --year 2024-25 --output f.json --output f.md"
    assert run(words, "--output f.odd --format csv")[:2] == (0, "")
    assert (around / "f.odd").read_text(encoding="utf-8").startswith("rule,")
    status, out, _ = run(words, "--format csv --force")
    assert (status, out.partition(",")[0]) == (0, "rule")
    assert (around / "f.md").read_text(encoding="utf-8").startswith("# SSDA903 return of 2024-25")


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_names_of_stdout(run: Run, name: str) -> None:
    assert run("validate", FAULTS, "--format", "csv", "-o", name)[1].startswith("rule,")
    assert run("tables", CLEAN, "--only", "not_judged", "-o", name)[1].startswith("reason,")


def test_identifiers_are_for_their_owner(run: Run, around: Path) -> None:
    before = os.umask(0o022)
    try:
        for words in ("validate RET -o f.json", "validate RET -o f.csv", "validate RET -o ids.txt --show-ids"):
            run(words)
        run("validate RET -o plain.txt")
        run("tables RET -o none --disclosure none")
        run("tables RET -o held.json --only periods_of_care")
        run("tables RET -o published")
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in around.iterdir()}
    private = dict.fromkeys(("f.json", "f.csv", "ids.txt", "held.json"), 0o600) | {"none": 0o700}
    assert {name: modes[name] for name in private} == private
    assert (modes["plain.txt"], modes["published"]) == (0o644, 0o755)


def test_another_disclosure_leaves_nothing_of_the_one_before(run: Run, around: Path) -> None:
    run("tables RET -o out --disclosure none")
    assert (around / "out" / "periods_of_care.csv").exists()
    assert run("tables RET -o out --only breakdowns")[0] == 2
    assert run("tables RET -o out --only breakdowns --force")[0] == 0
    assert sorted(path.name for path in (around / "out").iterdir()) == ["about.csv", "breakdowns.csv"]


@pytest.mark.parametrize("command", ["validate $FAULTS -o old.json --force", "tables $CLEAN -o old --force"])
def test_a_full_disk_leaves_what_was_there(around: Path, command: str) -> None:
    (around / "old.json").write_text("old")
    assert shell(f"cd '{around}' && $R tables $CLEAN -o old --only not_judged").returncode == 0
    before = everything(around)
    # Compiled modules would be cut short as well, and be there for all that come after.
    done = shell(f"cd '{around}' && ulimit -f 1 && $R {command}", PYTHONDONTWRITEBYTECODE="1")
    assert done.returncode == 2
    assert b"cannot be written: File too large" in done.stderr
    assert everything(around) == before
    assert not list(around.glob(".returns903*"))


def test_json_counts_what_the_report_counts(run: Run, around: Path) -> None:
    _, text, _ = run("validate", FAULTS)
    run("validate", FAULTS, "--output", "f.json")
    made = json.loads((around / "f.json").read_text(encoding="utf-8"))
    counts, errors = made["run"]["errors"], [f for f in made["findings"] if f["severity"] == "error"]
    assert counts["findings"] == len(errors) == 16
    assert counts["rows"] == len({(f["previous"], f["table"], f["row"]) for f in errors}) == 10
    assert counts["children"] == len({f["child"] for f in errors}) == 6
    assert "Errors: 16 findings of 16 rules, in 10 rows of 6 children" in text
