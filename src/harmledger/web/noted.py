"""What people do is noted in the audit: who, when, what, from where, and how it ended."""

from __future__ import annotations

from sqlalchemy import Connection

from harmledger.domain import Account, Audited
from harmledger.store.audit import add_audited
from harmledger.web.visit import Visit


def note(
    visit: Visit,
    writer: Connection,
    what: str,
    *,
    outcome: str = "done",
    subject: str | None = None,
    account: Account | None = None,
) -> None:
    """Note it in the transaction that does it. `account`: whose doing it is, where nobody was signed in before."""
    who = account or visit.account
    audited = Audited(
        when=visit.site.now(),
        who=who and who.name,
        what=what,
        subject=subject,
        address=visit.address,
        outcome=outcome,
        token_id=visit.token and visit.token.token_id,
    )
    add_audited(writer, audited)
