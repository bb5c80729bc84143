"""GitHub, WordPress.com and a Mastodon instance in one, as their manuals describe them; everybody who comes is let in as `person`.

They hold this site to its part: a code counts once, for the address it was asked from, with the secret, and with the proof key.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

SECRET = "a secret"


@dataclass
class Accounts:
    """What was asked, and who comes."""

    person: Any = 4711
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    apps: int = 0

    def app(self) -> Starlette:
        """All three."""
        authorize = ("/login/oauth/authorize", "/oauth2/authorize", "/oauth/authorize")
        token = ("/login/oauth/access_token", "/oauth2/token", "/oauth/token")
        who = {"/api/v3/user": "id", "/rest/v1.1/me": "ID", "/api/v1/accounts/verify_credentials": "id"}
        return Starlette(
            routes=[
                *(Route(path, self._authorize) for path in authorize),
                *(Route(path, self._token, methods=["POST"]) for path in token),
                *(Route(path, self._tell(name)) for path, name in who.items()),
                Route("/api/v1/apps", self._register, methods=["POST"]),
            ]
        )

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        self.asked.append(request.url.path)
        if asked["response_type"] != "code" or asked["code_challenge_method"] != "S256" or not asked["state"]:
            return Response("wrong", status_code=400)
        code = secrets.token_hex(8)
        self.codes[code] = asked
        answer = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{answer}", status_code=302)

    async def _token(self, request: Request) -> Response:
        self.asked.append(request.url.path)
        given = {name: str(value) for name, value in (await request.form()).items()}
        asked = self.codes.pop(given.get("code", ""), None)
        proof = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).decode().rstrip("=")
        right = asked and (asked["client_id"], asked["redirect_uri"], asked["code_challenge"], SECRET) == (
            given.get("client_id"), given.get("redirect_uri"), challenge, given.get("client_secret"),
        )  # fmt: skip
        if not right:
            return JSONResponse(
                {"error": "bad_verification_code"}, status_code=200 if "login" in request.url.path else 400
            )
        self.tokens.add(token := secrets.token_hex(8))
        return JSONResponse({"access_token": token, "token_type": "bearer", "scope": ""})

    def _tell(self, name: str) -> Any:
        async def tell(request: Request) -> Response:
            self.asked.append(request.url.path)
            if request.headers.get("authorization", "").partition(" ")[2] not in self.tokens:
                return Response("no", status_code=401)
            return JSONResponse({name: self.person, "login": "amal", "email": "amal@example.org"})

        return tell

    async def _register(self, request: Request) -> Response:
        self.asked.append(request.url.path)
        asked = await request.json()
        self.apps += 1
        assert asked["redirect_uris"].endswith("/replies/sign-in/back/fediverse")
        return JSONResponse({"client_id": f"app {self.apps}", "client_secret": SECRET})
