"""`harmledger account token …`: by what programs act for an account."""

from __future__ import annotations

from harmledger.cli import tell, utc_now
from harmledger.cli.accounts import note
from harmledger.cli.ledgers import opened
from harmledger.cli.printing import write
from harmledger.domain import ApiToken, TokenScope
from harmledger.publish.wording import render_plain
from harmledger.store.accounts import get_account
from harmledger.store.api_tokens import add_token, end_token, list_tokens

SHOWN_ID = 8
"""Letters of an id that name a token: as the site's lists and the audit do."""


def add(folder: str, account: str, *, name: str, scope: str, days: int) -> None:
    """A new one: it alone on standard output, so that it can be led to where it is kept."""
    with opened(folder) as ledger, ledger.writing() as connection:
        found = get_account(connection, account)
        secret, token = add_token(connection, found, name=name, scope=TokenScope(scope), days=days, now=utc_now())
        note(connection, "add-token", f"{found.name}: {token.token_id[:SHOWN_ID]} {token.scope}")
    write(f"{secret}\n")
    tell(f"token {token.token_id[:SHOWN_ID]} of {found.name}: {token.scope} until {token.expires:%Y-%m-%d}; it is shown this once")  # fmt: skip


def list_all(folder: str, account: str) -> None:
    """One line each, those that ended too."""
    with opened(folder) as ledger, ledger.reading() as connection:
        for one in list_tokens(connection, get_account(connection, account).account_id):
            write(f"{_told(one)}\n")


def end(folder: str, account: str, wanted: str) -> None:
    """Let one count no longer."""
    with opened(folder) as ledger, ledger.writing() as connection:
        found = get_account(connection, account)
        ended = end_token(connection, found.account_id, wanted, now=utc_now())
        note(connection, "end-token", f"{found.name}: {ended.token_id[:SHOWN_ID]} {ended.scope}")
    tell(f"token {ended.token_id[:SHOWN_ID]} of {found.name} counts no longer")


def _told(one: ApiToken) -> str:
    used = f"used {one.last_used:%Y-%m-%d %H:%M}" if one.last_used else "never used"
    if one.revoked:
        until = f"ended {one.revoked:%Y-%m-%d}"
    elif one.counts(utc_now()):
        until = f"until {one.expires:%Y-%m-%d}"
    else:
        until = f"over since {one.expires:%Y-%m-%d}"
    return f"{one.token_id[:SHOWN_ID]}  {render_plain(one.name)}  {one.scope}  {until}  {used}"
