"""Many authorities' returns as one, for figures over all of them.

Counts then add up, percentages, means and medians are worked out anew from the rows, and disclosure control comes after
both, over the sums. Children are not matched: identifiers are an authority's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import polars as pl

from returns903.batch.jobs import Job
from returns903.derive.places import tells
from returns903.errors import ConfigError, InputError
from returns903.frames import Frames
from returns903.returns import Return, read_return
from returns903.tables import Episodes
from returns903.words import printable

PLACES = ("PL_LA", "PL_LOCATION", "PL_DISTANCE")
"""What an authority's own boundary and the postcodes tell of a placement."""
_NOT_WHOLLY = "no figures are worked out from a return not wholly read"
Tables = dict[str, pl.DataFrame]


def read_together(
    jobs: Sequence[Job], allow_missing: Iterable[str] = (), told: Callable[[str], object] = lambda _: None
) -> Return:
    """Read returns of one year and put them together as one.

    ``CHILD`` becomes the return's name, a slash, and the identifier. Where a placement lies is worked out for each
    return by itself, with its own authority, and stands in the columns PL_LA, PL_LOCATION and PL_DISTANCE.

    Args:
        jobs: the returns, as `jobs_of` gives them.
        allow_missing: as `read_return` takes it.
        told: is told which return is read.

    Raises:
        InputError: a return cannot be read wholly; the text names it.
        ConfigError: the returns are of several years, two are of one authority, or only some have last year's beside
            them.
    """
    found: list[Return] = []
    for number, job in enumerate(jobs, 1):
        told(f"{number} of {len(jobs)}")
        found.append(_read(job, allow_missing))
    _refuse_mixed(jobs, found)
    years = [each.previous for each in found if each.previous is not None]
    return Return(
        _stacked([each.tables for each in found]),
        year=found[0].year,
        previous=_stacked(years) if years else None,
        postcodes=found[0].postcodes,
    )


def _read(job: Job, allow_missing: Iterable[str]) -> Return:
    """A return whose children are named for it, with its places worked out."""
    try:
        ret = read_return(**job.given, allow_missing=allow_missing)
    except (InputError, ConfigError) as error:
        msg = f"{printable(job.name)}: {error}"
        raise type(error)(msg) from None
    if ret.unread:
        msg = f"{printable(job.name)}: {ret.unread[0].said}; {_NOT_WHOLLY}"
        raise InputError(msg)
    tables, previous = (None if of is None else _named(_placed(ret, of), job.name) for of in (ret.tables, ret.previous))
    return Return(
        tables or {},
        year=ret.year,
        previous=previous,
        local_authority=ret.local_authority,
        postcodes=ret.postcodes,
    )


def _placed(ret: Return, tables: Tables) -> Tables:
    """The tables with what can be told of where placements lie; a column of which nothing can be told is not there."""
    told = [name for name in PLACES if tells(ret, name)]
    if Episodes.name not in tables or not told:
        return tables
    episodes = tables[Episodes.name]
    by_itself = Return(
        {Episodes.name: episodes}, year=ret.year, local_authority=ret.local_authority, postcodes=ret.postcodes
    )
    base = Frames(by_itself).base(Episodes, [f"Episodes.{name}" for name in told])
    found = base.select(row=Episodes.row, **{name: pl.col(f"Episodes.{name}") for name in told})
    return tables | {
        Episodes.name: episodes.drop(told, strict=False).join(found, on="row", how="left", maintain_order="left")
    }


def _named(tables: Tables, name: str) -> Tables:
    return {of: frame.with_columns(CHILD=pl.lit(f"{name}/") + pl.col("CHILD")) for of, frame in tables.items()}


def _stacked(returns: Sequence[Tables]) -> Tables:
    """The tables of all returns one below the other, their rows numbered through."""
    names = dict.fromkeys(name for tables in returns for name in tables)
    parts = {name: [tables[name] for tables in returns if name in tables] for name in names}
    number = pl.int_range(pl.len(), dtype=pl.UInt32).alias("row")
    return {name: pl.concat(frames, how="diagonal").with_columns(number) for name, frames in parts.items()}


def _refuse_mixed(jobs: Sequence[Job], found: Sequence[Return]) -> None:
    """Refuse returns of which the figures do not add up."""
    seen: dict[str, Job] = {}
    for job, ret in zip(jobs, found, strict=True):
        if ret.year != found[0].year:
            msg = f"{printable(job.name)} is of {ret.year}, {printable(jobs[0].name)} of {found[0].year}: give one year"
            raise ConfigError(msg)
        if (ret.previous is None) != (found[0].previous is None):
            one, other = (job, jobs[0]) if ret.previous is None else (jobs[0], job)
            msg = f"last year's return is given for {printable(other.name)} and not for {printable(one.name)}"
            raise ConfigError(msg)
        twin = seen.setdefault(ret.local_authority or f"/{job.name}", job)
        if twin is not job:
            msg = f"{printable(twin.name)} and {printable(job.name)} are returns of one authority: it would count twice"
            raise ConfigError(msg)
