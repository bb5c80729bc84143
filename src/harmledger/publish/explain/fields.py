"""Why a claim was read as it was: for each field the words that gave it, how sure the engine was, and what rules made of them.

Comes in: the record of a report and one claim of it, the engine's reasons, and the harm words of the text. Goes out: a few lines a
field, for a terminal. Nothing is read anew: what the record or the reasons don't hold is said not to be known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from harmledger.publish.explain.rules import explain_date, explain_number, explain_screen
from harmledger.publish.explain.words import quote_words, tell_words
from harmledger.publish.gloss import OUTLET
from harmledger.publish.record import Record
from harmledger.publish.wording import isolate, isolate_words, render_days, render_plain

_REASON = re.compile(
    r"(?P<name>count|harm|kind|group|scope|means|polarity|victims|place|when|actor|source): (?P<answer>.+?)(?: (?P<belief>[01]\.\d+))?"
)
"""An engine's answer to one question, and its belief in it where it has one; other reasons stand as they are."""
_CALIBRATED = frozenset({"encoder"})
"""Engines whose confidence is fitted to how often they are right."""
_NO_REASONS = "the reading holds no reasons: its engine gave none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What a claim is explained from."""

    document: Record
    claim: Record
    answers: Mapping[str, tuple[str, str | None]]
    """By question ("harm", "place") the engine's answer and its belief in it."""


def explain_claim(
    record: Record, claim: Record, *, reasons: Iterable[str], harm_words: Sequence[int]
) -> dict[str, str]:
    """Each field of the claim by its name, with the lines that explain it; `harm_words` are the offsets of all in the text."""
    reasons = tuple(reasons)
    found = {reason: match for reason in reasons if (match := _REASON.fullmatch(reason))}
    answers = {match["name"]: (match["answer"], match["belief"]) for match in found.values()}
    seen = Explained(document=record["document"], claim=claim, answers=answers)
    fields = {name: "\n".join(explain(seen)) for name, explain in _FIELDS.items()}
    others = "\n".join(render_plain(reason) for reason in reasons if reason not in found)
    screen = "\n".join(explain_screen(seen.document["text"], claim, harm_words))
    return {"screen": screen, **fields, "reasons": others if reasons else _NO_REASONS}


def _count(seen: Explained) -> list[str]:
    count, document = seen.claim["count"], seen.document
    return [tell_words(count, seen.claim, document) + _believed(seen, "count"), *explain_number(count)]


def _harm(seen: Explained) -> list[str]:
    return [seen.claim["harm"].replace("_", " ") + _believed(seen, "harm", seen.claim["harm"])]


def _victims(seen: Explained) -> list[str]:
    victims = seen.claim["victims"]
    if not victims:
        return ["not told whom" + _believed(seen, "victims")]
    return [
        tell_words(victims, seen.claim, seen.document) + _believed(seen, "victims"),
        f"kind {victims['kind']}{_believed(seen, 'kind', victims['kind'])}",
        f"group {victims['group'] or 'none'}{_believed(seen, 'group', str(victims['group']))}",
    ]


def _scope(seen: Explained) -> list[str]:
    scope, part_of = seen.claim["scope"], seen.claim["part_of"]
    whole = f", of the claim {part_of}: the nearest of the same harm that can hold it" if part_of else ""
    return [f"{scope}{_believed(seen, 'scope', scope)}{whole}"]


def _place(seen: Explained) -> list[str]:
    place = seen.claim["place"]
    if not place:
        return ["no place" + _believed(seen, "place")]
    return [tell_words(place, seen.claim, seen.document) + _believed(seen, "place"), f"→ {_resolved_place(place)}"]


def _resolved_place(place: Record) -> str:
    if not place["name"]:
        return "kept as words: no place of the gazetteer fits them in this text"
    name = render_plain(", ".join(filter(None, (place["name"], place["admin1"], place["country"]))))
    entry = " ".join(filter(None, (place["gazetteer"], place["id"]))) or "a place without an id"
    point = "no point" if place["lat"] is None else f"at {place['lat']}, {place['lon']}"
    radius = "" if place["radius_m"] is None else f", within {place['radius_m']:,} m"
    return f"{name}: {render_plain(entry)}, {point}, precise to {place['precision']}{radius}"


def _date(seen: Explained) -> list[str]:
    when = seen.claim["when"]
    if not when:
        return ["no words of time" + _believed(seen, "when")]
    told = tell_words(when, seen.claim, seen.document) + _believed(seen, "when")
    return [told, *explain_date(when, seen.document)]


def _actor(seen: Explained) -> list[str]:
    actor = seen.claim["actor"]
    if not actor:
        return ["nobody is said to have done it" + _believed(seen, "actor")]
    return [
        tell_words(actor, seen.claim, seen.document) + _believed(seen, "actor"),
        f"→ {_known(actor)}",
        f"{actor['certainty']}: {_CERTAINTIES[actor['certainty']]}",
    ]


_CERTAINTIES = {
    "stated": "no word of doubt, denial or admission stands at the naming",
    "suspected": "a word of doubt stands at the naming",
    "claimed": "the actor says so itself, or the sentence tells an admission",
    "denied": "a denial follows the naming",
}


def _known(found: Record) -> str:
    """Whom the registry knows by these words."""
    name = isolate(render_plain(found["name"] or ""))
    if found["id"]:
        return f"{name or 'somebody'} ({render_plain(found['id'])} of the registry)"
    return f"{name}, as the report names them; not in the registry" if name else "kept as words: nobody of the registry"


def _means(seen: Explained) -> list[str]:
    means = seen.claim["means"]
    if not means:
        return ["no word tells by what" + _believed(seen, "means")]
    told = tell_words(means, seen.claim, seen.document)
    return [f"{means['kind']}{_believed(seen, 'means', means['kind'])}", f"{told}: the nearest word for it"]


def _source(seen: Explained) -> list[str]:
    speakers = seen.claim["attribution"]
    if not speakers:
        return [f"{OUTLET}: nobody is quoted{_believed(seen, 'source')}"]
    lines = [line for speaker in speakers[:-1] for line in _speaker(speaker, seen, "handed on by ")]
    first, *others = _speaker(speakers[-1], seen, "")
    return [*lines, first + _believed(seen, "source"), *others]


def _speaker(speaker: Record, seen: Explained, link: str) -> list[str]:
    cue = f", by {quote_words(speaker['cue'])} at {speaker['cue_start']}" if speaker["cue"] else ""
    told = f"→ {_known(speaker)}; type {speaker['type']}{_of(speaker)}"
    return [f"{link}{tell_words(speaker, seen.claim, seen.document)}{cue}", told]


def _of(speaker: Record) -> str:
    """Role, organisation and day of a speaker, as far as they are known."""
    role = f", role {isolate_words(render_plain(speaker['role']))}" if speaker["role"] else ""
    organisation = f", of {render_plain(speaker['organisation'])}" if speaker["organisation"] else ""
    said = render_days(speaker["said"])
    return f"{role}{organisation}{f', said {said}' if said else ''}"


def _polarity(seen: Explained) -> list[str]:
    polarity = seen.claim["polarity"]
    answer, belief = seen.answers.get("polarity", (polarity, None))
    rule = "" if belief is None or answer == polarity else ", by words before the figure that govern it"
    return [f"{polarity}{rule}{_believed(seen, 'polarity', polarity)}"]


def _confidence(seen: Explained) -> list[str]:
    share = seen.claim["confidence"]
    if seen.claim["by"]["engine"] not in _CALIBRATED:
        return [f"{share:.2f}, not fitted to how often this engine is right"]
    return [f"{share:.2f}: of claims given as much, {share:.0%} have count, harm and kind right"]


def _by(seen: Explained) -> list[str]:
    by = seen.claim["by"]
    return [render_plain(" ".join((by["engine"], by["version"], *by["models"])))]


def _english(seen: Explained) -> list[str]:
    return [render_plain(seen.claim["gloss"] or "")]


def _believed(seen: Explained, question: str, read: str = "") -> str:
    """How sure the engine was of what was read, or what it had answered instead."""
    if question not in seen.answers:
        return ""
    answer, belief = seen.answers[question]
    if belief is None:
        return f" · {isolate_words(render_plain(answer))}"
    other = "" if answer in (read, *_POINTED) else f"the engine saw {render_plain(answer)}, "
    return f" · {other}believed {belief}"


_POINTED = ("tagged", "pointed at", "not stated")
"""Answers that say only that words were found, or none."""
_FIELDS: dict[str, Callable[[Explained], list[str]]] = {
    "in English": _english,
    "count": _count,
    "harm": _harm,
    "victims": _victims,
    "scope": _scope,
    "place": _place,
    "date": _date,
    "actor": _actor,
    "means": _means,
    "who says so": _source,
    "polarity": _polarity,
    "confidence": _confidence,
    "read by": _by,
}
"""Fields in the order in which they are explained."""
