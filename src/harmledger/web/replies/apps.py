"""How the site is known at Mastodon instances, kept in the ledger: encrypted with the site's key, which the ledger's database doesn't hold."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken

from harmledger.identity import Client
from harmledger.store import Ledger
from harmledger.store.instance_apps import find_app, forget_app, keep_app, touch_app


class KeptApps:
    """See `identity.mastodon.Apps`. What was sealed with another key is as if it weren't there."""

    def __init__(self, ledger: Ledger, key: bytes, now: Callable[[], datetime]) -> None:
        self._ledger, self._key, self._now = ledger, key, now
        sealing = hmac.new(key, b"seals how instances know this site", "sha256").digest()
        self._box = Fernet(base64.urlsafe_b64encode(sealing))

    def find(self, instance: str, back: str) -> Client | None:
        """How the site is known there."""
        app, now = self._id(instance, back), self._now()
        with self._ledger.reading() as connection:
            sealed = find_app(connection, app, now=now)
        if sealed is None:
            return None
        try:
            known = json.loads(self._box.decrypt(sealed.encode("ascii")))
        except (InvalidToken, ValueError):
            return None
        with self._ledger.writing() as connection:
            touch_app(connection, app, now=now)
        return Client(**known)

    def keep(self, instance: str, back: str, client: Client) -> None:
        """Keep it."""
        sealed = self._box.encrypt(json.dumps(asdict(client)).encode()).decode("ascii")
        with self._ledger.writing() as connection:
            keep_app(connection, self._id(instance, back), sealed, now=self._now())

    def forget(self, instance: str, back: str) -> None:
        """Forget it."""
        with self._ledger.writing() as connection:
            forget_app(connection, self._id(instance, back))

    def _id(self, instance: str, back: str) -> str:
        """Which instances people came from is not to be read off the table either."""
        return hmac.new(self._key, f"instance app\0{instance}\0{back}".encode(), "sha256").hexdigest()
