"""Groups: whose members see documents that others don't."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, delete, func, select

from harmledger.errors import BadInput, NotFound
from harmledger.store.accounts import ID_BYTES, parse_name
from harmledger.store.ledger import add_new
from harmledger.store.schema_accounts import ACCOUNTS, DOCUMENT_GROUPS, GROUPS, MEMBERSHIPS


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group with its members' names and how many documents only they see."""

    group_id: str
    name: str
    members: tuple[str, ...]
    documents: int


def add_group(connection: Connection, name: str, *, now: datetime) -> Group:
    """A new group.

    Raises:
        BadInput: the name can't be one, or is taken.
    """
    name = parse_name(name)
    row = {"group_id": secrets.token_hex(ID_BYTES), "name": name, "made": now}
    if not add_new(connection, GROUPS, row):
        raise BadInput("a group has that name already", name, "choose another")
    return get_group(connection, name)


def list_groups(connection: Connection) -> Sequence[Group]:
    """All groups, by name."""
    names = connection.execute(select(GROUPS.c.name).order_by(GROUPS.c.name)).scalars().all()
    return [get_group(connection, name) for name in names]


def get_group(connection: Connection, name: str) -> Group:
    """The group of that name.

    Raises:
        NotFound: there is none.
    """
    group = connection.execute(select(GROUPS.c.group_id).where(GROUPS.c.name == name)).scalar()
    if group is None:
        raise NotFound("no group has that name", name, "list what there is with `harmledger group list`")
    members = select(ACCOUNTS.c.name).join(MEMBERSHIPS, MEMBERSHIPS.c.account_id == ACCOUNTS.c.account_id)
    mine = members.where(MEMBERSHIPS.c.group_id == group).order_by(ACCOUNTS.c.folded)
    documents = select(func.count()).where(DOCUMENT_GROUPS.c.group_id == group)
    return Group(
        group_id=group,
        name=name,
        members=tuple(connection.execute(mine).scalars()),
        documents=connection.execute(documents).scalar_one(),
    )


def join_group(connection: Connection, group_id: str, account_id: str) -> bool:
    """Make an account a member; tells whether it is new there."""
    return add_new(connection, MEMBERSHIPS, {"account_id": account_id, "group_id": group_id})


def leave_group(connection: Connection, group_id: str, account_id: str) -> bool:
    """Take an account out; tells whether it was in."""
    same = and_(MEMBERSHIPS.c.group_id == group_id, MEMBERSHIPS.c.account_id == account_id)
    return connection.execute(delete(MEMBERSHIPS).where(same)).rowcount == 1
