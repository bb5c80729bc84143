"""What tests of accounts and groups do: look one up, send its forms as an admin does."""

from __future__ import annotations

import re
from datetime import datetime

from httpx2 import Response
from sites import Served, send
from starlette.testclient import TestClient

from harmledger.domain import Account
from harmledger.store.accounts import get_account
from harmledger.store.audit import list_audited
from harmledger.store.groups import Group, get_group

HOSTILE_NAME = '<script>alert(1)</script>"onload=x'
OWN_PASSWORD = "a password of my own"


def account(served: Served, name: str) -> Account:
    with served.site.ledger.reading() as connection:
        return get_account(connection, name)


def group(served: Served, name: str) -> Group:
    with served.site.ledger.reading() as connection:
        return get_group(connection, name)


def act(browser: TestClient, served: Served, name: str, what: str, **fields: str) -> Response:
    """One of the forms of an account's page; the token is of a page that every account has."""
    return send(browser, f"/desk/accounts/{account(served, name).account_id}/{what}", fields)


def act_on_group(browser: TestClient, served: Served, name: str, what: str, **fields: str) -> Response:
    """One of the forms of a group's page."""
    return send(browser, f"/desk/groups/{group(served, name).group_id}/{what}", fields)


def invite(browser: TestClient, name: str, role: str = "reviewer") -> str:
    """Make an account; gives the path of the link that is shown."""
    return link(send(browser, "/desk/accounts", {"name": name, "role": role}, of="/desk/accounts"))


def link(shown: Response) -> str:
    """The path of the link that a page shows."""
    found = re.search(r"<code>https?://[^/]+(/set-password/[\w.]+)</code>", shown.text)
    assert found, shown.text
    return found[1]


def set_own(browser: TestClient, path: str, password: str = OWN_PASSWORD, again: str | None = None) -> Response:
    """Fill in the form of a link."""
    return send(browser, path, {"new": password, "again": password if again is None else again}, of=path)


def noted(served: Served) -> list[tuple[str | None, str, str | None]]:
    """(who, what, of whom) of all that was noted but signing in, in order."""
    with served.site.ledger.reading() as connection:
        every = [(each.who, each.what, each.subject) for each in list_audited(connection, most=100)]
    return [each for each in reversed(every) if each[1] != "sign-in"]


def last_seen(page: str) -> str:
    """What an account's page says of when it was last seen."""
    found = re.search(r"<dt>Last seen</dt><dd>([^<]*)</dd>", page)
    assert found, page
    return found[1]


def told(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"
