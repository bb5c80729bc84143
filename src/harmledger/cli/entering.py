"""`harmledger enter` and `harmledger victim`: what people write down themselves."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection

from harmledger.cli import tell, utc_now
from harmledger.cli.deciding import tell_decided, write_lines
from harmledger.cli.ledgers import opened
from harmledger.cli.printing import is_colored, terminal_width, write
from harmledger.config import Config
from harmledger.domain import Verdict
from harmledger.errors import BadInput, NotFound, SourceFailed
from harmledger.publish.decided import render_victims, victim_record
from harmledger.review.decide import Said, SubjectKind
from harmledger.review.enter import enter_claim, enter_victim
from harmledger.review.fold import fold
from harmledger.store import Ledger
from harmledger.store.decisions import add_decision, add_entered, read_log
from harmledger.store.entered import attach_document, document_text, list_victims
from harmledger.store.subjects import find_claim, find_document, find_subject

Options = Mapping[str, str | None]


def enter_one(config: Config, document: str, *, quote: str, said: Options, who: str, reason: str) -> None:
    """Keep a claim that a person found, and in the log who did."""
    with opened(config.ledger, changes=True) as ledger:
        document_id, text = _open_document(ledger, document, config.report_bytes)
        entered = enter_claim(document_id, text, quote=quote, said=said)
        add_entered(ledger, entered, who=who, reason=reason, now=utc_now())
    tell(f"entered as claim {entered.entry_id[:10]} of document {document_id[:10]}")


def add_victim(
    config: Config,
    document: str,
    *,
    names: Sequence[str],
    claims: Sequence[str],
    quote: str,
    said: Options,
    who: str,
) -> None:
    """Keep a victim whom a report names, withheld, and in the log who entered it."""
    with opened(config.ledger, changes=True) as ledger:
        document_id, text = _open_document(ledger, document, config.report_bytes)
        with ledger.reading() as connection:
            linked = [find_claim(connection, claim) for claim in claims]
        salt = secrets.token_hex(16)
        victim = enter_victim(document_id, text, quote=quote, salt=salt, names=names, said=said, claims=linked)
        add_entered(ledger, victim, who=who, reason="", now=utc_now())
    tell(f"entered as victim {victim.victim_id[:10]}; withheld until somebody releases it")


def rule_victim(folder: str, victim: str, verdict: Verdict, *, who: str, reason: str) -> None:
    """Release a victim's names, or withhold them again."""
    with opened(folder, changes=True) as ledger:
        with ledger.reading() as connection:
            subject = find_subject(connection, victim)
        if subject.kind is not SubjectKind.VICTIM:
            raise BadInput(f"this is a {subject.kind.value}", victim, "name one of `harmledger victim list`")
        said = Said(subject=subject.id, kind=subject.kind, verdict=verdict, who=who, reason=reason)
        tell_decided(add_decision(ledger, said, now=utc_now()))


def show_victims(folder: str, *, claim: str | None, with_names: bool, form: str) -> None:
    """The victims, each as far as it may be shown; those rejected or undone aren't."""
    with opened(folder) as ledger, ledger.reading() as connection:
        state, wanted = fold(read_log(connection)), claim and find_claim(connection, claim)
        shown = [v for v in list_victims(connection) if state.is_entered(v.victim_id) and wanted in {None, *v.claims}]
    records = [victim_record(v, released=state.is_released(v.victim_id), with_names=with_names) for v in shown]
    if form == "table":
        write(render_victims(records, width=terminal_width(), color=is_colored()))
    else:
        write_lines(records)


def _open_document(ledger: Ledger, document: str, most_bytes: int) -> tuple[str, str | None]:
    """The document's id and text: one that the ledger has, else a file that only people read, whose bytes are kept."""
    with ledger.reading() as connection:
        found = _find_document(connection, document)
        if found:
            return found, document_text(connection, found)
    attached = attach_document(ledger, _read_file(Path(document), most_bytes), source=document, now=utc_now())
    with ledger.reading() as connection:
        return attached, document_text(connection, attached)


def _find_document(connection: Connection, document: str) -> str | None:
    try:
        return find_document(connection, document)
    except NotFound:
        if Path(document).is_file():
            return None
        raise


def _read_file(path: Path, most_bytes: int) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
    except OSError as e:
        raise SourceFailed(f"it can't be opened ({e.strerror})", str(path), "check the file") from e
    if len(content) > most_bytes:
        raise BadInput(f"it is larger than {most_bytes:,} bytes", str(path), "raise report_bytes in the settings")
    return content
