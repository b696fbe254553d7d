"""Where a result goes: the files that are named, each in its own form, and the screen."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from returns903.cli.options import FILE_KINDS, to_file
from returns903.cli.show import put, show
from returns903.errors import ConfigError
from returns903.words import printable

if TYPE_CHECKING:
    from returns903.results import Result
    from returns903.writing import Outputs


@dataclass(frozen=True)
class Target:
    """One place, and the form in which the result is written there."""

    form: str
    file: Path | None
    """None: stdout."""

    @property
    def name(self) -> str:
        """What it is called."""
        return "the report" if self.file is None else printable(self.file.name)

    def check(self, writer: Outputs) -> None:
        """Refuse what cannot be written, before the work begins.

        Raises:
            ConfigError, InputError: as `Outputs.check_file`; or the form is none that a terminal shows.
        """
        from returns903.reports.forms import BINARY

        if self.file is not None:
            writer.check_file(self.file)
        elif self.form in BINARY and sys.stdout.isatty():
            msg = f"no terminal shows {self.form}: name a file by --output"
            raise ConfigError(msg)

    def write(self, result: Result, writer: Outputs, *, show_ids: bool) -> None:
        """Write the result there."""
        from returns903.reports.forms import FORMS

        if self.file is None and self.form == "text":
            from returns903.reports import text

            show(text.render(result, show_ids=show_ids))
            return
        form = FORMS[self.form]
        content = form.write(result, show_ids=show_ids)
        if self.file is None:
            put(content)
        else:
            writer.write_file(self.file, content, private=form.carries_ids or show_ids)


def targets_of(outputs: Sequence[Path], form: str | None, *, from_settings: bool = False) -> list[Target]:
    """The files in the forms that their names end in; the screen where no file is named, or in a form that none has.

    Where the files come from settings, the form is asked for by itself, and is that of the screen alone.

    Raises:
        ConfigError: a name says no form, or the same file is named twice.
    """
    files = [to_file(path) for path in outputs]
    targets = [Target(_form_of(file, None if from_settings else form), file) for file in files]
    named = [target.file for target in targets]
    if len(set(named)) < len(named):
        msg = "an output is named twice"
        raise ConfigError(msg)
    if not targets or (form is not None and (from_settings or all(form != target.form for target in targets))):
        targets.append(Target(form or "text", None))
    return targets


def _form_of(file: Path | None, form: str | None) -> str:
    from returns903.reports.forms import ENDINGS, FORMS, form_named

    if file is None:
        return form or "text"
    promised, name = form_named(file.suffix), printable(file.name)
    if promised is None and file.suffix.lower() in FILE_KINDS:
        msg = f"{name} is named for a form that is not written; there are {', '.join(FORMS)}"
        raise ConfigError(msg)
    if promised is None and form is None:
        msg = f"the name {name} says no form: end it in one of {ENDINGS}, or give --format"
        raise ConfigError(msg)
    return promised or str(form)
