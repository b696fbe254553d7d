"""Which rules fire in a test run, counted over everything that it validates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from returns903.engine import observers
from returns903.results import Result
from returns903.rules import definitions_in_force


class Fired:
    """The rules that flagged something, by the collection year whose rules were applied."""

    def __init__(self) -> None:
        self.codes: dict[str, set[str]] = {}

    def note(self, result: Result) -> None:
        """Add the rules that flag something in a result."""
        self.add({result.rules_year: result.codes("findings")})

    def add(self, codes: Mapping[str, Iterable[str]]) -> None:
        """Add the rules that another process tells of."""
        for year, of_year in codes.items():
            self.codes.setdefault(year, set()).update(of_year)

    def start(self) -> None:
        """Count from now on."""
        observers.append(self.note)

    def stop(self) -> None:
        """Count no longer."""
        observers.remove(self.note)

    def lines(self, *, all_codes: bool = False) -> Iterator[str]:
        """What to say at the end: a line a year, and with `all_codes` the rules that never fired."""
        if not self.codes:
            yield "rules that fired: none, for no return was validated"
        for year, fired in sorted(self.codes.items()):
            in_force = [definition.code for definition in definitions_in_force(year)]
            yield f"rules that fired: {len(fired)} of {len(in_force)} ({year})"
            never = [code for code in in_force if code not in fired]
            if all_codes and never:
                yield f"never fired ({year}): {', '.join(never)}"


@contextmanager
def uncounted() -> Iterator[None]:
    """What is validated inside counts nowhere."""
    kept = observers[:]
    observers.clear()
    try:
        yield
    finally:
        observers[:] = kept
