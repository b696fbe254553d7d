"""Make the sample extract and its reference lists: python make.py. Nobody in it is real."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "src"), str(HERE / "tests")]

from children_return.extract import write  # noqa: E402
from expressed import expressed  # noqa: E402

from returns903 import Year  # noqa: E402
from returns903.testing import lives  # noqa: E402

YEAR = Year("2024-25")
LEFT_OUT = ("after care", "after a children's home", "seeking asylum")
"""What needs tables that the pipeline does not make."""

if __name__ == "__main__":
    children = [
        (f"P{100 + n}", lives.life(name, n, YEAR)) for n, name in enumerate(lives.SITUATIONS) if name not in LEFT_OUT
    ]
    made = lives.put_together(children, YEAR, previous=False, tables=("Header", "Episodes", "Reviews"))
    write(expressed(made.load()), HERE / "extract")
    (HERE / "reference").mkdir(exist_ok=True)
    lives.providers().write_csv(HERE / "reference" / "providers.csv")
    lives.postcodes().write_csv(HERE / "reference" / "postcodes.csv")
