"""`harmledger review --documents`: one document without a claim after another, which a person reads."""

from __future__ import annotations

from dataclasses import dataclass

from harmledger.cli import tell, utc_now
from harmledger.cli.deciding import tell_decided
from harmledger.cli.ledgers import opened
from harmledger.cli.printing import is_colored, terminal_width, write
from harmledger.cli.reviewing import Ask, ask_person, take_any_bytes
from harmledger.deciding import parse_said
from harmledger.domain import Verdict
from harmledger.errors import HarmledgerError
from harmledger.publish.decided import render_document, render_standing
from harmledger.review.decide import WITHOUT_REASON
from harmledger.review.enter import DEFAULTS, enter_claim
from harmledger.review.fields import PARSERS
from harmledger.review.fold import derive_standing, fold
from harmledger.review.queue import Unclaimed, find_unclaimed
from harmledger.store import Ledger, get_document
from harmledger.store.decisions import add_decision, add_entered, read_log
from harmledger.store.entered import document_text
from harmledger.store.subjects import list_dropped, list_unclaimed

VERDICTS = {"n": Verdict.NOTHING, "nothing": Verdict.NOTHING, "h": Verdict.HOLD, "hold": Verdict.HOLD}
PROMPT = "[e]nter a claim  [n]othing here  [h]old  [k] next  [q]uit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One person at the ledger's documents."""

    ledger: Ledger
    who: str
    held: bool
    ask: Ask


def review_documents(folder: str, *, who: str, held: bool) -> None:
    """Show the documents without a claim, one after another, until all are read or the person leaves."""
    take_any_bytes()
    with opened(folder, changes=True) as ledger:
        sitting = Sitting(ledger=ledger, who=who, held=held, ask=ask_person)
        queue = _waiting(sitting)
        for position, document in enumerate(queue):
            if not _review_one(sitting, document.document_id, left=len(queue) - position):
                return
    tell("no document waits for you" if not queue else "that was all")


def _waiting(sitting: Sitting) -> list[Unclaimed]:
    with sitting.ledger.reading() as connection:
        state = fold(read_log(connection))
        return find_unclaimed(list_unclaimed(connection, state), state, held=sitting.held)


def _review_one(sitting: Sitting, document: str, *, left: int) -> bool:
    """One document until it is decided or passed over; False where the person leaves. After a claim is entered there may be more to enter."""
    if not _waits_still(sitting, document):
        return True
    _show(sitting, document)
    entered = 0
    while True:
        said = sitting.ask(f"{left} waiting. {PROMPT}")
        if said is None or said in {"q", "quit"}:
            return False
        if said in {"k", "next"}:
            return True
        try:
            if said in {"e", "enter"}:
                entered += _enter(sitting, document)
            elif said not in VERDICTS:
                tell(f"{said!r} is no verdict; type a letter in brackets")
            elif entered and VERDICTS[said] is Verdict.NOTHING:
                tell("you entered a claim of it; type k to go on")
            elif _decide(sitting, document, VERDICTS[said]):
                return True
        except HarmledgerError as e:
            tell(str(e))


def _waits_still(sitting: Sitting, document: str) -> bool:
    """Others may have read it since."""
    with sitting.ledger.reading() as connection:
        standing = derive_standing(document, read_log(connection, document))
    return standing.verdict is (Verdict.HOLD if sitting.held else None)


def _show(sitting: Sitting, document: str) -> None:
    with sitting.ledger.reading() as connection:
        record, dropped = get_document(connection, document), list_dropped(connection, document)
        standing = derive_standing(document, read_log(connection, document))
    write("\n" + render_document(record, dropped, width=terminal_width(), color=is_colored()))
    if standing.in_effect:
        write(render_standing(standing, {}, width=terminal_width(), color=is_colored()))
    write("\n")


def _decide(sitting: Sitting, document: str, verdict: Verdict) -> bool:
    reason = sitting.ask(f"why {verdict.value}?{' (may be empty)' if verdict in WITHOUT_REASON else ''}")
    if reason is None:
        return False
    with sitting.ledger.reading() as connection:
        said = parse_said(connection, document, verdict, (), who=sitting.who, reason=reason)
    tell_decided(add_decision(sitting.ledger, said, now=utc_now()))
    return True


def _enter(sitting: Sitting, document: str) -> bool:
    """Ask for a claim's quote and fields, and keep it; False where the person leaves before the end."""
    quote = sitting.ask("quote, letter by letter:")
    said: dict[str, str | None] = {}
    for field in PARSERS:
        value = sitting.ask(f"{field}? (empty: {DEFAULTS.get(field, 'not stated')})")
        if value is None:
            return False
        said[field] = value or None
    with sitting.ledger.reading() as connection:
        text = document_text(connection, document)
    claim = enter_claim(document, text, quote=quote or "", said=said)
    add_entered(sitting.ledger, claim, who=sitting.who, reason="", now=utc_now())
    tell(f"entered as claim {claim.entry_id[:10]}")
    return True
