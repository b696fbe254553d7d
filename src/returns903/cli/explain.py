"""The commands that explain: `rules`, `rule` and `schema`."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from returns903.cli.options import OwnRules, take_up
from returns903.cli.show import put, show
from returns903.errors import ConfigError


class SchemaFormat(StrEnum):
    """How a layout is described."""

    json_schema = "json-schema"
    table_schema = "table-schema"


def rules(
    year: Annotated[str | None, typer.Option(metavar="YEAR", help="Collection year; the latest otherwise.")] = None,
    diff: Annotated[
        tuple[str, str] | None, typer.Option(metavar="YEAR YEAR", help="What changed between two years.")
    ] = None,
    rules: OwnRules = None,
) -> None:
    """List the rules of a year, or what changed between two."""
    from returns903.reports.rule_list import diff_listing, listing
    from returns903.years import RULE_YEARS

    take_up(rules)
    show(diff_listing(*diff) if diff else listing(year or RULE_YEARS[-1]))


def rule(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The rule's code, such as 503D.")],
    year: Annotated[
        str | None, typer.Option(metavar="YEAR", help="As it stands in a collection year; in all otherwise.")
    ] = None,
    where: Annotated[bool, typer.Option("--where", help="Print the file and line of each definition instead.")] = False,
    rules: OwnRules = None,
) -> None:
    """Explain a rule: when it fires, why, how to mend it."""
    from rich.markdown import Markdown

    from returns903.reports.rule_page import page
    from returns903.rules import written_at

    take_up(rules)
    if where:
        put("\n".join(written_at(code)) + "\n")
        return
    text = page(code, year=year)
    show(Markdown(text)) if sys.stdout.isatty() else put(text)


def schema(
    table: Annotated[str | None, typer.Argument(metavar="TABLE", help="One table; all of the year otherwise.")] = None,
    year: Annotated[str | None, typer.Option(metavar="YEAR", help="Collection year; the latest otherwise.")] = None,
    format: Annotated[SchemaFormat, typer.Option(help="How the layout is described.")] = SchemaFormat.json_schema,
) -> None:
    """Describe the tables of the return for other programs."""
    import json

    from returns903.tables.describe import json_schema, table_schema, tables_in
    from returns903.years import RULE_YEARS

    describe = json_schema if format is SchemaFormat.json_schema else table_schema
    every = {of.name: of for of in tables_in(year or RULE_YEARS[-1])}
    if table is not None and table not in every:
        msg = f"there is no table {table!r} in {year or RULE_YEARS[-1]}; the tables are {', '.join(every)}"
        raise ConfigError(msg)
    chosen = [every[table]] if table else list(every.values())
    described = {of.name: describe(of, year or RULE_YEARS[-1]) for of in chosen}
    put(json.dumps(described[table] if table else described, indent=2, ensure_ascii=False))
