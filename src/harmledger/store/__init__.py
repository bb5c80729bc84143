"""The ledger: the only SQL there is."""

from harmledger.store.incidents import (
    Change,
    FiledIncident,
    KnownIncidents,
    get_incident,
    get_known_incidents,
    keep_linking,
    list_incidents,
    list_old_ids,
)
from harmledger.store.ledger import Ledger, get_ledger, open_ledger
from harmledger.store.lookup import Filed, get_claim, get_claims, get_document, get_report, get_reports, list_reports
from harmledger.store.references import add_reference, find_added, get_reference, list_references, load_incidents

__all__ = [
    "Change",
    "Filed",
    "FiledIncident",
    "KnownIncidents",
    "Ledger",
    "add_reference",
    "find_added",
    "get_claim",
    "get_claims",
    "get_document",
    "get_incident",
    "get_known_incidents",
    "get_ledger",
    "get_reference",
    "get_report",
    "get_reports",
    "keep_linking",
    "list_incidents",
    "list_old_ids",
    "list_references",
    "list_reports",
    "load_incidents",
    "open_ledger",
]
