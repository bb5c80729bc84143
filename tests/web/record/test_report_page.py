"""A report's page: its text marked, excerpts for the public, where it came from, and a warning before graphic words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from record_scene import EVENT, Scene, read_in, words_of
from sites import Served

from harmledger.domain import Correction, Role, Verdict
from harmledger.domain.stamp import StampKind, StampState
from harmledger.errors import BadInput
from harmledger.store import list_reports
from harmledger.store.one_report import get_whole_report
from harmledger.store.stamps import list_stamps, make_root_alone, note_stamp
from harmledger.store.withheld import withhold

pytestmark = pytest.mark.either_database

SHUT = "The school stays shut until Monday"


def test_claims_stand_marked_in_their_text(scene: Scene) -> None:
    """The sentence of a claim is a mark with the claim's anchor; beside it stand its fields, and the way to its incident."""
    page = scene.report("second")
    (mark,) = re.findall(f'id="c-{scene.claims["second"][:10]}"><mark class="claim">(.*?)</mark>', page)
    assert words_of(mark).startswith("9 civilians were killed by Syrian forces in Idlib")
    assert "a teacher" in words_of(page)
    assert f'href="/incidents/{scene.incident}"' in page


def test_statements_are_marked_too(scene: Scene) -> None:
    """What a speaker says that is no count has its mark and its anchor."""
    page = scene.report("second")
    (anchor,) = re.findall(r'href="#(s-[0-9a-f]{10})"', page)
    assert f'id="{anchor}"><mark class="statement">' in page


def test_the_public_sees_excerpts_and_reviewers_all(scene: Scene) -> None:
    """What lies further than a sentence from any claim is a gap that says how long it is; reviewers see it, readers don't."""
    page = scene.report("first")
    assert SHUT not in page
    (gap,) = re.findall(r"<span title=\"(\d+) characters aren't shown\">\[…\]", page)
    assert int(gap) > len(SHUT)
    assert SHUT not in scene.report("first", scene.served.signed_in("Reader", Role.READER))
    assert SHUT in scene.report("first", scene.served.signed_in("Bo", Role.REVIEWER))


def test_excerpts_keep_their_offsets(scene: Scene) -> None:
    """Each paragraph says where in the clean text it lies, whatever was left out before it."""
    page = scene.report("first")
    with scene.served.site.ledger.reading() as connection:
        texts = {f.record["document"]["id"]: f.record["document"]["text"] for f in list_reports(connection)}
    blocks = re.findall(r'data-start="(\d+)" data-end="(\d+)">(.*?)</p>', page, re.DOTALL)
    assert blocks
    for start, end, html in blocks:
        assert unescape(re.sub("<[^>]*>", "", html)) == texts["first"][int(start) : int(end)]


def test_a_site_may_show_whole_texts(serve: Callable[..., Served], tmp_path: Path) -> None:
    """`site_texts = whole` shows everybody all of it; a value that is none is refused at the start."""
    served = serve(site_texts="whole")
    read_in(served, tmp_path, {"first": EVENT["first"]})
    with served.site.ledger.reading() as connection:
        documents = [f.record["document"] for f in list_reports(connection)]
    document = next(d["document_id"] for d in documents if d["id"] == "first")
    assert SHUT in served.browser().get(f"/reports/{document}").text
    with pytest.raises(BadInput):
        serve(site_texts="some")


def test_what_people_made_of_a_claim_is_told_apart(scene: Scene) -> None:
    """A corrected value says that a person made it, and what was read before; a rejected claim keeps its place in the text."""
    scene.decide("second", Verdict.CORRECT, value=Correction(field="low", value=4))
    words = unescape(words_of(scene.report("second")))
    assert "low (was read as 9)" in words
    assert "by a person" in words
    scene.decide("evil", Verdict.REJECT)
    page = scene.report("evil")
    assert "Rejected by reviewers" in page
    assert f'id="c-{scene.claims["evil"][:10]}"' in page


def test_where_it_came_from_tells_nothing_of_the_machine(scene: Scene, tmp_path: Path) -> None:
    """Every capture is told with its time, and the hash of its bytes; of a file its name, not the folders that it lay in."""
    page = scene.report("first")
    assert f"<code>{scene.documents['first']}</code>" in page
    assert "2024-03-01 12:00 UTC, from <bdi>event.jsonl:1</bdi>" in page
    assert str(tmp_path) not in page
    assert "fake 1, filed" in words_of(page)


def test_an_address_that_tells_a_withheld_name_is_struck(scene: Scene) -> None:
    """A report of the web links to where it was read, unless its address holds a name that is withheld: then it is shown struck, and leads nowhere."""
    address = "https://news.example/2017/karim-haddad-killed"
    first = scene.documents["first"]
    scene.served.write("UPDATE captures SET source = :at WHERE document_id = :of", at=address, of=first)
    assert f'<a href="{address}"' in scene.report("first")
    with scene.served.site.ledger.writing() as writer:
        withhold(writer, "Karim Haddad", who="Amal", reason="asked", now=scene.served.clock())
    for page in (scene.report("first"), scene.page("/dossier")):
        assert "karim" not in page.lower()
        assert "https://news.example/2017/████████████-killed" in page
        assert 'href="https://' not in page


def test_a_claim_leads_to_its_place(scene: Scene) -> None:
    """/claims/… leads on to the sentence; where the report is closed it leads nowhere."""
    claim, document = scene.claims["first"], scene.documents["first"]
    assert scene.browser.get(f"/claims/{claim}").headers["location"] == f"/reports/{document}#c-{claim[:10]}"
    scene.served.close(document)
    assert scene.browser.get(f"/claims/{claim}").status_code == 404
    assert scene.browser.get(f"/claims/{claim[:10]}").status_code == 404


def test_a_closed_report_and_none_are_answered_alike(scene: Scene) -> None:
    """Whoever may not see a report learns not even that it is there, nor of which other one is its copy."""
    scene.served.close(scene.documents["first"])
    answers = [scene.browser.get(f"/reports/{wanted}") for wanted in (scene.documents["first"], "f" * 64)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert scene.documents["first"] not in scene.report("copy")
    assert scene.documents["first"][:10] not in scene.report("copy")


def test_a_warning_stands_before_graphic_words(scene: Scene) -> None:
    """The text is folded behind a sentence until it is opened; whoever chooses so isn't warned again; others still are."""
    assert '<details class="graphic">' in scene.report("first")
    assert '<details class="graphic">' not in scene.report("second")
    path = f"/reports/{scene.documents['first']}"
    answer = scene.browser.post("/warnings", data={"warnings": "off", "next": path})
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert '<details class="graphic">' not in scene.report("first")
    assert '<details class="graphic">' in scene.report("first", scene.served.browser())
    scene.browser.post("/warnings", data={"warnings": "on"})
    assert '<details class="graphic">' in scene.report("first")


def test_by_when_it_existed_is_told_with_who_says_so(scene: Scene) -> None:
    """A capture that an independent clock attests says so on its report's page and in the API, by the authority's host alone; others say nothing."""
    assert "Existed before" not in scene.report("first")
    ledger, first, when = scene.served.site.ledger, scene.documents["first"], datetime(2024, 3, 2, 8, 30, tzinfo=UTC)
    address = "https://tsa.example/sign?key=SECRET"
    with ledger.writing() as connection:
        (capture,) = [each.capture_id for each in get_whole_report(connection, first).captures]
        root = make_root_alone(connection, capture, [(StampKind.RFC3161, address)], now=when)
        (stamp,) = list_stamps(connection, root=root.root)
        note_stamp(connection, replace(stamp, state=StampState.HELD, time=when), was=[StampState.WANTED])
    assert "Existed before 2024-03-02 08:30 UTC, by tsa.example" in words_of(scene.report("first"))
    assert "Existed before" not in scene.report("second")
    told = scene.browser.get(f"/api/v1/documents/{first}").json()["capture"]["existed"]
    assert told == {"by": "2024-03-02T08:30:00+00:00", "kind": "rfc3161", "authority": "tsa.example"}
