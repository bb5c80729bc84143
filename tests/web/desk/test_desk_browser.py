"""The desk in a browser, as reviewers work: by keyboard, by selecting words, by putting incidents together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browsing import CHROMIUM, WAIT_MS
from desks import Desk
from sites import PASSWORD

from harmledger.domain import Role, Verdict

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright isn't installed (group dev)")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM))
        yield browser
        browser.close()


class Person:
    """Somebody at a browser, signed in."""

    def __init__(self, desk: Desk, context: Any, address: str, name: str, role: Role) -> None:
        desk.served.add(name, role)
        self.complaints: list[str] = []
        self.page = context.new_page()
        self.page.set_default_timeout(WAIT_MS)
        self.page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.address = address
        self.page.goto(f"{address}/sign-in")
        self.page.fill("#name", name)
        self.page.fill("#password", PASSWORD)
        self.page.click("main button")
        self.page.wait_for_load_state()

    def open(self, path: str) -> Any:
        self.page.goto(f"{self.address}{path}")
        return self.page

    def press(self, key: str) -> None:
        """A key that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def select(self, words: str) -> None:
        """Select words of the text as a mouse would."""
        self.page.evaluate(
            """words => {
              const nodes = [];
              const walker = document.createTreeWalker(document.querySelector('[data-text]'), NodeFilter.SHOW_TEXT);
              while (walker.nextNode()) nodes.push(walker.currentNode);
              const node = nodes.find(each => each.data.includes(words));
              getSelection().setBaseAndExtent(node, node.data.indexOf(words), node, node.data.indexOf(words) + words.length);
            }""",
            words,
        )
        self.page.locator("[data-marks]").wait_for()


@pytest.fixture
def person(desk: Desk, chromium: Any, address: str) -> Iterator[Any]:
    contexts: list[Any] = []

    def sign_in(name: str, role: Role = Role.REVIEWER, **settings: Any) -> Person:
        contexts.append(chromium.new_context(reduced_motion="reduce", **settings))
        return Person(desk, contexts[-1], address, name, role)

    yield sign_in
    for context in contexts:
        context.close()


def test_ten_claims_by_keyboard(desk: Desk, person: Any) -> None:
    """Ten claims are decided without a mouse: accepted, rejected and held with reasons, passed over, one undone; keys typed into a reason decide nothing."""
    amal = person("Amal")
    amal.open("/desk")
    amal.press("n")
    for _ in range(6):
        amal.press("a")
    for key, reason in (("r", "a chance remark"), ("h", "ask the desk in Aden")):
        amal.page.keyboard.press(key)
        amal.page.keyboard.type(reason)
        amal.press("Enter")
    amal.press("n")
    amal.press("a")
    amal.press("a")
    verdicts = [decision.verdict for decision in desk.log()]
    assert verdicts == [*[Verdict.ACCEPT] * 6, Verdict.REJECT, Verdict.HOLD, *[Verdict.ACCEPT] * 2]
    assert len({decision.subject for decision in desk.log()}) == 10
    amal.page.keyboard.press("u")
    amal.press("Enter")
    assert desk.log()[-1].verdict is Verdict.UNDO
    assert [d.reason for d in desk.log()][6:8] == ["a chance remark", "ask the desk in Aden"]
    assert amal.complaints == []


def test_keys_are_told_and_left(desk: Desk, person: Any) -> None:
    """? shows the keys and no key decides while they are shown; Escape leaves a field, c opens the corrections."""
    amal = person("Amal")
    page = amal.open(f"/desk/claims/{desk.claim('31 civilians')}")
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.id") == "f-harm"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert desk.log() == []


def test_words_are_selected_to_correct(desk: Desk, person: Any) -> None:
    """Words selected in the text become a field's value with their place in code points; labels in the text don't count."""
    claim = desk.claim("7 civilians")
    amal = person("Amal")
    page = amal.open(f"/desk/claims/{claim}")
    amal.select("Homs")
    page.click('[data-mark="place"]')
    assert page.input_value("#f-place") == "Homs"
    page.fill("#correct-reason", "the place of the sentence is another")
    amal.press("Enter")
    (decision,) = desk.log()
    assert (decision.verdict, decision.value.field, decision.value.value) == (Verdict.CORRECT, "place", "Homs")
    text = desk.text("Homs")
    at = decision.value.at
    assert text[at.start : at.end] == at.exact == "Homs"
    assert amal.complaints == []


def test_offsets_are_code_points(desk: Desk, person: Any) -> None:
    """Behind characters of two units, marks of direction, markup in words and labels, what is selected stands where the text has it."""
    claim = desk.claim("140 civilians")
    amal = person("Amal")
    page = amal.open(f"/desk/claims/{claim}")
    amal.select("follows")
    page.click('[data-mark="actor"]')
    page.fill("#correct-reason", "so it is said")
    amal.press("Enter")
    (decision,) = desk.log()
    text = desk.text("follows")
    at = decision.value.at
    assert text[at.start : at.end] == at.exact == decision.value.value == "follows"
    assert "\U0001f691" in text[: at.start]
    assert amal.complaints == []


def test_what_was_missed_is_entered_by_selecting(desk: Desk, person: Any) -> None:
    """A sentence selected in the whole report is the quote of a claim that somebody enters."""
    amal = person("Amal")
    page = amal.open(f"/desk/documents/{desk.document('Nothing harmed')}")
    amal.select("Two were hurt")
    page.click('[data-quote="quote"]')
    page.fill("#f-low", "2")
    page.select_option("#f-harm", "injured")
    with page.expect_navigation():
        page.click("#enter button")
    assert page.locator(".notice.good").is_visible()
    assert desk.queued("Two were hurt").low == 2
    assert amal.complaints == []


def test_incidents_are_put_together_and_the_old_link_followed(desk: Desk, person: Any) -> None:
    """A lead finds the other incident by its place, puts both together, and either address leads to the one that is left."""
    one, other = desk.incident("7 civilians"), desk.incident("12 people")
    dee = person("Dee", Role.LEAD)
    page = dee.open(f"/desk/incidents/{other}/merge")
    page.fill("#q", "Raqqa")
    with page.expect_navigation():
        page.click("form.search button")
    with page.expect_navigation():
        page.click(".cards a[href*='with=']")
    page.fill("#reason", "the medic says so")
    with page.expect_navigation():
        page.click("text=Put them together")
    left = desk.leads_to(one)
    assert left == desk.leads_to(other)
    for old in (one, other):
        dee.open(f"/desk/incidents/{old}")
        assert page.url.endswith(f"/desk/incidents/{left}")
        assert page.locator(".cards li").count() == 2
    assert dee.complaints == []


def test_the_desk_works_without_javascript(desk: Desk, person: Any) -> None:
    """A claim is corrected with typed words and the next one comes, with scripts off."""
    amal = person("Amal", java_script_enabled=False)
    page = amal.open("/desk")
    page.click("text=Begin")
    page.click("#correcting summary")
    page.fill("#f-place", "Lahij")
    page.fill("#correct-reason", "as the second line has it")
    page.click("text=Keep the corrections")
    assert page.locator("#undo").is_visible()
    assert [(d.value.field, d.value.value) for d in desk.log()] == [("place", "Lahij")]
