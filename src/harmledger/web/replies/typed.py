"""What a form of a reply says, before anybody judges it; and the same kept as a draft while its writer signs in."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from harmledger.domain import ReplyKind, ReplySubject, Target, Written
from harmledger.domain.spam import Sender
from harmledger.reply.checks import LONGEST
from harmledger.web.replies.beside import path_of
from harmledger.web.replies.choosing import Choice, read_choice
from harmledger.web.visit import Visit, address_of

MOST_KEPT = 2 * max(LONGEST.values())
"""Code points of a text that a draft keeps: what is longer is no reply."""
MOST_ADDRESS = 2_000
TRAP = "homepage"
"""The field that people don't see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """One form."""

    kind: str = ""
    text: str = ""
    url: str = ""
    consent: bool = False
    trap: str = ""
    stamp: str = ""
    """When the form was shown, signed."""
    choice: Choice = field(default_factory=Choice)


def read_typed(given: Mapping[str, str]) -> Typed:
    """The form as it was sent."""
    kind = given.get("kind", "")
    return Typed(
        kind=kind if kind in set(ReplyKind) else "",
        text=given.get("text", "").replace("\r\n", "\n"),
        url=given.get("url", ""),
        consent=given.get("consent") == "on",
        trap=given.get(TRAP, ""),
        stamp=given.get("stamp", "")[:200],
        choice=read_choice(given),
    )


def pack_draft(typed: Typed) -> dict[str, Any]:
    """What is kept of it."""
    return {**asdict(typed), "text": typed.text[:MOST_KEPT], "url": typed.url[:MOST_ADDRESS], "trap": typed.trap[:10]}


def unpack_draft(body: Mapping[str, Any]) -> Typed:
    """What was kept, typed again."""
    said: dict[str, Any] = {**body, "choice": Choice(**body["choice"])}
    return Typed(**said)


def draft_id(visit: Visit, subject: ReplySubject) -> str:
    """By what this browser's draft of a reply to this is found."""
    return visit.site.sign("reply draft", f"{visit.seed}\0{path_of(subject)}")


def make_stamp(visit: Visit) -> str:
    """When the form is shown, so that no other browser and nobody else can say so."""
    when = f"{visit.site.now():%Y-%m-%dT%H:%M:%S}"
    return f"{when}.{_sign(visit, when)}"


def read_stamp(visit: Visit, stamp: str) -> datetime | None:
    """When it was shown; None where the stamp isn't ours, or another browser's."""
    when, _, signature = stamp.encode("ascii", "replace").decode().partition(".")
    if not hmac.compare_digest(_sign(visit, when), signature):
        return None
    return datetime.strptime(when, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)


def written(visit: Visit, subject: ReplySubject, typed: Typed, target: Target | None) -> Written:
    """The form as the ledger takes it."""
    return Written(
        text=typed.text,
        target=target,
        url=typed.url,
        consent=typed.consent,
        trap=typed.trap,
        shown=read_stamp(visit, typed.stamp),
        viewer=visit.viewer,
        sender=Sender(address=address_of(visit.request), agent=visit.request.headers.get("user-agent", "")[:500]),
        permalink=f"{visit.site.url}{path_of(subject)}",
    )


def _sign(visit: Visit, when: str) -> str:
    return visit.site.sign("reply form", f"{visit.seed}\0{when}")
