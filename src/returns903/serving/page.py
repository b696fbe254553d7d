"""The page on which a return is dropped."""

from __future__ import annotations

from importlib.resources import files

from returns903 import __version__
from returns903.limits import SENT_BYTES
from returns903.pages import html
from returns903.reference.authorities import all_authorities
from returns903.serving.session import DOWNLOADS
from returns903.years import RULE_YEARS


def start_page() -> str:
    """The page, as it is before anything is dropped."""
    return html.filled(
        "serve.html",
        __package__,
        style=_own("serve.css"),
        script=_own("serve.js"),
        connects=True,
        years=list(reversed(RULE_YEARS)),
        authorities=[(each.ons, each.name) for each in all_authorities() if each.until is None],
        downloads=list(DOWNLOADS),
        most=SENT_BYTES,
        version=__version__,
    )


def _own(name: str) -> str:
    return files(__package__).joinpath("templates", name).read_text(encoding="utf-8")
