"""What was fetched → a Capture: its text, and how it came as records that are never altered.

The bytes of the document are what was unpacked, so that its id is of what is read; the records beside it hold what came over the wire.
Refuses what is no report: feeds, data, packed files. Reaches no network.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from harmledger.collect.decode import decode_bytes
from harmledger.collect.sniff import HEAD_BYTES, Form, sniff_form
from harmledger.collect.streams import GZIP_MAGIC
from harmledger.domain import Capture, Fetched, Given, Media, Provenance
from harmledger.errors import BadInput
from harmledger.ids import capture_id, document_id
from harmledger.publish.warc import render_records

EASTERNMOST = timedelta(hours=14)
"""Where a day begins first (UTC+14): no page bears a later date than the one there."""


def capture_page(fetched: Fetched, *, by: str) -> Capture:
    """The capture of a page; its `source` is the address that was asked for, without a fragment. `by`: what fetched it.

    Raises:
        BadInput: it holds no report, or in no encoding that could be told.
    """
    source = fetched.exchanges[0].url
    media = _judge_media(fetched.content, source)
    text = decode_bytes(fetched.content, where=source, declared=fetched.charset)
    document = document_id(fetched.content)
    return Capture(
        capture_id=capture_id(document, source, fetched.started),
        document_id=document,
        source=source,
        fetched=fetched.started,
        content=fetched.content,
        media=media,
        text=text,
        given=Given(captured=latest_day(fetched.started)),
        provenance=_provenance(fetched, document, by),
    )


def latest_day(fetched: datetime) -> date:
    """The last day that a page fetched then can bear, wherever it is published."""
    return (fetched + EASTERNMOST).date()


def _judge_media(content: bytes, source: str) -> Media:
    if content.startswith(GZIP_MAGIC):
        raise BadInput("it is a packed file, not a page", source, "download it, unpack it and give what is in it")
    form = sniff_form(content[:HEAD_BYTES], name="", where=source)
    if form is Form.LINES:
        raise BadInput("it is data, not a page", source, "download it and give the file")
    return Media.HTML if form is Form.PAGE else Media.TEXT


def _provenance(fetched: Fetched, document: str, by: str) -> Provenance:
    last = fetched.exchanges[-1]
    told = {"asked-for": fetched.asked, "unpacked-sha256": document, "seconds": f"{fetched.seconds:.3f}"}
    return Provenance(
        records=render_records(fetched.exchanges, by=by, metadata=told),
        url=last.url,
        status=fetched.status,
        address=last.address or None,
        by=by,
    )
