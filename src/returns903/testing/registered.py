"""Strategies for the types of this library, so that ``st.from_type(Return)`` draws one.

Hypothesis calls `register` when it is imported, be it in a test run that has nothing to do with returns. So a type is
registered when its own module is there, and no module is loaded for it.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl
    from hypothesis.strategies import DrawFn, SearchStrategy

    from returns903.returns import Return
    from returns903.years import Year


Waiting = dict[str, Callable[[ModuleType], None]]
"""What to do with modules once they are loaded, by their names."""


def register() -> None:
    """Register the types of the modules that are loaded; those of the others as soon as they are."""
    later: Waiting = {
        "returns903.years": _register_years,
        "returns903.returns": _register_returns,
        "returns903.schemas": _register_models,
    }
    for name in [name for name in later if name in sys.modules]:
        later.pop(name)(sys.modules[name])
    if later:
        sys.meta_path.insert(0, _Afterwards(later))


def _register_years(module: ModuleType) -> None:
    from hypothesis.strategies import register_type_strategy

    register_type_strategy(module.Year, lambda _: _years())


def _register_returns(module: ModuleType) -> None:
    from hypothesis.strategies import register_type_strategy

    register_type_strategy(module.Return, lambda _: _returns())


def _register_models(module: ModuleType) -> None:
    from hypothesis.strategies import register_type_strategy

    from returns903.tables import TABLES

    for name in TABLES:
        register_type_strategy(getattr(module, name), _typed_tables)
    for model in module.DERIVED.values():
        register_type_strategy(model, _derived_tables)


def _years() -> SearchStrategy[Year]:
    from returns903.testing import strategies

    return strategies.years()


def _returns() -> SearchStrategy[Return]:
    """Lawful returns of all years, the latest first."""
    from returns903.testing import strategies

    return strategies.years().flatmap(strategies.returns)


def _typed_tables(model: type[Any]) -> SearchStrategy[pl.DataFrame]:
    """A table of a lawful return, as the return hands it out."""
    from hypothesis import strategies as st

    from returns903.tables import TABLES
    from returns903.testing import strategies
    from returns903.years import RULE_YEARS

    name = model.__name__
    years = st.sampled_from([label for label in reversed(RULE_YEARS) if TABLES[name].in_year(label)])
    return years.flatmap(strategies.returns).map(lambda ret: ret[name])


def _derived_tables(model: type[Any]) -> SearchStrategy[pl.DataFrame]:
    """A derived table of a lawful return: that of PeriodsOfCare is made by `periods_of_care`."""
    from hypothesis import strategies as st

    from returns903 import derive

    made_by = getattr(derive, re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower())
    parameters = inspect.signature(made_by).parameters

    @st.composite
    def tables(draw: DrawFn) -> pl.DataFrame:
        ret = draw(_returns())
        days = {"date": draw(st.dates(ret.year.start, ret.year.end))} if "date" in parameters else {}
        made: pl.DataFrame = made_by(ret, **days)
        return made

    return tables()


class _Afterwards(MetaPathFinder):
    """Lets some modules be found by the others, and does what is to be done once each is loaded."""

    def __init__(self, waiting: Waiting) -> None:
        self._waiting = waiting

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """What the other finders say of the module, with a loader that goes on to what is to be done."""
        if fullname not in self._waiting:
            return None
        others = (finder for finder in sys.meta_path if finder is not self)
        specs = (finder.find_spec(fullname, path, target) for finder in others)
        spec = next((spec for spec in specs if spec is not None), None)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader, self._waiting.pop(fullname))
        if not self._waiting:
            sys.meta_path.remove(self)
        return spec


class _Loader(Loader):
    """Loads a module as another loader does, and then does something with it."""

    def __init__(self, loader: Loader, then: Callable[[ModuleType], None]) -> None:
        self._loader = loader
        self._then = then

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """The module of the other loader, or None for a plain one."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Run the module with its own loader, which stays the one it has."""
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._then(module)
