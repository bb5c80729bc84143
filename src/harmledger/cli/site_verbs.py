"""The verbs of the site: serve, index, account, group. Each loads its code only when it is called."""

from __future__ import annotations

from dataclasses import replace

import click

from harmledger.cli.options import LEDGER
from harmledger.cli.token_verbs import token
from harmledger.config import Config

_ROLE = click.Choice(["reader", "reviewer", "lead", "admin"])


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="HOST", help="Address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    metavar="PORT",
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0 takes a free one.",
)
@click.option("--behind", "proxies", metavar="ADDRESS", help="A reverse proxy that tells where requests come from.")
@LEDGER
@click.pass_obj
def serve(config: Config, *, host: str, port: int, proxies: str | None, ledger: str | None) -> None:
    """Open the ledger as a site, until Ctrl-C stops it.

    The public reads and checks; whoever has an account signs in. How it is served to the world, docs/site.md tells.
    """
    from harmledger.cli.site import serve_ledger

    serve_ledger(replace(config, ledger=ledger or config.ledger), host=host, port=port, proxies=proxies)


@click.command()
@LEDGER
@click.pass_obj
def index(config: Config, *, ledger: str | None) -> None:
    """Bring up what the site's lists, map and search show.

    The other verbs do so by themselves for what they change; this is for a ledger made by an older version, or where one was stopped.
    """
    from harmledger.cli.site import index_ledger

    index_ledger(ledger or config.ledger)


# --- accounts --------------------------------------------------------------------------------------------------------


@click.group()
def account() -> None:
    """People who may sign in to the site."""


@account.command("add")
@click.argument("name", metavar="NAME")
@click.option("--role", type=_ROLE, required=True, help="What it may do; each may do what those before it may.")
@LEDGER
@click.pass_obj
def account_add(config: Config, name: str, *, role: str, ledger: str | None) -> None:
    """Make an account. The password is asked for, or read from the first line of standard input."""
    from harmledger.cli.accounts import add

    add(ledger or config.ledger, name, role)


@account.command("list")
@LEDGER
@click.pass_obj
def account_list(config: Config, ledger: str | None) -> None:
    """List the accounts."""
    from harmledger.cli.accounts import list_all

    list_all(ledger or config.ledger)


@account.command("role")
@click.argument("name", metavar="NAME")
@click.argument("role", type=_ROLE, metavar="ROLE")
@LEDGER
@click.pass_obj
def account_role(config: Config, name: str, role: str, ledger: str | None) -> None:
    """Give an account another role."""
    from harmledger.cli.accounts import set_role

    set_role(ledger or config.ledger, name, role)


@account.command("reset")
@click.argument("name", metavar="NAME")
@LEDGER
@click.pass_obj
def account_reset(config: Config, name: str, ledger: str | None) -> None:
    """Give an account a new password, without second step, and sign it out everywhere."""
    from harmledger.cli.accounts import reset

    reset(ledger or config.ledger, name)


@account.command("disable")
@click.argument("name", metavar="NAME")
@click.option("--undo", is_flag=True, help="Let it sign in again.")
@LEDGER
@click.pass_obj
def account_disable(config: Config, name: str, *, undo: bool, ledger: str | None) -> None:
    """Let an account sign in no longer, and sign it out everywhere. What it decided stays."""
    from harmledger.cli.accounts import disable

    disable(ledger or config.ledger, name, undo=undo)


@account.command("audit")
@click.option("--most", type=click.IntRange(1), default=50, show_default=True, metavar="N", help="How many.")
@LEDGER
@click.pass_obj
def account_audit(config: Config, *, most: int, ledger: str | None) -> None:
    """List what was done with accounts and groups, and who signed in or tried to; the latest first."""
    from harmledger.cli.accounts import show_audit

    show_audit(ledger or config.ledger, most=most)


account.add_command(token)


# --- groups ----------------------------------------------------------------------------------------------------------


@click.group()
def group() -> None:
    """Groups of accounts that see documents which others don't."""


@group.command("add")
@click.argument("name", metavar="GROUP")
@LEDGER
@click.pass_obj
def group_add(config: Config, name: str, ledger: str | None) -> None:
    """Make a group."""
    from harmledger.cli.groups import add

    add(ledger or config.ledger, name)


@group.command("list")
@LEDGER
@click.pass_obj
def group_list(config: Config, ledger: str | None) -> None:
    """List the groups with their members."""
    from harmledger.cli.groups import list_all

    list_all(ledger or config.ledger)


@group.command("join")
@click.argument("name", metavar="GROUP")
@click.argument("account_name", metavar="ACCOUNT")
@LEDGER
@click.pass_obj
def group_join(config: Config, name: str, account_name: str, ledger: str | None) -> None:
    """Make an account a member."""
    from harmledger.cli.groups import join

    join(ledger or config.ledger, name, account_name)


@group.command("leave")
@click.argument("name", metavar="GROUP")
@click.argument("account_name", metavar="ACCOUNT")
@LEDGER
@click.pass_obj
def group_leave(config: Config, name: str, account_name: str, ledger: str | None) -> None:
    """Take an account out of a group."""
    from harmledger.cli.groups import leave

    leave(ledger or config.ledger, name, account_name)


@group.command("close")
@click.argument("name", metavar="GROUP")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT…")
@LEDGER
@click.pass_obj
def group_close(config: Config, name: str, documents: tuple[str, ...], ledger: str | None) -> None:
    """Let only a group's members, leads and admins see documents, and all that stands on them.

    DOCUMENT is the beginning of an id, or a report's own id. A document in several groups is seen by the members of each.
    """
    from harmledger.cli.groups import close

    close(ledger or config.ledger, name, documents)


@group.command("open")
@click.argument("name", metavar="GROUP")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT…")
@LEDGER
@click.pass_obj
def group_open(config: Config, name: str, documents: tuple[str, ...], ledger: str | None) -> None:
    """Take documents out of a group; one in no group is public."""
    from harmledger.cli.groups import open_again

    open_again(ledger or config.ledger, name, documents)


SITE_VERBS = (serve, index, account, group)
