"""Which returns are a batch: those of a folder, the rows of a list, or what is handed in; and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from returns903.batch.jobs import Job, jobs_of
from returns903.errors import ConfigError, InputError, ReturnsError


def listed(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "list.csv"
    file.write_bytes(text.encode(encoding))
    return file


def test_a_folder_has_a_return_in_each_folder_and_file(tmp_path: Path) -> None:
    for name in ("Leeds", "887", "E10000016", "elsewhere"):
        (tmp_path / name).mkdir()
    (tmp_path / "301.zip").touch()
    (tmp_path / ".hidden").touch()
    (tmp_path / "Thumbs.db").touch()
    found = {job.name: job.authority for job in jobs_of(tmp_path)}
    assert found == {
        "301": "E09000002",
        "887": "E06000035",
        "E10000016": "E10000016",
        "Leeds": "E08000035",
        "elsewhere": None,
    }


def test_last_years_returns_lie_under_the_same_names(tmp_path: Path) -> None:
    for name in ("now/301", "now/302", "before/301"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "before" / "302.zip").touch()
    (tmp_path / "now" / "303.xml").touch()
    found = {job.name: job.previous for job in jobs_of(tmp_path / "now", previous=tmp_path / "before")}
    before = tmp_path / "before"
    assert found == {"301": str(before / "301"), "302": str(before / "302.zip"), "303": str(before / "303.xml")}


def test_a_list_says_what_holds_for_each_return_and_else_what_holds_for_all(tmp_path: Path) -> None:
    file = listed(
        tmp_path,
        "name,path,previous,authority,providers,year\n"
        "barking,a/return,a/before,301,a/ofsted.csv,2023/24\n"
        "\n"
        " kent , b/return.zip ,,Kent,,\n",
        "utf-8-sig",
    )
    assert jobs_of(file, year="2024-25", providers="all.csv") == [
        Job(
            "barking",
            str(tmp_path / "a/return"),
            str(tmp_path / "a/before"),
            "E09000002",
            str(tmp_path / "a/ofsted.csv"),
            year="2023-24",
        ),
        Job("kent", str(tmp_path / "b/return.zip"), None, "E10000016", "all.csv", year="2024-25"),
    ]


def test_paths_and_mappings_may_be_handed_in() -> None:
    found = jobs_of(["x/301", Path("y/kent.zip"), {"path": "z", "name": "third", "authority": 303}])
    assert [(job.name, job.path, job.authority) for job in found] == [
        ("301", "x/301", None),
        ("kent", "y/kent.zip", None),
        ("third", "z", "E09000004"),
    ]


WRONG_LISTS = {
    "path,colour\nx,red\n": "list.csv line 1: a list of returns has the columns name, path, .* 'colour' is none",
    "name\nx\n": "list.csv line 1: .* no path",
    "path,path\nx,y\n": "list.csv line 1: .* path stands twice",
    "path,year\nx,2024\n": "list.csv line 2: '2024' is not a collection year",
    "path,authority\nx,Atlantis\n": "list.csv line 2: 'Atlantis' is no local authority",
    "path,authority\nx\n": "list.csv line 2: it has not as many cells",
    "path\nx,y\n": "list.csv line 2: it has not as many cells",
    'path\n"x"y\n': "list.csv line 2: not CSV",
    "name,path\n,\nx,\n": "list.csv line 3: it names no path",
    "path\n": "there is no return",
    "": "no path",
    "path\na/return\nb/return\n": "two returns are called return, .*a/return and .*b/return: give each a name",
    "name,path\nA,x\na,y\n": "two returns are called a",
    "name,path\n../up,x\n": "list.csv line 2: a name of a return begins with",
    "name,path\n.hidden,x\n": "list.csv line 2: a name of a return begins with",
    "name,path\na=b,x\n": "list.csv line 2: a name of a return begins with",
}


@pytest.mark.parametrize("text", WRONG_LISTS)
def test_what_is_no_list_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(ReturnsError, match=WRONG_LISTS[text]):
        jobs_of(listed(tmp_path, text))


def test_a_list_in_another_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not written in UTF-8"):
        jobs_of(listed(tmp_path, "path\ncaf\xe9\n", "latin-1"))


def test_a_folder_that_is_one_return_is_refused(tmp_path: Path) -> None:
    (tmp_path / "header.csv").touch()
    with pytest.raises(ConfigError, match=r"holds header.csv, which is no return"):
        jobs_of(tmp_path)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "there is no return"),
        ([{"path": "x", "la": 301}], "return 1 has 'la'"),
        (["x", {"name": "y"}], "return 2: it names no path"),
        (Path("nowhere"), "nowhere: cannot be read"),
    ],
)
def test_what_is_handed_in_has_to_be_returns(given: object, said: str) -> None:
    with pytest.raises(ReturnsError, match=said):
        jobs_of(given)  # type: ignore[arg-type]


def test_last_years_folder_has_to_be_one_and_to_be_clear(tmp_path: Path) -> None:
    for name in ("now/301", "before/301"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "before" / "301.zip").touch()
    with pytest.raises(ConfigError, match=r"before holds both 301 and 301.zip"):
        jobs_of(tmp_path / "now", previous=tmp_path / "before")
    with pytest.raises(ConfigError, match="is no folder"):
        jobs_of(tmp_path / "now", previous=tmp_path / "none")
