"""The findings ratchet: what the rules find in returns that stay the same, kept by rule as a number and a hash of rows.

    python tools/ratchet.py                   say what has changed; exit 1 if anything has
    python tools/ratchet.py --accept "why"    keep the findings of today, and write the reason into the log
    python tools/ratchet.py --corpus          make the returns anew; then accept what they find

`tests/ratchet/findings.json` holds what is kept, `tests/ratchet/accepted.md` every change that was accepted, and why.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from returns903 import Return, validate  # noqa: E402
from tools import corpus  # noqa: E402

KEPT = ROOT / "tests" / "ratchet" / "findings.json"
LOG = ROOT / "tests" / "ratchet" / "accepted.md"
Found = dict[str, dict[str, str]]
"""By return and rule: how many rows it flags and their hash, or that it did not run."""


def findings() -> Found:
    """What the rules find today."""
    return {name: of_return(ret, rules_year) for name, ret, rules_year in corpus.returns()}


def of_return(ret: Return, rules_year: str) -> dict[str, str]:
    """By rule what it finds; a rule that passes is left out."""
    result = validate(ret, rules_year=rules_year)
    found = {code: outcome.state for code, outcome in result.outcomes.items() if outcome.state != "passed"}
    rows = result.findings.select("rule", "table", "previous", "row")
    for (code,), of_rule in rows.group_by("rule"):
        said = "\n".join(sorted(f"{table} {previous} {row}" for _, table, previous, row in of_rule.iter_rows()))
        found[str(code)] = f"{of_rule.height} rows {hashlib.sha256(said.encode()).hexdigest()[:10]}"
    return dict(sorted(found.items()))


def kept() -> Found:
    """What was accepted last."""
    found: Found = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    return found


def changes(before: Found, now: Found) -> Iterator[str]:
    """Each change of a rule's findings in words: which return, which rule, and the numbers."""
    for name in dict.fromkeys([*before, *now]):
        old, new = before.get(name, {}), now.get(name, {})
        for code in sorted(old.keys() | new.keys()):
            was, is_now = old.get(code, "passed"), new.get(code, "passed")
            if was != is_now:
                same = without_hash(was) == without_hash(is_now)
                told = f"other {without_hash(was)}" if same else f"{without_hash(was)} -> {without_hash(is_now)}"
                yield f"{name}: rule {code}: {told}"


def without_hash(found: str) -> str:
    number, rows, _ = found.partition(" rows")
    return f"{number}{rows}"


def accept(why: str, changed: list[str], now: Found) -> None:
    """Keep what is found today, and the reason with what it changed."""
    KEPT.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8", newline="\n")
    with LOG.open("a", encoding="utf-8", newline="\n") as log:
        log.write(f"\n## {why}\n\n")
        log.writelines(f"- {line}\n" for line in changed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accept", metavar="WHY", help="the reason, in a line")
    parser.add_argument("--corpus", action="store_true", help="make the returns anew")
    asked = parser.parse_args()
    if asked.corpus:
        corpus.make()
    now = findings()
    changed = list(changes(kept(), now))
    print("\n".join(changed) or "the findings are those that were accepted")
    if asked.accept is None or not changed:
        return 1 if changed else 0
    why = " ".join(asked.accept.split())
    if not why:
        parser.error("--accept takes the reason why the findings change")
    accept(why, changed if kept() else ["everything: the first findings that are kept"], now)
    return 0


if __name__ == "__main__":
    sys.exit(main())
