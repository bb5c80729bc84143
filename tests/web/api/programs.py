"""Programs that moderate for an account, as one would be written: a token, and JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from httpx2 import Response
from sites import Served
from starlette.testclient import TestClient

from harmledger.domain import Account, ApiToken, Role, TokenScope
from harmledger.store.accounts import get_account
from harmledger.store.api_tokens import add_token

MODERATION = "/api/v1/moderation"


@dataclass
class Program:
    """One program with its token."""

    served: Served
    account: Account
    secret: str
    token: ApiToken
    client: TestClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.served.browser()
        self.client.headers["authorization"] = f"Bearer {self.secret}"

    def get(self, path: str, **params: str) -> Response:
        return self.client.get(f"{MODERATION}{path}", params=params)

    def post(self, path: str, said: dict[str, Any] | None = None) -> Response:
        return self.client.post(f"{MODERATION}{path}", json=said or {})

    def rule(self, reference: str, verdict: str, **said: Any) -> Response:
        """Look at a reply, and rule on what was looked at."""
        version = said.pop("version", None) or self.get(f"/replies/{reference}").json()["version"]
        return self.post(f"/replies/{reference}/rulings", {"verdict": verdict, "version": version, **said})


def make_program(
    served: Served,
    name: str = "Amal",
    role: Role = Role.REVIEWER,
    *,
    scope: TokenScope = TokenScope.MODERATE,
    days: int = 30,
) -> Program:
    """A program of somebody, who gets an account where there is none yet."""
    with served.site.ledger.reading() as connection:
        known = any(row[0] == name for row in served.ask("SELECT name FROM accounts"))
        account = get_account(connection, name) if known else None
    account = account or served.add(name, role)
    with served.site.ledger.writing() as writer:
        secret, token = add_token(writer, account, name="desk helper", scope=scope, days=days, now=served.clock())
    return Program(served, account, secret, token)


def noted(served: Served) -> list[tuple[str | None, str, str | None, str | None]]:
    """(who, what, of which, by which token) of all that was done with replies, in order."""
    question = "SELECT who, what, subject, token_id FROM audit WHERE what LIKE 'reply %' OR what = 'read source' ORDER BY sequence"
    return [(who, what, subject, token) for who, what, subject, token in served.ask(question)]
