"""What every derived table starts from is worked out once for a return, and kept as long as the return lives."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from weakref import WeakKeyDictionary

import polars as pl

from returns903.returns import Return
from returns903.tables import Episodes


def kept(make: Callable[[Return], pl.DataFrame]) -> Callable[[Return], pl.DataFrame]:
    """Keep the frame that `make` works out from a return's episodes; it is made anew when its year or they change."""
    known: WeakKeyDictionary[Return, tuple[tuple[object, ...], pl.DataFrame]] = WeakKeyDictionary()

    @wraps(make)
    def of(ret: Return) -> pl.DataFrame:
        sources = (ret.year, ret.tables.get(Episodes.name), (ret.previous or {}).get(Episodes.name))
        found = known.get(ret)
        if found is None or any(one is not other for one, other in zip(found[0], sources, strict=True)):
            found = known[ret] = (sources, make(ret))
        return found[1].clone()  # costs nothing: the columns are shared

    return of
