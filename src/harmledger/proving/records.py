"""How captures came: WARC records that parse, whose digests hold, and one of which holds the document.

Source: WARC/1.1 (ISO 28500:2017).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader, BytesIO

from sqlalchemy import select

from harmledger.collect.archives.answers import content_of, parse_head, undo_chunks
from harmledger.collect.archives.codecs import Damaged
from harmledger.collect.archives.digests import holds
from harmledger.collect.archives.records import Damage, Record, iter_records
from harmledger.collect.limits import Limits
from harmledger.domain import Finding
from harmledger.errors import HarmledgerError
from harmledger.ids import document_id
from harmledger.prove.row import Cells
from harmledger.proving.looking import FROM_BACKUP, Looking, Teller
from harmledger.store.schema import CAPTURES, DOCUMENTS
from harmledger.store.schema_fetched import PROVENANCES

_TELL = Teller("records")
_ANSWERS = frozenset({"response", "resource", "revisit"})
_ANY_EXPANSION = 1 << 20
"""What unpacks to more than the document's size is another one, and is given up there: how far it expands needn't be looked at."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a record of an answer holds, as it may be: with its chunks and packing, and without."""

    contents: tuple[bytes, ...]
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
    limits = Limits(report_bytes=max(size, 1), expansion=_ANY_EXPANSION)
    answers: list[_Answer] = []
    for item in iter_records(BufferedReader(BytesIO(content)), limits=limits):
        if isinstance(item, Damage):
            yield f"it is no WARC that can be read ({item.what})"
            return
        try:
            block = item.block()
        except Damaged:
            continue  # the next item tells where
        if holds(item.fields.find("warc-block-digest"), [block]) is False:
            yield f"the block of {item.id} isn't what its digest says"
        if item.kind in _ANSWERS:
            answers.append(_answer(item, block, limits))
    if not answers:
        yield "no answer is in it"
    elif not any(document_id(each) == document for answer in answers for each in answer.contents):
        yield f"none of its payloads unpacks to document {document}"
    elif told["url"] not in {answer.url for answer in answers}:
        yield "none of its addresses is the one that its row tells"


def _answer(record: Record, block: bytes, limits: Limits) -> _Answer:
    head = parse_head(block) if record.kind != "resource" else None
    if head is None:
        return _Answer((block,), record.url)
    body = block[head.length :]
    whole = undo_chunks(body, head)
    try:
        unpacked = content_of(whole, head, limits)
    except (
        Damaged
    ):  # larger than the document, or packed in a way that isn't known: then it stands as it is, or not at all
        unpacked = whole
    return _Answer((body, whole, unpacked), record.url)
