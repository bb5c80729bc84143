"""What one report tells, in a form that can be kept: linking needs no more of a report ever after.

Comes in: a claim record. Goes out: its tellings, the claims left out, and the print that copies are known by; as plain values too, to be kept and
read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import numpy as np

from harmledger.domain import Figure, Harm, MeansKind, Spot, Telling, Unlinked, VictimGroup
from harmledger.link.copies import Print, Text, take_print
from harmledger.link.decisions import Decided
from harmledger.link.tell import Record, tell_report
from harmledger.text.iso import parse_day

TOLD_BY = "2"
"""To be counted up whenever the same report comes to tell something else: what was kept before is then told anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report's tellings in their order, and what else linking takes of it."""

    tellings: tuple[Telling, ...]
    unlinked: tuple[Unlinked, ...]
    print: Print
    one: tuple[tuple[int, int], ...] = ()
    """Tellings that would be one, but for what people decided."""

    @property
    def words(self) -> frozenset[str]:
        """The words that count towards how rare each is."""
        return frozenset[str]().union(*(telling.report_words for telling in self.tellings))

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims of its tellings."""
        return tuple(claim for telling in self.tellings for claim in telling.claims)


def tell(record: Record, classes: Decided | None = None) -> Told:
    """What a report tells, under what people decided of its claims."""
    document = record["document"]
    decided = classes.claims.intersection(c["claim_id"] for c in record["claims"]) if classes else frozenset[str]()
    told, unlinked = tell_report(record, apart=classes and classes.apart, asked=decided)
    fetched = document.get("capture", {}).get("fetched")
    text = Text(
        document_id=document["document_id"],
        published=_day(document["published"]),
        text=own_words(document),
        fetched=datetime.fromisoformat(fetched) if fetched else None,
    )
    one = tuple(_told_as_one(record, told)) if len(told) > 1 and len(decided) > 1 else ()
    return Told(tellings=tuple(told), unlinked=tuple(unlinked), print=take_print(text), one=one)


def own_words(document: Record) -> str:
    """The report without its page's furniture, which all reports of an outlet share."""
    parts = [part for part in document["parts"] if part["role"] != "furniture"]
    return "\n".join(document["text"][part["start"] : part["end"]] for part in parts)


def _told_as_one(record: Record, told: list[Telling]) -> Iterator[tuple[int, int]]:
    """Pairs of tellings that would be one, had nobody decided on their claims."""
    plain = {claim: t.telling_id for t in tell_report(record)[0] for claim in t.claims}
    home = [plain.get(telling.claims[0]) for telling in told]
    for left in range(len(told)):
        yield from ((left, right) for right in range(left + 1, len(told)) if home[left] == home[right])


# --- kept and read again ---------------------------------------------------------------------------------------------

_DAYS = ("published", "earliest", "latest")
_SETS = ("actors", "means", "groups", "words", "report_words", "names", "places", "weekdays")
_SPOT = ("id", "name", "country", "admin1", "lat", "lon", "radius_km")


def render_told(told: Told) -> Record:
    """As JSON has it; the print apart, which is bytes."""
    return {
        "published": _iso(told.print.published),
        "tellings": [_render(telling) for telling in told.tellings],
        "unlinked": [[left_out.claim_id, left_out.reason] for left_out in told.unlinked],
    }


def parse_told(kept: Record, document_id: str, shingles: bytes, fetched: datetime | None = None) -> Told:
    """The same again; when it was first fetched isn't kept with it."""
    prints = Print(
        document_id=document_id,
        published=_day(kept["published"]),
        shingles=np.frombuffer(shingles, dtype="<u4"),
        fetched=fetched,
    )
    return Told(
        tellings=tuple(_parse(telling, document_id) for telling in kept["tellings"]),
        unlinked=tuple(Unlinked(claim_id=claim, reason=reason) for claim, reason in kept["unlinked"]),
        print=prints,
    )


def render_shingles(told: Told) -> bytes:
    """The print's sequences."""
    return told.print.shingles.astype("<u4").tobytes()


def _render(telling: Telling) -> Record:
    return {
        "claims": list(telling.claims),
        "language": telling.language,
        "dated": telling.dated,
        "another": telling.another,
        "spot": telling.spot and [getattr(telling.spot, name) for name in _SPOT],
        "figures": [[figure.harm.value, figure.low, figure.high] for figure in telling.figures],
        **{name: _iso(getattr(telling, name)) for name in _DAYS},
        **{name: sorted(getattr(telling, name)) for name in _SETS},
    }


def _parse(kept: Record, document_id: str) -> Telling:
    plain: dict[str, Any] = {name: kept[name] for name in ("language", "dated", "another")}
    return Telling(
        telling_id=kept["claims"][0],
        document_id=document_id,
        claims=tuple(kept["claims"]),
        spot=kept["spot"] and Spot(**dict(zip(_SPOT, kept["spot"], strict=True))),
        figures=tuple(Figure(harm=Harm(harm), low=low, high=high) for harm, low, high in kept["figures"]),
        means=frozenset(map(MeansKind, kept["means"])),
        groups=frozenset(map(VictimGroup, kept["groups"])),
        weekdays=frozenset(kept["weekdays"]),
        **{name: _day(kept[name]) for name in _DAYS},
        **{name: _set(kept[name]) for name in ("actors", "words", "report_words", "names", "places")},
        **plain,
    )


def _set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(words)


def _iso(day: date | None) -> str | None:
    return day and day.isoformat()


_day = cache(parse_day)
"""The days of many tellings are few."""
