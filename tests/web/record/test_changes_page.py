"""What changed at a page: both versions side by side, the report's versions, the incident's note, the feed, the API; and who else printed a text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import unescape

import feedparser
import pytest
from fake_pages import ADDRESS, FILLER, at, fetch, report, said
from fakes import fixed_now
from record_scene import words_of
from sites import Served
from starlette.testclient import TestClient

from harmledger.domain import Role
from harmledger.linking import link_ledger
from harmledger.projecting import bring_up
from harmledger.store.withheld import withhold

pytestmark = pytest.mark.either_database

FAR = "Nothing is known of the road to the south. Nobody answered the telephone there. Calls went on until night. "
OLD = report(said(15), "Karim Haddad sold bread there.") + FAR + "A school in the hills stays shut.\n"
NEW = report(said(12), "Karim Haddad sold figs there.") + FAR + "A school in the hills has opened.\n"
CHANGE = "12 killed: the figure was 15, now 12."


def bring(served: Served) -> None:
    link_ledger(served.site.ledger, now=fixed_now)
    bring_up(served.site.ledger, now=fixed_now)


def file(served: Served, *texts: tuple[str, datetime], source: str = ADDRESS) -> list[str]:
    documents = [fetch(served.site.ledger, text, when, source=source) for text, when in texts]
    bring(served)
    return documents


@pytest.fixture
def versions(served: Served) -> list[str]:
    """The documents of a page that said 15, and then 12."""
    return file(served, (OLD, at(6)), (NEW, at(7)))


def get(browser: TestClient, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.text)
    return answer.text


def test_both_sentences_stand_side_by_side(served: Served, versions: list[str]) -> None:
    """What was 15 and is 12 is told in a sentence, and marked within its sentence on both sides."""
    old, new = versions
    page = get(served.browser(), f"/reports/{new}/changes/{old}")
    assert words_of(page) == words_of(get(served.browser(), f"/reports/{new}/changes"))
    assert "12 killed: the figure was 15, now 12." in words_of(page)
    assert '<del class="gone">15</del> civilians' in page
    assert '<ins class="added">12</ins> civilians' in page
    assert "2017-05-06 12:00 UTC" in page
    assert f'href="/reports/{old}#c-' in page
    assert f'href="/reports/{new}#c-' in page


def test_the_public_sees_excerpts_of_both(served: Served, versions: list[str]) -> None:
    """What changed far from any claim is a gap that says how long it is; reviewers read it."""
    old, new = versions
    path = f"/reports/{new}/changes/{old}"
    public = words_of(get(served.browser(), path))
    assert "figs" in public
    assert "has opened" not in public
    assert "stays shut" not in public
    assert "which aren't shown" in public
    reviewer = words_of(get(served.signed_in("Bo", Role.REVIEWER), path))
    assert "stays shut" in reviewer
    assert "has opened" in reviewer


def test_what_a_claims_sentence_became_is_shown_beside_it(served: Served) -> None:
    """Where a claim's sentence lost its claim, readers see what stands there now, though no claim stands on it."""
    lost = said(15).replace("15 civilians were killed", "Many civilians were hurt")
    old, new = file(served, (report(FAR, said(15), FAR), at(6)), (report(FAR, lost, FAR), at(7)))
    page = words_of(get(served.browser(), f"/reports/{new}/changes/{old}"))
    assert "Gone 15 killed." in page
    assert "Many civilians were hurt by Syrian forces" in page


def test_a_report_names_its_versions(served: Served, versions: list[str]) -> None:
    """The older version says that the page was changed since, the newer one that it said something else; both lead to what changed."""
    old, new = versions
    link = f'href="/reports/{new}/changes/{old}"'
    older, newer = (get(served.browser(), f"/reports/{one}") for one in versions)
    assert "This page was changed since" in older
    assert link in older
    assert "This page said something else before 2017-05-07 12:00 UTC: 1 claim changed." in words_of(newer)
    assert link in newer
    assert "The same text at" not in older + newer


def test_only_markup_changed(served: Served) -> None:
    """Other bytes with the same words are another version of which no word changed, and that is said."""
    old, new = file(served, (OLD, at(6)), (OLD.replace(" The", "\n The"), at(7)))
    assert "No word of the article changed" in get(served.browser(), f"/reports/{new}/changes/{old}")
    assert "No claim changed." in get(served.browser(), f"/reports/{new}/changes/{old}")
    assert "no word of the article changed" in get(served.browser(), f"/reports/{new}")


def test_a_text_that_came_back_stands_again(served: Served) -> None:
    """A, B, A: the first version is the one that stands, and its page tells what changed when it came back."""
    one, two, _ = file(served, (OLD, at(6)), (NEW, at(7)), (OLD, at(8)))
    assert "This page was changed since" not in get(served.browser(), f"/reports/{one}")
    assert "This page was changed since" in get(served.browser(), f"/reports/{two}")
    back = words_of(get(served.browser(), f"/reports/{one}/changes"))
    assert "15 killed: the figure was 12, now 15." in back
    assert "12 killed: the figure was 15, now 12." in words_of(get(served.browser(), f"/reports/{two}/changes/{one}"))


def test_that_a_page_was_put_back_is_told_everywhere(served: Served) -> None:
    """On both reports' pages, on what changed, in the feed and the API, with when it was and since when the page had said the same before."""
    one, two, _ = file(served, (OLD, at(6)), (NEW, at(7)), (OLD, at(8)))
    browser, again = served.browser(), "2017-05-08 12:00 UTC"
    assert (
        "it said this 2017-05-06 12:00 UTC, then something else, and was found to say this again " + again
        in words_of(get(browser, f"/reports/{one}"))
    )
    assert f"found {again}; it was put back to what it had said 2017-05-06" in words_of(get(browser, f"/reports/{two}"))
    assert "put back to what it said 2017-05-06 12:00 UTC" in words_of(get(browser, f"/reports/{two}"))
    assert "The page was put back" in get(browser, f"/reports/{one}/changes/{two}")
    assert "The page was put back" not in get(browser, f"/reports/{two}/changes/{one}")
    feed = feedparser.parse(browser.get("/feed.atom").content)
    titles = [entry.title for entry in feed.entries if "/changes/" in entry.link]
    assert titles == [
        "A report was put back: 15 killed: the figure was 12, now 15",
        "A report was changed: 12 killed: the figure was 15, now 12",
    ]
    document = browser.get(f"/api/v1/documents/{two}").json()
    assert [v["back_to"] for v in document["versions"][0]] == [None, None, "2017-05-06T12:00:00+00:00"]
    (change,) = browser.get(f"/api/v1/documents/{one}/changes").json()["items"]
    assert (change["since"], change["back_to"]) == ("2017-05-08T12:00:00+00:00", "2017-05-06T12:00:00+00:00")


def test_two_versions_are_one_source(served: Served, versions: list[str]) -> None:
    """The incident counts one report and one source; the older figure stands there with what the report said then."""
    old, new = versions
    ((incident,),) = served.ask(
        "SELECT DISTINCT incident_id FROM incident_claims WHERE claim_id IN (SELECT claim_id FROM claims WHERE document_id IN (:old, :new))",
        old=old,
        new=new,
    )
    page = words_of(get(served.browser(), f"/incidents/{incident}"))
    assert "1 source · 2 claims" in page
    assert "the report was changed on 7 May 2017; it then said 12" in page
    assert "1 earlier version of the page" in page
    short = served.ask(
        "SELECT sources, copies, reports, claims FROM shown_incidents WHERE incident_id = :it", it=incident
    )
    assert short == [(1, 0, 1, 1)]
    record = served.browser().get(f"/api/v1/incidents/{incident}").json()
    assert {f["low"]: f["superseded"] for f in record["figures"]} == {15: "later version of the page", 12: None}


def test_an_earlier_text_that_stands_again_counts_again(served: Served, versions: list[str]) -> None:
    """When a fetch finds the older text again, lists show its figure: no reading tells of that, the log of fetches does."""
    low = "SELECT killed_low FROM shown_incidents WHERE incident_id IN (SELECT incident_id FROM incident_claims WHERE claim_id IN (SELECT claim_id FROM claims WHERE document_id = :it))"
    assert served.ask(low, it=versions[0]) == [(12,)]
    fetch(served.site.ledger, OLD, at(8))
    bring_up(served.site.ledger, now=fixed_now)
    assert served.ask(low, it=versions[0]) == [(15,)]


def test_the_feed_tells_of_changed_claims(served: Served, versions: list[str]) -> None:
    """One entry for each change by which a claim changed, with its sentence and the way to both versions."""
    feed = feedparser.parse(served.browser().get("/feed.atom").content)
    assert not feed.bozo
    (entry,) = [entry for entry in feed.entries if "/changes/" in entry.link]
    assert entry.title == "A report was changed: 12 killed: the figure was 15, now 12"
    assert CHANGE in entry.summary
    assert entry.link.endswith(f"/reports/{versions[1]}/changes/{versions[0]}")
    assert entry.updated == "2017-05-07T12:00:00Z"


def test_programs_are_told_the_same(served: Served, versions: list[str]) -> None:
    """The API has the versions of a report, and what changed as claims and stretches of both texts."""
    old, new = versions
    program = served.browser()
    document = program.get(f"/api/v1/documents/{old}").json()
    assert [[v["document_id"] for v in page] for page in document["versions"]] == [[old, new]]
    (change,) = program.get(f"/api/v1/documents/{new}/changes?older={old}").json()["items"]
    assert [claim["told"] for claim in change["claims"]] == [CHANGE]
    assert (change["older"], change["newer"], change["words_changed"]) == (old, new, True)
    spans = [NEW[s["start"] : s["end"]] for passage in change["passages"] for s in passage["added"]]
    assert spans == ["12", "figs", "has opened"]
    assert program.get(f"/api/v1/documents/{old}/changes").json()["items"] == []
    assert program.get(f"/api/v1/documents/{old}/changes?older={new}").status_code == 404


def test_withheld_names_are_in_no_change(served: Served) -> None:
    """A name that one version had, or another one in its place, is struck from every view of what changed, wherever it stood."""
    old, new = file(served, (OLD, at(6)), (NEW.replace("Karim Haddad", "Samer Haddad"), at(7)))
    paths = [f"/reports/{new}/changes/{old}", f"/reports/{old}", f"/reports/{new}", "/feed.atom"]
    paths += [f"/api/v1/documents/{new}/changes", f"/api/v1/documents/{new}"]
    with served.site.ledger.writing() as writer:
        for name in ("Karim Haddad", "Samer Haddad", "medic"):
            withhold(writer, name, who="Amal", reason="asked", now=served.clock())
    for browser in (served.browser(), served.signed_in("Bo", Role.REVIEWER)):
        for path in paths:
            page = browser.get(path).text.lower()
            assert [name for name in ("karim", "samer", "haddad", "medic") if name in page] == [], path
    assert "Redacted by rule" in get(served.browser(), paths[0])


def test_closed_versions_have_no_changes(served: Served, versions: list[str]) -> None:
    """Whoever may not see one of the versions is told of no change: neither page nor feed, report or API tells that there is one."""
    old, new = versions
    lead = served.signed_in("Dee", Role.LEAD)
    served.close(old)
    browser = served.browser()
    for path in (
        f"/reports/{new}/changes/{old}",
        f"/reports/{new}/changes",
        f"/api/v1/documents/{new}/changes?older={old}",
    ):
        assert browser.get(path).status_code == 404, path
        assert lead.get(path).status_code == 200, path
    for path in (f"/reports/{new}", "/feed.atom", f"/api/v1/documents/{new}", f"/api/v1/documents/{new}/changes"):
        assert [
            trace
            for trace in (old, old[:10], "2017-05-06 12:00", "the figure was 15")
            if trace in browser.get(path).text
        ] == []


def test_what_replaced_a_report_stands_for_those_alone_who_may_see_it(served: Served, versions: list[str]) -> None:
    """Where the later version is closed, the public sees the earlier one's figure stand, and not that there is another."""
    old, new = versions
    served.close(new)
    bring_up(served.site.ledger, now=fixed_now)
    page = get(served.browser(), f"/reports/{old}")
    assert "This page was changed" not in page
    assert new[:10] not in page
    rows = served.ask("SELECT killed_low, sources FROM shown_incidents WHERE killed_low IN (12, 15)")
    assert rows == [(15, 1)]
    figures = served.browser().get("/data/figures.csv").text
    assert versions[0] in figures
    assert [trace for trace in (new, "later version of the page") if trace in figures] == []


def test_only_versions_of_one_page_are_compared(served: Served, versions: list[str]) -> None:
    """Two reports of different pages, a later version as the older one, a report beside itself, or no id at all: nothing is there."""
    old, new = versions
    other = served.documents()[0] if len(served.documents()) > 2 else old
    for path in (
        f"{new}/changes/{other}",
        f"{old}/changes/{new}",
        f"{new}/changes/{new}",
        f"{old}/changes",
        f"{new}/changes/{old[:10]}",
    ):
        assert served.browser().get(f"/reports/{path}").status_code == 404, path


def test_hostile_words_stay_words(served: Served) -> None:
    """Tags and overrides of direction in either version are text on the page of changes."""
    evil = "<script>alert(1)</script> \u202e<img src=x onerror=alert(1)> it wrote. "
    old, new = file(served, (report(said(15), evil), at(6)), (report(evil, said(12), "</ins></del>" + evil), at(7)))
    page = get(served.signed_in("Bo", Role.REVIEWER), f"/reports/{new}/changes/{old}")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "\u202e" not in page
    assert "&lt;/ins&gt;&lt;/del&gt;" in page


# --- copies ----------------------------------------------------------------------------------------------------------


def copies(served: Served, *outlets: tuple[str, datetime]) -> list[str]:
    """One text at several outlets, each with a line of its own."""
    text = OLD + FILLER * 2
    found = [fetch(served.site.ledger, f"{text}{host}\n", when, source=f"https://{host}/a") for host, when in outlets]
    bring(served)
    return found


def test_the_same_text_elsewhere_is_named_with_the_first_seen(served: Served) -> None:
    """Each report of a text names all of them; of those of one day the one that was fetched first is the first seen."""
    late, first, last = copies(served, ("late.example", at(8)), ("first.example", at(6)), ("last.example", at(9)))
    for document in (late, last):
        page = words_of(get(served.browser(), f"/reports/{document}"))
        assert "The same text at 3 outlets, first seen at first.example, 6 May 2017." in page
        told = served.browser().get(f"/api/v1/documents/{document}").json()["copies"]
        assert (told["outlets"], told["first_seen"]) == (3, first)
        assert [each["document_id"] for each in told["reports"]] == [first, late, last]
    assert "first seen here" in words_of(get(served.browser(), f"/reports/{first}"))
    assert served.ask("SELECT DISTINCT original_id FROM echoes") == [(first,)]


def test_versions_of_one_page_are_no_copies(served: Served) -> None:
    """A page that was changed and one other outlet are two, whichever version is looked at."""
    one, other = copies(served, ("one.example", at(6)), ("other.example", at(7)))
    again = fetch(served.site.ledger, OLD + FILLER * 2 + "changed\n", at(8), source="https://one.example/a")
    bring(served)
    for document in (one, other, again):
        told = served.browser().get(f"/api/v1/documents/{document}").json()["copies"]
        assert (told["outlets"], len(told["reports"])) == (2, 2)


def test_a_closed_copy_is_not_counted(served: Served) -> None:
    """Whoever may not see a report of the text is told of the others as if it weren't there."""
    first, second, third = copies(served, ("a.example", at(6)), ("b.example", at(7)), ("c.example", at(8)))
    served.close(first)
    page = get(served.browser(), f"/reports/{third}")
    assert "The same text at 2 outlets, first seen at b.example" in unescape(words_of(page))
    assert first[:10] not in page
    served.close(second)
    assert "The same text" not in get(served.browser(), f"/reports/{third}")


def test_a_site_may_show_whole_texts(serve: Callable[..., Served]) -> None:
    """Where texts are shown whole, so is all that changed."""
    served = serve(site_texts="whole")
    old, new = file(served, (OLD, at(6)), (NEW, at(7)))
    assert "has opened" in get(served.browser(), f"/reports/{new}/changes/{old}")
