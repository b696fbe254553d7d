"""`serve` in a browser: a return is dropped, its report opens, nothing leaves this machine, and the page ends it."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from returns903.errors import told
from returns903.serving.server import Server
from returns903.serving.session import Session
from tests.browser.conftest import Seen
from tests.serving.conftest import CLEAN, FAULTY, check

DROPS = """([zone, files]) => {
  const held = new DataTransfer();
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  for (const [name, text] of files) held.items.add(new File([bytes(text)], name));
  const event = new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true });
  document.querySelector(zone).dispatchEvent(event);
}"""


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(Session(check, told))
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def opened(browser: Any, server: Server, seen: Seen) -> Iterator[Any]:
    """The page; at the end nothing was asked of anyone but the server, and nothing went wrong in it."""
    context = browser.new_context(viewport={"width": 1200, "height": 900}, accept_downloads=True)
    context.on("request", lambda request: seen.requests.append(request.url))
    page = context.new_page()
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.goto(server.address)
    yield page
    context.close()
    assert seen.errors == []
    assert {f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" for url in seen.requests} == {server.origin}


def checked(page: Any) -> str:
    page.click("#check")
    page.wait_for_selector("#result:not([hidden]), #wrong:not([hidden])")
    text: str = page.inner_text("main")
    return text


def dropped(page: Any, zone: str, folder: Any) -> None:
    files = [[path.name, base64.b64encode(path.read_bytes()).decode()] for path in sorted(folder.iterdir())]
    page.evaluate(DROPS, [zone, files])


def test_a_return_that_is_dropped_is_checked_and_its_report_opens(opened: Any) -> None:
    dropped(opened, "#return", FAULTY)
    assert "11 files" in opened.inner_text("#return-held")
    opened.select_option("#year", "2024-25")
    opened.fill("#authority", "Barking and Dagenham")
    assert "Return of 2024-25" in checked(opened)
    with opened.context.expect_page() as report:
        opened.click("#open")
    report.value.wait_for_selector("#list > details")
    assert "SSDA903 return of 2024-25" in report.value.inner_text("h1")
    assert "E09000002" in report.value.inner_text("header")


def test_last_years_return_lets_more_rules_run(opened: Any) -> None:
    dropped(opened, "#return", CLEAN)
    assert "no previous return" in checked(opened)
    dropped(opened, "#previous", CLEAN)
    assert "no previous return" not in checked(opened)


def test_a_folder_that_is_chosen_keeps_its_paths(opened: Any) -> None:
    opened.set_input_files("#return input[webkitdirectory]", str(FAULTY))
    assert "return-with-faults/" in opened.inner_text("#return-held")
    checked(opened)
    opened.click("summary")
    assert "episodes.csv" in opened.inner_text("#read")


def test_the_forms_are_saved(opened: Any) -> None:
    dropped(opened, "#return", FAULTY)
    checked(opened)
    with opened.expect_download() as saving:
        opened.click("[data-download='findings.json']")
    content = json.loads(saving.value.path().read_text(encoding="utf-8"))
    assert str(len([f for f in content["findings"] if f["severity"] == "error"])) == opened.inner_text(
        "#cards .figure >> nth=0"
    )


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "Drop this year's return first."),
        ([["notes.txt", "eA=="]], "no table of the return"),
        ([["episodes.csv", ""]], "there is nothing in it"),
    ],
)
def test_what_is_wrong_is_said_on_the_page(opened: Any, files: list[list[str]], said: str) -> None:
    if files:
        opened.evaluate(DROPS, ["#return", files])
    checked(opened)
    assert said in opened.inner_text("#wrong")
    assert not opened.is_visible("#result")


def test_it_is_begun_anew_and_finished(opened: Any, server: Server) -> None:
    dropped(opened, "#return", FAULTY)
    checked(opened)
    opened.click("#clear")
    assert opened.inner_text("#return-held") == ""
    assert not opened.is_visible("#result")
    opened.click("#end")
    opened.wait_for_selector("#ended:not([hidden])")
    assert not opened.is_visible("#asked")


@pytest.mark.parametrize("key", ["Enter", " "])
def test_it_is_worked_by_the_keyboard(opened: Any, key: str) -> None:
    watched = "each => each.addEventListener('click', (e) => { e.preventDefault(); each.dataset.asked = 'yes'; })"
    opened.eval_on_selector("#return input[multiple]", watched)
    opened.focus("#return")
    opened.keyboard.press(key)
    assert opened.get_attribute("#return input[multiple]", "data-asked") == "yes"
