"""Reading a return and checking its rules, the same for every command that shows findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from returns903.cli.show import progress, say, say_year

if TYPE_CHECKING:
    from returns903.results import Result


def checked(source: Mapping[str, Any], rules: Mapping[str, Any]) -> Result:
    """What the rules find in a return; the year that was inferred and rules that are weighed otherwise are said.

    Args:
        source: what `read_return` takes.
        rules: what `validate` takes beside the return.
    """
    with progress() as step:
        step("Reading the return")
        import returns903

        the_return = returns903.read_return(**source)
        step("Checking the rules")
        result = returns903.validate(the_return, **rules)
    say_year(the_return)
    if weights := rules.get("severity"):
        say(f"counted otherwise than published: {', '.join(f'{code} as {weight}' for code, weight in weights.items())}")
    return result
