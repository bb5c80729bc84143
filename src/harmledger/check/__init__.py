"""Sets claims beside what independent recorders count: which recorded incident a claim most likely speaks of, and where its figure lies.

No truth is rated: a recorder's range is another source, shown with its grade and what the belligerents themselves say.
"""

from harmledger.check.asked import Asked, ask_record
from harmledger.check.block import Recorded, find_window
from harmledger.check.score import check_claims

__all__ = ["Asked", "Recorded", "ask_record", "check_claims", "find_window"]
