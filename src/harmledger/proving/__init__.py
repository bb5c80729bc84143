"""Proves a ledger: checks all that is kept against what it must be, seals it, copies it, brings it back, and forgets lawfully.

`verify` has every check in one list; `backing` and `restoring` are the two ends of a backup; `forgetting` leaves tombstones.
"""
