"""Each rule is written in one place, where a search for its code in quotes leads."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from returns903.rules import TOPICS, Definition, definitions, written_at

SOURCE = Path(__file__).resolve().parents[2] / "src"
RULES = SOURCE / "returns903" / "rules"
TEXTS = {topic: (RULES / f"{topic}.py").read_text(encoding="utf-8") for topic in TOPICS}
TOPIC_OF = {definition.code: definition.topic for definition in definitions()}


@pytest.mark.parametrize("topic", TOPICS)
def test_no_loop_makes_rules(topic: str) -> None:
    statements = ast.parse(TEXTS[topic]).body
    assert [s.lineno for s in statements if isinstance(s, ast.For | ast.While)] == []


@pytest.mark.parametrize("code", TOPIC_OF)
def test_its_code_stands_in_quotes_in_its_topic_alone(code: str) -> None:
    assert [topic for topic, text in TEXTS.items() if f'"{code}"' in text] == [TOPIC_OF[code]]


def _named(code: str) -> list[Definition]:
    return [definition for definition in definitions() if definition.code == code]


@pytest.mark.parametrize("code", TOPIC_OF)
def test_where_it_is_written_is_told_for_each_definition(code: str) -> None:
    places = written_at(code)
    assert len(places) == len(set(places)) == len(_named(code))
    for place in places:
        file, _, line = place.rpartition(":")
        assert file == f"returns903/rules/{TOPIC_OF[code]}.py"
        assert f'"{code}"' in TEXTS[TOPIC_OF[code]].splitlines()[int(line) - 1]
