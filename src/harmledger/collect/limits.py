"""How much of a source is taken in before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on hostile or mistaken input, each far above what a news report needs (the longest real page seen: 2.3 MB)."""

    report_bytes: int = 20 * MB
    """One page, one text or one line of a `.jsonl`."""
    expanded_bytes: int = 64_000 * MB
    """A whole gzipped file, unpacked: an archive of millions of reports passes."""
    expansion: int = 200
    """How many times its packed size a gzipped file may unpack to; text packs 3 to 20 times, a bomb 1,000."""
    expansion_free_bytes: int = 10 * MB
    """Unpacked size below which `expansion` isn't looked at: short repetitive files pack well."""
    archive_records: int = 20_000_000
    """Records of one web archive; the largest that crawlers write have 200,000."""
    saved_page_bytes: int = 200 * MB
    """A page saved with its pictures in one file (MHTML)."""
    package_entries: int = 100_000
    """Files in one WACZ; the largest seen have some hundred."""
    package_list_bytes: int = 50 * MB
    """What a WACZ says of its files."""
