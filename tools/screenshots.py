"""Make the pictures of the page of findings that the documentation shows: ``python tools/screenshots.py``.

It takes Chromium and the dependency group ``browser``: ``tox run -e screenshots``.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

import returns903

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
EXAMPLE = ROOT / "examples" / "return-with-faults"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
COLOURS = 64
"""Enough for a page of words, and a third of the size."""

SHOTS: dict[str, tuple[str, int, int, str]] = {
    "page-by-child": ("#child-0", 1200, 1000, "light"),
    "page-by-rule": ("#rule-356", 1200, 800, "light"),
    "page-dark": ("#child-0", 1200, 800, "dark"),
    "page-narrow": ("", 420, 900, "light"),
}
"""By the name of the picture: what is opened, width and height in pixels, and light or dark."""


def main() -> int:
    """Make every picture."""
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        print(f"no browser is installed: none of {', '.join(BROWSERS)}", file=sys.stderr)
        return 2
    PICTURES.mkdir(exist_ok=True)
    result = returns903.validate(returns903.read_return(EXAMPLE, year="2024-25"))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        report = Path(folder) / "report.html"
        result.write(report)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name in SHOTS:
            print(shot(browser, report.as_uri(), name).relative_to(ROOT))
        browser.close()
    return 0


def shot(browser: Any, url: str, name: str) -> Path:
    """Make one picture."""
    opened, width, height, scheme = SHOTS[name]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto(url + opened)
    page.wait_for_selector("#list > details")
    page.wait_for_timeout(200)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    path = PICTURES / f"{name}.png"
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    return path


if __name__ == "__main__":
    sys.exit(main())
