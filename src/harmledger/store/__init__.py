"""The ledger: the only SQL there is."""

from harmledger.store.incidents import (
    Change,
    FiledIncident,
    Standing,
    get_incident,
    get_standing,
    keep_linking,
    list_incidents,
)
from harmledger.store.ledger import Ledger, get_ledger, open_ledger
from harmledger.store.lookup import Filed, get_claim, get_claims, get_report, list_reports

__all__ = [
    "Change",
    "Filed",
    "FiledIncident",
    "Ledger",
    "Standing",
    "get_claim",
    "get_claims",
    "get_incident",
    "get_ledger",
    "get_report",
    "get_standing",
    "keep_linking",
    "list_incidents",
    "list_reports",
    "open_ledger",
]
