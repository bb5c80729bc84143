"""`harmledger review`: one waiting claim after another, with what a person says of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace

from harmledger.cli import tell, utc_now
from harmledger.cli.deciding import print_standing, tell_decided
from harmledger.cli.ledgers import opened
from harmledger.cli.printing import is_colored, terminal_width, write
from harmledger.deciding import parse_said
from harmledger.domain import Verdict
from harmledger.errors import HarmledgerError
from harmledger.publish.decided import render_entered
from harmledger.publish.tables import render_detail
from harmledger.review.decide import WITHOUT_REASON
from harmledger.review.fold import fold
from harmledger.review.queue import Waiting, find_waiting
from harmledger.store import Ledger, get_claim
from harmledger.store.decisions import add_decision, read_log
from harmledger.store.entered import get_entered
from harmledger.store.subjects import list_claims

KEYS = {
    "a": Verdict.ACCEPT,
    "c": Verdict.CORRECT,
    "r": Verdict.REJECT,
    "h": Verdict.HOLD,
    "m": Verdict.MERGE,
    "s": Verdict.SPLIT,
    "n": Verdict.NOTHING,
    "u": Verdict.UNDO,
}
"""What is typed for each verdict: its letter, or the whole word."""
STAYS = frozenset({Verdict.CORRECT, Verdict.MERGE, Verdict.SPLIT, Verdict.UNDO})
"""After these the same claim is shown again: there may be more to say of it."""
PROMPT = "[a]ccept  [c]orrect FIELD VALUE  [r]eject  [h]old  [m]erge CLAIM  [s]plit CLAIM  [n]othing here  [u]ndo DECISION  [k] skip  [q]uit"
Ask = Callable[[str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One person at the ledger."""

    ledger: Ledger
    who: str
    second: bool
    held: bool
    ask: Ask


def review_all(folder: str, *, who: str, second: bool, held: bool) -> None:
    """Show what waits, one after another, until it is done or the person leaves."""
    take_any_bytes()
    with opened(folder, changes=True) as ledger:
        sitting = Sitting(ledger=ledger, who=who, second=second, held=held, ask=ask_person)
        queue = _waiting(sitting)
        for position, claim in enumerate(queue):
            if _waits_still(sitting, claim) and not _review_one(sitting, claim, left=len(queue) - position):
                return
    tell("nothing waits for you" if not queue else "that was all")


def take_any_bytes() -> None:
    """What is typed and isn't UTF-8 is told as such where it is looked at."""
    if reconfigure := getattr(sys.stdin, "reconfigure", None):
        reconfigure(errors="surrogateescape")


def ask_person(prompt: str) -> str | None:
    """A line that somebody types; None where there are no more."""
    write(f"{prompt}\n> ")
    line = sys.stdin.readline()
    return line.strip() if line else None


def _waiting(sitting: Sitting) -> list[Waiting]:
    with sitting.ledger.reading() as connection:
        claims, state = list_claims(connection), fold(read_log(connection))
        return list(find_waiting(claims, state, who=sitting.who, second=sitting.second, held=sitting.held))


def _waits_still(sitting: Sitting, claim: Waiting) -> bool:
    """Others may have decided it since, or its whole document."""
    with sitting.ledger.reading() as connection:
        state = fold([*read_log(connection, claim.document_id), *read_log(connection, claim.claim_id)])
    return any(find_waiting([claim], state, who=sitting.who, second=sitting.second, held=sitting.held))


def _review_one(sitting: Sitting, claim: Waiting, *, left: int) -> bool:
    """One claim until it is decided or skipped; False where the person leaves."""
    while True:
        _show(sitting, claim)
        said = sitting.ask(f"{left} waiting. {PROMPT}")
        if said is None or said in {"q", "quit"}:
            return False
        if said in {"k", "skip"}:
            return True
        try:
            verdict = _take(sitting, claim, said)
        except HarmledgerError as e:
            tell(str(e))
            continue
        if verdict and verdict not in STAYS:
            return True


def _show(sitting: Sitting, claim: Waiting) -> None:
    width, color = terminal_width(), is_colored()
    with sitting.ledger.reading() as connection:
        write("\n")
        if entered := get_entered(connection, claim.claim_id):
            write(render_entered(entered, width=width, color=color))
        else:
            _, filed = get_claim(connection, claim.claim_id)
            record = next(each for each in filed.record["claims"] if each["claim_id"] == claim.claim_id)
            write(render_detail(filed.record, record, beside=filed.beside, width=width, color=color))
        if not sitting.second:  # whoever codes a second time should not see what the first one said
            print_standing(connection, claim.claim_id, claim.document_id)
    write("\n")


def _take(sitting: Sitting, claim: Waiting, said: str) -> Verdict | None:
    """Decide what was typed; None where it is no verdict, or no reason comes."""
    word, *rest = said.split() or [""]
    verdict = KEYS.get(word) or next((v for v in KEYS.values() if v.value == word), None)
    if verdict is None:
        tell(f"{word!r} is no verdict; type a letter in brackets, or its word")
        return None
    subject = claim.document_id if verdict is Verdict.NOTHING else claim.claim_id
    if verdict is Verdict.UNDO:
        subject, rest = (rest[0] if rest else ""), rest[1:]
    with sitting.ledger.reading() as connection:
        parsed = parse_said(connection, subject, verdict, rest, who=sitting.who, reason="")
    reason = sitting.ask(f"why {verdict.value}?{' (may be empty)' if verdict in WITHOUT_REASON else ''}")
    if reason is None:
        return None
    tell_decided(add_decision(sitting.ledger, replace(parsed, reason=reason), now=utc_now()))
    return verdict
