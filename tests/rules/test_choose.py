"""Which rules a selection names, and what is refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from returns903 import ConfigError
from returns903.rules import TOPICS, choose, definitions_in_force

IN_FORCE = definitions_in_force("2024-25")


def chosen(select: Any, ignore: Any = None) -> list[str]:
    return [definition.code for definition in choose(IN_FORCE, select, ignore)]


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        ("103", None, ["103"]),
        (" int21 ", None, ["INT21"]),
        ("441", "", ["441"]),
        (["103", ""], None, ["103"]),
        ("reviews", "44", ["166", "167"]),
        (iter(["103", "104"]), {"104"}, ["103"]),
    ],
)
def test_a_text_is_one_name_and_a_blank_is_none(select: Any, ignore: Any, codes: list[str]) -> None:
    assert chosen(select, ignore) == codes


def test_all_are_chosen_where_nothing_is_selected() -> None:
    every = [definition.code for definition in IN_FORCE]
    assert chosen(None) == every
    assert chosen(None, "103") == [code for code in every if code != "103"]


@pytest.mark.parametrize(
    ("select", "ignore"),
    [
        ([], None),
        ("", None),
        (" ", None),
        (",", None),
        (["", ","], None),
        (iter(()), None),
        ("103", "103"),
        (["103", "104"], ["10"]),
        (None, TOPICS),
        ("217t", None),
    ],
)
def test_a_choice_of_nothing_is_refused(select: Iterable[str] | None, ignore: Any) -> None:
    with pytest.raises(ConfigError, match="no rule is left to run"):
        chosen(select, ignore)


@pytest.mark.parametrize("given", [103, [103], ["103", None], b"103", 1.5, [["103"]]], ids=str)
@pytest.mark.parametrize("option", ["select", "ignore"])
def test_what_is_no_name_is_refused_in_our_words(option: str, given: Any) -> None:
    with pytest.raises(ConfigError, match=f"{option} takes the names of rules as text"):
        choose(IN_FORCE, **{"select": None, "ignore": None, option: given})


@pytest.mark.parametrize("given", ["999", "103,104", ["103", "999"], "*"])
def test_a_name_of_no_rule_is_refused(given: Any) -> None:
    with pytest.raises(ConfigError, match="names no rule"):
        chosen(given)
