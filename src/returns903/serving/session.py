"""What goes on between the page and this program: one return at a time, and nothing of it on any disk."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from returns903.errors import attempted
from returns903.reports.forms import FORMS
from returns903.reports.summary import loud, not_run, totals
from returns903.results import Result
from returns903.serving.dropped import Dropped, taken_apart
from returns903.words import counted
from returns903.writing import Outputs, passing_folder

Check = Callable[[Mapping[str, Any], Callable[[str], None]], Result]
"""Reads a return from what `read_return` takes, and checks it; the second argument is told what is being done."""
DOWNLOADS = {"report.html": "html", "work.xlsx": "xlsx", "findings.csv": "csv", "findings.json": "json"}
"""What may be asked for of a result, and its form."""


@dataclass
class Session:
    """One run of the page. Only the newest result is kept, and that in memory."""

    check: Check
    told: Callable[[BaseException], str]
    """What there is to say of an error, without what it was about."""
    step: str = ""
    """What is being done."""
    _result: Result | None = None
    _number: int = 0
    _busy: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, body: bytes) -> tuple[bool, dict[str, Any]]:
        """Whether the return that was sent could be checked, and what the page shows of it."""
        if not self._busy.acquire(blocking=False):
            return False, {"said": "another return is being checked: wait until it is done"}
        try:
            found: list[Result] = []
            if error := attempted(lambda: found.append(self._checked(taken_apart(body)))):
                return False, {"said": self.told(error)}
            self._result, self._number = found[0], self._number + 1
            return True, _shown(found[0], self._number)
        finally:
            self.step = ""
            self._busy.release()

    def download(self, number: str, name: str) -> tuple[bytes, str] | None:
        """A result in one of its forms, and which; None where there is none of that number or name."""
        result = self._result
        if result is None or number != str(self._number) or name not in DOWNLOADS:
            return None
        form = DOWNLOADS[name]
        return FORMS[form].write(result, show_ids=True), form

    def _checked(self, given: Dropped) -> Result:
        with ExitStack() as stack:
            paths: dict[str, Any] = {role: _passing(stack, *one) for role, one in given.reference.items()}
            source = {"path": given.now, "previous": given.previous, "year": given.year}
            return self.check({**source, "local_authority": given.authority, **paths}, self._note)

    def _note(self, step: str) -> None:
        self.step = step


def _passing(stack: ExitStack, name: str, content: bytes) -> Path:
    """A list that others publish, as a file that is gone when it was read: it holds nothing of any child."""
    path = stack.enter_context(passing_folder()) / (Path(name.replace("\\", "/")).name or "list")
    return Outputs().write_file(path, content, private=True)


def _shown(result: Result, number: int) -> dict[str, Any]:
    """What the page shows of a result: counts and words, and no cell."""
    return {
        "number": number,
        "year": result.the_return.year.label,
        "loud": [*loud(result)],
        "found": [
            _found(result, severity, title) for severity, title in (("error", "to mend"), ("query", "to confirm"))
        ],
        "passed": len(result.codes("passed")),
        "stopped": [
            f"{counted(len(codes), 'rule')} did not run: {reason}" for reason, codes in not_run(result).items()
        ],
        "read": [f"{item.table}: {counted(item.rows, 'row')}, {item.file}" for item in result.the_return.inputs],
        "notes": len(result.the_return.notes),
    }


def _found(result: Result, severity: str, title: str) -> dict[str, str]:
    found = totals(result, severity)
    of = [counted(found.rows, "row"), counted(found.children, "child", "children"), counted(found.rules, "rule")]
    said = ", ".join(of)
    return {"figure": f"{found.findings:,}", "title": title, "about": said}
