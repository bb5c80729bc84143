"""What is shown follows the record: incident by incident, public claims alone, and the same as if it were made anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fakes import FIXED_NOW, fixed_now, load_fake
from sqlalchemy import delete, select

from harmledger import projecting
from harmledger.domain import PUBLIC, Facet, Incident, OtherClaim, People, ShownIncident, Verdict, Viewer, Wanted
from harmledger.linking import link_ledger
from harmledger.pipeline import read_reports
from harmledger.projecting import bring_up
from harmledger.review.decide import Said, SubjectKind
from harmledger.review.enter import enter_victim
from harmledger.store import FiledIncident, Ledger, index, list_reports, open_ledger
from harmledger.store.access import close_document, open_document
from harmledger.store.decisions import add_decision, add_entered, read_log
from harmledger.store.front import count_shown, list_choices, list_shown
from harmledger.store.groups import add_group
from harmledger.store.index import find_reports
from harmledger.store.schema_shown import SHOWN, SHOWN_DOCUMENTS, SHOWN_FACETS, SHOWN_STATE, SHOWN_TERMS, SHOWN_TOUCHED
from harmledger.store.touched import get_state
from harmledger.store.withheld import lift, withhold
from harmledger.text.finding import fold_phrase

RAQQA = "Army shells town\n\n{n} civilians were killed by Syrian forces in Raqqa on May 5, 2017, {who} said. Layla Haddad and Omar were among them.\n"
MOSUL = "Raid on market\n\n31 civilians were killed in Mosul on January 9, 2016, a trader said. The stalls burnt all night.\n"


@pytest.fixture
def ledger(tmp_path: Path, database: str) -> Iterator[Ledger]:
    opened = open_ledger(tmp_path / "ledger", now=fixed_now, database=database)
    read(opened, tmp_path / "first.jsonl", RAQQA.format(n=7, who="a medic"), RAQQA.format(n=9, who="a trader"), MOSUL)
    link_ledger(opened, now=fixed_now)
    bring_up(opened, now=fixed_now)
    yield opened
    opened.close()


def read(ledger: Ledger, path: Path, *texts: str) -> None:
    lines = [
        json.dumps({"id": f"{path.stem}{n}", "title": text.split("\n")[0], "published": "2018-08-30", "text": text})
        for n, text in enumerate(texts)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    for _ in read_reports([str(path)], load=partial(load_fake, "1"), now=fixed_now, keeper=ledger):
        pass


def shown(ledger: Ledger) -> dict[str, ShownIncident]:
    """By place."""
    with ledger.reading() as connection:
        return {
            each.where.name or "": each for each in list_shown(connection, Wanted(), most=99).incidents if each.where
        }


def kept(ledger: Ledger) -> list[list[Any]]:
    with ledger.reading() as connection:
        tables = (SHOWN, SHOWN_TERMS, SHOWN_FACETS, SHOWN_DOCUMENTS)
        return [sorted(map(str, connection.execute(select(table)))) for table in tables]


def made_anew(ledger: Ledger) -> list[list[Any]]:
    with ledger.writing() as connection:
        for table in (SHOWN, SHOWN_TERMS, SHOWN_FACETS, SHOWN_DOCUMENTS, SHOWN_STATE, SHOWN_TOUCHED):
            connection.execute(delete(table))
    bring_up(ledger, now=fixed_now)
    return kept(ledger)


def claims(ledger: Ledger) -> list[str]:
    """Of the reports, in order."""
    with ledger.reading() as connection:
        return [filed.record["claims"][0]["claim_id"] for filed in list_reports(connection)]


def documents(ledger: Ledger) -> list[str]:
    with ledger.reading() as connection:
        return [filed.record["document"]["document_id"] for filed in list_reports(connection)]


def say(ledger: Ledger, subject: str, verdict: Verdict, kind: SubjectKind = SubjectKind.CLAIM, **said: Any) -> str:
    told = Said(subject=subject, kind=kind, verdict=verdict, who="Amal", reason="as the report has it", **said)
    return add_decision(ledger, told, now=FIXED_NOW).decision_id


def close(ledger: Ledger, document: str, group: str = "team") -> str:
    with ledger.writing() as connection:
        made = add_group(connection, group, now=FIXED_NOW)
        close_document(connection, document, made.group_id)
    return made.group_id


def found(ledger: Ledger, *words: str, viewer: Viewer = PUBLIC) -> int:
    with ledger.reading() as connection:
        return len(find_reports(connection, viewer, [words], most=99))


def test_an_incident_in_short_says_what_its_reports_say(ledger: Ledger) -> None:
    """Where, when, the range of all claimants, who is blamed, how many claims and reports."""
    raqqa = shown(ledger)["Raqqa"]
    assert (raqqa.title, raqqa.killed, raqqa.injured) == ("People killed in Raqqa, Syria", People(low=7, high=9), None)
    assert (str(raqqa.earliest), raqqa.claims, raqqa.reports, raqqa.sources) == ("2017-05-05", 2, 2, 2)
    assert {(t.facet, t.value) for t in raqqa.terms} >= {
        (Facet.COUNTRY, "SY"),
        (Facet.ACTOR, "syrian-government-forces"),
        (Facet.HARM, "killed"),
    }


def test_a_decision_is_followed(ledger: Ledger) -> None:
    """A rejected figure counts no longer, only its incident is worked out anew, and undoing brings it back."""
    first, second, _ = claims(ledger)
    before = kept(ledger)
    rejected = say(ledger, second, Verdict.REJECT)
    with ledger.reading() as connection:
        assert get_state(connection).behind
    assert not bring_up(ledger, now=fixed_now).behind
    assert shown(ledger)["Raqqa"].killed == People(low=7, high=7)
    assert kept(ledger) == made_anew(ledger)
    say(ledger, second, Verdict.UNDO, replaces=rejected)
    bring_up(ledger, now=fixed_now)
    assert kept(ledger) == before
    assert first


def test_only_what_changed_is_worked_out(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """A decision of one claim costs one incident, and nothing costs nothing."""
    worked: list[int] = []
    bring_up(ledger, now=fixed_now, told=worked.append)
    say(ledger, claims(ledger)[2], Verdict.ACCEPT)
    bring_up(ledger, now=fixed_now, told=worked.append)
    assert worked == [1]


def test_a_merger_is_followed(ledger: Ledger) -> None:
    """Incidents that people merged are one in the list once they are linked again, and none is left behind."""
    first, _, third = claims(ledger)
    say(ledger, first, Verdict.MERGE, value=OtherClaim(claim_id=third))
    link_ledger(ledger, now=fixed_now)
    bring_up(ledger, now=fixed_now)
    (only,) = shown(ledger).values()
    assert (only.claims, only.reports) == (3, 3)
    assert kept(ledger) == made_anew(ledger)


def test_new_reports_are_followed(ledger: Ledger, tmp_path: Path) -> None:
    """What is read later joins the incident once it is linked, and is found at once."""
    read(ledger, tmp_path / "later.jsonl", RAQQA.format(n=12, who="a nurse"))
    bring_up(ledger, now=fixed_now)
    assert (found(ledger, "nurse"), shown(ledger)["Raqqa"].reports) == (1, 2)
    link_ledger(ledger, now=fixed_now)
    bring_up(ledger, now=fixed_now)
    assert shown(ledger)["Raqqa"].killed == People(low=7, high=12)
    assert kept(ledger) == made_anew(ledger)


def test_whoever_is_killed_goes_on(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped after one incident of many, the rest waits, is told of, and is worked out the next time."""
    whole = kept(ledger)
    with ledger.writing() as connection:
        for table in (SHOWN, SHOWN_TERMS, SHOWN_FACETS, SHOWN_DOCUMENTS, SHOWN_STATE):
            connection.execute(delete(table))
    monkeypatch.setattr(projecting, "AT_ONCE", 1)
    assert bring_up(ledger, now=fixed_now, most=1).behind == 1
    assert bring_up(ledger, now=fixed_now).behind == 0
    assert kept(ledger) == whole


# --- documents that only some may see --------------------------------------------------------------------------------


def test_nothing_of_a_closed_document_is_counted(ledger: Ledger) -> None:
    """Its incident goes at once; worked out anew it stands on the open reports alone: figures, claims, reports, terms."""
    first, second, third = documents(ledger)
    group = close(ledger, second)
    assert "Raqqa" not in shown(ledger)
    bring_up(ledger, now=fixed_now)
    raqqa = shown(ledger)["Raqqa"]
    assert (raqqa.killed, raqqa.claims, raqqa.reports, raqqa.copies) == (People(low=7, high=7), 1, 1, 0)
    assert kept(ledger) == made_anew(ledger)
    close(ledger, third, "others")
    bring_up(ledger, now=fixed_now)
    with ledger.reading() as connection:
        assert count_shown(connection, Wanted()).incidents == 1
        assert [choice.value for choice in list_choices(connection, Facet.COUNTRY, most=9)] == ["SY"]
        assert [choice.value for choice in list_choices(connection, Facet.CLAIMANT, most=9)] == ["medic"]
    with ledger.writing() as connection:
        open_document(connection, second, group)
    bring_up(ledger, now=fixed_now)
    assert shown(ledger)["Raqqa"].reports == 2
    assert first


def test_copies_of_a_closed_report_are_copies_of_the_first_open_one() -> None:
    """Two open copies of a closed report are one source, and nothing says that there is a third."""
    pairs = tuple(({"document_id": document}, {"claim_id": f"c{document}"}) for document in "abcd")
    incident = FiledIncident(
        incident=Incident(incident_id="i", founding_claim="ca", claims=("ca", "cb", "cc", "cd")),
        claims=pairs,
        originals={"b": "a", "c": "a", "d": "b"},
        rejected=pairs[:1],
    )
    open_part = projecting._open_part(incident, {"a"})
    assert [document["document_id"] for document, _ in open_part.claims] == ["b", "c", "d"]
    assert (open_part.originals, open_part.rejected) == ({"c": "b", "d": "b"}, ())


def test_search_finds_closed_documents_for_who_may_see_them(ledger: Ledger) -> None:
    """The public finds none of its words; leads do."""
    close(ledger, documents(ledger)[2])
    assert (found(ledger, "stalls"), found(ledger, "stalls", viewer=Viewer(sees_all=True))) == (0, 1)


# --- names of victims ------------------------------------------------------------------------------------------------


def add_victim(ledger: Ledger, document: str, *names: str) -> str:
    victim = enter_victim(
        document, None, quote="of the report", salt="0" * 32, names=names, said={"status": "civilian"}, claims=[]
    )
    add_entered(ledger, victim, who="Bo", reason="", now=FIXED_NOW)
    return victim.victim_id


def test_a_victims_name_is_found_only_once_it_is_released(ledger: Ledger) -> None:
    """A name that is entered is taken out of the words of every report that has it, in any spelling, and comes back with its release."""
    assert found(ledger, "layla", "haddad") == 2
    victim = add_victim(ledger, documents(ledger)[0], "Leila X.", "LAYLA HADDAD")
    bring_up(ledger, now=fixed_now)
    assert (found(ledger, "layla", "haddad"), found(ledger, "layla"), found(ledger, "omar")) == (0, 0, 2)
    say(ledger, victim, Verdict.RELEASE, SubjectKind.VICTIM)
    bring_up(ledger, now=fixed_now)
    assert found(ledger, "layla", "haddad") == 2
    say(ledger, victim, Verdict.WITHHOLD, SubjectKind.VICTIM)
    bring_up(ledger, now=fixed_now)
    assert found(ledger, "haddad") == 0


def rule(ledger: Ledger, name: str) -> int:
    with ledger.writing() as connection:
        return withhold(connection, name, who="Amal", reason="asked for by the family", now=FIXED_NOW)


def test_a_name_of_one_word_is_withheld_everywhere(ledger: Ledger) -> None:
    """As on every page: where in doubt whom a word means, it is struck."""
    add_victim(ledger, documents(ledger)[0], "Omar")
    bring_up(ledger, now=fixed_now)
    assert found(ledger, "omar") == 0


@pytest.mark.parametrize("name", ["Layla Haddad", "LAYLA HADD*", "LaylaHaddad"])
def test_a_name_that_leads_withhold_is_found_only_once_they_lift_it(ledger: Ledger, name: str) -> None:
    """What is struck from pages is in no index, whatever spelling the ruling has; lifting brings it back."""
    number = rule(ledger, name)
    bring_up(ledger, now=fixed_now)
    assert (found(ledger, "layla"), found(ledger, "haddad"), found(ledger, "omar")) == (0, 0, 2)
    with ledger.writing() as connection:
        lift(connection, number, who="Amal", reason="the family allows it", now=FIXED_NOW)
    bring_up(ledger, now=fixed_now)
    assert found(ledger, "layla", "haddad") == 2


def test_a_withheld_name_behind_arabic_prefixes_is_in_no_index(ledger: Ledger, tmp_path: Path) -> None:
    """“And”, “for” and “by” are written together with a name; the index has it neither with them nor without."""
    text = "Raid\n\n4 civilians were killed in Hama on June 1, 2018, a nurse said. وليلى ولليلى حداد here.\n"
    read(ledger, tmp_path / "later.jsonl", text)
    bring_up(ledger, now=fixed_now)
    assert found(ledger, *fold_phrase("وليلى")) == 1
    rule(ledger, "ليلى")
    bring_up(ledger, now=fixed_now)
    assert [found(ledger, *fold_phrase(word)) for word in ("وليلى", "ليلى", "ولليلى", "حداد")] == [0, 0, 0, 1]


def test_nobody_finds_the_reports_that_withhold_a_name(ledger: Ledger) -> None:
    """What holds a name's place in the index is no word that can be asked for."""
    rule(ledger, "Layla Haddad")
    bring_up(ledger, now=fixed_now)
    assert found(ledger, index._HIDDEN) == 0


def test_titles_places_and_claimants_follow_rulings(ledger: Ledger) -> None:
    """What lists, maps and filters show has no name that leads withhold: neither as a title nor as a place nor to choose by."""
    for name in ("Syria", "Raqqa", "medic"):
        rule(ledger, name)
    bring_up(ledger, now=fixed_now)
    (struck,) = [each for place, each in shown(ledger).items() if place != "Mosul"]
    assert (struck.title, struck.where and struck.where.name) == ("People killed in █████, █████", "█████")
    with ledger.reading() as connection:
        labels = [choice.label for choice in list_choices(connection, Facet.CLAIMANT, most=99)]
    assert labels
    assert not [label for label in labels if "medic" in label]


def test_what_waits_to_be_indexed_isnt_found(ledger: Ledger) -> None:
    """Between the entering of a name and the indexing without it, the report is found by nothing."""
    add_victim(ledger, documents(ledger)[0], "Layla Haddad")
    with ledger.writing() as connection:
        projecting._note_changes(connection, read_log(connection))
    assert (found(ledger, "layla"), found(ledger, "raqqa"), found(ledger, "mosul")) == (0, 0, 1)


def test_a_withheld_name_stands_in_no_title(ledger: Ledger, tmp_path: Path) -> None:
    """Titles in lists have blots for its letters."""
    read(
        ledger,
        tmp_path / "later.jsonl",
        "Hama killed\n\n1 civilians were killed in Hama on June 1, 2018, a nurse said.\n",
    )
    link_ledger(ledger, now=fixed_now)
    bring_up(ledger, now=fixed_now)
    assert shown(ledger)["Hama"].title == "People killed in Hama, Syria"
    add_victim(ledger, documents(ledger)[-1], "Hama")
    bring_up(ledger, now=fixed_now)
    assert "Hama" not in shown(ledger)
    assert shown(ledger)["████"].title == "People killed in ████, Syria"
