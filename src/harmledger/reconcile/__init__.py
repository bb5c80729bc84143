"""What becomes of an incident's figures: side by side by claimant, over time, and rolled up by a rule that somebody names.

Comes in: an incident's claims as records with how people made them stand, what people entered, and the reports they are from. Goes out: a
`Reconciled` (see `together`), of it a `RollUp` by any rule (see `rules`), and `Totals` over many. No figure is chosen over another but by a rule
that says so, nothing is deleted, and no grade is set.
"""
