"""A ledger is linked as its reports come in: little by little it comes to what linking all at once comes to."""

from __future__ import annotations

import random
from collections.abc import Generator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from fake_press import NOW, echoes, file, groups, link, press, rows
from fake_tellings import IDLIB, RAQQA, Record, claim, report
from sqlalchemy import select

from harmledger import linking
from harmledger.domain import Correction, Decision, OtherClaim, Verdict
from harmledger.errors import BadInput, Inconsistent
from harmledger.link.join import Among
from harmledger.linking import explain_two_claims
from harmledger.linking import ledger as ledger_module
from harmledger.linking import near as near_module
from harmledger.linking import told as told_module
from harmledger.linking.near import find_near_to
from harmledger.linking.told import tell_new
from harmledger.review.decide import Said, SubjectKind
from harmledger.review.enter import enter_claim
from harmledger.review.fold import constraints
from harmledger.standing import StandingClaims
from harmledger.store import Ledger, open_ledger
from harmledger.store.decisions import add_decision, add_entered, read_log
from harmledger.store.entered import attach_document
from harmledger.store.schema import LINKS, TELLINGS, WORD_COUNTS
from harmledger.store.told import list_current, load_counts, load_told


@pytest.fixture
def ledger(tmp_path: Path, database: str) -> Generator[Ledger]:
    ledger = open_ledger(tmp_path / "ledger", now=lambda: NOW, database=database)
    yield ledger
    ledger.close()


@pytest.fixture
def near_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is new, only what is near it is looked at."""
    monkeypatch.setattr(ledger_module, "FEW", 1.0)


@pytest.mark.usefixtures("near_only")
@pytest.mark.parametrize("seed", range(4))
def test_little_by_little_is_as_all_that_is_there(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Each small linking comes to the groups, copies and counts that the same linking comes to when it looks at the whole ledger."""
    other = open_ledger(tmp_path / "other", now=lambda: NOW)
    records = press(60, seed)
    for start in range(0, 60, 12):
        for one, few in ((ledger, 1.0), (other, -1.0)):
            monkeypatch.setattr(ledger_module, "FEW", few)
            file(one, records[start : start + 12])
            outcome = link(one)
            assert outcome.claims == sum(map(len, groups(one)))
            assert outcome.incidents == len(groups(one))
        assert groups(ledger) == groups(other)
        assert echoes(ledger) == echoes(other)
        with ledger.reading() as mine, other.reading() as whole:
            assert load_counts(mine) == load_counts(whole)
    other.close()


class Reviewer:
    """Decides at random of what was filed; the same in every ledger that it is given."""

    def __init__(self, seed: int, *ledgers: Ledger) -> None:
        self.chance, self.ledgers = random.Random(seed), ledgers
        self.made: list[Decision] = []

    def decide(self, records: list[Record]) -> None:
        """One decision of some kind."""
        record = self.chance.choice(records)
        claim = self.chance.choice(record["claims"])["claim_id"]
        other = self.chance.choice(self.chance.choice(records)["claims"])["claim_id"]
        match self.chance.randrange(8):
            case 0:
                self.say(claim, Verdict.REJECT)
            case 1 | 2:
                self.say(
                    claim, Verdict.CORRECT, Correction(field="place", value=self.chance.choice(["Idlib", "Raqqa"]))
                )
            case 3:
                self.say(claim, Verdict.MERGE, OtherClaim(claim_id=other))
            case 4:
                self.say(claim, Verdict.SPLIT, OtherClaim(claim_id=other))
            case 5:
                self.say(record["document"]["document_id"], Verdict.NOTHING, kind=SubjectKind.DOCUMENT)
            case 6:
                self.enter(record)
            case _ if self.made:
                made = self.chance.choice(self.made)
                self.say(made.subject, Verdict.UNDO, kind=SubjectKind.CLAIM, replaces=made.decision_id)

    def say(
        self,
        subject: str,
        verdict: Verdict,
        value: object = None,
        *,
        kind: SubjectKind = SubjectKind.CLAIM,
        replaces: str | None = None,
    ) -> None:
        if any(made.subject == subject and made.verdict is Verdict.NOTHING for made in self.made):
            kind = SubjectKind.DOCUMENT
        said = Said(
            subject=subject, kind=kind, verdict=verdict, who="Amal", reason="so", replaces=replaces, value=value
        )
        for ledger in self.ledgers:
            with suppress(BadInput):  # it contradicts another: in both ledgers
                decision = add_decision(ledger, said, now=NOW)
                self.made += [decision] * (ledger is self.ledgers[0] and verdict is not Verdict.UNDO)

    def enter(self, record: Record) -> None:
        """A claim of a report, or of a photograph that tells the same."""
        quote = record["claims"][0]["quote"]["exact"]
        said = {"low": "4", "high": "4", "place": "Raqqa", "earliest": "2017-05-20", "latest": "2017-05-20"}
        whole = self.chance.random() < 0.5
        for ledger in self.ledgers:
            document, text = record["document"]["document_id"], record["document"]["text"]
            if whole:
                document, text = attach_document(ledger, b"\xff" + quote.encode(), source="board.jpg", now=NOW), None
            with suppress(BadInput):  # it was entered before
                add_entered(ledger, enter_claim(document, text, quote=quote, said=said), who="Bo", reason="", now=NOW)


@pytest.mark.parametrize("seed", range(4))
def test_decisions_between_linkings_come_to_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Whatever people rejected, corrected, entered, merged, parted or took back: looking near it comes to what looking at all does."""
    near, whole = (open_ledger(tmp_path / name, now=lambda: NOW) for name in ("near", "whole"))
    records, reviewer = press(48, seed), Reviewer(seed, near, whole)
    for start in range(0, 48, 12):
        for one in (near, whole):
            file(one, records[start : start + 12])
        for _ in range(2):  # with new reports, and without
            for one, few in ((near, 1.0), (whole, -1.0)):
                monkeypatch.setattr(ledger_module, "FEW", few)
                outcome = link(one)
                assert (outcome.claims, outcome.incidents) == (sum(map(len, groups(one))), len(groups(one)))
            assert groups(near) == groups(whole)
            assert_decided(near)
            with near.reading() as mine, whole.reading() as other:
                assert without_zeros(load_counts(mine)) == without_zeros(load_counts(other))
            for _ in range(4):
                reviewer.decide(records[: start + 12])
    assert link(near).left_out == link(whole).left_out
    assert reviewer.made
    for one in (near, whole):
        one.close()


def assert_decided(ledger: Ledger) -> None:
    """Groups hold the claims that stand and no other, those that people merged together, those that they parted apart."""
    home = {claim: group for group in groups(ledger) for claim in group}
    with ledger.reading() as connection:
        log = read_log(connection)
        stood = StandingClaims(connection, ledger.folder)
        assert home.keys() == {claim["claim_id"] for record in stood.reports() for claim in record["claims"]}
    pairs = constraints(log)
    assert all(home[one] == home[other] for one, other in pairs.must_link if {one, other} <= home.keys())
    assert all(home[one] != home[other] for one, other in pairs.cannot_link if {one, other} <= home.keys())


def without_zeros(counts: Mapping[str, int]) -> dict[str, int]:
    return {word: number for word, number in counts.items() if number}


@pytest.mark.usefixtures("near_only")
def test_a_decision_that_stands_stirs_nothing_twice(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once linked, a decision is old: the next linking works out no incident for it, and a pair it put together stays so."""
    records = press(24, 8)
    file(ledger, records)
    link(ledger)
    reviewer = Reviewer(1, ledger)
    one, other = (record["claims"][0]["claim_id"] for record in records[:2])
    reviewer.say(one, Verdict.MERGE, OtherClaim(claim_id=other))
    link(ledger)
    assert any({one, other} <= group for group in groups(ledger))
    asked: list[int] = []
    inner = near_module.link_claims

    def spy(*arguments: object, **more: object) -> object:
        linked = inner(*arguments, **more)
        asked.append(linked.worked_out)
        return linked

    monkeypatch.setattr(near_module, "link_claims", spy)
    link(ledger)
    assert asked == [0]
    assert any({one, other} <= group for group in groups(ledger))


@pytest.mark.usefixtures("near_only")
def test_a_new_reading_takes_the_old_ones_place(ledger: Ledger) -> None:
    """Claims of a reading that is no longer current leave their incidents, and its words are no longer counted."""
    first, *others = press(20, 7)
    file(ledger, [first, *others])
    link(ledger)
    again = report(
        first["document"]["document_id"],
        claim("new", "In Raqqa 3 died at the Ghazal mill.", place=RAQQA, day="2017-05-05"),
    )
    file(ledger, [{**again, "again": "2"}])
    link(ledger)
    held = set().union(*groups(ledger))
    assert "new" in held
    assert not held & {each["claim_id"] for each in first["claims"]}
    found = groups(ledger)
    with ledger.reading() as connection:
        before = load_counts(connection)
    link(ledger, again=True)
    with ledger.reading() as connection:
        assert {w: n for w, n in load_counts(connection).items() if n} == {w: n for w, n in before.items() if n}
    assert set().union(*groups(ledger)) == set().union(*found)


def test_no_report_is_read_twice(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a report tells is worked out when it is linked first, and never again."""
    file(ledger, press(20, 1))
    link(ledger)
    told = rows(ledger, TELLINGS)
    asked: list[str] = []
    monkeypatch.setattr(told_module, "tell", lambda record, *_: asked.append(record["document"]["document_id"]))
    link(ledger, again=True)
    link(ledger)
    assert (asked, rows(ledger, TELLINGS)) == ([], told)


def test_the_same_again_adds_nothing(ledger: Ledger) -> None:
    """A linking without news writes no tie and counts no word."""
    file(ledger, press(20, 2))
    link(ledger)
    before = [rows(ledger, table) for table in (LINKS, WORD_COUNTS)]
    outcome = link(ledger)
    assert (outcome.minted, outcome.merged, outcome.split) == (0, 0, 0)
    assert [rows(ledger, table) for table in (LINKS, WORD_COUNTS)] == before


def test_far_away_reports_are_not_looked_at(ledger: Ledger) -> None:
    """A report of another year is loaded for a new one only where a word that blocking looks at is in both."""
    far = report(
        "far", claim("f", "A mine killed shepherd Ghaith Murad.", place=IDLIB, day="2019-01-01"), published="2019-01-02"
    )
    near = report(
        "near", claim("n", "Shells killed baker Hamdan.", place=RAQQA, day="2017-05-05"), published="2017-05-06"
    )
    file(ledger, [far, near])
    tell_new(ledger, lambda *_: None)
    with ledger.reading() as connection:
        first, second = list_current(connection)
        among = Among(reports=2, holding=dict.fromkeys(["baker", "hamdan", "killed"], 2), echoes=())
        new = [told for _, told in load_told(connection, [second])]
        assert find_near_to(connection, new, among) == {first, second}
        among = Among(reports=2, holding=dict.fromkeys(["baker", "hamdan"], 2), echoes=())
        assert find_near_to(connection, new, among) == {second}


def test_two_who_link_at_once_are_told(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who finds that another linked meanwhile keeps nothing, and says so."""
    file(ledger, press(8, 3))
    inner = ledger_module.keep_linking

    def late(*arguments: object, **more: object) -> int:
        monkeypatch.setattr(ledger_module, "keep_linking", inner)
        connection, standing, change = arguments
        inner(connection, standing, change, **more)
        return inner(*arguments, **more)

    monkeypatch.setattr(ledger_module, "keep_linking", late)
    with pytest.raises(Inconsistent, match="somebody else linked meanwhile"):
        link(ledger)
    assert groups(ledger) == set()


def test_a_report_filed_meanwhile_is_told_first(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is filed between telling and linking is in that linking, not passed over for good."""
    first, *late = press(8, 6)
    file(ledger, [first])

    def tell_then_file(*arguments: object) -> None:
        tell_new(*arguments)
        if late:
            file(ledger, late)
            late.clear()

    monkeypatch.setattr(ledger_module, "tell_new", tell_then_file)
    link(ledger)
    assert_decided(ledger)


@pytest.mark.usefixtures("near_only")
def test_why_gives_the_numbers_that_were_kept(ledger: Ledger) -> None:
    """The score of a tie, and what each reason adds, are those that `why` tells in words."""
    file(ledger, press(24, 4))
    link(ledger)
    with ledger.reading() as connection:
        for row in connection.execute(select(LINKS)).all()[:10]:
            found = explain_two_claims(connection, ledger.folder, row.left_claim, row.right_claim)
            assert not isinstance(found, str)
            assert found.score == pytest.approx(row.score, abs=1e-4)
            assert {r.feature: [r.value, r.adds] for r in found.reasons} == row.reasons


def test_progress_is_told(ledger: Ledger) -> None:
    """A watcher hears of every step, and that each comes to its end."""
    file(ledger, press(12, 5))
    heard: dict[str, tuple[int, int]] = {}
    linking.link_ledger(ledger, now=lambda: NOW, watch=lambda what, done, of: heard.update({what: (done, of)}))
    assert {"reading reports", "loading"} <= heard.keys()
    assert all(done == of for done, of in heard.values())
