"""From the ledger's claims to its incidents, as `pipeline` leads from a source to its claims.

kept claims ─▶ what each report tells (kept) ─▶ copies, blocks, scores, clusters (link) ─▶ Incident ─▶ keep

`ledger` decides whether all is worked out (`whole`) or only what is near new reports (`near`); `why` explains a pair.
"""

from harmledger.linking.ledger import Outcome, link_ledger
from harmledger.linking.why import explain_two_claims

__all__ = ["Outcome", "explain_two_claims", "link_ledger"]
