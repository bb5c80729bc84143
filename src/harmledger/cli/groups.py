"""`harmledger group …`: who sees documents that others don't."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.cli import tell, utc_now
from harmledger.cli.accounts import note
from harmledger.cli.ledgers import opened
from harmledger.cli.printing import write
from harmledger.publish.wording import render_plain
from harmledger.store import get_report
from harmledger.store.access import close_document, open_document
from harmledger.store.accounts import get_account
from harmledger.store.groups import add_group, get_group, join_group, leave_group, list_groups


def add(folder: str, name: str) -> None:
    """Make one."""
    with opened(folder) as ledger, ledger.writing() as connection:
        made = add_group(connection, name, now=utc_now())
        note(connection, "add-group", made.name)
    tell(f"group {made.name} has no members yet")


def list_all(folder: str) -> None:
    """One line each."""
    with opened(folder) as ledger, ledger.reading() as connection:
        for one in list_groups(connection):
            members = ", ".join(map(render_plain, one.members)) or "no members"
            write(f"{render_plain(one.name)}  {_documents(one.documents)}  {members}\n")


def join(folder: str, name: str, account: str) -> None:
    """One more member."""
    with opened(folder) as ledger, ledger.writing() as connection:
        group, found = get_group(connection, name), get_account(connection, account)
        new = join_group(connection, group.group_id, found.account_id)
        note(connection, "join-group", f"{group.name}: {found.name}")
    tell(f"{found.name} is {'now' if new else 'already'} in {group.name}")


def leave(folder: str, name: str, account: str) -> None:
    """One member less."""
    with opened(folder) as ledger, ledger.writing() as connection:
        group, found = get_group(connection, name), get_account(connection, account)
        was = leave_group(connection, group.group_id, found.account_id)
        note(connection, "leave-group", f"{group.name}: {found.name}")
    tell(f"{found.name} is {'no longer' if was else 'not'} in {group.name}")


def close(folder: str, name: str, documents: Sequence[str]) -> None:
    """Only members see these from now on."""
    _each(folder, name, documents, closed=True)


def open_again(folder: str, name: str, documents: Sequence[str]) -> None:
    """These are no longer kept to this group."""
    _each(folder, name, documents, closed=False)


def _each(folder: str, name: str, documents: Sequence[str], *, closed: bool) -> None:
    """All of them, or none where one isn't found."""
    change, what = (close_document, "close-document") if closed else (open_document, "open-document")
    with opened(folder, changes=True) as ledger, ledger.writing() as connection:
        group = get_group(connection, name)
        for wanted in documents:
            document: str = get_report(connection, wanted).record["document"]["document_id"]
            change(connection, document, group.group_id)
            note(connection, what, f"{group.name}: {document}")
        now = get_group(connection, name)
    tell(f"group {now.name} keeps {_documents(now.documents)} to its {len(now.members)} members, leads and admins")


def _documents(number: int) -> str:
    return f"{number} document{'s' * (number != 1)}"
