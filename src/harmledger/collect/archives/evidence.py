"""What is kept beside a capture from an archive: its records as they stood, and one of where they were found.

Comes in: records' bytes. Goes out: the same bytes, each record a gzip member of its own, and a Provenance.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from harmledger import __version__
from harmledger.collect.archives.records import Fields, Record
from harmledger.publish.warc import pack_record, render_metadata

COMPANION_BYTES = 256 * 1024
"""Of a request, or of what a crawler noted beside an answer; either has 1 kB."""
COMPANIONS = frozenset({"request", "metadata", "warcinfo"})
AROUND = 4
"""Records before an answer that may go with it: a request, and what was noted."""
_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Kept:
    """A record, whole."""

    kind: str
    id: str
    url: str
    beside: tuple[str, ...]
    fields: Fields
    content: bytes
    """From its first letter to the empty lines below it."""

    def goes_with(self, other: Kept) -> bool:
        """Whether either says so, or this is the request beside it where neither does."""
        if other.id in self.beside or self.id in other.beside:
            return True
        return self.kind == "request" and self.url == other.url and not self.beside and not other.beside


def keep_record(record: Record, block: bytes) -> Kept:
    """A record with the block that was read of it."""
    beside = tuple(record.fields.find_all("warc-concurrent-to"))
    return Kept(record.kind, record.id, record.url, beside, record.fields, record.raw_head + block + _END)


@dataclass(slots=True)
class Around:
    """The records before the one that is read, as far as they may go with it, and the last that said who wrote the archive."""

    before: deque[Kept] = field(default_factory=lambda: deque[Kept](maxlen=AROUND))
    opening: Kept | None = None

    def add(self, kept: Kept) -> None:
        """One more."""
        if kept.kind == "warcinfo":
            self.opening = kept
        else:
            self.before.append(kept)

    @property
    def written_by(self) -> str:
        """The program that wrote the archive, as it says."""
        block = self.opening.content.partition(_END)[2] if self.opening else b""
        return Fields(block).find("software") or "not said by the archive"

    def companions(self, record: Kept) -> list[Kept]:
        """Those that go with a record, in their order."""
        return [kept for kept in self.before if kept.goes_with(record)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where an archive's record was found."""

    archive: str
    """As the user named it, with the file in a package."""
    offset: int
    apart: bool
    sha256: str | None = None
    """Of the archive, where its package states it."""

    @property
    def where(self) -> str:
        return f"{self.archive}, {'at byte' if self.apart else 'unpacked, at byte'} {self.offset}"

    def fields(self) -> dict[str, str]:
        """For the record of metadata."""
        said = {"read-from": self.archive, "offset" if self.apart else "offset-unpacked": str(self.offset)}
        return {**said, **({"read-from-sha256": self.sha256} if self.sha256 else {})}


def render_kept(records: list[Kept], page: Kept, *, read: datetime, metadata: Mapping[str, str]) -> bytes:
    """The records as they stood, and one of metadata on the page's."""
    said = {"software": f"harmledger/{__version__}", **metadata}
    noted = render_metadata(said, url=page.url, date=read, beside=page.id or None)
    return b"".join(map(pack_record, [*(kept.content for kept in records), noted]))
