"""What a fetcher would give of some bytes."""

from __future__ import annotations

from datetime import UTC, datetime

from harmledger.domain import Exchange, Fetched

WHEN = datetime(2026, 3, 3, 12, tzinfo=UTC)
AT = "https://news.example/feed"


def fetched(content: bytes | str, *, url: str = AT, charset: str | None = None) -> Fetched:
    """An answer that holds them."""
    body = content.encode() if isinstance(content, str) else content
    exchange = Exchange(url=url, request=b"", head=b"", payload=body, address="192.0.2.1", started=WHEN)
    return Fetched(
        asked=url,
        exchanges=(exchange,),
        status=200,
        content=body,
        charset=charset,
        etag=None,
        last_modified=None,
        seconds=0.1,
    )
