"""Figures, reports and incidents made for a test of reconciling, with only what it is about said."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from harmledger.domain import (
    Certainty,
    Claimant,
    ClaimedFigure,
    Grade,
    Harm,
    Hedge,
    Polarity,
    ProposedGrade,
    Reconciled,
    Scope,
    SpeakerType,
    Superseded,
    Verdict,
    VictimGroup,
    VictimKind,
)

Record = dict[str, Any]
GRADE = ProposedGrade(grade=Grade.WEAK, reason="a single source", sources=1)


def figure(claim: str = "a", low: int | None = 7, high: int | None = -1, **more: Any) -> ClaimedFigure:
    """Seven people, killed, says the observatory on 5 May 2017, unless told otherwise; `by` names the claimant, `day` the day of May."""
    by = more.pop("by", "observatory")
    kind_of_source = more.pop("type", SpeakerType.MONITOR)
    day = more.pop("day", 5)
    document = more.pop("document_id", f"report of {claim}")
    fields: dict[str, Any] = {
        "claim_id": claim, "document_id": document, "origin_id": more.pop("origin_id", document), "outlet": None,
        "quote": f"{low} were killed", "harm": Harm.KILLED, "low": low, "high": low if high == -1 else high,
        "hedge": Hedge.EXACT, "counted": str(low), "kind": VictimKind.UNKNOWN, "group": None, "scope": Scope.INCIDENT,
        "polarity": Polarity.ASSERTED, "claimant": Claimant(key=by, name=by, type=kind_of_source),
        "said": date(2017, 5, day) if day else None, "actor_id": None, "actor": None, "certainty": None,
        "standing": None, "by_hand": False,
    }  # fmt: skip
    return ClaimedFigure(**{**fields, **more})


def incident(*figures: ClaimedFigure) -> Reconciled:
    return Reconciled(incident_id="incident", figures=figures, responsibility=(), grade=GRADE)


def blaming(claim: str, actor_id: str | None, by: str, **more: Any) -> ClaimedFigure:
    """A figure that names who did it."""
    certainty = more.pop("certainty", Certainty.STATED)
    return figure(claim, by=by, actor_id=actor_id, actor=more.pop("actor", actor_id), certainty=certainty, **more)


@st.composite
def figures(draw: st.DrawFn, least: int = 0) -> list[ClaimedFigure]:
    """Any figures of one incident, with ids that differ."""
    made: list[ClaimedFigure] = []
    for position in range(draw(st.integers(least, 8))):
        low = draw(st.none() | st.integers(0, 40))
        high = draw(st.none() | st.integers(low or 0, 60))
        made.append(
            figure(
                f"claim {position}",
                low,
                high,
                by=draw(st.sampled_from("abc")),
                type=draw(st.sampled_from([SpeakerType.MONITOR, SpeakerType.MEDICAL, SpeakerType.MILITARY])),
                day=draw(st.sampled_from([0, 5, 6, 7])),
                harm=draw(st.sampled_from([Harm.KILLED, Harm.INJURED])),
                kind=draw(st.sampled_from(VictimKind)),
                group=draw(st.none() | st.sampled_from(VictimGroup)),
                scope=draw(st.sampled_from(Scope)),
                polarity=draw(st.sampled_from(Polarity)),
                standing=draw(st.none() | st.sampled_from([Verdict.ACCEPT, Verdict.REJECT, Verdict.HOLD])),
                superseded=draw(st.none() | st.just(Superseded.CORRECTED)),
            )
        )
    return made


# --- records, as the ledger has them ---------------------------------------------------------------------------------


def document(document_id: str, text: str = "", **more: Any) -> Record:
    source = more.pop("source", "a file")
    fetched = more.pop("fetched", "2017-05-05T12:00:00+00:00")
    capture = {"capture_id": "c", "source": source, "fetched": fetched}
    base = {"document_id": document_id, "id": None, "publisher": None, "published": "2017-05-05", "text": text}
    return {**base, "capture": capture, **more}


def claim(claim_id: str, sentence: str, number: str, **more: Any) -> Record:
    """A claim whose counted words are `number`, in `sentence`, which begins the text unless `at` says where."""
    at = more.pop("at", 0)
    start = at + sentence.index(number)
    low = more.pop("low", int(number) if number.isdigit() else None)
    count = {"exact": number, "start": start, "end": start + len(number), "low": low, "high": low, "hedge": "exact"}
    base = {
        "claim_id": claim_id, "harm": "killed", "victims": None, "scope": "incident", "polarity": "asserted",
        "actor": None, "attribution": [], "count": count,
        "quote": {"exact": sentence, "start": at, "end": at + len(sentence)},
    }  # fmt: skip
    return {**base, **more}


def speaker(name: str, *, slug: str | None = None, kind: str = "monitor", said: str | None = None) -> Record:
    days = said and {"earliest": said, "latest": said}
    return {"exact": name, "id": slug, "name": name, "organisation": None, "type": kind, "said": days}


def standing(**more: Any) -> Record:
    """What a record says of how its claim stands."""
    return {"entered": False, "verdict": None, "disputed": False, "corrected": {}, **more}
