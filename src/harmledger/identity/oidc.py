"""OpenID Connect: the issuer describes itself, and signs who somebody is. What it says of itself is kept for an hour."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

import httpx2
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from harmledger.config import Provider
from harmledger.identity.asking import (
    Back,
    Begun,
    Client,
    Said,
    asking,
    begin_at,
    fetch_token,
    get_address,
    read_object,
    read_subject,
)

DESCRIPTION = "/.well-known/openid-configuration"
KEPT = timedelta(hours=1)
LEAST = timedelta(minutes=1)
"""Keys are asked for again before their time where a token names one that isn't known, but not more often than this."""
LEEWAY_SECONDS = 120
"""Clocks differ."""
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Those made with a key that only the issuer has: `none` proves nothing, and HS256 what anybody with the client's secret can make."""


class OidcProvider:
    """An issuer."""

    def __init__(self, provider: Provider, way: httpx2.BaseTransport, now: Callable[[], datetime]) -> None:
        self._provider, self._way, self._now = provider, way, now
        self._where = provider.label
        self._lock = threading.Lock()
        self._described: tuple[datetime, Said] | None = None
        self._keys: tuple[datetime, KeySet] | None = None

    def begin(self, begun: Begun) -> str:
        """See `SignsIn`."""
        with asking(self._client(None), self._way, self._where) as session:
            return begin_at(
                session, get_address(self._describe(session), "authorization_endpoint"), begun, nonce=begun.nonce
            )

    def finish(self, back: Back) -> str:
        """See `SignsIn`: the token must be signed by the issuer, for this site, for this sign-in, now."""
        with asking(None, self._way, self._where) as session:
            said = self._describe(session)
        with asking(self._client(said), self._way, self._where) as session:
            token = fetch_token(session, get_address(said, "token_endpoint"), back)
            return self._read(session, said, token, back.begun.nonce)

    def _client(self, said: Said | None) -> Client:
        known = (said or {}).get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        by_head = not isinstance(known, list) or "client_secret_basic" in known
        method = (
            ("client_secret_basic" if by_head else "client_secret_post") if self._provider.client_secret else "none"
        )
        return Client(
            client_id=self._provider.client_id,
            client_secret=self._provider.client_secret,
            scope="openid",
            method=method,
        )

    def _describe(self, session: Any) -> Said:
        """What the issuer says of itself; it must be the one that was asked."""
        with self._lock:
            if self._described and self._now() - self._described[0] < KEPT:
                return self._described[1]
        said = read_object(session.request("GET", self._provider.issuer + DESCRIPTION, withhold_token=True))
        if str(said.get("issuer", "")).rstrip("/") != self._provider.issuer:
            raise ValueError("it is another issuer")
        with self._lock:
            self._described = (self._now(), said)
        return said

    def _read(self, session: Any, said: Said, token: Said, nonce: str) -> str:
        signed = str(token["id_token"])
        try:
            decoded = self._decode(session, said, signed, older_than=KEPT)
        except InvalidKeyIdError:
            decoded = self._decode(session, said, signed, older_than=LEAST)
        options = {
            "iss": {"essential": True, "value": said["issuer"]},
            "aud": {"essential": True, "value": self._provider.client_id},
        }
        held_to = {"nonce": nonce, "client_id": self._provider.client_id, "access_token": token.get("access_token")}
        claims: Any = CodeIDToken(decoded.claims, decoded.header, cast("Any", options), held_to)
        claims.validate(now=int(self._now().timestamp()), leeway=LEEWAY_SECONDS)
        return read_subject(claims["sub"])

    def _decode(self, session: Any, said: Said, signed: str, *, older_than: timedelta) -> jwt.Token:
        registry = JWSRegistry(algorithms=list(SIGNATURES), strict_check_header=False)
        return jwt.decode(signed, key=self._get_keys(session, said, older_than=older_than), registry=registry)

    def _get_keys(self, session: Any, said: Said, *, older_than: timedelta) -> KeySet:
        with self._lock:
            if self._keys and self._now() - self._keys[0] < older_than:
                return self._keys[1]
        answer = read_object(session.request("GET", get_address(said, "jwks_uri"), withhold_token=True))
        keys = KeySet.import_key_set(cast("Any", answer))
        with self._lock:
            self._keys = (self._now(), keys)
        return keys
