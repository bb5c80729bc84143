"""The verbs of the site: serve, account, group. Each loads its code only when it is called."""

from __future__ import annotations

from dataclasses import replace

import click

from harmledger.cli.options import LEDGER
from harmledger.config import Config


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="HOST", help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, metavar="PORT", type=click.IntRange(0, 65535))
@click.option("--behind", "proxies", metavar="ADDRESS", help="A reverse proxy that tells where requests come from.")
@LEDGER
@click.pass_obj
def serve(config: Config, *, host: str, port: int, proxies: str | None, ledger: str | None) -> None:
    """Open the ledger as a site, until Ctrl-C stops it.

    The public reads and checks; whoever has an account signs in. See docs/site.md on serving it to the world.
    """
    from harmledger.cli.site import serve_ledger

    serve_ledger(replace(config, ledger=ledger or config.ledger), host=host, port=port, proxies=proxies)


SITE_VERBS = (serve,)
