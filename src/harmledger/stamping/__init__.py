"""Puts what is kept under roots and has them attested: `stamp_ledger` asks, `upgrade_stamps` asks calendars again, `check_stamps` holds all of it to
what it says without asking anybody, and `evidence` gives one capture's proof for a court.
"""

from harmledger.stamping.check import check_stamps
from harmledger.stamping.evidence import Evidence, gather_evidence, give_evidence
from harmledger.stamping.stamp import put_under_root, stamp_ledger
from harmledger.stamping.trusted import Trusted, load_trusted
from harmledger.stamping.upgrade import date_stamps, upgrade_stamps

__all__ = [
    "Evidence",
    "Trusted",
    "check_stamps",
    "date_stamps",
    "gather_evidence",
    "give_evidence",
    "load_trusted",
    "put_under_root",
    "stamp_ledger",
    "upgrade_stamps",
]
