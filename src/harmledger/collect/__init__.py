"""Takes reports in: files, folders, JSON lines and standard input become Captures or typed refusals, in the order given."""

from harmledger.collect.limits import Limits
from harmledger.collect.sources import open_reports

__all__ = ["Limits", "open_reports"]
