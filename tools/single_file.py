"""Build returns903 as one file that needs no Python, and try it: python tools/single_file.py FOLDER.

It is built for the system that it is built on. Needs pyinstaller, and this package with its extras.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from returns903.reports.installation import CORE, EXTRAS

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "return-with-faults"
SHIPPED = ("examples", "schemas")
COLLECTED = ("returns903", "holidays", "altair", "vl_convert", "fastexcel")
"""Packages that are looked into while they run, so that what they need cannot be seen beforehand."""
TRIED = (
    ("--version",),
    ("doctor",),
    ("validate", str(EXAMPLE), "--year", "2024-25", "--fail-on", "never", "-o", "found.xlsx", "-o", "found.html"),
    ("example", "made"),
    (
        "tables",
        str(ROOT / "examples/annual-report/return"),
        "--year",
        "2018-19",
        "--pack",
        "annual-report",
        "-o",
        "pack",
    ),
)
"""What the file has to do in a folder of its own, each with exit status 0."""


def build(folder: Path) -> Path:
    """The file, built in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    separator = ";" if sys.platform == "win32" else ":"
    shipped = [f"--add-data={ROOT / name}{separator}returns903/shipped/{name}" for name in SHIPPED]
    collected = [f"--collect-all={package}" for package in COLLECTED]
    places = [f"--distpath={folder}", f"--workpath={folder / 'work'}", f"--specpath={folder / 'work'}"]
    entry = ROOT / "src" / "returns903" / "__main__.py"
    packages = ("returns903", *CORE, *(package for extra in EXTRAS for package in extra.packages))
    told = [f"--copy-metadata={package}" for package in packages]
    plain = ["--onefile", "--noconfirm", "--log-level=ERROR", "--name=returns903"]
    words = [sys.executable, "-m", "PyInstaller", *plain, *places, *collected, *shipped, *told, str(entry)]
    subprocess.run(words, check=True)
    return folder / ("returns903.exe" if sys.platform == "win32" else "returns903")


def attempt(built: Path, folder: Path) -> None:
    """Run the file as somebody would, away from this project, in a folder that is not there yet."""
    folder.mkdir()
    for words in TRIED:
        done = subprocess.run([built.resolve(), *words], cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(words)}: exit status {done.returncode}\n{done.stderr}")


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    folder = Path(sys.argv[1])
    built = build(folder)
    with tempfile.TemporaryDirectory() as empty:
        attempt(built, Path(empty) / "tried")
    print(f"{built}: {built.stat().st_size / 1024**2:,.0f} MiB, and it does {len(TRIED)} things")


if __name__ == "__main__":
    main()
