"""From a report's claims to its tellings: which of them speak of one event.

Comes in: a claim record, as `read` gives it. Goes out: tellings, and the claims that can't be linked with the reason. A report's claims are
one telling as long as places and days agree; another place, another day, or words that say "another strike" begin the next one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from harmledger.domain import Figure, Harm, MeansKind, Spot, Telling, Unlinked, VictimGroup
from harmledger.link.space import is_within
from harmledger.text.wording import Word, find_words

Record = dict[str, Any]
Apart = Callable[[str, str], bool]

CUMULATIVE = "counts the victims of several events"
REPORT_CHARS = 3000
"""Of a report's text that is compared: what follows its first dozen paragraphs is mostly background."""
BEFORE_PUBLISHED_DAYS = 2
"""News tells of today, yesterday or the day before where it names no day."""
LONGEST_GUESS_DAYS = 10
"""A publication day known less well than this says nothing of when something happened."""
LEAST_STEMMED = 5
"""Letters of an Arabic word from which its first is taken for a particle: shorter ones are mostly roots."""
ANOTHER = re.compile(
    r"\b(?:another|second|third|separate|different)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:(?:air|drone)\s?)?(?:strikes?|raids?|attacks?|shootings?|incidents?|bombings?|explosions?|shelling)\b"
    r"|\bseparately\b|\belsewhere in\b"
    r"|(?:غارة|غارات|هجوم|هجمات|حادث|حادثة|قصف|ضربة|انفجار)\s+(?:\S+\s+)?(?:أخرى|اخرى|آخر|اخر|ثاني|ثانية|منفصل|منفصلة)",
    re.IGNORECASE,
)


def tell_report(
    record: Record, *, apart: Apart | None = None, asked: Collection[str] = ()
) -> tuple[list[Telling], list[Unlinked]]:
    """A report's tellings and the claims left out of them.

    `apart` says which claims may share no telling; those `asked` for, since somebody has decided on them, are never left out.
    """
    drafts: list[_Draft] = []
    unlinked: list[Unlinked] = []
    for claim in record["claims"]:
        if claim["scope"] == "cumulative" and claim["claim_id"] not in asked:
            unlinked.append(Unlinked(claim_id=claim["claim_id"], reason=CUMULATIVE))
        else:
            _find_home(claim, drafts, apart or _never).claims.append(claim)
    if not drafts:
        return [], unlinked
    words = _ReportWords(record["document"], drafts)
    return [_finish(draft, record["document"], words.of(n)) for n, draft in enumerate(drafts)], unlinked


def tell_whole(record: Record, telling_id: str) -> Telling:
    """A report as one telling, claims or none: for corpora whose reports are of one event each."""
    claims = [claim for claim in record["claims"] if claim["scope"] != "cumulative"]
    draft = _Draft(claims=claims, another=False)
    return _finish(draft, record["document"], _ReportWords(record["document"], [draft]).of(0), telling_id)


@dataclass(slots=True)
class _Draft:
    """Claims that so far speak of one event."""

    claims: list[Record] = field(default_factory=list[Record])
    another: bool = False


def _find_home(claim: Record, drafts: list[_Draft], apart: Apart) -> _Draft:
    """The telling that a claim belongs to: its whole's, its sentence's, or the last that agrees; else a new one."""
    fitting = [d for d in reversed(drafts) if not any(apart(claim["claim_id"], c["claim_id"]) for c in d.claims)]
    for draft in fitting:
        if any(claim["part_of"] == other["claim_id"] for other in draft.claims):
            return draft
    beside = [d for d in fitting if any(c["quote"]["start"] == claim["quote"]["start"] for c in d.claims)]
    another = not beside and ANOTHER.search(claim["quote"]["exact"]) is not None
    if not another:
        for draft in (*beside, *fitting):
            if _agrees(claim, draft):
                return draft
    drafts.append(_Draft(another=another))
    return drafts[-1]


def _agrees(claim: Record, draft: _Draft) -> bool:
    """Whether neither place nor days stand against it; what isn't stated stands against nothing."""
    spot, days = _spot(claim["place"]), _days(claim["when"])
    draft_spot, draft_days = _finest_spot(draft.claims), _narrowest_days(draft.claims)
    places = spot is None or draft_spot is None or is_within(spot, draft_spot)
    times = days is None or draft_days is None or (days[0] <= draft_days[1] and draft_days[0] <= days[1])
    return places and times


# --- a telling of its claims -----------------------------------------------------------------------------------------


class _ReportWords:
    """The words of a report, each of the telling whose claim was told last before it; those before all claims are of the first."""

    def __init__(self, document: Record, drafts: Sequence[_Draft]) -> None:
        text: str = document["text"]
        starts = sorted((claim["quote"]["start"] or 0, n) for n, draft in enumerate(drafts) for claim in draft.claims)
        self._words: list[set[str]] = [set() for _ in drafts]
        self._names: list[set[str]] = [set() for _ in drafts]
        for part in document["parts"]:
            if part["role"] == "furniture":
                continue
            for word in find_words(text, part["start"], min(part["end"], REPORT_CHARS)):
                at = bisect_right(starts, (word.start, len(drafts))) - 1
                owner = starts[max(0, at)][1] if starts else 0
                self._add(owner, word, within=text[max(0, word.start - 2) : word.start].strip(" ").isalnum())

    def of(self, number: int) -> tuple[frozenset[str], frozenset[str]]:
        """The words of one of the tellings, and those that are names."""
        return frozenset(self._words[number]), frozenset(self._names[number])

    def _add(self, owner: int, word: Word, *, within: bool) -> None:
        if len(word.fold) > 1:
            self._words[owner].add(_stem(word.fold))
            if word.capital and within:
                self._names[owner].add(word.fold)


def _finish(
    draft: _Draft, document: Record, own: tuple[frozenset[str], frozenset[str]], telling_id: str | None = None
) -> Telling:
    claims = draft.claims
    report_words, names = own
    stated = _narrowest_days(claims)
    days = stated or guess_days(document)
    return Telling(
        telling_id=telling_id or claims[0]["claim_id"],
        document_id=document["document_id"],
        claims=tuple(claim["claim_id"] for claim in claims),
        language=document["language"],
        published=_day(document["published"]),
        earliest=days and days[0],
        latest=days and days[1],
        dated=stated is not None,
        spot=_finest_spot(claims),
        actors=frozenset(c["actor"]["id"] for c in claims if c["actor"] and c["actor"]["id"]),
        means=frozenset(MeansKind(c["means"]["kind"]) for c in claims if c["means"]),
        figures=tuple(_figure(c) for c in claims if c["scope"] == "incident"),
        groups=frozenset(VictimGroup(c["victims"]["group"]) for c in claims if c["victims"] and c["victims"]["group"]),
        words=_fold_all(c["quote"]["exact"] for c in claims),
        report_words=report_words,
        names=names,
        another=draft.another,
    )


def _figure(claim: Record) -> Figure:
    return Figure(harm=Harm(claim["harm"]), low=claim["count"]["low"], high=claim["count"]["high"])


def _fold_all(sentences: Iterable[str]) -> frozenset[str]:
    return frozenset(_stem(w.fold) for sentence in set(sentences) for w in find_words(sentence) if len(w.fold) > 1)


def _stem(fold: str) -> str:
    """An Arabic word without the "and", "in", "for", "so" that are written as its first letter."""
    return fold[1:] if len(fold) >= LEAST_STEMMED and fold[0] in "وبلف" else fold


def _finest_spot(claims: Sequence[Record]) -> Spot | None:
    """The place named most finely; of several as fine the one named most often, then first."""
    spots = [spot for claim in claims if (spot := _spot(claim["place"]))]
    return min(spots, key=lambda s: (s.radius_km, -spots.count(s), spots.index(s)), default=None)


def _spot(place: Record | None) -> Spot | None:
    if not place or place["lat"] is None or place["radius_m"] is None:
        return None
    return Spot(
        id=place["id"],
        name=place["name"],
        country=place["country"],
        admin1=place["admin1"],
        lat=place["lat"],
        lon=place["lon"],
        radius_km=place["radius_m"] / 1000,
    )


def _narrowest_days(claims: Collection[Record]) -> tuple[date, date] | None:
    periods = [days for claim in claims if (days := _days(claim["when"]))]
    return min(periods, key=lambda d: d[1] - d[0], default=None)


def _days(when: Record | None) -> tuple[date, date] | None:
    if not when or not when["earliest"] or not when["latest"]:
        return None
    return date.fromisoformat(when["earliest"]), date.fromisoformat(when["latest"])


def guess_days(document: Record) -> tuple[date, date] | None:
    """Where no claim says when: shortly before the publication, if that is known well enough."""
    first = _day(document["published_earliest"] or document["published"])
    last = _day(document["published_latest"] or document["published"])
    if not first or not last or (last - first).days > LONGEST_GUESS_DAYS:
        return None
    return first - timedelta(days=BEFORE_PUBLISHED_DAYS), last


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _never(_left: str, _right: str) -> bool:
    return False
