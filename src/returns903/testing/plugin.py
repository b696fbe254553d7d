"""The pytest plugin: returns that stand ready, the least case of a failing property, and the rules that fired.

It is loaded by every run of pytest where this library is installed, so it imports nothing of weight by itself.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from returns903.returns import Return
    from returns903.testing.fired import Fired
    from returns903.testing.ready import Faulty

MARK = "returns903"
_FIRED: pytest.StashKey[Fired] = pytest.StashKey()
_LAST: pytest.StashKey[tuple[tuple[Any, ...], dict[str, Any]]] = pytest.StashKey()
"""The arguments of the last call of a property test: Hypothesis ends with the case that it reports."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("returns903")
    group.addoption(
        "--returns903-rules",
        action="store_true",
        help="say at the end how many rules fired in all that the tests validated; with -v also which never did",
    )
    group.addoption(
        "--returns903-reduce",
        type=float,
        default=20,
        metavar="SECONDS",
        help="how long to reduce the return on which a property test fails (default 20); 0 to leave it",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known, and begin to count where that is asked for."""
    config.addinivalue_line(
        "markers", f"{MARK}(year, rules): the collection year of lawful_return and faulty_return, and whose faults"
    )
    if config.getoption("--returns903-rules"):
        from returns903.testing.fired import Fired

        fired = config.stash[_FIRED] = Fired()
        fired.start()
        config.add_cleanup(fired.stop)


@pytest.fixture
def lawful_return(request: pytest.FixtureRequest) -> Return:
    """A return on which no rule says anything, with a child of every situation.

    Its year is that of the nearest ``@pytest.mark.returns903(year="2024-25")``; without one, the last that is known.
    """
    from returns903.testing.ready import lawful

    return lawful(_marked(request.node)["year"])


@pytest.fixture
def faulty_return(request: pytest.FixtureRequest) -> Faulty:
    """A return with a fault for each of some rules, and the rows at which they fire, as `assert_flags` takes them.

    ``@pytest.mark.returns903(year="2024-25", rules=["184"])`` names the rules; without, all of the year have theirs.
    """
    from returns903.testing.ready import faulty

    marked = _marked(request.node)
    return faulty(marked["year"], marked["rules"])


def _marked(node: pytest.Item) -> dict[str, Any]:
    """The year and the rules, each from the nearest marker that gives it."""
    from returns903.years import RULE_YEARS

    marked: dict[str, Any] = {}
    for mark in node.iter_markers(MARK):
        if mark.args or set(mark.kwargs) - {"year", "rules"} or isinstance(mark.kwargs.get("rules"), str):
            msg = f'the marker takes year="2024-25" and rules=["184"]: {node.nodeid}'
            raise pytest.UsageError(msg)
        marked = {**mark.kwargs, **marked}
    return {"year": RULE_YEARS[-1], "rules": None, **marked}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Keep what a property test was called with, where returns are in play at all."""
    handle = getattr(getattr(item, "obj", None), "hypothesis", None)
    wanted = "returns903.returns" in sys.modules and item.config.getoption("--returns903-reduce")
    if handle is None or not wanted or inspect.iscoroutinefunction(handle.inner_test):
        return (yield)
    test = handle.inner_test

    @functools.wraps(test)
    def kept(*args: Any, **kwargs: Any) -> object:
        __tracebackhide__ = True
        item.stash[_LAST] = (args, kwargs)
        return test(*args, **kwargs)

    handle.inner_test = kept
    try:
        return (yield)
    finally:
        handle.inner_test = test


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the least return on which a property test fails to its report."""
    report = yield
    if report.when != "call" or _LAST not in item.stash:
        return report
    args, kwargs = item.stash[_LAST]
    del item.stash[_LAST]
    if report.failed and call.excinfo:
        from returns903.testing.failing import Call, told

        given = getattr(item, "funcargs", {})
        drawn = {name: value for name, value in kwargs.items() if name not in given}
        failed = Call(item.obj.hypothesis.inner_test, args, kwargs, drawn)  # type: ignore[attr-defined]
        said = told(failed, call.excinfo.value, item.config.getoption("--returns903-reduce"))
        if said:
            report.sections.append(("the least return on which it fails", said))
    return report


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Add what a worker of pytest-xdist counted; one that crashed tells nothing."""
    fired = node.config.stash.get(_FIRED, None)
    if fired is not None:
        fired.add(getattr(node, "workeroutput", {}).get(MARK, {}))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand what was counted to the process that sums it up, where this is a worker of it."""
    fired = session.config.stash.get(_FIRED, None)
    if fired is not None and hasattr(session.config, "workeroutput"):
        session.config.workeroutput[MARK] = {year: sorted(codes) for year, codes in fired.codes.items()}


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say which rules fired."""
    fired = config.stash.get(_FIRED, None)
    if fired is not None:
        for line in fired.lines(all_codes=config.get_verbosity() > 0):
            terminalreporter.write_line(line)
