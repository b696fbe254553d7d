"""The page of findings in a browser: what someone sees who opens it, looks for a child, follows a link and prints."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import returns903
from returns903.accepting.add import Why, add, opened, save
from tests.browser.conftest import ROOT, Written, written

GROUPS = "#list > details"


def count(page: Any) -> str:
    found: str = page.inner_text("#count")
    return found


def until(page: Any, holds: Callable[[], bool]) -> None:
    """Wait for what a page does in its own time; its policy lets no function be handed in to wait for."""
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(30)
    pytest.fail("the page did not come to it")


def said(findings: pl.DataFrame, by: str) -> str:
    """What the page says of these findings."""
    rows, groups = findings.height, findings[by].n_unique()
    names = {"child": ("child", "children"), "rule": ("rule", "rules")}[by]
    return f"{rows:,} finding{'' if rows == 1 else 's'} of {groups:,} {names[groups != 1]}"


def test_it_draws_every_child_and_every_rule(page: Any, children: Written) -> None:
    page.goto(children.url)
    assert count(page) == said(children.result.findings, "child")
    page.click("#by-rule")
    assert count(page) == said(children.result.findings, "rule")


def test_it_draws_more_groups_as_they_come_into_sight(page: Any, children: Written) -> None:
    page.goto(children.url)
    every, first = children.result.by_child().height, page.locator(GROUPS).count()
    assert first < every
    for _ in range(every):
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        if page.locator(GROUPS).count() == every:
            break
        page.wait_for_timeout(30)
    assert page.locator(GROUPS).count() == every


@pytest.mark.parametrize("name", ["severity", "topic", "table", "rule"])
def test_it_filters_as_a_frame_does(page: Any, children: Written, name: str) -> None:
    result = children.result
    topics = {code: rule.topic.replace("_", " ") for code, rule in result.rules.items()}
    called = pl.col("table") + pl.when("previous").then(pl.lit(", last year")).otherwise(pl.lit(""))
    found = result.findings.with_columns(topic=pl.col("rule").replace_strict(topics), table=called)
    page.goto(children.url)
    options = page.eval_on_selector_all(f"#{name} option", "all => all.map((each) => [each.value, each.textContent])")
    assert len(options) > 2
    for value, text in options[1:6]:
        page.select_option(f"#{name}", value)
        wanted = text if name in ("table", "topic") else value
        assert count(page) == said(found.filter(pl.col(name) == wanted), "child")
    page.click("#clear")
    assert count(page) == said(found, "child")


def test_it_finds_a_child_and_shows_its_rows_with_the_cells_marked(page: Any, example: Written) -> None:
    page.goto(example.url)
    page.keyboard.press("/")
    page.keyboard.type("ex003")
    until(page, lambda: page.locator(GROUPS).count() == 1)
    page.locator("#list summary").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".finding")
    rules = example.result.findings.filter(child="EX003")["rule"].to_list()
    assert {text.removeprefix("Rule ") for text in page.locator(".finding a").all_inner_texts()} == set(rules)
    marked = page.locator("td.look").all_inner_texts()
    assert sorted(marked) == ["02/06/2024", "10/06/2024", "U"]


def test_a_word_that_nobody_has_says_so(page: Any, example: Written) -> None:
    page.goto(example.url)
    page.fill("#search", "no such child")
    until(page, lambda: page.locator(GROUPS).count() == 0)
    assert count(page) == "No finding is like this."


@pytest.mark.parametrize("code", ["232", "356"])
def test_a_link_opens_a_rule_and_its_rows_lead_to_children(page: Any, example: Written, code: str) -> None:
    page.goto(f"{example.url}#rule-{code}")
    assert page.get_attribute("#by-rule", "aria-pressed") == "true"
    opened = page.locator(f"#rule-{code}")
    assert opened.get_attribute("open") is not None
    assert example.result.rules[code].when in opened.inner_text()
    child = example.result.findings.filter(rule=code)["child"][0]
    opened.get_by_role("link", name=child, exact=True).first.click()
    page.wait_for_selector("#list > details[id^='child-'][open]")
    assert child in page.locator("#list > details[open] > summary").inner_text()


def test_a_link_opens_the_last_child_whatever_is_filtered(page: Any, children: Written) -> None:
    last = children.result.by_child()["child"].drop_nulls().len() - 1
    page.goto(f"{children.url}#child-{last}")
    assert page.locator(f"#child-{last}[open] .finding").count() >= 1
    page.fill("#search", "no such child")
    until(page, lambda: page.locator(GROUPS).count() == 0)
    page.evaluate("location.hash = '#child-0'")
    page.wait_for_selector("#child-0[open]")


@pytest.mark.parametrize("view", ["by-child", "by-rule"])
def test_paper_shows_every_row_that_is_selected(page: Any, children: Written, view: str) -> None:
    page.goto(children.url)
    page.click(f"#{view}")
    assert page.pdf().startswith(b"%PDF")
    assert page.locator(f"{GROUPS}:not([open])").count() == 0
    rows = children.result.findings.unique(["table", "previous", "row"]).height
    shown = page.locator("tr.flagged").count()
    assert shown == (rows if view == "by-child" else children.result.findings.height)
    page.emulate_media(media="print")
    assert not page.is_visible("#too-many")
    assert not page.is_visible("#filters")


def test_what_is_too_much_for_paper_is_said(page: Any, flood: Written) -> None:
    page.goto(flood.url)
    page.select_option("#rule", str(flood.result.by_rule().sort("findings", descending=True)["rule"][0]))
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.is_visible("#too-many")


@pytest.mark.parametrize("width", [420, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window_and_all_can_be_read(
    page: Any, example: Written, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{example.url}#child-0")
    page.wait_for_selector(".finding")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(FAINT) == []


FAINT = """() => {
  const light = (rgb) => {
    const [r, g, b] = rgb.map((n) => n / 255).map((n) => (n <= 0.03928 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const behind = (of) => {
    for (let each = of; each; each = each.parentElement) {
      const found = numbers(getComputedStyle(each).backgroundColor);
      if (found.length < 4 || found[3] === 1) return found.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const seen = [...document.querySelectorAll("main *, header *")].filter((of) => of.checkVisibility()
    && [...of.childNodes].some((each) => each.nodeType === 3 && each.data.trim()));
  return seen.filter((of) => {
    const [a, b] = [light(numbers(getComputedStyle(of).color).slice(0, 3)), light(behind(of))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
  }).map((of) => `${of.tagName} ${of.className}: ${of.textContent.slice(0, 30)}`);
}"""
"""The elements whose own words stand out from what is behind them by less than WCAG's AA asks for."""


def test_fifty_thousand_findings_open_within_two_seconds_and_filter_at_once(page: Any, flood: Written) -> None:
    opened, filtered = [], []
    for _ in range(3):
        begun = time.perf_counter()
        page.goto(flood.url)
        page.wait_for_selector(GROUPS)
        opened.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        page.select_option("#severity", "error")
        filtered.append(time.perf_counter() - begun)
    print(
        f"{flood.result.findings.height:,} findings: opened in {min(opened):.2f} s, filtered in {min(filtered):.2f} s"
    )
    assert min(opened) < 2
    assert min(filtered) < 1


def test_a_screen_reader_finds_its_way(page: Any, example: Written) -> None:
    page.goto(example.url)
    for role, name in (("banner", None), ("main", None), ("search", "Findings"), ("contentinfo", None)):
        found = page.get_by_role(role, name=name) if name else page.get_by_role(role)
        assert found.count() == 1
    assert page.get_attribute("#count", "aria-live") == "polite"
    for box in page.locator("#filters :is(input, select)").all():
        assert page.evaluate("(of) => of.labels.length", box.element_handle()) == 1
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "list"


def test_it_filters_by_what_is_accepted(page: Any, tmp_path: Path) -> None:
    result = returns903.validate(returns903.read_return(ROOT / "examples" / "return-with-faults", year="2024-25"))
    until = dt.date.today() + dt.timedelta(days=30)
    (place,) = result.findings.with_row_index("place").filter(rule="232")["place"]
    file = opened(tmp_path / "accepted.toml", ())
    save(add(file, result, {place: Why("seen", "A. Officer", until)}, today=dt.date.today(), force=False), ())
    result.accept(tmp_path / "accepted.toml")
    page.goto(written(result, tmp_path).url)
    every, one = result.findings, result.findings.filter(rule="232")
    assert page.is_visible("#state")
    page.select_option("#state", "accepted")
    assert count(page) == said(one, "child")
    page.select_option("#state", "open")
    assert count(page) == said(every.filter(pl.col("rule") != "232"), "child")
    page.click("#clear")
    assert count(page) == said(every, "child")
