"""Mastodon: thousands of instances, each a provider of its own, where this site makes itself known when somebody first comes from there.

How it is known there is kept by whoever is given as `Apps`, so that a restart asks no instance anew.
"""

from __future__ import annotations

import re
from typing import Protocol

import httpx2

from harmledger.errors import BadInput
from harmledger.identity.asking import Client, Said, asking, read_object
from harmledger.identity.oauth import OAuthProvider, speak_mastodon

MOST_HOST_CHARS = 253
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{2,59}})")


class Apps(Protocol):
    """Keeps how this site is known at instances; `back` is the address to come back to, for which each holds."""

    def find(self, instance: str, back: str) -> Client | None:
        """How it is known there; None where it isn't yet, or too long ago."""
        ...

    def keep(self, instance: str, back: str, client: Client) -> None:
        """Keep it."""
        ...

    def forget(self, instance: str, back: str) -> None:
        """Forget it."""
        ...


class Mastodon:
    """The instances that people came from."""

    def __init__(self, way: httpx2.BaseTransport, apps: Apps, *, site: str, back: str) -> None:
        self._way, self._apps, self._site, self._back = way, apps, site, back

    def at(self, instance: str) -> OAuthProvider:
        """An instance by its address, such as `https://mastodon.example`; this site is made known to it where it isn't yet.

        Raises:
            BadInput: it isn't in the public internet.
            SourceFailed: it can't be asked, or is no Mastodon.
        """
        client = self._apps.find(instance, self._back) or self._register(instance)
        return OAuthProvider(speak_mastodon(instance), client, self._way, instance)

    def forget(self, instance: str) -> None:
        """Make this site known there anew the next time: what it is known by may be gone there."""
        self._apps.forget(instance, self._back)

    def _register(self, instance: str) -> Client:
        scope = speak_mastodon(instance).scope
        asked = {"client_name": "harmledger", "redirect_uris": self._back, "scopes": scope, "website": self._site}
        with asking(None, self._way, instance) as session:
            said = read_object(session.request("POST", f"{instance}/api/v1/apps", json=asked, withhold_token=True))
            client = _read_client(said, scope)
        self._apps.keep(instance, self._back, client)
        return client


def _read_client(said: Said, scope: str) -> Client:
    name, secret = said.get("client_id"), said.get("client_secret")
    if not (isinstance(name, str) and isinstance(secret, str) and name and secret):
        raise ValueError("it is no Mastodon")
    return Client(client_id=name, client_secret=secret, scope=scope, method="client_secret_post")


def parse_instance(typed: str) -> str:
    """The address of the instance that somebody means: `mastodon.example`, its address, or an account there (`@me@mastodon.example`).

    Raises:
        BadInput: it is none.
    """
    host = typed.strip().lower().removeprefix("https://").rstrip("/").rpartition("@")[2]
    try:
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        host = ""
    if len(host) > MOST_HOST_CHARS or not _HOST.fullmatch(host):
        raise BadInput("this is no Mastodon instance", repr(typed[:MOST_HOST_CHARS]), "write it as mastodon.example")
    return f"https://{host}"
