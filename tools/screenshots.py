"""Make the pictures of the page of findings that the documentation shows: ``python tools/screenshots.py``.

It takes Chromium and the dependency group ``browser``: ``tox run -e screenshots``.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Shot:
    """A picture: what is opened, how many pixels, and how it looks."""

    opened: str
    width: int
    height: int
    scheme: str = "light"
    is_from_top: bool = False
    """The head is shown, not what was opened alone."""


SHOTS = {
    "page-by-child": Shot("#child-2", 1200, 1250, is_from_top=True),
    "page-by-rule": Shot("#rule-356", 1200, 640),
    "page-dark": Shot("#child-2", 1200, 700, scheme="dark"),
    "page-narrow": Shot("#child-2", 420, 1000, is_from_top=True),
}
"""By the name of the picture."""


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
    of = SHOTS[name]
    page = browser.new_page(viewport={"width": of.width, "height": of.height}, color_scheme=of.scheme)
    page.goto(url + of.opened)
    page.wait_for_selector("#list > details")
    if of.is_from_top:
        page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    page.wait_for_timeout(200)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    path = PICTURES / f"{name}.png"
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    return path


if __name__ == "__main__":
    sys.exit(main())
