"""How a test writes a reply as a browser does, and moderators rule on it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from fake_replies import within
from httpx2 import Response
from sites import Served
from sqlalchemy import func, select
from starlette.testclient import TestClient

from harmledger.domain import ModeratorVerdict, Reply, Ruling
from harmledger.replying import get_reply, rule_on
from harmledger.store import list_reports
from harmledger.store.one_incident import list_incidents_of

SENTENCE = "31 civilians were killed in Mosul on January 9, 2016, a trader said."
PLAIN = "the count differs from what stood on the door of the hospital that evening"
HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> [a](javascript:alert(1)) [b](data:text/html,x) "
    "![c](https://evil.example/p.png) \u202eturned <a href='//evil.example'>d</a> {{7*7}}"
)


def hrefs(served: Served, number: int = 1) -> dict[str, str]:
    """Paths of the pages that the report of that number is on."""
    with served.site.ledger.reading() as connection:
        records = [filed.record for filed in list_reports(connection)]
        record = next(each for each in records if each["document"]["id"] == f"r{number}")
        claim, document = record["claims"][0]["claim_id"], record["document"]["document_id"]
        incident = list_incidents_of(connection, [claim])[claim]
    return {"incident": f"/incidents/{incident}", "claim": f"/claims/{claim}", "document": f"/reports/{document}"}


def fields(page: str) -> dict[str, str]:
    """Hidden fields of the form, as a browser would send them."""
    form = page[page.index('class="reply-form"') :]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
    return {name: unescape(value) for name, value in found}


def write(browser: TestClient, served: Served, page: str, text: str = PLAIN, *, at: str = "", **more: str) -> Response:
    """Open the form, take a minute, and send it."""
    shown = fields(browser.get(f"{page}/reply{at}").text)
    served.clock.forward(minutes=1)
    return browser.post(f"{page}/reply", data={**shown, "go": "send", "kind": "comment", "text": text, **more})


def reference(answer: Response) -> str:
    """The number of a reply that was taken."""
    assert answer.status_code == 303, answer.text
    found = re.fullmatch(r"/replies/(\w{10})\?done=\w+", answer.headers["location"])
    assert found, answer.headers["location"]
    return found[1]


def rule(served: Served, number: str, verdict: ModeratorVerdict = ModeratorVerdict.PUBLISH, **more: Any) -> Reply:
    """What a moderator does."""
    return within(served.site.ledger, rule_on, number, Ruling(verdict=verdict, who="Amal", **more), now=served.clock())


def get(served: Served, number: str) -> Reply:
    with served.site.ledger.reading() as connection:
        return get_reply(connection, number)


def count(served: Served, table: Any) -> int:
    with served.site.ledger.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()
