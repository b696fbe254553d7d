"""The least return on which a property test fails, found once Hypothesis has found one."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from returns903.engine import validate
from returns903.errors import ReturnsError, attempted
from returns903.returns import Return
from returns903.testing.fired import uncounted
from returns903.testing.reducing import Reduced, reduce
from returns903.testing.told import DifferenceError
from returns903.words import counted


@dataclass(frozen=True)
class Call:
    """A call of a property test."""

    test: Callable[..., object]
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    drawn: Mapping[str, Any]
    """Those of the arguments that Hypothesis drew, not fixtures."""

    def fails(self, **others: Return) -> BaseException | None:
        """How the test fails with other arguments in place of some; None where it passes."""
        raised: list[BaseException | None] = []

        # In a test of Hypothesis, so that what is drawn upon there (`note`, `assume`, `event`) is there here too.
        @settings(max_examples=1, database=None, deadline=None)
        @given(st.none())
        def once(_: None) -> None:
            raised.append(attempted(lambda: self.test(*self.args, **{**self.kwargs, **others})))

        once()
        return raised[0]


def told(call: Call, error: BaseException, seconds: float) -> str | None:
    """What to say of the least return on which a test fails as it did; None where there is no return to be found.

    Args:
        call: the call that failed.
        error: what the test raised, several errors in a group perhaps.
        seconds: how long to look.
    """
    names = [name for name, value in call.drawn.items() if isinstance(value, Return)]
    said: list[str | None] = []
    with uncounted(), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        failed = attempted(lambda: said.append(_told(call, names, error, seconds)))
    if isinstance(failed, ReturnsError):
        return f"the return cannot be reduced: {failed}"
    return said[0] if failed is None else f"the return cannot be reduced: {type(failed).__name__}"


def _told(call: Call, names: list[str], error: BaseException, seconds: float) -> str | None:
    kinds = {_kind(one) for one in (error.exceptions if isinstance(error, BaseExceptionGroup) else [error])}
    if not names:
        return _of_assertion(error, seconds)
    wanted = _kind(call.fails())
    if wanted not in kinds:
        return "the return cannot be reduced: the test does not fail alike when it is called again with what was drawn"
    name = names[0]
    look = _Look(lambda ret: _kind(call.fails(**{name: ret})) == wanted, seconds)
    reduced = reduce(call.drawn[name], keeps=look)
    return f"{_about(name, reduced, look)}\n\n{reduced.frames(hide_unsafe=True)}"


def _of_assertion(error: BaseException, seconds: float) -> str | None:
    """Of the return that an assertion of the kit was given, where a rule fires on it that should not."""
    if not isinstance(error, DifferenceError):
        return None
    firing = [code for code in error.codes if validate(error.ret, select=[code]).outcomes[code].count]
    if not firing:
        return None
    code = firing[0]
    look = _Look(lambda ret: validate(ret, select=[code]).outcomes[code].count > 0, seconds)
    reduced = reduce(error.ret, keeps=look)
    return (
        f"{_about(f'the return on which rule {code} fires', reduced, look)}\n\n{reduced.case(code, hide_unsafe=True)}"
    )


def _about(name: str, reduced: Reduced, look: _Look) -> str:
    said = [f"{name}: {reduced!r}"]
    if look.is_late:
        said.append(f"stopped after {look.seconds:g} seconds, so there may be less")
    if reduced.unsafe:
        said.append(f"{counted(len(reduced.unsafe), 'cell')} not shown: it fails with what was drawn alone")
    return "; ".join(said)


def _kind(error: BaseException | None) -> object:
    """What makes two failures the same: their type, and for assertions of the kit the rules that differ."""
    return (type(error), error.codes) if isinstance(error, DifferenceError) else (type(error), ())


class _Look:
    """Looks whether a return still shows the failure, until time is up: then it says no.

    The first two looks are at the whole return, and take what time they need.
    """

    def __init__(self, shows: Callable[[Return], bool], seconds: float) -> None:
        self.seconds = seconds
        self.is_late = False
        """Whether it said no for want of time."""
        self._shows = shows
        self._looks = 0
        self._end = time.monotonic() + seconds

    def __call__(self, ret: Return) -> bool:
        self._looks += 1
        self.is_late = self._looks > 2 and time.monotonic() > self._end
        return not self.is_late and self._shows(ret)
