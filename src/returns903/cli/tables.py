"""The command `tables`. Nothing but typer is loaded until it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from returns903.cli.batch import Many, one_or_many
from returns903.cli.options import (
    AllowMissing,
    Authority,
    Force,
    LocalCategories,
    PostcodeFile,
    Previous,
    ProviderList,
    ThePathOrNone,
    TheYear,
    outputs,
)
from returns903.cli.show import progress, put, say
from returns903.cli.tables_asked import (
    CommentaryFile,
    Compare,
    Control,
    Disclosure,
    Form,
    Only,
    Output,
    Population,
    PopulationLastYear,
    ThePack,
    form_asked,
    options_of,
    pack_of,
    target_of,
    wanted_of,
)

if TYPE_CHECKING:
    from returns903.published.collect import Tables


def tables(
    ctx: typer.Context,
    path: ThePathOrNone = None,
    year: TheYear = None,
    previous: Previous = None,
    la: Authority = None,
    providers: ProviderList = None,
    postcodes: PostcodeFile = None,
    allow_missing: AllowMissing = None,
    only: Only = None,
    format: Form = None,
    output: Output = None,
    disclosure: Control = Disclosure.suppress,
    pack: ThePack = None,
    local_categories: LocalCategories = None,
    population: Population = None,
    population_last_year: PopulationLastYear = None,
    compare: Compare = None,
    commentary: CommentaryFile = None,
    force: Force = False,
    batch: Many = None,
) -> None:
    """Work out the tables that are published from a return, or from many together with --batch.

    Exit status: 0 written, 2 the input could not be read, an option is wrong or the output cannot be written.
    """
    whole = pack_of(pack)
    wanted, form = wanted_of(only, disclosure, whole), form_asked(format, output, whole)
    source = one_or_many(path, batch, year, previous, la, providers, postcodes, allow_missing)
    inputs = (path, batch, previous, providers, postcodes, local_categories, compare, commentary)
    target = target_of(output, form, whole, outputs(ctx, *inputs, force=force))
    options = options_of(local_categories, (population, population_last_year), compare, commentary)
    from returns903.published.collect import collect
    from returns903.reports.tables.write import check_screen, document

    check_screen(form, wanted) if target is None else target.check(wanted)
    with progress(2 if target is None else 3) as step:
        step("Reading the return")
        found = source(step.within)
        step("Working out the tables")
        made = collect(found, wanted, disclosure.value, options, beside=whole is not None, told=step.within)
        if target is not None:
            step(f"Writing {target.path.name}")
        written = [] if target is None else target.write(made)
    _say(made)
    if target is None:
        put(document(made, str(form), whole))
    else:
        say(f"written: {written[0] if len(written) == 1 else f'{len(written)} files in {target.path}'}")


def _say(made: Tables) -> None:
    """What the reader has to know beside the tables, on stderr."""
    for text in made.notes:
        say(text)
    if made.method == "none":
        say(made.statement)
    children = [sheet.of.name for sheet in made.sheets if sheet.of.child_level]
    if children:
        verb = "holds" if len(children) == 1 else "hold"
        say(f"{', '.join(children)} {verb} a row a child, with identifiers: not for publication")
