"""The ledger: the only SQL there is."""

from harmledger.store.ledger import Ledger, get_ledger, open_ledger
from harmledger.store.lookup import Filed, get_claim, get_report, list_reports
from harmledger.store.references import add_reference, find_added, get_reference, list_references, load_incidents

__all__ = [
    "Filed",
    "Ledger",
    "add_reference",
    "find_added",
    "get_claim",
    "get_ledger",
    "get_reference",
    "get_report",
    "list_references",
    "list_reports",
    "load_incidents",
    "open_ledger",
]
