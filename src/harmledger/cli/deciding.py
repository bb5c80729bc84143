"""`harmledger decide`, `log` and `agreement`: what people decide, one at a time, and all that they decided."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from harmledger.cli import tell, utc_now
from harmledger.cli.ledgers import opened
from harmledger.cli.printing import Printer, is_colored, terminal_width, write
from harmledger.deciding import measure_reviewers, parse_said
from harmledger.domain import Decision, Standing, Verdict
from harmledger.errors import BadInput, Inconsistent, NotFound
from harmledger.publish.decided import (
    agreement_record,
    decision_record,
    entered_record,
    render_agreement,
    render_entered,
    render_entry,
    render_log,
    render_standing,
    render_verdict,
    standing_record,
)
from harmledger.publish.record import Record
from harmledger.publish.wording import render_json
from harmledger.review.chain import Break
from harmledger.review.fold import fold, in_effect
from harmledger.store.decisions import add_decision, claim_fields, get_decision, head_of, read_log, verify_log
from harmledger.store.entered import find_entered, list_entered
from harmledger.store.subjects import find_subject, list_fields


def decide_one(
    folder: str, subject: str, verdict: str, rest: Sequence[str], *, who: str, reason: str, replaces: str | None
) -> None:
    """Add one decision to the log."""
    with opened(folder, changes=True) as ledger:
        with ledger.reading() as connection:
            said = parse_said(connection, subject, Verdict(verdict), rest, who=who, reason=reason, replaces=replaces)
        tell_decided(add_decision(ledger, said, now=utc_now()))


def tell_decided(decision: Decision) -> None:
    """One line about what was added."""
    tell(f"decision {decision.decision_id[:10]}: {render_verdict(decision)}, of {decision.subject[:10]}")


def show_log(folder: str, wanted: str | None, *, form: str) -> None:
    """The decisions, all or of one subject, with those that no longer count."""
    with opened(folder) as ledger, ledger.reading() as connection:
        decisions = read_log(connection, find_subject(connection, wanted).id if wanted else None)
    counted = {decision.decision_id for decision in in_effect(decisions)}
    if form == "table":
        write(render_log(decisions, counted, width=terminal_width(), color=is_colored()))
    else:
        write_lines([decision_record(each, counts=each.decision_id in counted) for each in decisions])


def verify(folder: str, *, head: str | None) -> None:
    """Hold every decision to its hash and to the one before it; and the log to a head that was noted earlier.

    Raises:
        Inconsistent: something was changed.
    """
    with opened(folder) as ledger, ledger.reading() as connection:
        found = verify_log(connection)
        if isinstance(found, Break):
            where = f"decision {found.position} ({found.decision_id[:10]})"
            raise Inconsistent(found.why, where, "restore the ledger from a copy, and compare")
        _check_head(connection, head)
    decisions, last = found
    tell(f"{decisions} decision{'s' * (decisions != 1)}, each as it was written; the last is {last}")


def show_agreement(folder: str, *, between: Sequence[str], form: str) -> None:
    """How far reviewers agree, field by field."""
    with opened(folder) as ledger, ledger.reading() as connection:
        agreements = measure_reviewers(read_log(connection), list_fields(connection), between=between)
    if not agreements:
        what = "no claim was decided by two of them" if between else "no claim was decided by two people"
        raise NotFound(what, folder, "review claims again with `harmledger review --second`")
    if form == "table":
        write(render_agreement(agreements, width=terminal_width(), color=is_colored()))
    else:
        write_lines([agreement_record(each) for each in agreements])


def show_entered(connection: Connection, wanted: str, *, form: str) -> bool:
    """The claim that a person entered under that id, and what people decided of it; False where there is none."""
    entered = find_entered(connection, wanted)
    if entered is None:
        return False
    if form == "table":
        write(render_entered(entered, width=terminal_width(), color=is_colored()))
        print_standing(connection, entered.entry_id, entered.document_id)
    elif form == "jsonl":
        decided = decided_record(connection, entered.entry_id, entered.document_id)
        write_lines([{"entered": entered_record(entered), "decided": decided}])
    else:
        raise BadInput("a claim that a person entered has no CSV", wanted, "show it as table or jsonl")
    return True


def list_entries(connection: Connection) -> None:
    """The claims that people entered, a line each, but for those taken back; nothing where there are none."""
    state = fold(read_log(connection))
    for entered in filter(lambda each: state.was_entered(each.entry_id), list_entered(connection)):
        write(render_entry(entered, width=terminal_width(), color=is_colored()))


def print_standing(connection: Connection, claim: str, document: str) -> None:
    """What people decided of a claim, below what was read of it; nothing where nobody did."""
    standing = _standing(connection, claim, document)
    if standing.in_effect:
        fields = claim_fields(connection, claim)
        write(render_standing(standing, fields, width=terminal_width(), color=is_colored()))


def decided_record(connection: Connection, claim: str, document: str) -> Record | None:
    """What people decided of a claim as a record; None where nobody did."""
    standing = _standing(connection, claim, document)
    return standing_record(standing) if standing.in_effect else None


def _standing(connection: Connection, claim: str, document: str) -> Standing:
    return fold([*read_log(connection, document), *read_log(connection, claim)]).standing(claim, document=document)


def write_lines(records: Sequence[Record]) -> None:
    """Records as JSON lines."""
    Printer("jsonl")
    for record in records:
        write(render_json(record) + "\n")


def _check_head(connection: Connection, head: str | None) -> None:
    if head is None:
        return
    try:
        get_decision(connection, head)
    except NotFound as e:
        what = f"the log no longer holds that decision (its last is {head_of(connection)[:10]})"
        raise Inconsistent(what, head[:10], "its end was cut off: restore the ledger from a copy") from e
