"""Tables made from others, and columns worked out where the return does not bring them."""

from __future__ import annotations

import polars as pl

from returns903.frames.terms import given
from returns903.reference import authorities
from returns903.reference.postcodes import Postcodes
from returns903.reference.providers import Providers
from returns903.tables import UASC, Header, Table
from returns903.tables.base import NUMBER


def periods(episodes: pl.DataFrame, of: Table) -> pl.DataFrame:
    """Each child's periods of care, as the table `Periods` defines them, from the ordered rows of `of`."""
    dated = episodes.filter(of.col("DECOM").is_not_null() & of.number.is_not_null())
    same_child = of.number.shift(1) == of.number
    begins = ~same_child.fill_null(value=False) | (of.col("DEC").shift(1) < of.col("DECOM")).fill_null(value=False)
    first = {"CHILD": "CHILD", NUMBER: NUMBER, "START": "DECOM"}
    return (
        dated.with_columns(begins.cum_sum().alias("period"))
        .group_by("period", maintain_order=True)
        .agg(*[of.col(column).first().alias(name) for name, column in first.items()], END=of.col("DEC").last())
        .select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"), *first, "END")
    )


def asylum(rows: pl.DataFrame, of: Table) -> pl.DataFrame:
    """Each child's asylum marker, as the table `Asylum` defines it, from the rows of Header or of UASC."""
    is_header = of.name == Header.name
    status = of.col("UASC") if is_header else as_flag(given(of.col("SEX")) | given(of.col("DUC")))
    kept = {name: of.col(name) for name in ("CHILD", NUMBER)}
    return rows.select(**kept, STATUS=status, SOURCE=pl.lit(of.name)).with_row_index("row")


def as_flag(condition: pl.Expr) -> pl.Expr:
    """The code of a yes or a no; what cannot be judged is a no."""
    return pl.when(condition.fill_null(value=False)).then(pl.lit("1")).otherwise(pl.lit("0"))


def asylum_marker(header: pl.DataFrame, of: Table, uasc: pl.DataFrame | None) -> pl.DataFrame:
    """Header with a UASC that the return does not bring: whether the child has a row in the table UASC."""
    other = UASC.last_year if of.is_last_year else UASC
    children = None if uasc is None else uasc.get_column(f"{other.id}.{NUMBER}").drop_nulls().unique()
    has_row = pl.lit(value=False) if children is None else of.number.is_in(children.implode())
    return header.with_columns(as_flag(has_row).alias(f"{of.id}.UASC"))


def providers(found: Providers, postcodes: Postcodes | None, own: str | None) -> pl.DataFrame:
    """Ofsted's list with one row for each URN. The successors of a divided authority count as the authority itself."""
    pooled = found.pooled(postcodes)
    divided = sorted(authorities.area(own) - {own})
    as_own = pl.element().replace(divided, [own] * len(divided)) if divided else pl.element()
    return pooled.with_columns(pl.col("AUTHORITIES").list.eval(as_own))
