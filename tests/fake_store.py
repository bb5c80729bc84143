"""An S3-compatible store as bulk reading meets it: buckets of objects, signatures that are checked, and troubles on demand.

It does what the client asks of it, by Amazon's API reference: ListObjectsV2 page by page, HeadBucket, HeadObject, GetObject with ranges, and
Signature Version 4. A server that is at hand as a package (moto) ties python-dateutil to an old version, by which pages' dates would be read in tests.
Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations.html, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

from __future__ import annotations

import hashlib
import hmac
import re
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from xml.sax.saxutils import escape

KEY, SECRET, REGION = "AKIAREADER", "reader/secret+of+the+test", "eu-test-1"
PAGE_KEYS = 2
"""Keys in one answer to a listing: so that there are several."""


@dataclass(slots=True)
class FakeStore:
    """What is in it, and what it does."""

    buckets: dict[str, dict[str, bytes]]
    open_buckets: set[str] = field(default_factory=set[str])
    """Those that anybody may read."""
    closed_buckets: set[str] = field(default_factory=set[str])
    """Those that nobody may."""
    written: datetime = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    cut_off: int = 0
    """So many answers with content break off in their middle."""
    busy: int = 0
    """So many answers say that too much is asked."""
    changes_when_read: bool = False
    address: str = ""
    asked: list[str] = field(default_factory=list[str])
    """Methods and paths."""

    def pass_an_hour(self) -> None:
        """All is written anew, an hour later."""
        self.written += timedelta(hours=1)

    def read(self, bucket: str, key: str) -> bytes | None:
        content = self.buckets[bucket].get(key)
        if content is not None and self.changes_when_read:
            self.buckets[bucket][key] = content[1:] + content[:1]
        return content


@contextmanager
def serve_store(store: FakeStore) -> Generator[FakeStore]:
    """Serve it; it knows its address then."""
    handler = type("Handler", (_Handler,), {"store": store})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    store.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield store
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    store: FakeStore

    def do_GET(self) -> None:  # the name that http.server calls
        self._handle()

    def do_HEAD(self) -> None:  # the same
        self._handle()

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""

    def _handle(self) -> None:
        asked = urlsplit(self.path)
        bucket, _, key = unquote(asked.path).removeprefix("/").partition("/")
        query = dict(parse_qsl(asked.query, keep_blank_values=True))
        self.store.asked.append(f"{self.command} {asked.path}")
        if self.store.busy:
            self.store.busy -= 1
            self._refuse(503, "SlowDown", "Please reduce your request rate.")
        elif trouble := self._judge(bucket):
            self._refuse(*trouble)
        elif not key and self.command == "HEAD":
            self._answer(b"")
        elif not key:
            self._list(bucket, query)
        elif (content := self.store.read(bucket, key)) is None:
            self._refuse(404, "NoSuchKey", "The specified key does not exist.")
        else:
            self._give(content)

    def _judge(self, bucket: str) -> tuple[int, str, str] | None:
        said = self.headers.get("Authorization")
        if said is None and bucket not in self.store.open_buckets:
            return 403, "AccessDenied", "Access Denied"
        if said and f"Credential={KEY}/" not in said:
            return 403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records."
        if said and not self._is_signed(said):
            return 403, "SignatureDoesNotMatch", f"The signature we calculated for {SECRET} does not match."
        if bucket not in self.store.buckets:
            return 404, "NoSuchBucket", "The specified bucket does not exist"
        return (403, "AccessDenied", "Access Denied") if bucket in self.store.closed_buckets else None

    def _is_signed(self, said: str) -> bool:
        """Whether the request is signed with the secret, by Signature Version 4."""
        found = re.search(r"Credential=[^/]+/([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)", said)
        if not found:
            return False
        scope, names, signature = found.groups()
        asked = urlsplit(self.path)
        pairs = sorted((quote(k, safe="-_.~"), quote(v, safe="-_.~")) for k, v in parse_qsl(asked.query, True))
        heads = [f"{name}:{' '.join(self.headers.get(name, '').split())}" for name in names.split(";")]
        query = "&".join(f"{k}={v}" for k, v in pairs)
        lines = [self.command, asked.path, query, *heads, "", names, self.headers["x-amz-content-sha256"]]
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        signed = "\n".join(["AWS4-HMAC-SHA256", self.headers["x-amz-date"], scope, digest])
        key = f"AWS4{SECRET}".encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        return hmac.compare_digest(hmac.digest(key, signed.encode(), "sha256").hex(), signature)

    def _list(self, bucket: str, query: dict[str, str]) -> None:
        prefix, delimiter = query.get("prefix", ""), query.get("delimiter", "")
        keys = sorted(key for key in self.store.buckets[bucket] if key.startswith(prefix))
        entries = list(dict.fromkeys(_folded(key, prefix, delimiter) for key in keys))
        start = int(query.get("continuation-token", "0"))
        shown, more = entries[start : start + PAGE_KEYS], len(entries) > start + PAGE_KEYS
        parts = [self._entry(bucket, entry) for entry in shown]
        token = f"<NextContinuationToken>{start + PAGE_KEYS}</NextContinuationToken>" if more else ""
        told = f"<IsTruncated>{str(more).lower()}</IsTruncated>{token}<KeyCount>{len(shown)}</KeyCount>"
        xml = f"<ListBucketResult><Name>{bucket}</Name><Prefix>{escape(prefix)}</Prefix>{told}{''.join(parts)}</ListBucketResult>"
        self._answer(xml.encode(), kind="application/xml")

    def _entry(self, bucket: str, entry: str) -> str:
        content = self.store.buckets[bucket].get(entry)
        if content is None:
            return f"<CommonPrefixes><Prefix>{escape(entry)}</Prefix></CommonPrefixes>"
        when = self.store.written.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        return f"<Contents><Key>{escape(entry)}</Key><LastModified>{when}</LastModified><Size>{len(content)}</Size></Contents>"

    def _give(self, content: bytes) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        start, end = (int(asked[1]), int(asked[2] or len(content) - 1) + 1) if asked else (0, len(content))
        tag = f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'
        heads = {"ETag": tag, "Last-Modified": self.store.written.strftime("%a, %d %b %Y %H:%M:%S GMT")}
        if asked:
            heads["Content-Range"] = f"bytes {start}-{min(end, len(content)) - 1}/{len(content)}"
        self._answer(content[start:end], status=206 if asked else 200, heads=heads)

    def _refuse(self, status: int, code: str, message: str) -> None:
        xml = f"<Error><Code>{code}</Code><Message>{escape(message)}</Message></Error>"
        self._answer(xml.encode(), status=status, kind="application/xml")

    def _answer(
        self,
        content: bytes,
        *,
        status: int = 200,
        kind: str = "binary/octet-stream",
        heads: dict[str, str] | None = None,
    ) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **(heads or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "HEAD":
            return
        if heads and self.store.cut_off:
            self.store.cut_off -= 1
            self.wfile.write(content[: len(content) // 2])
            self.close_connection = True
            return
        self.wfile.write(content)


def _folded(key: str, prefix: str, delimiter: str) -> str:
    """The key, or what it has in common with others of its folder."""
    rest = key.removeprefix(prefix)
    return prefix + rest.split(delimiter, 1)[0] + delimiter if delimiter and delimiter in rest else key
