"""What every provider is asked alike: where to send the browser, and what the code that it brings back is worth.

Authlib makes the questions and reads the answers. An answer is untrusted: whatever is odd in it is one refusal, in one sentence.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, cast

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc.errors import JoseError

from harmledger.config import is_secure
from harmledger.errors import NotAllowed, SourceFailed
from harmledger.reach.transports import HEADERS, STEP_SECONDS

MOST_SUBJECT_CHARS = 255
"""What OpenID Connect allows; others use numbers."""

Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What one sign-in is bound to; each of the three is chance, used once, and known here and to one browser's sign-in alone."""

    state: str
    nonce: str
    verifier: str
    back: str
    """The address of this site that the browser comes back to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """What the browser brought back."""

    code: str
    begun: Begun


class SignsIn(Protocol):
    """One provider, or one instance of one."""

    def begin(self, begun: Begun) -> str:
        """Where the browser goes.

        Raises:
            SourceFailed: the provider can't be asked now, or says what makes no sense.
        """
        ...

    def finish(self, back: Back) -> str:
        """Who it is there: a name that the provider gives nobody else.

        Raises:
            NotAllowed: the provider says no, or its answer proves nothing.
            SourceFailed: it can't be asked now.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """How this site is known to a provider."""

    client_id: str
    client_secret: str
    scope: str
    method: str
    """How the secret is shown: `client_secret_basic`, `client_secret_post`, or `none`."""


@contextmanager
def asking(client: Client | None, way: httpx2.BaseTransport, where: str) -> Generator[Any]:
    """A client of a provider; what goes wrong is told as one of two errors, without what the provider wrote."""
    known = client or Client(client_id="", client_secret="", scope="", method="none")
    session: Any = OAuth2Client(
        client_id=known.client_id,
        client_secret=known.client_secret,
        scope=known.scope or None,
        token_endpoint_auth_method=known.method,
        code_challenge_method="S256",
        transport=way,
        headers=HEADERS,
        timeout=STEP_SECONDS,
        follow_redirects=False,
        trust_env=False,
    )
    try:
        yield session
    except OAuthError as e:
        raise NotAllowed("the provider refuses this sign-in", where, "begin anew") from e
    except JoseError as e:
        raise NotAllowed("the provider's answer proves nothing", where, "begin anew") from e
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, KeyError, TypeError) as e:
        raise SourceFailed("the provider can't be asked now", where, "try again, or sign in otherwise") from e


def begin_at(session: Any, address: str, begun: Begun, **more: str) -> str:
    """The address that the browser goes to, with all that binds its return."""
    url, _ = session.create_authorization_url(
        address, state=begun.state, code_verifier=begun.verifier, redirect_uri=begun.back, **more
    )
    return str(url)


def fetch_token(session: Any, address: str, back: Back) -> Said:
    """What the code is worth, asked for with the proof that this site began the sign-in."""
    begun = back.begun
    token: Any = session.fetch_token(
        address,
        grant_type="authorization_code",
        code=back.code,
        redirect_uri=begun.back,
        code_verifier=begun.verifier,
    )
    return cast("Said", token)


def read_object(answer: httpx2.Response) -> Said:
    """The object that an answer is.

    Raises:
        ValueError, HTTPError: it is none.
    """
    answer.raise_for_status()
    said: object = answer.json()
    if not isinstance(said, dict):
        raise TypeError("the answer is no object")
    return cast("Said", said)


def get_address(said: Said, name: str) -> str:
    """An address that a provider says.

    Raises:
        ValueError: it is none, or what is sent there could be read on the way.
    """
    address = said.get(name)
    if not isinstance(address, str) or not is_secure(address):
        raise ValueError(f"{name} is no secure address")
    return address


def read_subject(value: object) -> str:
    """Who somebody is there.

    Raises:
        ValueError: it is no name that anybody could have.
    """
    subject = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    if not 0 < len(subject) <= MOST_SUBJECT_CHARS or not subject.isprintable():
        raise ValueError("the provider says not who it is")
    return subject
