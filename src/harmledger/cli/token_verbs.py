"""The verbs of tokens, under `harmledger account`. Each loads its code only when it is called."""

from __future__ import annotations

import click

from harmledger.cli.options import LEDGER
from harmledger.config import Config
from harmledger.domain import TokenScope


@click.group()
def token() -> None:
    """Tokens by which programs moderate replies for an account, through the site's API.

    A token does what its account may do at the time, and no more than its scope. It ends by itself, at a reset of the account or a new password,
    and when the account is disabled.
    """


@token.command("add")
@click.argument("account", metavar="ACCOUNT")
@click.option("--name", required=True, metavar="NAME", help="What it is for, as lists call it.")
@click.option(
    "--scope",
    required=True,
    type=click.Choice([scope.value for scope in TokenScope]),
    help="What it may do: see what moderators see of replies, or rule on them too.",
)
@click.option(
    "--days", default=90, show_default=True, type=click.IntRange(1, 366), metavar="N", help="How long it counts."
)
@LEDGER
@click.pass_obj
def token_add(config: Config, *, account: str, name: str, scope: str, days: int, ledger: str | None) -> None:
    """Make a token, and print it this once.

    It alone is on standard output, so that it can be led to where the program reads it.
    """
    from harmledger.cli.tokens import add

    add(ledger or config.ledger, account, name=name, scope=scope, days=days)


@token.command("list")
@click.argument("account", metavar="ACCOUNT")
@LEDGER
@click.pass_obj
def token_list(config: Config, account: str, ledger: str | None) -> None:
    """List an account's tokens, those that ended too.

    Of each its number, name and scope, until when it counts, and when it was last used.
    """
    from harmledger.cli.tokens import list_all

    list_all(ledger or config.ledger, account)


@token.command("end")
@click.argument("account", metavar="ACCOUNT")
@click.argument("wanted", metavar="TOKEN")
@LEDGER
@click.pass_obj
def token_end(config: Config, account: str, wanted: str, ledger: str | None) -> None:
    """Let a token count no longer, at once. TOKEN is the beginning of its number, as `list` shows it."""
    from harmledger.cli.tokens import end

    end(ledger or config.ledger, account, wanted)
