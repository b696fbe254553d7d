"""An author's own words: a small part of Markdown, and all else is text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns903.pages.words import words

TEXT = """Fewer children, *more* moves.

## Reviews

- **93%** on time
- two late

### Why

Staff.

# Care leavers
"""


def test_a_text_is_parted_at_its_headings() -> None:
    found = words(TEXT)
    assert [each.heading for each in found] == ["", "Reviews", "Care leavers"]
    assert found[0].html == "<p>Fewer children, <em>more</em> moves.</p>\n"
    assert "<li><strong>93%</strong> on time</li>" in found[1].html
    assert "<h4>Why</h4>" in found[1].html
    assert found[1].lines == ("- **93%** on time", "- two late", "", "### Why", "", "Staff.")
    assert not found[2].html
    assert words("") == []
    assert [each.html for each in words("- # A\n- b")] == ["<ul>\n<li>\n<h2>A</h2>\n</li>\n<li>b</li>\n</ul>\n"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[here](javascript:alert(1))",
        "![picture](http://x.test/a.png)",
        "<http://x.test>",
        "`code` and ~~gone~~",
        "| a |\n|---|\n| b |",
    ],
)
def test_whatever_else_markdown_knows_is_text(text: str) -> None:
    tags = {tag.rstrip() for each in words(text) for tag in re.findall(r"</?([a-z0-9]+)", each.html)}
    assert tags <= {"p", "br"}


@given(st.text(alphabet=st.sampled_from("ab<>&\"'*_#-1. \n[]()!`\\"), max_size=60))
def test_no_text_makes_another_element(text: str) -> None:
    allowed = {"p", "br", "em", "strong", "ul", "ol", "li", *(f"h{n}" for n in range(2, 7))}
    made = "".join(each.html for each in words(text))
    assert set(re.findall(r"</?([a-zA-Z0-9]+)", made)) <= allowed
    assert not re.search(r"<\w+ (?!start=)", made)
