"""The file of settings: where it is found, what it may say, what wins, and how `config` shows it."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import jsonschema
import polars as pl
import pytest

import returns903
from returns903 import cli
from returns903.cli.settings import Settings
from returns903.cli.settings_file import line_of, settings_file
from returns903.errors import ConfigError
from tests.cli.conftest import CLEAN, FAULTS, PUBLISHED, ROOT, Run, shell

EVERY_KEY = """\
year = "2024-25"
authority = 301
previous = "last/year"
providers = "homes.csv"
postcodes = "/data/postcodes.parquet"
allow-missing = ["Header", "Episodes"]
select = ["101", "SW"]
ignore = ["102"]
rules-year = "2023-24"
outputs = ["found.json", "work.xlsx"]
baseline = "last.json"
accepted = "accepted.toml"
fail-on = "query"
rules = ["ours.py"]

[severity]
361 = "query"
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the commands run in."""
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path / "home")
    return tmp_path / "home"


def write(folder: Path, text: str, name: str = "returns903.toml") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def shown(out: str) -> dict[str, list[str]]:
    """The cells of each option that `config` shows; no cell holds two blanks together."""
    lines = [line.split("  ") for line in out.splitlines() if line.startswith("--")]
    return {cells[0].strip(): [cell.strip() for cell in cells[1:] if cell.strip()] for cells in lines}


def test_every_key_reaches_its_option(run: Run, home: Path) -> None:
    write(home, EVERY_KEY)
    assert set(tomllib.loads(EVERY_KEY)) == {name.replace("_", "-") for name in Settings.model_fields}
    status, out, _ = run("config")
    assert status == 0
    rows = shown(out)
    assert rows["--year"] == ["year", "2024-25", "returns903.toml:1"]
    assert rows["--la"] == ["authority", "301", "returns903.toml:2"]
    assert rows["--previous"] == ["previous", str(Path("last/year")), "returns903.toml:3"]
    assert rows["--allow-missing"] == ["allow-missing", "Header,Episodes", "returns903.toml:6"]
    assert rows["--select"] == ["select", "101,SW", "returns903.toml:7"]
    assert rows["--rules-year"] == ["rules-year", "2023-24", "returns903.toml:9"]
    assert rows["--output"] == ["outputs", "found.json, work.xlsx", "returns903.toml:10"]
    assert rows["--baseline"] == ["baseline", "last.json", "returns903.toml:11"]
    assert rows["--fail-on"] == ["fail-on", "query", "returns903.toml:13"]
    assert rows["--rules"] == ["rules", "ours.py", "returns903.toml:14"]
    assert rows["--accepted"] == ["accepted", "accepted.toml", "returns903.toml:12"]
    assert rows["--severity"] == ["severity", "361=query", "returns903.toml:16"]
    assert rows["--force"] == ["no", "default"]
    assert {cells[-1] for option, cells in rows.items() if cells[0] in tomllib.loads(EVERY_KEY)} <= {
        f"returns903.toml:{line}" for line in range(1, 17)
    }


def test_the_command_line_wins_and_says_so(run: Run, home: Path) -> None:
    write(home, EVERY_KEY)
    rows = shown(run("config tables --la 302 --format csv")[1])
    assert rows["--la"] == ["authority", "302", "command line"]
    assert rows["--format"] == ["csv", "command line"]
    assert rows["--year"][-1] == "returns903.toml:1"
    assert rows["--output"] == ["-", "default"]  # outputs are those of validate


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("config nonsense", "'nonsense' is no command that takes settings"),
        ("config schema", "'schema' is no command that takes settings"),
        ("config validate --yaer 2024-25", "no such option"),
        ("config validate --fail-on never-ever", "--fail-on"),
        ("--config absent.toml config", "absent.toml"),
        ("--config found.toml --no-config config", "give one of the two"),
    ],
)
@pytest.mark.usefixtures("home")
def test_what_config_refuses(run: Run, words: str, said: str) -> None:
    status, out, err = run(words)
    assert (status, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"home/returns903.toml": 'year = "2024-25"'}, "2024-25"),
        ({"returns903.toml": 'year = "2024-25"'}, "2024-25"),
        ({"home/returns903.toml": 'year = "2024-25"', "returns903.toml": 'year = "2023-24"'}, "2024-25"),
        ({"home/pyproject.toml": '[tool.returns903]\nyear = "2024-25"'}, "2024-25"),
        ({"home/pyproject.toml": "[tool.ruff]", "returns903.toml": 'year = "2024-25"'}, "2024-25"),
        ({"home/pyproject.toml": 'tool = "x"', "returns903.toml": 'year = "2024-25"'}, "2024-25"),
        (
            {"home/pyproject.toml": '[tool.returns903]\nyear = "2023-24"', "home/returns903.toml": 'year = "2024-25"'},
            "2024-25",
        ),
        ({"home/pyproject.toml": "[tool.returns903]", "returns903.toml": 'year = "2024-25"'}, None),
        ({"home/further/returns903.toml": 'year = "2024-25"'}, None),
        ({}, None),
    ],
)
def test_the_nearest_file_counts(home: Path, files: dict[str, str], found: str | None) -> None:
    for name, text in files.items():
        write((home.parent / name).parent, text, Path(name).name)
    settings = settings_file()
    assert (None if settings is None else settings.options.get("year")) == found


def test_paths_are_those_beside_the_file(home: Path) -> None:
    write(home.parent, 'previous = "last"\nproviders = "/data/homes.csv"')
    settings = settings_file()
    assert settings is not None
    assert settings.options == {"previous": str(home.parent / "last"), "providers": str(Path("/data/homes.csv"))}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("year = 2024", ":1: year must be text in quotes"),
        ('\n\nyear = "2024"', ":3: year cannot be used: '2024' is no"),
        ("authority = 1.5", ":1: authority must be text in quotes"),
        ('authority = "Nowhere"', ":1: authority cannot be used: "),
        ('select = "101"', ":1: select must be a list of texts"),
        ('ignore = [\n "101",\n 102,\n]', ":1: ignore must be text in quotes"),
        ("select = []", ":1: select must not be empty"),
        ('previous = ""', ":1: previous must not be empty"),
        ('yaer = "2024-25"', ":1: yaer is no setting: is year meant?"),
        ('fail_on = "query"', ":1: fail_on is no setting: is fail-on meant?"),
        ('colour = "red"', ":1: colour is no setting: there are year, authority"),
        ('fail-on = "warning"', ":1: fail-on must be one of 'error', 'query'"),
        ('rules-year = "1999-00"', ":1: rules-year cannot be used: no rules are known for 1999-00"),
        ('[severity]\n361 = "query"\n"101" = "off"', ":3: severity.101 must be one of 'error' or 'query'"),
        ('severity = { 361 = "off" }', ":1: severity.361 must be one of"),
        ('severity = "query"', ":1: severity must be a table"),
        ("year = 2024-25", ":1: this is not TOML"),
        ("a = " + "[" * 5000, "is nested too deep"),
        ("\x00", "this is not TOML"),
    ],
)
def test_a_wrong_key_is_told_with_its_line(run: Run, home: Path, text: str, said: str) -> None:
    write(home, text)
    status, out, err = run("validate", CLEAN)
    assert (status, out) == (2, "")
    assert f"returns903.toml{said}" in err or said in err
    assert len(err.splitlines()) == 1


def test_a_shared_file_has_its_own_lines(run: Run, home: Path) -> None:
    write(
        home, '[project]\nname = "x"\nyear = 1\n[tool.other]\nyear = 1\n[tool.returns903]\nyear = 1', "pyproject.toml"
    )
    assert "pyproject.toml:7: year must be text" in run("validate", CLEAN)[2]
    write(home, "[tool]\nreturns903 = 1", "pyproject.toml")
    assert "[tool.returns903] must be a table" in run("validate", CLEAN)[2]


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("a = 1\nb = 2", ["b"], 2),
        ("a = 1\n[t]\nb = 2\n[u]\nb = 3", ["u", "b"], 5),
        ('# b = 1\n"b" = 2 # b = 3', ["b"], 2),
        ("[t]\nu.b = 1", ["t", "u", "b"], 2),
        ("[ t . u ] # u\nb = 1", ["t", "u", "b"], 2),
        ("t = { b = 1 }", ["t", "b"], 1),
        ("a = [\n 'b = 1',\n]\nb = 2", ["b"], 4),
        ("a = 1", ["b"], None),
        ("[[t]]\nb = 1", ["t", "b"], 2),
    ],
)
def test_the_line_of_a_key(text: str, key: list[str], line: int | None) -> None:
    assert line_of(text, key) == line


def test_settings_hold_for_what_they_are_about(run: Run, home: Path) -> None:
    shutil.copytree(FAULTS, home / "return")
    write(home, 'year = "2024-25"\nselect = ["101", "356"]\noutputs = ["found.json"]\n[severity]\n3 = "query"\n')
    status, out, err = run("validate return")
    assert (status, out) == (0, "")  # a query is below --fail-on error
    assert "settings: returns903.toml" in err
    assert "counted otherwise than published: 3 as query" in err
    found = json.loads((home / "found.json").read_text(encoding="utf-8"))
    assert {(item["rule"], item["severity"]) for item in found["findings"]} == {("356", "query")}
    assert found["run"]["queries"]["rules"] == 1
    assert run("validate return --select 356 --severity 101=query --output -")[0] == 1
    assert "Errors: 16 findings" in run("--no-config validate return --year 2024-25")[1]


def test_a_file_named_is_taken_instead(run: Run, home: Path) -> None:
    write(home, 'select = ["101"]')
    write(home.parent, 'year = "2023-24"', "other.toml")
    rows = shown(run("--config ../other.toml config")[1])
    assert rows["--year"] == ["year", "2023-24", "../other.toml:1"]
    assert rows["--select"] == ["select", "-", "default"]


def test_commands_that_read_no_return_take_no_settings(run: Run, home: Path) -> None:
    write(home, "year = nonsense")
    assert run("schema --year 2023-24")[0] == 0
    assert run("synthesise --children 1 --seed 1 --output made --year 2024-25")[0] == 0


def test_a_table_reconciled_with_itself_needs_no_return(run: Run, home: Path) -> None:
    write(home, 'year = "2024-25"\nauthority = "E09000002"')
    without = run("--no-config reconcile", PUBLISHED)
    assert run("reconcile", PUBLISHED)[:2] == without[:2]
    assert "--year is about a return" in run("reconcile", PUBLISHED, "--year 2024-25")[2]


def test_every_output_is_written(run: Run, home: Path) -> None:
    write(home, 'year = "2024-25"\noutputs = ["a.json", "b.csv"]')
    assert run("validate", CLEAN)[:2] == (0, "")
    assert {path.name for path in home.iterdir()} == {"returns903.toml", "a.json", "b.csv"}


def test_a_format_asked_for_is_that_of_the_screen_whatever_outputs_are_set(run: Run, home: Path) -> None:
    write(home, 'year = "2024-25"\noutputs = ["a.json", "b.csv"]')
    for form, begins in (("json", "{"), ("csv", "rule,"), ("text", "returns903 "), ("github", "::")):
        status, out, _ = run("validate", CLEAN, f"--format {form}")
        assert (status, out.startswith(begins)) == (0, True)
        assert json.loads((home / "a.json").read_text(encoding="utf-8"))["run"]["year"] == "2024-25"
        assert (home / "b.csv").read_text(encoding="utf-8").startswith("rule,")
        for name in ("a.json", "b.csv"):
            (home / name).unlink()
    write(home, 'year = "2024-25"\noutputs = ["found"]')
    assert "the name found says no form" in run("validate", CLEAN, "--format csv")[2]


def test_no_settings_are_looked_for_in_help(home: Path) -> None:
    write(home, "year = nonsense")
    done = shell(f"cd {home} && $R --config x validate --help")
    assert done.returncode == 0
    assert b"returns903 validate [OPTIONS]" in done.stdout


def test_the_schema_knows_what_the_model_knows() -> None:
    schema = json.loads((ROOT / "schemas" / "settings.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(tomllib.loads(EVERY_KEY), schema)
    for wrong in ("yaer = 1", "year = 1", 'fail-on = "x"', 'severity = {361 = "off"}'):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(tomllib.loads(wrong), schema)


def test_the_page_tells_every_key() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert [key for key in tomllib.loads(EVERY_KEY) if f"`{key}`" not in page] == []


def test_every_command_that_reads_a_return_is_known() -> None:
    readers = {command.__name__ for command in cli.SETTLED}
    assert {"validate", "tables", "reconcile", "convert", "reduce"} <= readers


@pytest.mark.parametrize(
    ("severity", "said"),
    [
        ({"nonsense": "query"}, "names no rule"),
        ({"101": "off"}, "is one of error, query"),
        ({101: "query"}, "as text"),
        ("101", "by the names of rules"),
    ],
)
def test_severities_that_make_no_sense(severity: object, said: str) -> None:
    ret = returns903.Return.from_frames({"Header": pl.DataFrame({"CHILD": ["A"]})}, year="2024-25")
    with pytest.raises(ConfigError, match=said):
        returns903.validate(ret, severity=severity)  # type: ignore[arg-type]
