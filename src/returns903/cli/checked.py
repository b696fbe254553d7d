"""Reading a return and checking its rules, the same for every command that shows findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from returns903.cli.show import Steps, say, say_year
from returns903.words import counted

if TYPE_CHECKING:
    from returns903.results import Result


def checked(source: Mapping[str, Any], rules: Mapping[str, Any], step: Steps) -> Result:
    """What the rules find in a return.

    Args:
        source: what `read_return` takes.
        rules: what `validate` takes beside the return.
        step: is told what is being done: two steps.
    """
    step("Reading the return")
    import returns903

    the_return = returns903.read_return(**source)
    step(f"Checking the rules on {counted(sum(map(len, the_return.tables.values())), 'row')}")
    return returns903.validate(the_return, **rules)


def say_of_run(result: Result, rules: Mapping[str, Any]) -> None:
    """Say what year was inferred, and which rules are weighed otherwise."""
    say_year(result.the_return)
    if weights := rules.get("severity"):
        say(f"counted otherwise than published: {', '.join(f'{code} as {weight}' for code, weight in weights.items())}")
