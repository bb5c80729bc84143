"""One event that several reports tell of: copied, told anew, in hostile words."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from fakes import fixed_now, load_fake
from sites import Served
from starlette.testclient import TestClient

from harmledger.domain import Verdict
from harmledger.linking import link_ledger
from harmledger.pipeline import read_reports
from harmledger.publish.record import Record
from harmledger.review.decide import Said, SubjectKind
from harmledger.store import list_reports
from harmledger.store.decisions import add_decision

LONG = (
    "Nobody was hurt elsewhere in the town. The shop of the baker Karim Haddad burnt down, and body parts lay about. "
    "Water came by lorry. The school stays shut until Monday, its head wrote. Power was back before dusk.\n"
)
EVENT = {
    "first": "Army shells Dayr\n\n7 civilians were killed by Syrian forces in Idlib on May 15, 2017, a medic said. "
    + LONG,
    "copy": "Army shells Dayr\n\n7 civilians were killed by Syrian forces in Idlib on May 15, 2017, a medic said. "
    + LONG,
    "second": "Toll after shelling\n\n9 civilians were killed by Syrian forces in Idlib on May 15, 2017, a teacher said. Paris condemned Damascus.\n",
    "evil": "<script>alert(1)</script> \u202eshelling\n\n8 people were killed in Idlib on May 15, 2017, <img src=x onerror=alert(1)> it wrote.\n",
}


@dataclass(frozen=True)
class Scene:
    """The site with the event in it."""

    served: Served
    browser: TestClient
    incident: str
    documents: dict[str, str]
    claims: dict[str, str]

    def page(self, tail: str = "", browser: TestClient | None = None) -> str:
        """The incident's page, which is there."""
        answer = (browser or self.browser).get(f"/incidents/{self.incident}{tail}")
        assert answer.status_code == 200, answer.text
        return answer.text

    def report(self, name: str, browser: TestClient | None = None) -> str:
        answer = (browser or self.browser).get(f"/reports/{self.documents[name]}")
        assert answer.status_code == 200, answer.text
        return answer.text

    def decide(self, name: str, verdict: Verdict, **more: object) -> None:
        """A reviewer decides on a report's claim."""
        said = Said(
            subject=self.claims[name],
            kind=SubjectKind.CLAIM,
            verdict=verdict,
            who="Amal Q.",
            reason="as <b>I</b> saw",
            **more,
        )  # pyright: ignore[reportArgumentType]
        add_decision(self.served.site.ledger, said, now=self.served.clock())


def read_in(served: Served, folder: Path, texts: dict[str, str]) -> None:
    """Read reports into the ledger of a site."""
    lines = [
        json.dumps(
            {
                "id": name,
                "title": text.split("\n")[0],
                "published": "2017-05-16",
                "text": f"{text}{' ' * (name == 'copy')}",
            }
        )
        for name, text in texts.items()
    ]
    path = folder / "event.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    for _ in read_reports([str(path)], load=partial(load_fake, "1"), now=fixed_now, keeper=served.site.ledger):
        pass


def read_of_one_event(served: Served, folder: Path, texts: dict[str, str], apart: str = "") -> str:
    """The incident of these reports' first claims, whatever linking makes of so little; the one apart is of none."""
    read_in(served, folder, texts)
    link_ledger(served.site.ledger, now=fixed_now)
    claims = {name: filed["claims"][0]["claim_id"] for name, filed in records(served).items() if name in texts}
    first = next(name for name in texts if name != apart)
    ((incident,),) = served.ask("SELECT incident_id FROM incident_claims WHERE claim_id = :it", it=claims[first])
    served.write("UPDATE incident_claims SET incident_id = NULL WHERE incident_id = :it", it=incident)
    for name, claim in claims.items():
        put = None if name == apart else incident
        served.write("UPDATE incident_claims SET incident_id = :put WHERE claim_id = :claim", put=put, claim=claim)
    return incident


def records(served: Served) -> dict[str, Record]:
    """All reports, by what they are called."""
    with served.site.ledger.reading() as connection:
        return {filed.record["document"]["id"]: filed.record for filed in list_reports(connection)}


@pytest.fixture
def scene(served: Served, tmp_path: Path) -> Scene:
    incident = read_of_one_event(served, tmp_path, EVENT)
    filed = records(served)
    documents = {name: filed[name]["document"]["document_id"] for name in EVENT}
    claims = {name: filed[name]["claims"][0]["claim_id"] for name in EVENT}
    return Scene(served, served.browser(), incident, documents, claims)


def words_of(page: str) -> str:
    """A page's words without its marks."""
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", "", page))
