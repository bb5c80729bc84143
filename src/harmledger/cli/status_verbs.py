"""The verb that tells what a ledger holds, and what could not be had; it loads its code only when it is called."""

from __future__ import annotations

import click

from harmledger.cli.options import LEDGER
from harmledger.config import Config


@click.command()
@click.option("--failed", is_flag=True, help="List every address that couldn't be had, and why.")
@click.option("--host", metavar="HOST", help="With --failed: only those at this host.")
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True, help="How to print."
)
@LEDGER
@click.pass_obj
def status(config: Config, *, failed: bool, host: str | None, form: str, ledger: str | None) -> None:
    """Tell what the ledger holds, and what could not be had from the web.

    Every attempt to fetch an address is kept with what became of it. An address counts by its last attempt; failures are grouped by reason
    and by host, with whether they are tried again: what failed on the way is (a host that can't be reached, a busy server), what the
    server or the page decides isn't (a page that is gone, a picture).
    """
    from harmledger.cli.status import show_failed, show_status

    folder = ledger or config.ledger
    if failed or host:
        show_failed(folder, host=host, form=form)
    else:
        show_status(folder, form=form)


STATUS_VERBS = (status,)
