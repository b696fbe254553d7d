"""Pages: whatever they are given is text, they load nothing, and their policy lets only their own style through."""

from __future__ import annotations

import base64
import hashlib
import html
import re

from hypothesis import given
from hypothesis import strategies as st

from returns903.pages.grid import Column, Grid, Noted
from returns903.pages.html import Article, Card, Chapter, Figure, Page, render

TRAP = '</style><script>alert(1)</script>" onload="x'


def page_of(text: str) -> Page:
    """A page that says a text wherever one can be said."""
    columns = (Column(text, "text"), Column(text, "count", text))
    grids = (
        Grid(text, columns, ((text, Noted(text, text)), (text, 1)), frozenset({1}), {0: text}, (text,)),
        Grid(text, columns, ()),
    )
    article = Article("name", text, grids, text, text, text, (Figure("<svg></svg>", text),))
    cards = [Card(text, text, text, text)]
    return Page(text, text, (Chapter(text, (article,)),), text, text, True, [text], cards, True)


def test_what_is_said_is_text() -> None:
    plain, trapped = render(page_of("WORD")), render(page_of(TRAP))
    assert trapped.count("<") == plain.count("<")
    assert "<script" not in trapped
    assert trapped.count(html.escape(TRAP).replace("&quot;", "&#34;")) == plain.count("WORD") > 20


@given(st.text(min_size=1, max_size=20))
def test_no_text_changes_what_a_page_is_made_of(text: str) -> None:
    tags = re.findall(r"<[a-z/][^>]*", render(page_of(text)))
    assert len(tags) == len(re.findall(r"<[a-z/][^>]*", render(page_of("WORD"))))


def test_the_policy_names_the_style_and_allows_nothing_else() -> None:
    text = render(page_of("WORD"))
    found = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert found
    digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
    policy = html.unescape(re.findall(r'Policy" content="([^"]*)"', text)[0])
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert " style=" not in text


def test_characters_that_steer_are_gone() -> None:
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", render(page_of("a\x1b[31m\x00")))


def test_narrow_grids_are_tiled_and_wide_ones_stand_alone() -> None:
    def kind(columns: int, grids: int) -> str:
        return Article("a", "a", (Grid("", (Column("", "text"),) * columns, ()),) * grids).kind

    assert [kind(*each) for each in ((5, 3), (5, 2), (6, 3), (9, 1), (10, 1))] == [
        "tiled",
        "plain",
        "plain",
        "plain",
        "wide",
    ]
