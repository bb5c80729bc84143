"""The settings of an endpoint, checked: an address that can be posted to, a key that fits into a header.

In come the settings as they were told; out go those that can be meant. Nothing that may hold a secret gets into a message.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import SplitResult, urlsplit

from harmledger.config import Endpoint
from harmledger.errors import EngineFailed

PATH = "/chat/completions"
"""What an OpenAI-compatible endpoint is asked at, below its base address."""
ENGINE = "engine llm"
URL, MODEL, KEY, SECONDS = (f"HARMLEDGER_LLM_{name}" for name in ("URL", "MODEL", "KEY", "SECONDS"))


def parse_address(url: str) -> SplitResult:
    """The address that is posted to, from a base address; one that can't be understood is never shown: it may hold a secret.

    Raises:
        EngineFailed: it is no web address, or holds a name or password.
    """
    parts = _split(url)
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise EngineFailed(f"{URL} is no web address", ENGINE, "set it to one such as https://models.example.org/v1")
    if "@" in parts.netloc:
        raise EngineFailed(f"{URL} holds a name or password", ENGINE, f"give the key in {KEY}")
    path = parts.path.rstrip("/")
    return parts._replace(path=path if path.endswith(PATH) else path + PATH, fragment="")


def _split(url: str) -> SplitResult | None:
    if not (url.isascii() and url.isprintable()) or " " in url:
        return None
    try:
        parts = urlsplit(url)
        return None if parts.port == 0 else parts
    except ValueError:
        return None


def check_endpoint(endpoint: Endpoint) -> Endpoint:
    """The endpoint with its key trimmed.

    Raises:
        EngineFailed: the key fits into no header, or there is no time for an answer.
    """
    key = endpoint.key.strip()
    if not (key.isascii() and key.isprintable()):
        raise EngineFailed(f"{KEY} holds signs that no key has", ENGINE, "set it anew")
    if endpoint.seconds < 1:
        raise EngineFailed(f"{SECONDS} is below 1", ENGINE, "give whole seconds, such as 120")
    return replace(endpoint, key=key)
