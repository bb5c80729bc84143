"""Options that verbs share."""

from __future__ import annotations

import click

LEDGER = click.option("--ledger", metavar="DIR", help="Folder of the ledger; ./ledger unless told otherwise.")
