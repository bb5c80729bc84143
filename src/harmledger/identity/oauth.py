"""Providers that speak OAuth 2 and have words of their own for who somebody is: GitHub, WordPress.com, each Mastodon instance.

They sign nothing; who it is they tell over a connection that is theirs, for the token that the code was worth.
"""

from __future__ import annotations

from dataclasses import dataclass

import httpx2

from harmledger.config import Provider
from harmledger.identity.asking import Back, Begun, Client, asking, begin_at, fetch_token, read_object, read_subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """Where one kind of provider is asked for what."""

    authorize: str
    token: str
    who: str
    subject: str
    """The field of its answer that names the person for good."""
    scope: str


def speak_github(issuer: str) -> Dialect:
    """GitHub, or a GitHub Enterprise Server at an address. No scope: the public account is enough.

    Source: docs.github.com, "Authorizing OAuth apps"; REST API, "Get the authenticated user".
    """
    home = issuer or "https://github.com"
    who = f"{issuer}/api/v3/user" if issuer else "https://api.github.com/user"
    paths = {"authorize": f"{home}/login/oauth/authorize", "token": f"{home}/login/oauth/access_token"}
    return Dialect(**paths, who=who, subject="id", scope="")


def speak_wordpress(issuer: str) -> Dialect:
    """WordPress.com. The scope `auth` tells who it is and allows nothing else.

    Source: developer.wordpress.com, "OAuth2 Authentication" and "GET /me".
    """
    home = issuer or "https://public-api.wordpress.com"
    paths = {"authorize": f"{home}/oauth2/authorize", "token": f"{home}/oauth2/token", "who": f"{home}/rest/v1.1/me"}
    return Dialect(**paths, subject="ID", scope="auth")


def speak_mastodon(instance: str) -> Dialect:
    """One instance. `read:accounts` is the least that every version understands.

    Source: docs.joinmastodon.org, "oauth API methods" and "accounts API methods".
    """
    paths = {"authorize": f"{instance}/oauth/authorize", "token": f"{instance}/oauth/token"}
    return Dialect(**paths, who=f"{instance}/api/v1/accounts/verify_credentials", subject="id", scope="read:accounts")


DIALECTS = {"github": speak_github, "wordpress": speak_wordpress}


class OAuthProvider:
    """One that is asked in its own words."""

    def __init__(self, dialect: Dialect, client: Client, way: httpx2.BaseTransport, where: str) -> None:
        self._dialect, self._client, self._way, self._where = dialect, client, way, where

    def begin(self, begun: Begun) -> str:
        """See `SignsIn`."""
        with asking(self._client, self._way, self._where) as session:
            return begin_at(session, self._dialect.authorize, begun)

    def finish(self, back: Back) -> str:
        """See `SignsIn`."""
        with asking(self._client, self._way, self._where) as session:
            fetch_token(session, self._dialect.token, back)
            return read_subject(read_object(session.get(self._dialect.who)).get(self._dialect.subject))


def open_oauth(provider: Provider, way: httpx2.BaseTransport) -> OAuthProvider:
    """GitHub or WordPress.com, as configured."""
    dialect = DIALECTS[provider.kind](provider.issuer)
    client = Client(
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        scope=dialect.scope,
        method="client_secret_post",
    )
    return OAuthProvider(dialect, client, way, provider.label)
