"""Pages of the web into the ledger: fetched, filed with how they came, and noted, whatever became of them.

Asked ─▶ fetch ─▶ Fetched ─▶ Capture ─▶ file, and a line in the log ─▶ (read as every report, see `pipeline`)
               └▶ NotFetched ─────────▶ a line in the log ─▶ Refused
"""

from harmledger.collecting.opened import open_fetcher
from harmledger.collecting.pages import Collected, Collector

__all__ = ["Collected", "Collector", "open_fetcher"]
