"""What became of a page's claims from one version to another: the same, changed, added, gone.

Comes in: both versions' claims as they were read, and the passages of their texts. Goes out: each claim of either side once, beside what it became.
A claim is the other's successor by its place first (the same sentence, edited or not), then by its own sentence elsewhere, then by saying the same of
the same people. Nothing is inferred of why.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from harmledger.domain import ChangeKind, ClaimChange, FieldChange, Passage, Span

Record = dict[str, Any]
Place = tuple[str, int] | None
"""The passage that a claim stands in; a passage that is in both texts is one place for both."""
_Placed = tuple[Place, Record]
Key = tuple[Any, ...]
_NOTHING = "no number"


def compare_claims(
    old: Sequence[Record], new: Sequence[Record], passages: Sequence[Passage]
) -> tuple[ClaimChange, ...]:
    """Each claim of both versions once, in the order of the newer one; those that are gone come last."""
    before = _placed(old, [passage.old for passage in passages])
    after = _placed(new, [passage.new for passage in passages])
    pairs = dict(_pair(before, after))
    became = {other: one for one, other in pairs.items()}
    told = [_change(old[became[n]] if n in became else None, claim) for n, (_, claim) in enumerate(after)]
    return (*told, *(_change(claim, None) for n, claim in enumerate(old) if n not in pairs))


def _placed(claims: Iterable[Record], spans: Sequence[Span | None]) -> list[_Placed]:
    """Each claim with the passage that its count stands in."""
    starts = [(span.start, span.end, number) for number, span in enumerate(spans) if span]
    placed: list[_Placed] = []
    for claim in claims:
        at: int | None = claim["count"]["start"]
        found = -1 if at is None else bisect_right(starts, (at, float("inf"), 0)) - 1
        within = at is not None and found >= 0 and at < starts[found][1]
        placed.append((("passage", starts[found][2]) if within else None, claim))
    return placed


# --- which claim became which ----------------------------------------------------------------------------------------


def _pair(before: Sequence[_Placed], after: Sequence[_Placed]) -> Iterator[tuple[int, int]]:
    """Pairs of positions, the surest first: each claim is taken once, those of one key in the order of the text."""
    left, right = set(range(len(before))), set(range(len(after)))
    for key in _KEYS:
        waiting: dict[Key, list[int]] = {}
        for n in sorted(right):
            if (at := key(*after[n])) is not None:
                waiting.setdefault(at, []).append(n)
        for n in sorted(left):
            at = key(*before[n])
            if at is not None and waiting.get(at):
                found = waiting[at].pop(0)
                left.discard(n)
                right.discard(found)
                yield n, found


def _bounds(claim: Record) -> Key:
    return claim["count"]["low"], claim["count"]["high"]


def _victims(claim: Record) -> Key:
    victims: Record = claim["victims"] or {"kind": None, "group": None}
    return victims["kind"], victims["group"]


def _whose(claim: Record) -> Any:
    speaker = claim["attribution"][-1] if claim["attribution"] else None
    return speaker and (speaker["id"] or _fold(speaker["organisation"] or speaker["name"] or speaker["exact"]))


def _sentence(claim: Record) -> str:
    return " ".join(claim["quote"]["exact"].split())


_KEYS: tuple[Callable[[Place, Record], Key | None], ...] = (
    lambda at, c: at and (at, c["harm"], _bounds(c), _victims(c), c["scope"]),
    lambda at, c: at and (at, c["harm"], _victims(c), c["scope"]),
    lambda at, c: at and (at, c["harm"], _bounds(c)),
    lambda at, c: at and (at, c["harm"]),
    lambda at, c: at and (at, _bounds(c)),
    lambda _, c: (_sentence(c), c["harm"], _bounds(c)),
    lambda _, c: (c["harm"], _bounds(c), _victims(c), c["scope"], _whose(c)),
    lambda _, c: (c["harm"], _victims(c), c["scope"], _whose(c)),
)
"""By what an older claim's successor is known, the surest first."""


# --- what it says otherwise ------------------------------------------------------------------------------------------


def _change(old: Record | None, new: Record | None) -> ClaimChange:
    claim = new or old
    assert claim is not None  # noqa: S101  one of both is there
    fields = tuple(_differing(old, new)) if old and new else ()
    kind = ChangeKind.CHANGED if fields else ChangeKind.SAME
    kind = kind if old and new else ChangeKind.ADDED if new else ChangeKind.GONE
    return ClaimChange(
        kind=kind,
        old=None if old is None else old["claim_id"],
        new=None if new is None else new["claim_id"],
        harm=claim["harm"],
        figure=_tell_figure(claim) or _NOTHING,
        old_span=_span(old),
        new_span=_span(new),
        fields=fields,
    )


def _span(claim: Record | None) -> Span | None:
    if claim is None or claim["quote"]["start"] is None:
        return None
    return Span(start=claim["quote"]["start"], end=claim["quote"]["end"])


def _differing(old: Record, new: Record) -> Iterator[FieldChange]:
    for field, (key, tell) in _FIELDS.items():
        if key(old) != key(new):
            yield FieldChange(field=field, before=tell(old), after=tell(new))


def _tell_figure(claim: Record) -> str | None:
    low, high = _bounds(claim)
    if low is None and high is None:
        return None
    if low is None or high is None:
        return f"up to {high:,}" if low is None else f"{low:,} or more"
    about = "about " if claim["count"].get("hedge") == "about" else ""
    return f"{about}{low:,}" if low == high else f"{low:,}–{high:,}"


def _tell_victims(claim: Record) -> str | None:
    kind, group = _victims(claim)
    return ", ".join(filter(None, (None if kind == "unknown" else kind, group))) or None


def _name(part: Record | None) -> str | None:
    return None if part is None else part["name"] or part["exact"]


def _tell_days(claim: Record) -> str | None:
    when: dict[str, str | None] = claim["when"] or {}
    days = (when.get(end) for end in ("earliest", "latest"))
    return " – ".join(dict.fromkeys(day for day in days if day)) or None


def _tell_actor(claim: Record) -> str | None:
    actor = claim["actor"]
    sure = f" ({actor['certainty']})" if actor and actor["certainty"] != "stated" else ""
    return actor and f"{_name(actor)}{sure}"


def _tell_source(claim: Record) -> str | None:
    speakers: Iterable[Record] = reversed(claim["attribution"])
    return ", through ".join(speaker["name"] or speaker["exact"] for speaker in speakers) or None


def _same_name(part: Record | None) -> Any:
    """Who or what is meant, however it is written."""
    return part and (part["id"] or _fold(_name(part) or ""))


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


_FIELDS: dict[str, tuple[Callable[[Record], Any], Callable[[Record], str | None]]] = {
    "figure": (_tell_figure, _tell_figure),
    "harm": (lambda c: c["harm"], lambda c: c["harm"].replace("_", " ")),
    "victims": (_tell_victims, _tell_victims),
    "scope": (lambda c: c["scope"], lambda c: c["scope"]),
    "place": (lambda c: _same_name(c["place"]), lambda c: _name(c["place"])),
    "when": (_tell_days, _tell_days),
    "actor": (lambda c: c["actor"] and (_same_name(c["actor"]), c["actor"]["certainty"]), _tell_actor),
    "means": (lambda c: c["means"] and c["means"]["kind"], lambda c: c["means"] and c["means"]["kind"]),
    "attribution": (lambda c: [_same_name(speaker) for speaker in c["attribution"]], _tell_source),
    "polarity": (lambda c: c["polarity"], lambda c: c["polarity"]),
}
"""Of each field by what two claims differ in it, and how it is told."""
