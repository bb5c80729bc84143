"""Takes reports in: files, folders, JSON lines, standard input and pages of the web become Captures or typed refusals, in the order given."""

from harmledger.collect.limits import Limits
from harmledger.collect.sources import TakePage, open_reports

__all__ = ["Limits", "TakePage", "open_reports"]
