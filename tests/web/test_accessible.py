"""Pages as axe-core judges them: by the rules of WCAG 2.2 AA and the good practice that it adds, light on a wide screen and dark on a phone. It must find nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from browsing import CHROMIUM, WAIT_MS, listening_at, opened
from fake_pages import at, fetch, report, said
from fake_replies import within
from moderating import RAQQA, Replies
from sites import PASSWORD, Served, make_ledger, send
from sites import sign_in as form_in

from harmledger.domain import ModeratorVerdict, RefusalReason, ReplyKind, Role, Ruling
from harmledger.linking import link_ledger
from harmledger.projecting import bring_up
from harmledger.replying import appeal_reply, rule_on
from harmledger.store.groups import list_groups
from harmledger.web.replies.notices import unsubscribe_path

pytest.importorskip("playwright.sync_api", reason="playwright isn't installed (group dev)")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe isn't installed (group dev)")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}")
PUBLIC = (
    "/", "/?country=IQ", "/?lacks=place", "/incidents/{incident}", "/incidents/{incident}/dossier", "/reports/{document}", "/search", "/search?q=killed", "/search?q=nowhere",
    "/claimants", "/actors", "/actors/{actor}", "/places/{place}", "/method", "/data", "/api", "/sign-in", "/replies/sign-in", "/nothing",
    "/incidents/{incident}/reply", "/reports/{document}/reply", "/claims/{claim}/reply?field=low", "/replies/notice", "/replies/counts",
    "/reports/{newer}", "/reports/{older}", "/reports/{newer}/changes/{older}", "/incidents/{changed}",
)  # fmt: skip
DESK = (
    "/desk", "/desk?list=second", "/desk/claims/{claim}", "/desk/documents", "/desk/documents/{document}", "/desk/links", "/desk/agreement", "/desk/log",
    "/desk/incidents/{incident}", "/desk/incidents/{incident}/merge", "/desk/incidents/{incident}/split", "/desk/audit", "/account", "/prove",
    "/desk/accounts", "/desk/accounts/{account}", "/desk/groups", "/desk/groups/{group}", "/set-password/{link}", "/account/passkeys",
    "/desk/replies", "/desk/replies/{reply}", "/desk/replies/{witness}", "/desk/replies/corrected", "/desk/replies/sources", "/desk/claims/{claim}?reply={reply}", "{unsubscribe}",
)  # fmt: skip
ANY = (
    "SELECT c.claim_id AS claim, c.document_id AS document, i.incident_id AS incident, c.actor_id AS actor,"
    " json_extract(c.record, '$.place.id') AS place FROM claims c JOIN incident_claims i ON i.claim_id = c.claim_id"
    " WHERE c.actor_id IS NOT NULL AND i.incident_id IS NOT NULL"
)


@dataclass(frozen=True)
class Looked:
    """A site and a browser."""

    address: str
    chromium: Any
    ids: dict[str, str]


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looked]:
    folder = tmp_path_factory.mktemp("looked")
    served = Served(make_ledger(folder), folder / "site", site_rate=0, site_hosts="127.0.0.1")
    served.add("Amal", Role.ADMIN)
    with served.site.ledger.reading() as connection:
        ids = dict(connection.exec_driver_sql(ANY).mappings().first() or {})
    ids |= keep(served, ids["document"])
    ids |= reply_to(served)
    ids |= change_page(served)
    with listening_at(served.app) as address, opened() as chromium:
        yield Looked(address, chromium, ids)


def change_page(served: Served) -> dict[str, str]:
    """A page that said 15 and then 12, with a copy elsewhere, and its incident."""
    ledger = served.site.ledger
    older, newer = fetch(ledger, report(said(15)), at(6)), fetch(ledger, report(said(12), "Homes burnt."), at(7))
    fetch(ledger, report(said(12), "Homes burnt.") + "Copied.", at(8), source="https://elsewhere.example/a")
    link_ledger(ledger, now=served.clock)
    bring_up(ledger, now=served.clock)
    of = (
        "SELECT i.incident_id FROM incident_claims i JOIN claims c ON c.claim_id = i.claim_id WHERE c.document_id = :it"
    )
    return {"older": older, "newer": newer, "changed": served.ask(of, it=newer)[0][0]}


def reply_to(served: Served) -> dict[str, str]:
    """Replies of several kinds, one of which was refused and appealed; and where its writer ends letters."""
    replies = Replies(served)
    who = replies.join()
    replies.send(who, ReplyKind.SOURCE, url="https://news.example.com/a")
    witness = replies.send(who, ReplyKind.WITNESS, consent=True).reference
    sent, now = replies.correct(who, report=RAQQA), served.clock()
    ruling = Ruling(
        verdict=ModeratorVerdict.REFUSE, who="Amal", reason=RefusalReason.OFF_TOPIC, words="of another town"
    )
    within(served.site.ledger, rule_on, sent.reply_id, ruling, now=now)
    appeal_reply(served.site.ledger, sent.reply_id, "It is of this one.", replier_id=who.replier_id, now=now)
    ends = unsubscribe_path(served.site, who.replier_id)
    return {"reply": sent.reference, "witness": witness, "unsubscribe": ends}


def keep(served: Served, document: str) -> dict[str, str]:
    """An account in a group that keeps another report, and the link of one whose password is lost; gives their ids."""
    ids = {"account": served.add("Bo").account_id, "invited": served.add("Cy").account_id}
    served.close(next(other for other in served.documents() if other != document), "Bo")
    with served.site.ledger.reading() as connection:
        ids["group"] = list_groups(connection)[0].group_id
    admin = served.browser()
    form_in(admin, "Amal")
    shown = send(admin, f"/desk/accounts/{ids['invited']}/reset")
    return {**ids, "link": shown.text.partition("/set-password/")[2].partition("<")[0]}


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 375)])
@pytest.mark.parametrize("paths", [PUBLIC, DESK], ids=["public", "desk"])
def test_axe_finds_nothing(looked: Looked, theme: str, width: int, paths: tuple[str, ...]) -> None:
    """No page has anything that keeps somebody out: names of fields, order of headings, contrast, landmarks; and none is wider than its window."""
    size = {"width": width, "height": 800}
    context = looked.chromium.new_context(color_scheme=theme, reduced_motion="reduce", viewport=size)
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    if paths is DESK:
        sign_in(page, looked.address)
    found = [line for path in paths for line in judge(page, looked.address + path.format(**looked.ids))]
    if paths is DESK:  # what a form shows once
        page.goto(f"{looked.address}/desk/accounts/{looked.ids['account']}")
        page.click("form[action$='/reset'] button")
        page.wait_for_selector(".secret")
        found += violations(page)
    context.close()
    assert found == []


def sign_in(page: Any, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.fill("#name", "Amal")
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_load_state()
    assert page.locator("form[action='/sign-out']").count()


def judge(page: Any, url: str) -> list[str]:
    """What axe finds on a page, with all that is folded laid open."""
    answer = page.goto(url)
    assert answer.status == 404 if url.endswith("/nothing") else answer.status == 200, url
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*violations(page), *([f"{url}: {wide} pixels wider than the window"] if wide > 0 else [])]


def violations(page: Any) -> list[str]:
    """What axe finds on the page as it stands."""
    every = axe.Axe().run(page).response["violations"]
    return [f"{page.url}: {each['id']}: {node['html'][:200]}" for each in every for node in each["nodes"]]
