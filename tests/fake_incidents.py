"""Incidents ready for export, invented: what tests of exports and releases are made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from harmledger.domain import (
    BlamedActor,
    By,
    Certainty,
    Claimant,
    ClaimedFigure,
    ExportedDocument,
    ExportedIncident,
    ExportedPlace,
    Grade,
    Harm,
    Hedge,
    LeftOut,
    MeansKind,
    PeriodPrecision,
    PlacePrecision,
    Polarity,
    ProposedGrade,
    Quoted,
    Responsibility,
    RollUp,
    Rule,
    Scope,
    SpeakerType,
    Stance,
    Superseded,
    VictimGroup,
    VictimKind,
)

BY = By(engine="fake", version="1", models=("pattern",))
COALITION = BlamedActor(
    actor_id="us-led-coalition",
    name="US-led coalition",
    certainty=Certainty.STATED,
    admits=True,
    denies=False,
    claims=2,
)
ISLAMIC_STATE = BlamedActor(
    actor_id="islamic-state", name="Islamic State", certainty=Certainty.SUSPECTED, admits=False, denies=True, claims=1
)
SYRIAN_ARMY = BlamedActor(actor_id="syrian-government-forces", name="Syrian government forces", certainty=Certainty.STATED, admits=False, denies=False, claims=3)  # fmt: skip
TABQA = ExportedPlace(
    words="the town of Tabqa", name="Tabqa", gazetteer="geonames", id="172374", country="SY", admin1="Raqqa",
    lat=35.83758, lon=38.54828, precision=PlacePrecision.TOWN, radius_m=4000,
)  # fmt: skip


def an_id(letter: str) -> str:
    return letter * 64


def figure(letter: str, low: int | None, high: int | None, **other: Any) -> ClaimedFigure:
    """One figure of doctors, unless told otherwise."""
    said: dict[str, Any] = {
        "claim_id": an_id(letter), "document_id": an_id("d"), "origin_id": an_id("d"), "outlet": "The Euphrates Courier",
        "quote": f"At least {low} were killed, doctors said.", "harm": Harm.KILLED, "low": low, "high": high, "hedge": Hedge.EXACT, "counted": f"{low}",
        "kind": VictimKind.CIVILIAN, "group": None, "scope": Scope.INCIDENT, "polarity": Polarity.ASSERTED,
        "claimant": Claimant(key="doctors", name="doctors", type=SpeakerType.MEDICAL), "said": date(2017, 3, 24),
        "actor_id": "us-led-coalition", "actor": "US-led coalition", "certainty": Certainty.STATED, "standing": None, "by_hand": False,
    }  # fmt: skip
    return ClaimedFigure(**{**said, **other})


def rolled(low: int | None, high: int | None, best: int | None = None, **other: Any) -> RollUp:
    said: dict[str, Any] = {
        "rule": Rule.RANGE, "harm": Harm.KILLED, "kind": None, "group": None, "low": low, "best": best, "high": high,
        "used": (an_id("1"), an_id("2")), "left_out": (), "told": f"{low} to {high} by 2 claimants",
    }  # fmt: skip
    return RollUp(**{**said, **other})


def an_incident(letter: str = "a", **other: Any) -> ExportedIncident:
    """A strike on a market: 13 to 16 killed, four of them children, 27 injured; the coalition admits three."""
    figures = (
        figure("1", 13, None, hedge=Hedge.AT_LEAST),
        figure("2", 16, 16, claimant=Claimant(key="sohr", name="=Observatory", type=SpeakerType.MONITOR), document_id=an_id("e"), origin_id=an_id("e")),
        figure("3", 4, 4, group=VictimGroup.CHILDREN, scope=Scope.PART),
        figure("4", 27, 27, harm=Harm.INJURED, kind=VictimKind.UNKNOWN),
        figure("5", 3, 3, claimant=Claimant(key="us-led-coalition", name="US-led coalition", type=SpeakerType.MILITARY), document_id=an_id("e"), origin_id=an_id("e")),
        figure("6", 9, 9, superseded_by=an_id("1"), superseded=Superseded.LATER, said=date(2017, 3, 23)),
    )  # fmt: skip
    figures = tuple(
        replace(f, claim_id=_of(letter, f.claim_id), superseded_by=_of(letter, f.superseded_by)) for f in figures
    )
    used = tuple(f.claim_id for f in figures[:2])
    said: dict[str, Any] = {
        "incident_id": an_id(letter),
        "old_ids": (an_id("f"),) if letter == "a" else (),
        "earliest": date(2017, 3, 23), "latest": date(2017, 3, 23), "date_precision": PeriodPrecision.DAY, "supposed": None,
        "place": TABQA, "means": (MeansKind.AIRSTRIKE,), "actors": (COALITION, ISLAMIC_STATE),
        "figures": figures,
        "totals": (
            rolled(13, 16, 14, used=used),
            rolled(13, 16, 14, used=used, kind=VictimKind.CIVILIAN),
            rolled(4, 4, 4, used=(figures[2].claim_id,), group=VictimGroup.CHILDREN),
            rolled(27, 27, 27, used=(figures[3].claim_id,), harm=Harm.INJURED, left_out=(LeftOut(claim_id=figures[5].claim_id, reason="superseded"),)),
        ),
        "responsibility": (
            Responsibility(stance=Stance.ADMITS, by="US-led coalition", actor_id="us-led-coalition", actor="US-led coalition", certainty=Certainty.CLAIMED, on=(figures[4].claim_id,)),
        ),
        "grade": ProposedGrade(grade=Grade.CONFIRMED, reason="a belligerent admits it", sources=2),
        "documents": (
            ExportedDocument(document_id=an_id("d"), title="Strike on market, doctors say", outlet="The Euphrates Courier", published=date(2017, 3, 24), language="en", copy_of=None),
            ExportedDocument(document_id=an_id("e"), title="قصف سوق الطبقة", outlet="شبكة الفرات", published=date(2017, 3, 25), language="ar", copy_of=None),
        ),
        "quotes": tuple(
            Quoted(claim_id=f.claim_id, document_id=f.document_id, exact=f.quote, prefix="before ", suffix=" after", start=7, end=7 + len(f.quote), by=BY) for f in figures
        ),
        "rule": Rule.RANGE, "read_by": (BY,),
    }  # fmt: skip
    return ExportedIncident(**{**said, **other})


def _of(letter: str, claim: Any) -> Any:
    return claim and f"{letter}{claim[1:]}"


def a_bare_incident(letter: str = "b") -> ExportedIncident:
    """One of which neither place, day, means nor actor is known; ten displaced, by a claimant who gives no bound."""
    shown = an_incident(letter)
    moved = replace(
        shown.figures[0], harm=Harm.DISPLACED, low=None, high=None, actor=None, actor_id=None, certainty=None
    )
    total = rolled(None, None, harm=Harm.DISPLACED, used=(moved.claim_id,), told="no figure")
    return replace(
        shown, earliest=None, latest=None, date_precision=None, place=None, means=(), actors=(), figures=(moved,), totals=(total,),
        responsibility=(), quotes=shown.quotes[:1], documents=shown.documents[:1], grade=ProposedGrade(grade=None, reason="nobody is named", sources=1),
    )  # fmt: skip
