"""Web archives and saved pages → Captures with how they came: WARC in all its packings, WACZ, MHTML, single-file pages and folders of browsers."""

from harmledger.collect.archives.mhtml import open_mhtml
from harmledger.collect.archives.reports import Archive, open_warc
from harmledger.collect.archives.saved import find_saved, is_beside_page, keep_saved
from harmledger.collect.archives.tell import is_wacz, is_warc
from harmledger.collect.archives.wacz import open_wacz

__all__ = [
    "Archive",
    "find_saved",
    "is_beside_page",
    "is_wacz",
    "is_warc",
    "keep_saved",
    "open_mhtml",
    "open_wacz",
    "open_warc",
]
