"""An authenticator in a few lines: makes passkeys and signs, as a browser hands it on. What it says can be told to be wrong."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from base64 import urlsafe_b64encode
from html import unescape
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from sites import HOST, send
from starlette.testclient import TestClient

PRESENT, ATTESTED = 0x01, 0x40


def text(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def options(page: str) -> dict[str, Any]:
    """What a page asks of the browser."""
    found = re.search(r'data-options="([^"]*)"', page)
    assert found, page
    return json.loads(unescape(found[1]))


class Authenticator:
    """One key."""

    def __init__(self) -> None:
        self.key, self.id, self.count = generate_private_key(SECP256R1()), secrets.token_bytes(16), 0

    def make(self, asked: dict[str, Any]) -> str:
        """The answer to being asked for a passkey."""
        point = self.key.public_key().public_numbers()
        cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})
        told = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cose
        data = self._data(asked["rp"]["id"], PRESENT | ATTESTED) + told
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", asked["challenge"], f"http://{HOST}")
        return self._answer(clientDataJSON=client, attestationObject=statement)

    def sign(self, asked: dict[str, Any], *, origin: str = f"http://{HOST}", host: str = "") -> str:
        """The answer to being asked for a signature."""
        self.count += 1
        data = self._data(host or asked["rpId"], PRESENT)
        client = self._client("webauthn.get", asked["challenge"], origin)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ECDSA(SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _data(self, host: str, flags: int) -> bytes:
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str, origin: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}).encode()

    def _answer(self, **response: bytes) -> str:
        held = {name: text(content) for name, content in response.items()}
        whole = {"id": text(self.id), "rawId": text(self.id), "type": "public-key", "response": held}
        return json.dumps({**whole, "clientExtensionResults": {}})


def add_key(browser: TestClient, name: str = "phone") -> Authenticator:
    """Make a passkey as a person does who is signed in."""
    key = Authenticator()
    page = browser.get("/account/passkeys")
    kept = send(browser, "/account/passkeys", {"name": name, "answer": key.make(options(page.text))})
    assert kept.headers["location"] == "/account?done=passkey", kept.text
    return key
