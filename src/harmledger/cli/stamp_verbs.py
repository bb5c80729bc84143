"""`harmledger stamp …`: trusted time over what is kept. Loads its code only when it is called."""

from __future__ import annotations

import sys

import click

from harmledger.cli.options import LEDGER
from harmledger.config import Config


@click.group(invoke_without_command=True)
@click.option("--upgrade", is_flag=True, help="Ask calendars for the blocks that they promised; stamp nothing new.")
@click.option(
    "--capture",
    "captures",
    multiple=True,
    metavar="CAPTURE",
    help="Stamp this capture alone, for evidence that must stand by itself; may be given several times.",
)
@LEDGER
@click.pass_context
def stamp(ctx: click.Context, *, upgrade: bool, captures: tuple[str, ...], ledger: str | None) -> None:
    """Have independent clocks attest that what the ledger holds existed by now.

    Everything captured since the last stamp, and the heads of the logs of decisions and accounts, come under one hash (a Merkle root). Its
    SHA-256 goes to the time-stamping authorities (RFC 3161) that stamp_authorities names and the OpenTimestamps calendars that
    stamp_calendars names; they learn nothing else. What they answer is checked at once and kept; `harmledger verify` checks it again without a
    network. Run it nightly: where nothing is new nobody is asked, and who failed is asked again. The exit code is 1 where somebody failed.
    """
    if ctx.invoked_subcommand:
        return
    from harmledger.cli.stamping import stamp_and_tell, upgrade_and_tell

    config: Config = ctx.obj
    folder = ledger or config.ledger
    if upgrade and captures:
        raise click.UsageError("--upgrade stamps nothing: leave out --capture")
    done = upgrade_and_tell(folder, config.stamps) if upgrade else stamp_and_tell(folder, config.stamps, captures)
    if not done:
        sys.exit(1)


@stamp.command("show")
@click.argument("wanted", metavar="CAPTURE | DOCUMENT")
@click.option(
    "--out", metavar="DIR", help="A new folder for the proof as files, with a text that says how to check them by hand."
)
@LEDGER
@click.pass_obj
def stamp_show(config: Config, wanted: str, *, out: str | None, ledger: str | None) -> None:
    """Show by when a capture is known to have existed, who says so, and the proof.

    Prints one JSON object for each capture: its leaf, the hashes that lead to the root, and every stamp of it. CAPTURE or DOCUMENT is the
    beginning of an id. With --out: the leaf, the root, the authorities' tokens, the calendars' proofs, the captured bytes, and commands by
    which anybody checks them with openssl and the OpenTimestamps client, without this program.
    """
    from harmledger.cli.stamping import give, show

    give(ledger or config.ledger, wanted, out) if out else show(ledger or config.ledger, wanted)


STAMP_VERBS = (stamp,)
