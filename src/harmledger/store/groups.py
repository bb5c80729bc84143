"""Groups: whose members see documents that others don't."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, select

from harmledger.domain import Account
from harmledger.errors import BadInput, NotFound
from harmledger.store.accounts import ACCOUNT_COLUMNS, ID_BYTES, account_of, parse_name
from harmledger.store.adding import add_new
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
    return [_group(connection, row) for row in connection.execute(select(GROUPS).order_by(GROUPS.c.name))]


def get_group(connection: Connection, name: str) -> Group:
    """The group of that name.

    Raises:
        NotFound: there is none.
    """
    row = connection.execute(select(GROUPS).where(GROUPS.c.name == name)).first()
    if row is None:
        raise NotFound("no group has that name", name, "list what there is with `harmledger group list`")
    return _group(connection, row)


def find_group(connection: Connection, group_id: str) -> Group | None:
    """The group of that whole id."""
    row = connection.execute(select(GROUPS).where(GROUPS.c.group_id == group_id)).first()
    return None if row is None else _group(connection, row)


def list_groups_of(connection: Connection, account_id: str) -> Sequence[str]:
    """The names of the groups that an account is in."""
    mine = select(GROUPS.c.name).join(MEMBERSHIPS, MEMBERSHIPS.c.group_id == GROUPS.c.group_id)
    return (
        connection.execute(mine.where(MEMBERSHIPS.c.account_id == account_id).order_by(GROUPS.c.name)).scalars().all()
    )


def list_members(connection: Connection, group_id: str) -> Sequence[Account]:
    """Who is in a group, by name."""
    members = select(*ACCOUNT_COLUMNS).join(MEMBERSHIPS, MEMBERSHIPS.c.account_id == ACCOUNTS.c.account_id)
    mine = members.where(MEMBERSHIPS.c.group_id == group_id).order_by(ACCOUNTS.c.folded)
    return [account_of(row) for row in connection.execute(mine).mappings()]


def join_group(connection: Connection, group_id: str, account_id: str) -> bool:
    """Make an account a member; tells whether it is new there."""
    return add_new(connection, MEMBERSHIPS, {"account_id": account_id, "group_id": group_id})


def leave_group(connection: Connection, group_id: str, account_id: str) -> bool:
    """Take an account out; tells whether it was in."""
    same = and_(MEMBERSHIPS.c.group_id == group_id, MEMBERSHIPS.c.account_id == account_id)
    return connection.execute(delete(MEMBERSHIPS).where(same)).rowcount == 1


def _group(connection: Connection, row: Row[Any]) -> Group:
    documents = select(func.count()).where(DOCUMENT_GROUPS.c.group_id == row.group_id)
    return Group(
        group_id=row.group_id,
        name=row.name,
        members=tuple(member.name for member in list_members(connection, row.group_id)),
        documents=connection.execute(documents).scalar_one(),
    )
