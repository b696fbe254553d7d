"""Write every generated file: schemas, rule examples, the models of derived tables, the pages of rules, tables,
differences, limits, what changed from year to year, the reference, and what is generated on pages of derived tables.

python tools/generate.py           write them
python tools/generate.py --check   write nothing; exit 1 and name them if any is not current
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.rules.case import every_case  # noqa: E402

from returns903.cli.settings import Settings  # noqa: E402
from returns903.reports.child import ChildRows  # noqa: E402
from returns903.reports.document import Document  # noqa: E402
from returns903.reports.rule_page import page  # noqa: E402
from returns903.rules import definitions, rule_forms, rules_in_force  # noqa: E402
from returns903.tables import TABLES, Table  # noqa: E402
from returns903.tables.describe import json_schema, table_schema, tables_in  # noqa: E402
from returns903.years import RULE_YEARS  # noqa: E402
from tools import changes, derived, differences, limits, reference  # noqa: E402

FOLDERS = ("schemas", "docs/changes", "docs/reference", "docs/rules", "docs/tables")
"""Folders that hold nothing but generated files."""


def generated() -> dict[Path, str]:
    """Every generated file: its path from the root of the project, and its text."""
    files = dict(_schemas())
    shown = examples()
    files[Path("src/returns903/rules/examples.json")] = _json(shown)
    files |= dict(_rule_pages(shown))
    files |= dict(_table_pages())
    files |= dict(derived.files())
    files[Path("docs/differences.md")] = differences.page()
    files[Path("docs/limits.md")] = limits.page()
    files |= dict(changes.files())
    files |= dict(reference.files())
    return files


def examples() -> dict[str, Any]:
    """For each definition the first case of the tests in which it fires."""
    found: dict[str, Any] = {}
    for case in every_case():
        if case.state == "findings":
            previous = {f"{name}.last_year": rows for name, rows in (case.previous or {}).items()}
            example = {"because": case.because, "tables": case.tables, "previous": previous, "flags": case.flags}
            found.setdefault(f"{case.code} {case.definition.since}", example)
    return found


def _json(content: object) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _schemas() -> Iterator[tuple[Path, str]]:
    yield Path("schemas/result.schema.json"), _json(Document.model_json_schema(mode="serialization"))
    yield Path("schemas/child.schema.json"), _json(ChildRows.model_json_schema(mode="serialization"))
    yield Path("schemas/settings.schema.json"), _json(Settings.model_json_schema())
    for year in RULE_YEARS:
        folder = Path("schemas") / year
        for of in tables_in(year):
            yield folder / f"{of.name}.schema.json", _json(json_schema(of, year))
            yield folder / f"{of.name}.table-schema.json", _json(table_schema(of, year))
        yield folder / "rules.json", _json([asdict(rule) for rule in rules_in_force(year)])


def _rule_pages(shown: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    codes = list(dict.fromkeys(d.code for d in definitions()))
    lines = ["# Rules", "", f"{len(codes)} codes, in force in one or more of {RULE_YEARS[0]} to {RULE_YEARS[-1]}.", ""]
    lines += ["| rule | severity | what is wrong with a flagged row | years |", "|---|---|---|---|"]
    for code in codes:
        forms = rule_forms(code)
        latest = forms[-1]
        years = f"{forms[0].years[0]} to {latest.years[-1]}"
        lines.append(f"| [{code}]({code}.md) | {latest.severity} | {latest.message} | {years} |")
        yield Path(f"docs/rules/{code}.md"), "---\norphan: true\n---\n\n" + page(code, shown)
    yield Path("docs/rules/index.md"), "\n".join(lines) + "\n"


def _table_pages() -> Iterator[tuple[Path, str]]:
    lines = ["# Tables of the return", "", "| table | what it holds |", "|---|---|"]
    for of in TABLES.values():
        lines.append(f"| [{of.name}]({of.name}.md) | {of.meaning} |")
        yield Path(f"docs/tables/{of.name}.md"), "---\norphan: true\n---\n\n" + _table_page(of)
    yield Path("docs/tables/index.md"), "\n".join(lines) + "\n"


def _table_page(of: Table) -> str:
    years = f"{of.since} on" if of.since else "all"
    lines = [
        f"# {of.name}",
        "",
        f"{of.meaning}.",
        "",
        f"Years: {years}. A row is told from others by {', '.join(of.key)}.",
        "",
    ]
    lines += ["| column | meaning | form | may be blank |", "|---|---|---|---|"]
    for name, column in of.all_columns().items():
        lists = ", ".join(f"`{code}`" for code in column.valid_codes(RULE_YEARS[-1]))
        form = "dd/mm/yyyy" if column.kind == "date" else lists if len(lists) < 400 else f"code of {column.codes[0]}"
        form = form or (f"`{column.pattern}`".replace("|", "\\|") if column.pattern else column.kind)
        meaning = f"{column.meaning}{'; worked out, not read' if column.derived else ''}"
        lines.append(f"| {name} | {meaning} | {form} | {'yes' if column.blank else 'no'} |")
    return "\n".join(lines) + "\n"


def stale(files: dict[Path, str]) -> list[Path]:
    """The generated files that are missing, differ or should no longer be there."""
    wrong = [path for path, text in files.items() if not _same(ROOT / path, text)]
    there = [p.relative_to(ROOT) for folder in FOLDERS for p in (ROOT / folder).rglob("*") if p.is_file()]
    return wrong + [path for path in there if path not in files]


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def main() -> int:
    files = generated()
    old = stale(files)
    if "--check" in sys.argv:
        print("\n".join(map(str, old)) or "everything generated is current")
        return 1 if old else 0
    for path in old:
        target = ROOT / path
        if path in files:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(files[path], encoding="utf-8", newline="\n")
        else:
            target.unlink()
    print(f"{len(old)} files written or removed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
