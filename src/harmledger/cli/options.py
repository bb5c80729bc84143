"""Options that verbs share."""

from __future__ import annotations

import click

from harmledger.domain import Rule

LEDGER = click.option("--ledger", metavar="DIR", help="Folder of the ledger; ./ledger unless told otherwise.")
RULE = click.option(
    "--rule",
    type=click.Choice([rule.value for rule in Rule]),
    default=Rule.RANGE.value,
    show_default=True,
    help="How several claimants' figures become one range.",
)
