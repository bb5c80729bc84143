"""A ledger of which captures are stamped, an authority and a calendar."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from fake_stampers import (
    SALTED,
    Authority,
    Stampers,
    apply_all,
    promise,
)
from fakes import fixed_now, load_fake, write_reports
from sqlalchemy import select

from harmledger.config import StampSettings
from harmledger.domain import Audited
from harmledger.domain.prove import Finding, Weight
from harmledger.domain.stamp import StampState
from harmledger.pipeline import read_reports
from harmledger.stamp.asking import Asker, Limits
from harmledger.stamping import (
    Trusted,
    check_stamps,
    put_under_root,
    stamp_ledger,
    upgrade_stamps,
)
from harmledger.store import Ledger, open_ledger
from harmledger.store.schema import CAPTURES
from harmledger.store.stamps import (
    list_stamps,
)

QUICK = Limits(connect_seconds=2, whole_seconds=2)


def now() -> datetime:
    """The machine's own clock, as OpenSSL's authority has it."""
    return datetime.now(UTC)


def audited(what: str) -> Audited:
    return Audited(when=fixed_now(), who="Amal", what=what, subject=None, address=None, outcome="done")


def slow(_: bytes) -> bytes:
    time.sleep(4)
    return b""


@dataclass
class World:
    """A ledger and those who attest time."""

    ledger: Ledger
    them: Stampers
    authority: Authority
    settings: StampSettings
    trusted: Trusted

    def read(self, name: str, number: int) -> None:
        path = write_reports(self.ledger.folder.parent / f"{name}.jsonl", number)
        path.write_text(path.read_text().replace("Army", name.title()))
        for _ in read_reports([str(path)], load=partial(load_fake, "1"), now=fixed_now, keeper=self.ledger):
            pass

    def put(self, *captures: str) -> list[str]:
        return [each.root for each in put_under_root(self.ledger, self.settings, captures=captures, now=now())]

    def asker(self) -> Asker:
        return Asker(trusted=(*self.settings.authorities, *self.settings.calendars), limits=QUICK)

    def stamp(self) -> list[StampState]:
        asked = stamp_ledger(self.ledger, self.settings, asker=self.asker(), trusted=self.trusted, now=now)
        return [each.state for each in asked]

    def upgrade(self) -> list[StampState]:
        asked = upgrade_stamps(self.ledger, asker=self.asker(), trusted=self.trusted, now=now)
        return [each.state for each in asked]

    def check(self, weight: Weight = Weight.FAILS, **more: frozenset[str]) -> list[Finding]:
        with self.ledger.reading() as connection:
            found = check_stamps(self.ledger, connection, trusted=self.trusted, **more)
            return [each for each in found if each.weight is weight]

    def captures(self) -> list[str]:
        with self.ledger.reading() as connection:
            return sorted(connection.execute(select(CAPTURES.c.capture_id)).scalars())

    def messages(self) -> list[str | None]:
        with self.ledger.reading() as connection:
            return [each.message for each in list_stamps(connection)]

    def commitment(self, root: str) -> bytes:
        return apply_all(hashlib.sha256(bytes.fromhex(root)).digest(), SALTED)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def world(tmp_path: Path, authority: Authority) -> Iterator[World]:
    """A ledger of three reports, an authority, and a calendar."""
    with Stampers() as them:
        them["/tsa"] = authority.answer
        them["/calendar/digest"] = promise(them.at("/calendar"))
        settings = StampSettings(
            authorities=(them.at("/tsa"),), calendars=(them.at("/calendar"),), roots="", headers=""
        )
        ledger = open_ledger(tmp_path / "ledger", now=fixed_now)
        world = World(ledger, them, authority, settings, Trusted(roots=[authority.root], least_difficulty=0))
        world.read("army", 3)
        yield world
        ledger.close()
