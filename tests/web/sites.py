"""A site on a small ledger and browsers of it: what every test of the web begins with. Made once, copied for each test."""

from __future__ import annotations

import copy
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from fakes import FIXED_NOW, fixed_now, load_fake
from httpx2 import Response
from sqlalchemy import Table
from sqlalchemy import text as sql
from starlette.testclient import TestClient

from harmledger.config import Config
from harmledger.domain import Account, Role
from harmledger.linking import link_ledger
from harmledger.pipeline import read_reports
from harmledger.projecting import bring_up
from harmledger.store import list_reports, open_ledger
from harmledger.store.access import close_document
from harmledger.store.accounts import add_account, get_account
from harmledger.store.audit import list_audited
from harmledger.store.groups import add_group, join_group
from harmledger.web import passwords
from harmledger.web.app import make_app
from harmledger.web.site import Site

HOST = "record.example.org"
REPORTS = (
    "Army shells town\n\n7 civilians were killed by Syrian forces in Raqqa on May 5, 2017, a medic said.\n",
    "Raid on market\n\n31 civilians were killed in Mosul on January 9, 2016, a trader said. The stalls burnt all night.\n",
    "Boat hit\n\n12 people were injured in Hodeidah on August 2, 2018, a fisher said. Nets and fuel lay on the quay.\n",
)
"""Of three events, far from one another."""
INCIDENTS = ("People killed in Raqqa, Syria", "People killed in Mosul, Iraq", "People injured in Hodeidah, Yemen")
"""What these are called: not by a report's headline."""
PASSWORD = "correct horse battery"
_TOKEN = re.compile(r'name="csrf" value="(\w+)"')


@dataclass
class Clock:
    """A clock that a test moves."""

    at: datetime = FIXED_NOW

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **time: float) -> None:
        self.at += timedelta(**time)


def make_ledger(folder: Path, database: str = "") -> Path:
    """A linked ledger of a few reports, each of an incident of its own."""
    ledger = open_ledger(folder / "ledger", now=fixed_now, database=database)
    path = folder / "reports.jsonl"
    lines = [
        json.dumps({"id": f"r{n}", "title": text.split("\n")[0], "published": "2018-08-30", "text": text})
        for n, text in enumerate(REPORTS)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    for _ in read_reports([str(path)], load=partial(load_fake, "1"), now=fixed_now, keeper=ledger):
        pass
    link_ledger(ledger, now=fixed_now)
    bring_up(ledger, now=fixed_now)
    ledger.close()
    return folder / "ledger"


class Served:
    """An open site on a copy of a ledger, and as many browsers as a test wants. `database`: a copy of its rows elsewhere."""

    def __init__(self, made: Path, folder: Path, *, https: bool = False, **config: str | int) -> None:
        rows_elsewhere = shutil.ignore_patterns("ledger.sqlite*") if config.get("database") else None
        shutil.copytree(made, folder / "ledger", ignore=rows_elsewhere)
        self.clock = Clock()
        self._base = f"{'https' if https else 'http'}://{HOST}"
        settings = Config(ledger=str(folder / "ledger"), site_url=self._base, **config)
        self.app = make_app(settings, now=self.clock)
        self.site: Site = self.app.state.site

    def add(self, name: str, role: Role = Role.REVIEWER) -> Account:
        """An account whose password is PASSWORD."""
        with self.site.ledger.writing() as writer:
            hashed = passwords.hash_password(PASSWORD, name=name)
            return add_account(writer, name, role, password_hash=hashed, now=self.clock())

    def signed_in(self, name: str, role: Role = Role.REVIEWER) -> TestClient:
        """A browser of somebody new who has signed in."""
        self.add(name, role)
        browser = self.browser()
        assert sign_in(browser, name).status_code == 303
        return browser

    def audit(self) -> list[tuple[str | None, str, str]]:
        """(who, what, outcome) of all that was noted, in order."""
        with self.site.ledger.reading() as connection:
            return [(a.who, a.what, a.outcome) for a in list_audited(connection, most=100)][::-1]

    def close(self, document: str, *members: str) -> None:
        """Let only these accounts, leads and admins see a document."""
        with self.site.ledger.writing() as writer:
            group = add_group(writer, f"group of {document[:6]}", now=self.clock())
            for name in members:
                join_group(writer, group.group_id, get_account(writer, name).account_id)
            close_document(writer, document, group.group_id)

    def documents(self) -> list[str]:
        """Ids of the reports, in the order of REPORTS."""
        with self.site.ledger.reading() as connection:
            found = {filed.record["document"]["id"]: filed.record["document"] for filed in list_reports(connection)}
        return [found[f"r{n}"]["document_id"] for n in range(len(REPORTS))]

    def ask(self, question: str, **values: object) -> list[tuple[Any, ...]]:
        """The rows that answer a question in words that both databases know."""
        with self.site.ledger.reading() as connection:
            return [tuple(row) for row in connection.execute(sql(question), values)]

    def write(self, *statements: str, **values: object) -> None:
        """Change rows behind the ledger's back, in such words."""
        with self.site.ledger.writing() as writer:
            for statement in statements:
                writer.execute(sql(statement), values)

    def change_records(self, of: Table, change: Callable[[dict[str, Any]], None], **where: object) -> None:
        """Change what was read, behind the ledger's back: in each row of a table, or in those of these values."""
        with self.site.ledger.writing() as writer:
            for row in writer.execute(of.select().filter_by(**where)).mappings().all():
                record = copy.deepcopy(row["record"])
                change(record)
                key = [column == row[column.name] for column in of.primary_key.columns]
                writer.execute(of.update().where(*key).values(record=record))

    def browser(self, address: str = "198.51.100.7") -> TestClient:
        """A browser that follows no redirect by itself."""
        return TestClient(self.app, base_url=self._base, follow_redirects=False, client=(address, 50000))


def sign_in(browser: TestClient, name: str, password: str = PASSWORD, code: str = "", **more: str) -> Response:
    """Fill in the form of /sign-in, and send it."""
    fields = {"name": name, "password": password, "code": code, "csrf": token(browser.get("/sign-in").text)}
    return browser.post("/sign-in", data={**fields, **more})


def send(browser: TestClient, path: str, fields: dict[str, str] | None = None, *, of: str = "/account") -> Response:
    """Send a form of a page."""
    return browser.post(path, data={**(fields or {}), "csrf": token(browser.get(of).text)})


def token(page: str) -> str:
    """The token of a page's forms."""
    found = _TOKEN.search(page)
    assert found, page
    return found[1]
