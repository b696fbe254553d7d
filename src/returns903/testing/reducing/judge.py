"""Whether a return still shows the behaviour that is being looked for, and the least that does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from returns903.errors import ConfigError, attempted
from returns903.returns import Return
from returns903.testing.reducing.draft import Draft

Item = TypeVar("Item")


class Judge:
    """Asks whether the behaviour is there, and counts how often.

    A check that raises on the whole return is meant to: then the behaviour is to raise an error of that very kind, and
    to return, or to raise another, is to be without it.
    """

    def __init__(self, keeps: Callable[[Return], object], ret: Return) -> None:
        self.calls = 0
        self._keeps = keeps
        self._wanted = self._seen(ret)
        if self._wanted is False:
            msg = "keeps= is false of the return as it is given: there is nothing to reduce"
            raise ConfigError(msg)

    @property
    def raises(self) -> str | None:
        """The name of the error that is the behaviour; None where it is an answer."""
        return None if isinstance(self._wanted, bool) else self._wanted.__name__

    def insist(self, draft: Draft) -> None:
        """See that the behaviour is still there when a whole return has become a draft.

        Raises:
            ConfigError: it is not.
        """
        if not self.holds(draft):
            msg = (
                "keeps= is false of the same tables handed in as frames, with reference lists of what they name: "
                "it cannot be reduced where it looks at notes, files or lines, or at the lists themselves"
            )
            raise ConfigError(msg)

    def holds(self, draft: Draft) -> bool:
        """Whether the behaviour is there; it is not in a draft that makes no return."""
        loaded: list[Return] = []
        if attempted(lambda: loaded.append(draft.load())):
            return False
        return self._seen(loaded[0]) == self._wanted

    def _seen(self, ret: Return) -> bool | type[BaseException]:
        self.calls += 1
        answers: list[bool] = []
        error = attempted(lambda: answers.append(bool(self._keeps(ret))))
        return answers[0] if error is None else type(error)


def least(items: Sequence[Item], holds: Callable[[Sequence[Item]], bool]) -> Sequence[Item]:
    """Those of the items without which `holds` is no more: all are taken away, then halves, quarters, ... and each."""
    size = len(items)
    while size and items:
        start = 0
        while start < len(items):
            rest = [*items[:start], *items[start + size :]]
            if holds(rest):
                items = rest
            else:
                start += size
        size //= 2
    return items
