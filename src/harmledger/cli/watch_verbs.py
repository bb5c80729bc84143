"""The verb that watches feeds, sitemaps and pages; it loads its code only when it is called."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from harmledger.cli.options import LEDGER
from harmledger.config import Config


@click.command()
@click.argument("file", metavar="LIST.toml", type=click.Path())
@click.option("--once", is_flag=True, help="Do what is due now, then end: for cron and its like.")
@click.option("--for", "length", metavar="TIME", help='End after so long, such as "2h" or "30 min".')
@click.option("--check", is_flag=True, help="Only tell what the list says, and what became of its sources so far.")
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True, help="How to print."
)
@LEDGER
@click.pass_obj
def watch(
    config: Config,
    *,
    file: str,
    once: bool,
    length: str | None,
    check: bool,
    form: str,
    ledger: str | None,
) -> None:
    """Watch feeds, sitemaps and pages, and bring the reports that they name into the ledger.

    LIST.toml names the sources, each with how often to look. New pages are fetched one at a time from a host, with pauses, as its robots.txt
    asks; what fails is tried again later or given up, by its kind; captured pages are fetched again after 1, 7 and 30 days, to see whether
    they were changed. Ctrl-C ends it when the requests under way are done. It may be killed at any moment: started again, it goes on.
    """
    from harmledger.cli.watched import check_list, watch_list

    config = replace(config, ledger=ledger or config.ledger)
    if check:
        check_list(file, config=config, form=form)
    elif watch_list(file, config=config, form=form, once=once, length=length):
        sys.exit(1)


WATCH_VERBS = (watch,)
