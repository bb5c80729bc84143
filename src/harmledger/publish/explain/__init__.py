"""Why a claim was read as it was, field by field: `fields` says what is told of each, `words` where it stands, `rules` what was made of it."""

from harmledger.publish.explain.fields import explain_claim

__all__ = ["explain_claim"]
