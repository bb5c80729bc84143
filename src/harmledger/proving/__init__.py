"""Proves a ledger: checks all that is kept against what it must be, seals it, copies it, brings it back, and forgets lawfully.

`verify` has every check in one list; `backing` and `restoring` are the two ends of a backup; `forgetting` leaves tombstones.
"""

from harmledger.proving.backing import back_up
from harmledger.proving.forgetting import Forget, forget, lift
from harmledger.proving.restoring import check_backup, restore
from harmledger.proving.sealing import seal
from harmledger.proving.verify import CHECKS, Verified, verify

__all__ = ["CHECKS", "Forget", "Verified", "back_up", "check_backup", "forget", "lift", "restore", "seal", "verify"]
