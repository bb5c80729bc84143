"""A ledger in which there is something of everything that the API and the smaller pages show. All reports are invented."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from fakes import FIXED_NOW, fixed_now, load_fake

from harmledger.domain import (
    Correction,
    Harm,
    OtherClaim,
    RecordedFigure,
    RecordedIncident,
    ReferenceSet,
    Verdict,
)
from harmledger.linking import link_ledger
from harmledger.pipeline import read_reports
from harmledger.review.decide import Said, SubjectKind
from harmledger.review.enter import enter_claim, enter_victim
from harmledger.store import Ledger, add_reference, list_reports, open_ledger
from harmledger.store.decisions import add_decision, add_entered

REVIEWER = "Amal the reviewer"
VICTIM, VICTIM_QUOTE, WHY = "Zaynab Testname", "Zaynab Testname sold bread.", "Zaynab is her name"
RECORDED = [
    RecordedIncident(
        code="X1",
        earliest=date(2017, 5, 5),
        latest=date(2017, 5, 5),
        place="Raqqa",
        radius_m=2000,
        belligerents=("A",),
        figures=(RecordedFigure(harm=Harm.KILLED, low=1, high=2),),
        positions=(),
    )
]
REFERENCE = ReferenceSet(
    reference_id="a" * 64,
    name="known",
    recorder="airwars",
    content_id="b" * 64,
    licence="CC0",
    citation="Somebody (2020)",
    added=FIXED_NOW,
)
HOSTILE = '<script>alert("1")</script> & "quoted" \'single\''
REPORTS = (
    ("Army shells town", "7 civilians were killed by Syrian forces in Raqqa on May 5, 2017, the Syrian Observatory for Human Rights said. Paris condemned Damascus."),
    ("Town shelled, rescuers say", "12 civilians were killed by Syrian forces in Raqqa on May 5, 2017, the White Helmets said. Homes burnt in the north of Raqqa."),
    ("Shelling of Raqqa", "7 civilians were killed in Raqqa on May 5, 2017, Airwars said. Shells fell on Raqqa."),
    ("Raid on market", "31 civilians were killed in Mosul on January 9, 2016, the Syrian Observatory for Human Rights said. Stalls burnt all night. Zaynab Testname sold bread."),
    (HOSTILE, "12 people were injured in Hodeidah on August 2, 2018, a fisher said. Nets lay on the quay."),
)  # fmt: skip


def make_world(folder: Path, database: str = "") -> Path:
    """A linked ledger: three reports of one event, and two of others."""
    ledger = open_ledger(folder / "ledger", now=fixed_now, database=database)
    path = folder / "reports.jsonl"
    lines = [
        json.dumps({"id": f"r{n}", "title": title, "published": "2018-08-30", "text": f"{title}\n\n{text}\n"})
        for n, (title, text) in enumerate(REPORTS)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    for _ in read_reports([str(path)], load=partial(load_fake, "1"), now=fixed_now, keeper=ledger):
        pass
    link_ledger(ledger, now=fixed_now)
    _decide(ledger)
    link_ledger(ledger, now=fixed_now)
    add_reference(ledger, REFERENCE, RECORDED)
    ledger.close()
    return folder / "ledger"


def _decide(ledger: Ledger) -> None:
    """A correction, two incidents put into one, a claim that a person wrote down, and a victim whose name nobody released."""
    with ledger.reading() as connection:
        filed = sorted(list_reports(connection), key=lambda each: each.record["document"]["id"])
    (army, _, shelling, market, boat), documents = (
        [each.record["claims"][0]["claim_id"] for each in filed],
        [each.record["document"] for each in filed],
    )
    _say(ledger, shelling, Verdict.CORRECT, value=Correction(field="high", value=9))
    _say(ledger, army, Verdict.ACCEPT)
    _say(ledger, market, Verdict.MERGE, value=OtherClaim(claim_id=boat))
    of = documents[4]
    entered = enter_claim(
        of["document_id"], of["text"], quote="Nets lay on the quay.", said={"low": "2", "harm": "injured"}
    )
    add_entered(ledger, entered, who=REVIEWER, reason="missed", now=FIXED_NOW)
    at = documents[3]
    said = {"quote": VICTIM_QUOTE, "salt": "s", "names": [VICTIM], "claims": [market], "said": {}}
    add_entered(ledger, enter_victim(at["document_id"], at["text"], **said), who=REVIEWER, reason=WHY, now=FIXED_NOW)


def _say(ledger: Ledger, claim: str, verdict: Verdict, **said: Any) -> None:
    told = Said(
        subject=claim, kind=SubjectKind.CLAIM, verdict=verdict, who=REVIEWER, reason="as the report has it", **said
    )
    add_decision(ledger, told, now=FIXED_NOW)
