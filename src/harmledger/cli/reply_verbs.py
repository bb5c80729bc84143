"""`harmledger replies …`: what people wrote of the record. Loads its code only when it is called."""

from __future__ import annotations

import click

from harmledger.cli.options import LEDGER
from harmledger.config import Config
from harmledger.domain import ReplyState

_FORM = click.option(
    "--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True, help="How to print."
)
_SENT = [state.value for state in ReplyState if state is not ReplyState.DRAFT]


@click.group()
def replies() -> None:
    """What people replied to incidents, claims and reports.

    Replies are read and decided on at the desk; here they are listed, counted and swept.
    """


@replies.command("list")
@click.option("--state", "states", multiple=True, type=click.Choice(_SENT), help="Only these; those that wait by itself.")  # fmt: skip
@click.option("--most", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many at the most.")
@_FORM
@LEDGER
@click.pass_obj
def replies_list(config: Config, *, states: tuple[str, ...], most: int, form: str, ledger: str | None) -> None:
    """List replies that wait for a moderator, or those in other states, each with its number.

    As JSON lines, with all that was written.
    """
    from harmledger.cli.replies import list_some

    list_some(ledger or config.ledger, states or (ReplyState.HELD.value,), most=most, form=form)


@replies.command("counts")
@LEDGER
@click.pass_obj
def replies_counts(config: Config, *, ledger: str | None) -> None:
    """Count the replies by state, as the site shows it to everybody."""
    from harmledger.cli.replies import count_all

    count_all(ledger or config.ledger)


@replies.command("sources")
@_FORM
@LEDGER
@click.pass_obj
def replies_sources(config: Config, *, form: str, ledger: str | None) -> None:
    """List the addresses of further reports that people name, the reading queue. None was fetched."""
    from harmledger.cli.replies import list_queued

    list_queued(ledger or config.ledger, form=form)


@replies.command("forget")
@LEDGER
@click.pass_obj
def replies_forget(config: Config, *, ledger: str | None) -> None:
    """Delete what is kept for a while only: hashes of network addresses after 30 days, drafts, links to sign in, sent mails.

    Each reply that comes in does so too; run it daily where few come.
    """
    from harmledger.cli.replies import forget

    forget(ledger or config.ledger)


REPLY_VERBS = (replies,)
