"""The options that several commands take, said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ThePath = Annotated[Path, typer.Argument(help="Folder, zip, CSV, XML, XLSX or Parquet of the return.")]
TheYear = Annotated[str | None, typer.Option(help="Collection year, such as 2024-25; inferred and said otherwise.")]
Previous = Annotated[Path | None, typer.Option(help="Last year's return, for what compares with it.")]
Authority = Annotated[str | None, typer.Option(metavar="CODE", help="The authority: ONS code, DfE number or name.")]
ProviderList = Annotated[Path | None, typer.Option(metavar="FILE", help="Ofsted's list of homes and providers.")]
PostcodeFile = Annotated[Path | None, typer.Option(metavar="FILE", help="ONS Postcode Directory, as CSV or Parquet.")]
LocalCategories = Annotated[
    Path | None, typer.Option(metavar="FILE", help="The authority's own rows of the leaving table, as TOML.")
]


def names(text: str | None) -> list[str] | None:
    """Names given with commas between them; None where none were asked for."""
    return None if text is None else [name.strip() for name in text.split(",") if name.strip()]
