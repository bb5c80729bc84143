"""What people write of the record, and what became of it. No reply changes a figure: it is beside the record, never in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from harmledger.domain.account import PUBLIC, Viewer
from harmledger.domain.spam import Sender


class ReplyKind(StrEnum):
    CORRECTION = "correction"
    """Points at a sentence or a figure that is wrong."""
    SOURCE = "source"
    """Names another report, by its address: it is put in the reading queue, and nothing is fetched."""
    OFFICIAL = "official"
    """An answer of who is spoken of, in an office."""
    WITNESS = "witness"
    """An account of who was there: public only where a lead says so and its writer agreed."""
    COMMENT = "comment"


class ReplyState(StrEnum):
    DRAFT = "draft"
    """Typed, not sent yet."""
    HELD = "held"
    """Waits for the filter or a moderator."""
    PUBLISHED = "published"
    REFUSED = "refused"
    SPAM = "spam"
    WITHDRAWN = "withdrawn"
    """Its writer took it back."""
    ERASED = "erased"
    """No word of it is left: only that there was one."""


class ReplySubjectKind(StrEnum):
    INCIDENT = "incident"
    CLAIM = "claim"
    DOCUMENT = "document"


class HoldReason(StrEnum):
    """Why a reply waits."""

    CHECKING = "checking"
    """The filter hasn't answered yet."""
    FIRST = "first"
    """Its writer's first replies wait for a moderator."""
    NAMES = "names"
    """It may name a person."""
    WITNESS = "witness"
    OFFICIAL = "official"
    """Who speaks for an office is for a moderator to find out."""
    REPEATED = "repeated"
    """The same, or nearly the same, was sent within a week."""
    QUICK = "quick"
    """It was sent sooner than a person types, or it can't be told when its form was shown."""
    UNSURE = "unsure"
    """The filter couldn't tell."""
    FAILED = "failed"
    """The filter couldn't be asked."""
    TRAPPED = "trapped"
    """A field that people don't see was filled in."""
    APPEAL = "appeal"
    """Its writer asks to look again."""
    MODERATOR = "moderator"
    """A moderator wants it to wait."""


class RefusalReason(StrEnum):
    """Why a moderator refuses a reply."""

    OFF_TOPIC = "off-topic"
    """It is not about what it replies to."""
    ABUSE = "abuse"
    """It attacks, threatens or demeans people."""
    PERSONAL_DATA = "personal-data"
    """It tells of a person what could harm them."""
    UNCHECKABLE = "uncheckable"
    """Nothing in it can be checked."""
    REPEATED = "repeated"
    """It was said before."""
    ADVERTISING = "advertising"
    UNLAWFUL = "unlawful"
    BLOCKED = "blocked"
    """Its writer may reply no longer."""
    OTHER = "other"
    """As the moderator's words say."""


class ModeratorVerdict(StrEnum):
    PUBLISH = "publish"
    REFUSE = "refuse"
    SPAM = "spam"
    HOLD = "hold"
    BLOCK = "block"
    """Of the writer: no reply is taken from them any longer, and those that wait are refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySubject:
    """What is replied to, by its whole id."""

    kind: ReplySubjectKind
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The words or the figure that a correction points at; once found, with the document and the claim in which they stand."""

    exact: str
    """Withheld names in it are struck: it is chosen on a page."""
    start: int | None = None
    """In code points of the document's text; None where the document has none."""
    end: int | None = None
    field: str | None = None
    """Which value of the claim is meant, such as `low` or `place`; None: the sentence."""
    document_id: str | None = None
    claim_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replier:
    """A person who replies; no account of the desk. The address is no part of this."""

    replier_id: str
    """Chance."""
    pseudonym: str
    made: datetime
    blocked: datetime | None
    blocked_reason: str | None
    notify: bool
    """Wants to be told by mail what becomes of replies."""
    published: int
    """How many of their replies are public now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One reply as it stands. Of an erased one the words are empty."""

    reply_id: str
    """Chance."""
    reference: str
    """Ten letters by which people speak of it; they open nothing by themselves."""
    replier_id: str | None
    """None: its writer was erased."""
    pseudonym: str
    subject: ReplySubject
    kind: ReplyKind
    text: str
    """In Markdown."""
    target: Target | None
    url: str | None
    consent: bool
    """Its writer agrees that it may be public; asked of witnesses."""
    state: ReplyState
    holds: tuple[HoldReason, ...]
    refusal: RefusalReason | None
    refusal_words: str | None
    made: datetime
    edited: datetime | None
    published: datetime | None
    """When it became public; None where it isn't."""
    ruled: bool
    """A moderator decided on it since it was last sent or appealed."""
    appealed: bool
    appeal_words: str | None
    version: int
    """Grows with every step: who decides on what was changed meanwhile is told so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a form of a reply says, whether it is sent for the first time or edited."""

    text: str
    target: Target | None = None
    """Needed for a correction; `exact` is enough, `start` and `end` help where the words stand there twice."""
    url: str = ""
    """Needed for a source."""
    consent: bool = False
    trap: str = ""
    """The field that people don't see, as it was sent."""
    shown: datetime | None = None
    """When the form was shown, by its signed stamp; None: the stamp is missing or not ours."""
    viewer: Viewer = PUBLIC
    """For whom the page that is replied to was shown."""
    sender: Sender = field(default_factory=Sender)
    """Told to the judge and kept nowhere."""
    permalink: str = ""
    """Address of that page, for the judge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A reply as it comes in."""

    replier_id: str
    subject: ReplySubject
    kind: ReplyKind
    written: Written
    address_hash: str | None = None
    """Keyed hash of the network address, kept for 30 days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyEvent:
    """One step of a reply; steps are only ever added. Once the reply is erased they tell no words."""

    reply_id: str
    when: datetime
    who: str
    """`writer`, `filter`, or the moderator's name."""
    what: str
    """One of `reply.lifecycle.ReplyAction`."""
    state: ReplyState
    """How it stood afterwards."""
    reason: str | None
    words: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a moderator decides of a reply."""

    verdict: ModeratorVerdict
    who: str
    """The account's name."""
    is_lead: bool = False
    reason: RefusalReason | None = None
    """Asked for where it is refused."""
    words: str = ""
    """Told to the writer where it is refused; needed for `other` and for a block."""
    publish_witness: bool = False
    """A lead says in so many words that a witness account is to be public."""
    version: int | None = None
    """The reply's version that the moderator saw; None: whatever it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the writer is told at once."""

    reply_id: str
    reference: str
    state: ReplyState
    """As the writer is told: what a filter took for spam waits, to its writer."""
    why: str
    """A sentence; empty where it is public."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyCredit:
    """A reply that led to a decision, for the record's log of changes."""

    reply_id: str
    reference: str
    pseudonym: str
    """Empty where the reply isn't public, or was erased."""
    kind: ReplyKind
    decision_id: str
    decided_on: str
    """The decision's subject."""
    when: datetime
    undone: bool
    """Whether a person took the decision back, so that it counts no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedSource:
    """An address in the reading queue."""

    reply_id: str
    reference: str
    url: str
    subject: ReplySubject
    state: ReplyState
    """Of the reply that named it."""
    made: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyLabel:
    """What a moderator's decision teaches the filter."""

    reply_id: str
    text: str
    spam: bool
    when: datetime
