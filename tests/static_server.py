"""A small server of the static files, with ranges, under the strict policy that the site has; it notes nothing and knows no ledger."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

STATIC = Path(__file__).resolve().parents[1] / "src" / "harmledger" / "web" / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; worker-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".css": "text/css", ".json": "application/json"}


@contextmanager
def serve(pages: dict[str, str | dict[str, Any]]) -> Iterator[str]:
    """Serve pages (HTML) and collections (JSON) by path, and the static files under /static/; gives the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(pages))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(pages: dict[str, str | dict[str, Any]]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:  # the name that http.server calls
            page = pages.get(urlsplit(self.path).path)
            if page is not None:
                text = page if isinstance(page, str) else json.dumps(page)
                self._answer(
                    text.encode(), "text/html; charset=utf-8" if isinstance(page, str) else "application/geo+json"
                )
                return
            path = (STATIC / urlsplit(self.path).path.removeprefix("/static/")).resolve()
            if path.is_relative_to(STATIC) and path.is_file():
                self._answer(path.read_bytes(), TYPES.get(path.suffix, "application/octet-stream"))
            else:
                self.send_error(404)

        def _answer(self, content: bytes, kind: str) -> None:
            asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
            start, end = (int(asked[1]), min(int(asked[2]) + 1, len(content))) if asked else (0, len(content))
            self.send_response(206 if asked else 200)
            if asked:
                self.send_header("Content-Range", f"bytes {start}-{end - 1}/{len(content)}")
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(end - start))
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(content[start:end])

        def log_message(self, format: str, *args: object) -> None:
            """Tests print what they find, not what they asked for."""

    return Handler
