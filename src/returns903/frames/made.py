"""Tables made from others, and columns worked out where the return does not bring them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import polars as pl

from returns903.frames.places import PLACES, add_places
from returns903.frames.terms import given
from returns903.reference import authorities
from returns903.tables import UASC, Asylum, Episodes, Header, Periods, Providers, Table
from returns903.tables.base import TEXT

if TYPE_CHECKING:
    from returns903.frames.prepare import Frames


def _beside(of: Table, other: Table) -> Table:
    """The other table in the same return as `of`."""
    return other.last_year if of.is_last_year else other


def periods(frames: Frames, of: Table) -> pl.DataFrame | None:
    """Each child's periods of care, as the table `Periods` defines them."""
    episodes = Episodes.last_year if of.is_last_year else Episodes
    if not frames.has(episodes):
        return None
    e = episodes
    dated = frames.base(e).filter(e.DECOM.is_not_null() & e.CHILD.is_not_null())
    same_child = e.CHILD.shift(1) == e.CHILD
    begins = ~same_child.fill_null(value=False) | (e.DEC.shift(1) < e.DECOM).fill_null(value=False)
    return (
        dated.with_columns(begins.cum_sum().alias("period"))
        .group_by("period", maintain_order=True)
        .agg(e.CHILD.first().alias("CHILD"), e.DECOM.first().alias("START"), e.DEC.last().alias("END"))
        .select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"), "CHILD", "START", "END")
    )


def asylum(frames: Frames, of: Table) -> pl.DataFrame | None:
    """Each child's asylum marker, as the table `Asylum` defines it; None where neither table gives it."""
    header = Header.last_year if of.is_last_year else Header
    uasc = UASC.last_year if of.is_last_year else UASC
    if frames.has(header):
        if not has_asylum_marker(frames, header):
            return None
        rows = frames.base(header, [f"{header.id}.UASC"]).select(CHILD=header.CHILD, STATUS=header.UASC)
    elif frames.has(uasc):
        marked = given(uasc.SEX) | given(uasc.DUC)
        rows = frames.base(uasc).select(
            CHILD=uasc.CHILD, STATUS=pl.when(marked).then(pl.lit("1")).otherwise(pl.lit("0"))
        )
    else:
        return None
    source = Header.name if frames.has(header) else UASC.name
    return rows.with_columns(SOURCE=pl.lit(source)).with_row_index("row")


def has_asylum_marker(frames: Frames, header: Table) -> bool:
    """Whether Header brings UASC or it can be told from the UASC table of the same return."""
    return brings(frames, header, "UASC") or frames.has(_beside(header, UASC))


def providers(frames: Frames, of: Table) -> pl.DataFrame | None:
    """Ofsted's list with one row for each URN."""
    found, own = frames.source.providers, frames.source.local_authority
    if found is None:
        return None
    pooled = found.pooled(frames.source.postcodes)
    divided = sorted(authorities.area(own) - {own})
    # The successors of a divided authority count as the authority itself.
    as_own = pl.element().replace(divided, [own] * len(divided)) if divided else pl.element()
    return pooled.with_columns(pl.col("AUTHORITIES").list.eval(as_own))


def brings(frames: Frames, of: Table, column: str) -> bool:
    """Whether a derived column stands in the frames that were handed in."""
    tables = frames.source.previous if of.is_last_year else frames.source.tables
    return bool(tables) and of.name in (tables or {}) and column in (tables or {})[of.name].columns


def derived_column(frames: Frames, of: Table, frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """The frame with a column that the return does not bring."""
    if of.name == "Header" and name == "UASC":
        other = _beside(of, UASC)
        known = (
            frames.base(other).get_column(f"{other.id}.CHILD") if frames.has(other) else pl.Series([], dtype=pl.String)
        )
        marked = pl.col(f"{of.id}.CHILD").is_in(known.drop_nulls().unique().implode())
        status = pl.when(marked.fill_null(value=False)).then(pl.lit("1")).otherwise(pl.lit("0"))
        return frame.with_columns(status.alias(f"{of.id}.UASC"))
    if of.name == "Episodes" and name in PLACES:
        return add_places(frame, of, frames.source.postcodes, frames.source.local_authority)
    if name.endswith(f".{TEXT}"):
        return frame.with_columns(pl.lit(None, pl.String).alias(f"{of.id}.{name}"))
    column = of.all_columns().get(name)
    if column is None:
        msg = f"{of.id} has no column {name}"
        raise KeyError(msg)
    return frame.with_columns(pl.lit(None, column.dtype).alias(f"{of.id}.{name}"))


BUILDERS: dict[str, Callable[[Frames, Table], pl.DataFrame | None]] = {
    Periods.name: periods,
    Asylum.name: asylum,
    Providers.name: providers,
}
