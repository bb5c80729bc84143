"""Tells a web archive by its opening bytes, packed or not."""

from __future__ import annotations

import re

from harmledger.collect.archives.codecs import Codec, Damaged, Inflate, Zstd
from harmledger.collect.archives.members import DICTIONARY_MAGIC, GZIP_MAGIC, MAGIC, ZSTD_MAGIC

ZIP_MAGIC = b"PK\x03\x04"
_IN_WACZ = re.compile(rb"datapackage\.json|pages/pages\.jsonl|archive/[^/\x00]{1,200}\.warc")


def is_warc(head: bytes) -> bool:
    """Whether it is a WARC: the first member of what is packed tells; a dictionary before zstd frames is nobody else's."""
    if head.startswith((MAGIC, DICTIONARY_MAGIC)):
        return True
    if head.startswith(GZIP_MAGIC):
        return _opens_with_record(Inflate(), head)
    return head.startswith(ZSTD_MAGIC) and _opens_with_record(Zstd(), head)


def is_wacz(head: bytes, name: str) -> bool:
    """Whether it is a ZIP that is called a WACZ, or begins with what stands in one: office documents are ZIPs too."""
    return head.startswith(ZIP_MAGIC) and (name.lower().endswith(".wacz") or _IN_WACZ.search(head) is not None)


def _opens_with_record(codec: Codec, head: bytes) -> bool:
    try:
        return codec.feed(head, len(MAGIC))[0].startswith(MAGIC)
    except Damaged:
        return False
