"""What in a page a reply may point at: the sentences and figures that this visitor is shown there, and the one that is chosen.

A choice is places alone; its words are taken from what is shown, so that nobody learns by trying what isn't.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from harmledger.domain import ReplySubject, ReplySubjectKind, Target
from harmledger.errors import BadInput, NotFound
from harmledger.publish.marked import render_words
from harmledger.publish.record import Record
from harmledger.reply.checks import LONGEST_TARGET
from harmledger.review.fields import PARSERS
from harmledger.store.one_incident import find_document_of, find_incident
from harmledger.store.withheld import load_withholding
from harmledger.text.sentences import split_sentences
from harmledger.web.record.look import only_seen, title_of
from harmledger.web.record.report import look_at_report
from harmledger.web.visit import Visit
from harmledger.web.words import render_bounds

MOST_LISTED = 400
"""Sentences that a page lists; of a longer text the others are chosen in the report itself."""
MOST_DIGITS = 9
AGAIN = "choose it in the text as it is shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen, as an address or a form says it."""

    claim: str = ""
    start: int | None = None
    end: int | None = None
    field: str = ""

    @property
    def is_made(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.claim) or self.start is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A stretch of what is shown."""

    text: str
    start: int | None
    claim_id: str = ""
    figure: str = ""
    """Of a claim, what it counts, in words."""

    @property
    def key(self) -> str:
        """How a button names it."""
        return f"c:{self.claim_id}" if self.claim_id else f"s:{self.start}-{(self.start or 0) + len(self.text)}"

    @property
    def html(self) -> Markup:
        """It as it is shown."""
        return Markup(render_words(self.text))  # noqa: S704  the module escapes all of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosable:
    """All that may be pointed at on one page."""

    title: str
    claims: Sequence[Words]
    texts: Sequence[Words] = ()
    """Paragraphs, as far as they are shown."""

    @property
    def sentences(self) -> Sequence[Words]:
        """Those of the paragraphs."""
        return list(_sentences(self.texts))


def read_choice(given: Mapping[str, str]) -> Choice:
    """What a form or an address says; `choose`, a button's value, goes before all else. What makes no sense is no choice."""
    kind, _, value = given.get("choose", "").partition(":")
    field = given.get("field", "")
    field = field if field in PARSERS else ""
    if kind == "c":
        return Choice(claim=value[:64], field=field)
    start, _, end = value.partition("-") if kind == "s" else (given.get("start", ""), "", given.get("end", ""))
    places = (_number(start), _number(end))
    start_at, end_at = places if None not in places else (None, None)
    return Choice(claim="" if kind == "s" else given.get("claim", "")[:64], start=start_at, end=end_at, field=field)


def list_choosable(visit: Visit, subject: ReplySubject) -> Choosable:
    """What the visitor is shown of the subject.

    Raises:
        NotFound: it isn't there, or may not be seen.
    """
    match subject.kind:
        case ReplySubjectKind.INCIDENT:
            return _of_incident(visit, subject.id)
        case ReplySubjectKind.DOCUMENT:
            return _of_report(visit, subject.id)
        case ReplySubjectKind.CLAIM:
            document = find_document_of(visit.connection, visit.viewer, subject.id)
            if document is None:
                raise _nothing(subject)
            report = _of_report(visit, document)
            return Choosable(title=report.title, claims=[c for c in report.claims if c.claim_id == subject.id])


def find_chosen(choosable: Choosable, choice: Choice) -> Target | None:
    """The chosen words; None where nothing is chosen.

    Raises:
        BadInput: they aren't among those that are shown.
    """
    if not choice.is_made:
        return None
    among = [c for c in choosable.claims if c.claim_id == choice.claim] if choice.claim else choosable.texts
    for words in among:
        if target := _within(words, choice):
            return target
    raise BadInput("these words don't stand there, or not in one paragraph", "what you chose", AGAIN)


def _within(words: Words, choice: Choice) -> Target | None:
    text, start = words.text, words.start
    if choice.start is not None and choice.end is not None and start is not None:
        if not start <= choice.start < choice.end <= start + len(text):
            return None
        text, start = text[choice.start - start : choice.end - start], choice.start
    if not 0 < len(text.strip()) <= LONGEST_TARGET:
        return None
    end = None if start is None else start + len(text)
    field, claim = choice.field or None, words.claim_id or None
    return Target(exact=text, start=start, end=end, field=field if claim else None, claim_id=claim)


def _of_report(visit: Visit, document: str) -> Choosable:
    looked = look_at_report(visit, document)
    text: str = looked.record["document"].get("text") or ""
    shown = [block for block in looked.laid_out.blocks if block.html is not None]
    return Choosable(
        title=looked.record["document"]["title"] or "",
        claims=[_words(claim) for claim in looked.record["claims"]],
        texts=[Words(text=text[block.start : block.end], start=block.start) for block in shown],
    )


def _of_incident(visit: Visit, incident: str) -> Choosable:
    found, stands = find_incident(visit.connection, visit.viewer, incident), visit.stands()
    filed = found and only_seen(visit, found, stands.incident(found))
    if not filed or not filed.claims:
        raise _nothing(ReplySubject(kind=ReplySubjectKind.INCIDENT, id=incident))
    withholding = load_withholding(visit.connection)
    claims = [_words(withholding.record(claim)) for _, claim in filed.claims]
    return Choosable(title=withholding.text(title_of(stands, filed)), claims=claims)


def _words(claim: Record) -> Words:
    quote = claim["quote"]
    figure = f"{render_bounds(claim['count'])} {claim['harm'].replace('_', ' ')}"
    return Words(text=quote["exact"], start=quote["start"], claim_id=claim["claim_id"], figure=figure)


def _sentences(texts: Sequence[Words]) -> Iterator[Words]:
    listed = 0
    for words in texts:
        for start, end in split_sentences(words.text):
            if listed < MOST_LISTED and words.text[start:end].strip():
                listed += 1
                yield Words(text=words.text[start:end], start=(words.start or 0) + start)


def _number(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS else None


def _nothing(subject: ReplySubject) -> NotFound:
    return NotFound("there is nothing to reply to", subject.kind, "open it again from the list")
