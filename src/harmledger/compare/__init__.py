"""Two versions of one page side by side: what of its words and of its claims changed.

Comes in: two reports' records. Goes out: a Comparison, with spans on both sides. Which version is right, nothing here says.
"""

from harmledger.compare.claims import compare_claims
from harmledger.compare.texts import compare_texts, list_own

__all__ = ["compare_claims", "compare_texts", "list_own"]
