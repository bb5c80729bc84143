"""A claim stands as people left it, in the shape that a machine gives, and nothing that a machine read is changed."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

import pytest
from decisions import Log

from harmledger.domain import Entered, Harm, MeansKind, Polarity, Scope, Standing, Verdict, VictimKind
from harmledger.review.fold import fold
from harmledger.review.stand import Record, is_taken_out, stand_claim, stand_entered

WORDS = {"exact": "ten people", "start": 4, "end": 14}
CLAIM: Record = {
    "claim_id": "a",
    "document_id": "d",
    "quote": {"exact": "The ten people died.", "prefix": "", "suffix": "", "start": 0, "end": 20},
    "count": {**WORDS, "low": 10, "high": 10, "hedge": "exact"},
    "harm": "killed",
    "victims": {**WORDS, "kind": "unknown", "group": None},
    "scope": "incident",
    "part_of": None,
    "place": {"exact": "Raqqa", "start": 1, "end": 2, "name": "Raqqa", "country": "SY", "lat": 35.9},
    "when": {"exact": "Friday", "start": 1, "end": 2, "earliest": "2017-05-05", "latest": "2017-05-05", "precision": "day"},
    "actor": {"exact": "jets", "start": 1, "end": 2, "id": None, "name": None, "certainty": "suspected"},
    "means": None,
    "attribution": [{"exact": "an agency", "name": None}, {"exact": "a medic", "name": None}],
    "polarity": "asserted",
    "confidence": 0.9,
    "by": {"engine": "encoder", "version": "1", "models": []},
}  # fmt: skip


class FakeNames:
    """Knows every name, and says so."""

    def place(self, said: str, quote: Record, *, country: str | None) -> Record:  # noqa: ARG002  as `LooksUp` has it
        return {"exact": said, "start": None, "end": None, "name": said.title(), "country": country}

    def actor(self, said: str, quote: Record) -> Record:  # noqa: ARG002  as `LooksUp` has it
        return {"exact": said, "start": None, "end": None, "name": said.title(), "certainty": "stated"}

    def speaker(self, said: str, quote: Record) -> Record:  # noqa: ARG002  as `LooksUp` has it
        return {"exact": said, "name": said.title()}

    def precision(self, earliest: str | None, latest: str | None) -> str | None:
        return "day" if earliest == latest else "longer"


def stood(log: Log) -> Record:
    return stand_claim(CLAIM, standing(log), FakeNames())


def standing(log: Log, subject: str = "a") -> Standing:
    return fold(log.decisions).standing(subject, document="d")


@pytest.mark.parametrize(
    ("field", "value", "part", "expected"),
    [
        ("low", 12, "count", {**WORDS, "low": 12, "high": 12, "hedge": None}),
        ("harm", "injured", "harm", "injured"),
        ("polarity", "denied", "polarity", "denied"),
        ("group", "children", "victims", {**WORDS, "kind": "unknown", "group": "children"}),
        ("kind", None, "victims", None),
        ("place", "idlib", "place", {"exact": "idlib", "start": None, "end": None, "name": "Idlib", "country": "SY"}),
        ("place", None, "place", None),
        ("actor", "russia", "actor", {"exact": "russia", "start": None, "end": None, "name": "Russia", "certainty": "suspected"}),
        ("means", "airstrike", "means", {"exact": "The ten people died.", "start": 0, "end": 20, "kind": "airstrike"}),
        ("claimant", None, "attribution", []),
        ("claimant", "sana", "attribution", [CLAIM["attribution"][0], {"exact": "sana", "name": "Sana"}]),
    ],
)  # fmt: skip
def test_a_correction_changes_its_part_alone(field: str, value: int | str | None, part: str, expected: object) -> None:
    """The part of the record that a field belongs to says what the person said; all other parts are the machine's."""
    log = Log()
    if field == "low":
        log.correct("a", "high", value)
    log.correct("a", field, value)
    before = deepcopy(CLAIM)
    found = stood(log)
    assert before == CLAIM
    assert found[part] == expected
    assert {name: found[name] for name in CLAIM if name != part} == {n: CLAIM[n] for n in CLAIM if n != part}


def test_days_are_those_of_the_person() -> None:
    """Corrected days carry their own words and no place in the text; without both ends there is no time."""
    log = Log()
    log.correct("a", "latest", "2017-05-07")
    found = stood(log)
    assert found["when"] == {
        "exact": "2017-05-05 – 2017-05-07", "start": None, "end": None,
        "earliest": "2017-05-05", "latest": "2017-05-07", "precision": "longer",
    }  # fmt: skip
    log.correct("a", "earliest", None)
    log.correct("a", "latest", None)
    assert stood(log)["when"] is None


def test_what_is_peoples_says_so() -> None:
    """The standing names the verdict and what each corrected field said before; a claim that nobody decided is the machine's own record."""
    log = Log()
    assert stood(log) is CLAIM
    log.correct("a", "low", 9)
    log.add("a", Verdict.ACCEPT)
    found = stood(log)
    assert found["standing"] == {"entered": False, "verdict": "accept", "disputed": False, "corrected": {"low": 10}}


def test_rejected_claims_stand_no_longer() -> None:
    """A rejected claim is none, nor is one of a document in which a person found nothing; a held one stands, and so does one whose rejection is undone."""
    log = Log()
    log.add("a", Verdict.HOLD)
    assert not is_taken_out(stood(log))
    rejection = log.add("a", Verdict.REJECT)
    assert is_taken_out(stood(log))
    assert stood(log)["count"] == CLAIM["count"]
    log.undo(rejection)
    assert not is_taken_out(stood(log))
    assert not is_taken_out(CLAIM)
    nothing = Standing(subject="a", verdict=Verdict.NOTHING, corrections=(), disputed=False, in_effect=())
    assert is_taken_out(stand_claim(CLAIM, nothing, FakeNames()))


ENTERED = Entered(
    entry_id="e", document_id="d", quote="ten died", start=40, end=48, harm=Harm.KILLED, low=10, high=None, kind=VictimKind.CIVILIAN, group=None,
    scope=Scope.INCIDENT, polarity=Polarity.ASSERTED, place="raqqa", earliest=date(2017, 5, 5), latest=date(2017, 5, 5), actor=None,
    means=MeansKind.SHELLING, claimant="a nurse",
)  # fmt: skip


def test_an_entered_claim_has_a_machines_shape() -> None:
    """Every part of the record is there, standing on the quote or the person's own words; no engine and no confidence are claimed."""
    text = "x" * 40 + "ten died" + "y" * 40
    found = stand_entered(ENTERED, standing(Log(), "e"), FakeNames(), text)
    assert set(found) == {*CLAIM, "standing"}
    assert (found["by"]["engine"], found["confidence"], found["part_of"]) == ("person", None, None)
    assert found["quote"] == {"exact": "ten died", "prefix": "x" * 32, "suffix": "y" * 32, "start": 40, "end": 48}
    assert found["count"] == {"exact": "ten died", "start": 40, "end": 48, "low": 10, "high": None, "hedge": None}
    assert found["victims"]["kind"] == "civilian"
    assert found["place"]["name"] == "Raqqa"
    assert found["when"]["precision"] == "day"
    assert found["attribution"] == [{"exact": "a nurse", "name": "A Nurse"}]
    assert found["standing"] == {"entered": True, "verdict": None, "disputed": False, "corrected": {}}


def test_an_entered_claim_is_corrected_and_rejected_too() -> None:
    """What one person entered another may correct or reject; what it said before is told."""
    log = Log()
    log.correct("e", "low", 4)
    found = stand_entered(ENTERED, standing(log, "e"), FakeNames(), None)
    assert (found["count"]["low"], found["standing"]["corrected"]) == (4, {"low": 10})
    log.add("e", Verdict.REJECT)
    assert is_taken_out(stand_entered(ENTERED, standing(log, "e"), FakeNames(), None))
