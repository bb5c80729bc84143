"""An OpenAI-compatible endpoint on this machine that answers what a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, bytes]
Answerer = Callable[[BaseHTTPRequestHandler], Answer | None]
"""What is answered to a request; None where it has answered by itself."""
KEY = "sk-secret-5f1d"
CLASSES = {"kind": "civilian", "group": None, "scope": "incident", "means": None, "polarity": "asserted"}
ROLES = dict.fromkeys(("victims", "place", "when", "actor", "source"))


@dataclass
class FakeEndpoint:
    """Answers one after another, the last one for ever; keeps what it was asked."""

    answers: Sequence[Answer | Answerer]
    url: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    @property
    def passages(self) -> list[str]:
        """What the model was shown, request by request."""
        return [body["messages"][1]["content"] for body in self.bodies]


@contextmanager
def serving(*answers: Answer | Answerer) -> Iterator[FakeEndpoint]:
    """An endpoint that runs as long as the test needs it."""
    fake = FakeEndpoint(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            fake.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            fake.headers.append(dict(self.headers))
            fake.paths.append(self.path)
            answer = fake.answers[min(len(fake.bodies), len(fake.answers)) - 1]
            answer = answer(self) if callable(answer) else answer
            if answer:
                reply(self, *answer)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    fake.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()


def reply(handler: BaseHTTPRequestHandler, status: int, body: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def chat(content: object, finish: str = "stop") -> Answer:
    """A chat model's answer with this content."""
    message = {"role": "assistant", "content": content}
    return 200, json.dumps({"choices": [{"message": message, "finish_reason": finish}]}).encode()


def claims(*claims: dict[str, Any]) -> Answer:
    """A chat model's answer with these claims; a field not given is null, or the commonest class."""
    return chat(json.dumps({"claims": [{"sentence": 1, "harm": "killed", **CLASSES, **ROLES, **c} for c in claims]}))
