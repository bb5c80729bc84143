"""What an OpenID issuer says is believed only where it signed it, for this site, for this sign-in, now."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from fakes import FIXED_NOW
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from harmledger.config import Provider
from harmledger.errors import HarmledgerError, NotAllowed, SourceFailed
from harmledger.identity import Back, Begun
from harmledger.identity.oidc import OidcProvider
from harmledger.reach.transports import reach

ISSUER = "https://issuer.example"
CLIENT, SECRET = "record", "a secret of thirty-two letters or more"
KEY = RSAKey.generate_key(2048, {"kid": "one"})
OTHER = RSAKey.generate_key(2048, {"kid": "two"})
BEGUN = Begun(state="s" * 40, nonce="n" * 40, verifier="v" * 64, back="https://record.example.org/back")
NOW = int(FIXED_NOW.timestamp())
CLAIMS = {"iss": ISSUER, "sub": "amal", "aud": CLIENT, "exp": NOW + 300, "iat": NOW, "nonce": BEGUN.nonce}


class Issuer(httpx2.BaseTransport):
    """Answers as an issuer does; a test changes what."""

    def __init__(self) -> None:
        self.token: Callable[[], str] = lambda: sign(CLAIMS)
        self.keys = [KEY]
        self.described: dict[str, Any] = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
        }
        self.asked: list[str] = []
        self.sent: dict[str, str] = {}

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request.url.path)
        match request.url.path:
            case "/.well-known/openid-configuration":
                return httpx2.Response(200, json=self.described)
            case "/keys":
                return httpx2.Response(200, json=KeySet(self.keys).as_dict(private=False))
            case _:
                self.sent = dict(pair.split("=", 1) for pair in request.read().decode().split("&"))
                return httpx2.Response(
                    200, json={"access_token": "x", "token_type": "Bearer", "id_token": self.token()}
                )


def sign(claims: dict[str, Any], *, key: Any = KEY, alg: str = "RS256", **header: str) -> str:
    return jwt.encode({"alg": alg, "kid": key.kid or "one", **header}, claims, key, algorithms=[alg])


def unsigned(claims: dict[str, Any]) -> str:
    from joserfc.util import urlsafe_b64encode

    return b".".join(
        [*(urlsafe_b64encode(json.dumps(part).encode()) for part in ({"alg": "none"}, claims)), b""]
    ).decode()


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
def provider(issuer: Issuer) -> OidcProvider:
    known = Provider(name="issuer", kind="oidc", label="Issuer", client_id=CLIENT, client_secret=SECRET, issuer=ISSUER)
    return OidcProvider(known, reach(inner=issuer), lambda: FIXED_NOW)


def finish(provider: OidcProvider) -> str:
    return provider.finish(Back(code="c", begun=BEGUN))


def test_who_an_issuer_signs_is_believed(provider: OidcProvider, issuer: Issuer) -> None:
    """The code is paid with the proof key, and what the issuer says of itself is asked for once."""
    url = httpx2.URL(provider.begin(BEGUN))
    asked = dict(url.params)
    assert (asked["state"], asked["nonce"], asked["code_challenge_method"]) == (BEGUN.state, BEGUN.nonce, "S256")
    assert asked["scope"] == "openid"
    assert BEGUN.verifier not in str(url)
    assert finish(provider) == finish(provider) == "amal"
    assert issuer.sent["code_verifier"] == BEGUN.verifier
    assert issuer.asked.count("/.well-known/openid-configuration") == issuer.asked.count("/keys") == 1


@pytest.mark.parametrize(
    "token",
    [
        lambda: sign({**CLAIMS, "nonce": "m" * 40}),
        lambda: sign({name: value for name, value in CLAIMS.items() if name != "nonce"}),
        lambda: sign({**CLAIMS, "aud": "another"}),
        lambda: sign({**CLAIMS, "aud": [CLIENT, "another"]}),
        lambda: sign({**CLAIMS, "iss": "https://evil.example"}),
        lambda: sign({**CLAIMS, "exp": NOW - 3600, "iat": NOW - 7200}),
        lambda: sign({**CLAIMS, "iat": NOW + 7200, "exp": NOW + 9000}),
        lambda: sign(CLAIMS, key=OTHER),
        lambda: sign(CLAIMS, key=RSAKey.generate_key(2048, {"kid": "one"})),
        lambda: sign(CLAIMS, key=OctKey.import_key(SECRET), alg="HS256"),
        lambda: sign(CLAIMS, key=OctKey.import_key(KEY.as_pem(private=False)), alg="HS256"),
        lambda: unsigned(CLAIMS),
        lambda: sign(CLAIMS)[:-4],
        lambda: sign({**CLAIMS, "sub": ""}),
        lambda: sign({**CLAIMS, "sub": "x" * 300}),
        lambda: sign({**CLAIMS, "at_hash": "AAAA"}),
        lambda: "no token at all",
        lambda: "",
    ],
    ids=["other nonce", "no nonce", "other audience", "audiences without a party", "other issuer", "expired", "of tomorrow", "unknown key",
         "forged key", "shared secret", "public key as secret", "unsigned", "cut", "nobody", "too long", "other access token", "garbage", "empty"],
)  # fmt: skip
def test_a_forged_or_borrowed_token_proves_nothing(
    provider: OidcProvider, issuer: Issuer, token: Callable[[], str]
) -> None:
    """Of another sign-in, another site, another issuer, another time, another key, or none."""
    issuer.token = token
    with pytest.raises(HarmledgerError) as told:
        finish(provider)
    assert isinstance(told.value, NotAllowed | SourceFailed)
    assert "/token" in issuer.asked


def test_new_keys_of_an_issuer_are_found(provider: OidcProvider, issuer: Issuer) -> None:
    """But not more often than once a minute, whatever tokens name."""
    finish(provider)
    issuer.keys, issuer.token = [OTHER], lambda: sign(CLAIMS, key=OTHER)
    with pytest.raises(NotAllowed):
        finish(provider)
    later = OidcProvider(provider._provider, reach(inner=issuer), lambda: FIXED_NOW)
    assert finish(later) == "amal"


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://issuer.example/token"},
        {"token_endpoint": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_an_issuer_that_describes_another_is_refused(
    provider: OidcProvider, issuer: Issuer, change: dict[str, Any]
) -> None:
    """Or that would have secrets sent in the clear."""
    issuer.described |= change
    with pytest.raises(SourceFailed):
        (provider.begin(BEGUN), finish(provider))


@pytest.mark.parametrize("status", [302, 404, 500])
def test_an_issuer_that_fails_is_told_in_one_sentence(issuer: Issuer, status: int) -> None:
    """Redirects are not followed."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        issuer.asked.append(request.url.host)
        return httpx2.Response(status, headers={"location": "https://elsewhere.example/"}, text="no")

    known = Provider(name="issuer", kind="oidc", label="Issuer", client_id=CLIENT, issuer=ISSUER)
    provider = OidcProvider(known, reach(inner=httpx2.MockTransport(answer)), lambda: FIXED_NOW)
    with pytest.raises(SourceFailed, match="can't be asked"):
        provider.begin(BEGUN)
    assert issuer.asked == ["issuer.example"]
