"""What tests of the desk do: find claims and incidents, decide as a browser does."""

from __future__ import annotations

import json
import re
from functools import partial
from html import unescape
from pathlib import Path

from fakes import fixed_now, load_fake
from httpx2 import Response
from sites import Served, send
from starlette.testclient import TestClient

from harmledger.domain import Decision, Viewer
from harmledger.linking import link_ledger
from harmledger.pipeline import read_reports
from harmledger.store import open_ledger
from harmledger.store.decisions import read_log
from harmledger.store.desk import Queued, list_touched, list_untouched
from harmledger.store.desk_incidents import find_incident, find_incidents_of

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)"> \U0001f691\u202edetnirp'
REPORTS = (
    "Army shells town\n\nThe town lay quiet. 7 civilians were killed by Syrian forces in Raqqa on May 5, 2017, a medic said. Nobody else came. It rained in Homs.\n",
    "Raid on market\n\n31 civilians were killed in Mosul on January 9, 2016, a trader said. The stalls burnt all night.\n",
    "Market raid, a second account\n\n33 civilians were killed in Mosul on January 10, 2016, a porter said. Carts lay in the lane.\n",
    "Boat hit\n\n12 people were injured in Hodeidah on August 2, 2018, a fisher said. Nets and fuel lay on the quay.\n",
    f"Hostile {HOSTILE}\n\nWords {HOSTILE} stand here.\n140 civilians were killed in Aden on March 3, 2015, a {'x' * 30} said. More {HOSTILE} follows.\n",
    "Nothing harmed\n\nPeople were said to be afraid. Two were hurt, it may be, but nobody counted them.\n",
    *(
        f"Day {n}\n\n{n} fighters were killed in Taiz on June {n}, 2018, a guard said. Dust stood over the road of day {n}.\n"
        for n in range(1, 10)
    ),
)
ALL = Viewer(sees_all=True)


def make_desk(folder: Path, database: str = "") -> Path:
    """A linked ledger with enough to decide: reports of several events, one whose words are hostile, one without a claim."""
    ledger = open_ledger(folder / "ledger", now=fixed_now, database=database)
    path = folder / "reports.jsonl"
    lines = [
        json.dumps({"id": f"r{n}", "title": text.split("\n")[0], "published": "2018-08-30", "text": text})
        for n, text in enumerate(REPORTS)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    for _ in read_reports([str(path)], load=partial(load_fake, "1"), now=fixed_now, keeper=ledger):
        pass
    link_ledger(ledger, now=fixed_now)
    ledger.close()
    return folder / "ledger"


class Desk:
    """The desk of an open site."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.site = served.site

    def waiting(self) -> list[Queued]:
        """All claims on which nobody decided, in the order of the queue."""
        with self.site.ledger.reading() as connection:
            return list_untouched(connection, ALL, most=100)

    def claim(self, words: str) -> str:
        """The claim whose sentence holds these words."""
        return self.queued(words).waiting.claim_id

    def queued(self, words: str) -> Queued:
        with self.site.ledger.reading() as connection:
            every = [*list_untouched(connection, ALL, most=100), *list_touched(connection, ALL)]
        return next(each for each in every if words in each.quote)

    def document(self, words: str) -> str:
        """The document of that title."""
        ((found,),) = self.served.ask("SELECT document_id FROM readings WHERE title LIKE :words", words=f"%{words}%")
        return found

    def text(self, words: str) -> str:
        """The clean text that holds these words."""
        ((found,),) = self.served.ask("SELECT text FROM texts WHERE text LIKE :words", words=f"%{words}%")
        return found

    def incident(self, words: str) -> str:
        """The incident of a claim."""
        with self.site.ledger.reading() as connection:
            return find_incidents_of(connection, [self.claim(words)])[self.claim(words)]

    def leads_to(self, incident: str) -> str | None:
        with self.site.ledger.reading() as connection:
            return find_incident(connection, incident)

    def log(self, subject: str | None = None) -> list[Decision]:
        with self.site.ledger.reading() as connection:
            return read_log(connection, subject)


def decide(browser: TestClient, claim: str, verdict: str, **fields: str) -> Response:
    """Open a claim's page, and send its form as it is there."""
    path = f"/desk/claims/{claim}"
    page = browser.get(f"{path}?list={fields.get('list', 'waiting')}")
    assert page.status_code == 200, page.text
    seen = {"seen": hidden(page.text, "seen"), "list": "waiting", "verdict": verdict}
    return send(browser, path, {**seen, **fields}, of=path)


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', page)
    assert found, page
    return unescape(found[1])
