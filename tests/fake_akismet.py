"""Akismet on this machine, as its published protocol has it: comment-check, submit-spam, submit-ham, verify-key.

Texts and names that Akismet itself keeps for tests mean what they mean there: the author `viagra-test-123` is spam. Any other answer a test gives itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

Asked = dict[str, str]
Answerer = Callable[[BaseHTTPRequestHandler, Asked], None]
KEY, BLOG = "0a1b2c3d4e5f", "https://record.example"
SPAMMER = "viagra-test-123"
TAKEN = b"Thanks for making the web a better place."


@dataclass
class FakeAkismet:
    """What it was asked, and what moderators told it."""

    url: str = ""
    asked: list[tuple[str, Asked]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def of(self, verb: str) -> list[Asked]:
        return [fields for path, fields in self.asked if path == f"/1.1/{verb}"]


@contextmanager
def serving(answer: Answerer | None = None) -> Iterator[FakeAkismet]:
    """The service for as long as a test needs it; it answers by the protocol, or as it is told."""
    fake = FakeAkismet()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            fields = {name: values[0] for name, values in parse_qs(body, strict_parsing=True).items()}
            fake.asked.append((self.path, fields))
            fake.headers.append(dict(self.headers))
            (answer or by_protocol)(self, fields)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    fake.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()


def say(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    """Answer so; underscores in header names stand for hyphens."""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def saying(body: bytes, status: int = 200, **headers: str) -> Answerer:
    """Always the same answer."""
    return lambda handler, _: say(handler, body, status, **headers)


def by_protocol(handler: BaseHTTPRequestHandler, fields: Asked) -> None:
    """The answer that the protocol describes."""
    if fields.get("api_key") != KEY or fields.get("blog") != BLOG:
        say(handler, b"invalid", X_akismet_debug_help=f"Invalid key {fields.get('api_key')}")
    elif handler.path == "/1.1/verify-key":
        say(handler, b"valid")
    elif "user_ip" not in fields:
        say(handler, b"Missing required field: user_ip.", X_akismet_debug_help="Missing required field: user_ip.")
    elif handler.path in {"/1.1/submit-spam", "/1.1/submit-ham"}:
        say(handler, TAKEN)
    elif handler.path == "/1.1/comment-check":
        _check(handler, fields)
    else:
        say(handler, b"", 404)


def _check(handler: BaseHTTPRequestHandler, fields: Asked) -> None:
    if fields.get("comment_author") != SPAMMER:
        say(handler, b"false")
    elif "discard" in fields.get("comment_content", ""):
        say(handler, b"true", X_akismet_pro_tip="discard")
    else:
        say(handler, b"true")
