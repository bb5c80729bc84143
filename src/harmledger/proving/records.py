"""How captures came: WARC records that parse, whose digests hold, and whose last payload is the document.

Source: WARC/1.1 (ISO 28500:2017).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from sqlalchemy import select

from harmledger.domain import Finding
from harmledger.errors import HarmledgerError
from harmledger.ids import document_id
from harmledger.prove.row import Cells
from harmledger.proving.looking import FROM_BACKUP, Looking, Teller
from harmledger.reach.stopped import Stopped
from harmledger.reach.unpack import Bounds, unpack
from harmledger.store.schema import CAPTURES, DOCUMENTS
from harmledger.store.schema_fetched import PROVENANCES

_TELL = Teller("records")
_ANSWERS = WarcRecordType.response | WarcRecordType.resource
_ANY_EXPANSION = 1 << 20
"""What unpacks to more than the document's size is another one, and is given up there: how far it expands needn't be looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What a record of an answer holds: its payload, and how that was packed."""

    payload: bytes
    codings: str
    url: str


def check_records(looking: Looking) -> Iterator[Finding]:
    """Whether the WARC records of each capture parse, say what was kept beside them, and hold the document."""
    sizes = {row.cells["document_id"]: row.cells["bytes"] for row in looking.rows(DOCUMENTS)}
    documents = {row.cells["capture_id"]: row.cells["document_id"] for row in looking.rows(CAPTURES)}
    total = len(looking.connection.execute(select(PROVENANCES.c.capture_id)).all())
    for number, row in enumerate(looking.rows(PROVENANCES)):
        looking.watch("records", number, total)
        record, document = row.cells["record_id"], documents.get(row.cells["capture_id"])
        if row.broken or document is None or row.cells["capture_id"] in looking.gone.ids - looking.gone.lifted:
            continue
        try:
            content = looking.ledger.blobs.get(record)
        except HarmledgerError:
            continue  # told of among the blobs
        for what in _judge(content, document, sizes.get(document) or 0, row.cells):
            yield _TELL.fails("record", record, f"capture {row.key}", what, FROM_BACKUP)


def _judge(content: bytes, document: str, size: int, told: Cells) -> Iterator[str]:
    if told["bytes"] != len(content):
        yield f"its row tells of {told['bytes']} bytes, and there are {len(content)}"
    answers: list[_Answer] = []
    try:
        for record in ArchiveIterator(BytesIO(content), parse_http=False):
            block = record.reader.read()
            if (stated := record.headers.get("WARC-Block-Digest")) and not _is_of(stated, block):
                yield f"the block of {record.record_id} isn't what its digest says"
            if record.record_type & _ANSWERS:
                answers.append(_answer(record, block))
    except (OSError, ValueError) as e:
        yield f"it is no WARC that can be read ({str(e)[:80]})"
        return
    if not answers:
        yield "no answer is in it"
    elif not _holds(answers[-1], document, size):
        yield f"its last payload doesn't unpack to document {document}"
    elif answers[-1].url != told["url"]:
        yield "its last address isn't the one that its row tells"


def _answer(record: WarcRecord, block: bytes) -> _Answer:
    url = str(record.headers.get("WARC-Target-URI") or "")
    if record.record_type == WarcRecordType.resource:
        return _Answer(payload=block, codings="", url=url)
    head, _, payload = block.partition(b"\r\n\r\n")
    fields = (line.partition(b":") for line in head.split(b"\r\n")[1:])
    codings = [value.strip().decode("latin-1") for name, _, value in fields if name.lower() == b"content-encoding"]
    return _Answer(payload=payload, codings=", ".join(codings), url=url)


def _holds(answer: _Answer, document: str, size: int) -> bool:
    if document_id(answer.payload) == document:
        return True
    try:
        bounds = Bounds(most_bytes=size, expansion=_ANY_EXPANSION)
        return document_id(unpack(answer.payload, answer.codings, bounds)) == document
    except Stopped:
        return False


def _is_of(stated: str, block: bytes) -> bool:
    """Whether a digest is of a block; one by another hash than these is passed over."""
    name, _, value = stated.partition(":")
    made = {"sha256": hashlib.sha256, "sha1": hashlib.sha1, "md5": hashlib.md5}.get(name.lower().replace("-", ""))
    if made is None:
        return True
    digest = made(block).digest()
    return value.lower() == digest.hex() or value.upper().rstrip("=") == base64.b32encode(digest).decode().rstrip("=")
