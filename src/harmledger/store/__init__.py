"""The ledger: the only SQL there is."""

from harmledger.store.ledger import Ledger, get_ledger, open_ledger
from harmledger.store.lookup import Filed, get_claim, get_report, list_reports

__all__ = ["Filed", "Ledger", "get_claim", "get_ledger", "get_report", "list_reports", "open_ledger"]
