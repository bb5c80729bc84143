"""`harmledger show` and `harmledger explain`: what the ledger holds."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Connection

from harmledger.cli.deciding import decided_record, list_entries, print_standing, show_entered
from harmledger.cli.ledgers import opened
from harmledger.cli.printing import Printer, is_colored, terminal_width, write
from harmledger.errors import NotFound
from harmledger.extract.screen import find_harm_words
from harmledger.publish.explain import explain_claim
from harmledger.publish.record import Record
from harmledger.publish.tables import render_detail, render_explained, render_listed
from harmledger.store import Filed, get_claim, get_report, list_reports


def show_all(folder: str, *, form: str) -> None:
    """Every document and its claims."""
    printer = Printer(form)
    with looking(folder) as connection:
        for filed in list_reports(connection):
            if form == "table":
                write(render_listed(filed.record, width=terminal_width(), color=is_colored()) + "\n")
            else:
                printer.report(filed.record)
        if form == "table":
            list_entries(connection)


def show_one(folder: str, wanted: str, *, form: str) -> None:
    """The claim of that id with its quote in context, or the document of that id with all its claims."""
    printer = Printer(form)
    with looking(folder) as connection:
        try:
            claim, filed = get_claim(connection, wanted)
        except NotFound:
            if not show_entered(connection, wanted, form=form):
                printer.report(get_report(connection, wanted).record)
            return
        chosen: Record = {**filed.record, "claims": [_claim_of(filed, claim)], "statements": []}
        document = chosen["document"]["document_id"]
        if form == "table":
            _print_detail(filed, chosen)
            print_standing(connection, claim, document)
        else:
            decided = decided_record(connection, claim, document)
            printer.report({**chosen, "decided": decided} if decided else chosen)


def explain_one(folder: str, wanted: str) -> None:
    """Why the claim of that id was read as it was."""
    with looking(folder) as connection:
        wanted, filed = get_claim(connection, wanted)
    claim, harm_words = _claim_of(filed, wanted), find_harm_words(filed.record["document"]["text"])
    fields = explain_claim(filed.record, claim, reasons=filed.reasons[wanted], harm_words=harm_words)
    write(render_explained(claim, fields, width=terminal_width(), color=is_colored()))


def _print_detail(filed: Filed, record: Record) -> None:
    claim = record["claims"][0]
    write(render_detail(record, claim, beside=filed.beside, width=terminal_width(), color=is_colored()))


def _claim_of(filed: Filed, claim: str) -> Record:
    return next(record for record in filed.record["claims"] if record["claim_id"] == claim)


@contextmanager
def looking(folder: str) -> Generator[Connection]:
    """A view of the ledger in a folder, let go of afterwards."""
    with opened(folder) as ledger, ledger.reading() as connection:
        yield connection
