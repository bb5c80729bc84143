"""The verb that tells what changed at a page; it loads its code only when it is called."""

from __future__ import annotations

import click

from harmledger.cli.options import LEDGER
from harmledger.config import Config


@click.command()
@click.argument("wanted", metavar="URL|DOCUMENT")
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True, help="How to print."
)
@LEDGER
@click.pass_obj
def changes(config: Config, wanted: str, form: str, ledger: str | None) -> None:
    """Tell what changed at a page from each fetch to the next that found it changed.

    Of each change the claims that came, went or say something else, then the sentences; of one that was put back, since when the page had said
    the same before. Name the page by its address, or by the beginning of the
    id of a document that stood at it. Nothing is fetched.
    """
    from harmledger.cli.changed import show_page_changes

    show_page_changes(ledger or config.ledger, wanted, form=form)


CHANGE_VERBS = (changes,)
