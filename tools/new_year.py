"""Begin a collection year: python tools/new_year.py 2027-28.

The year is put behind the last one in `returns903.years`, and everything that is generated is written anew: its
schemas, its page of what changed, the pages of rules. Until somebody says otherwise it has the lists, columns and rules
of the year before; docs/next-year.md tells what to say, and where.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
YEARS = ROOT / "src" / "returns903" / "years.py"
_LISTED = re.compile(r"^RULE_YEARS = \((.*)\)$", re.MULTILINE)
_LABEL = re.compile(r"(\d{4})-(\d{2})")

NEXT = """\
{year} stands behind {last} and has its lists, columns and rules. What is left, in the order of docs/next-year.md:
  1. codes that came or went: "since" and "until" in src/returns903/codes/lists.json
  2. tables and columns: since= and until= in src/returns903/tables/
  3. rules that came, went or changed: since="{year}" in src/returns903/rules/ (tools/new_rule.py), with their cases
  4. faults for them, and lawful lives: python tools/find_faults.py, src/returns903/testing/lives/
  5. python tools/generate.py; pytest -n auto; python tools/ratchet.py --accept "why"; README.md and CHANGELOG.md
"""


def added(text: str, year: str) -> tuple[str, str]:
    """The source with the year, and the year before it.

    Raises:
        SystemExit: it is no year, or not the one that comes next.
    """
    found = _LISTED.search(text)
    if found is None:
        raise SystemExit(f"{YEARS.name} has no line RULE_YEARS = (...)")
    last = re.findall(r'"([^"]+)"', found[1])[-1]
    first = int(last[:4]) + 1
    wanted = f"{first}-{(first + 1) % 100:02d}"
    if _LABEL.fullmatch(year) is None or year != wanted:
        raise SystemExit(f"{year} does not come after {last}: {wanted} does")
    return text.replace(found[0], f'RULE_YEARS = ({found[1]}, "{year}")'), last


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    text, last = added(YEARS.read_text(encoding="utf-8"), sys.argv[1])
    YEARS.write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, str(ROOT / "tools" / "generate.py")], check=True, cwd=ROOT)
    print(NEXT.format(year=sys.argv[1], last=last), end="")


if __name__ == "__main__":
    main()
