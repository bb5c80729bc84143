"""The verb by which evidence goes out: bundle. It loads its code only when it is called."""

from __future__ import annotations

import click

from harmledger.cli.options import LEDGER
from harmledger.config import Config


@click.command()
@click.argument("incidents", nargs=-1, metavar="[INCIDENT]...")
@click.option("--all", "every", is_flag=True, help="Bundle every incident.")
@click.option("--out", required=True, metavar="FILE", help="The .wacz file to write.")
@click.option("--closed", is_flag=True, help="With closed reports, and with who decided: not for the public.")
@click.option(
    "--named",
    type=click.Choice(["refuse", "leave-out", "include"]),
    default="refuse",
    show_default=True,
    help="What becomes of reports that hold names which are withheld.",
)
@LEDGER
@click.pass_obj
def bundle(
    config: Config,
    *,
    incidents: tuple[str, ...],
    every: bool,
    out: str,
    closed: bool,
    named: str,
    ledger: str | None,
) -> None:
    """Write incidents with all their evidence into one web archive (WACZ).

    FILE holds every capture of the incidents' reports as its records were kept, their claims and decisions, and a digest of each. Open it in
    ReplayWeb.page or pywb, check it with `wacz validate`, read it back with `harmledger read`. Captured pages can't be struck through: where one
    holds a name that is withheld nothing is written, unless you say with --named what becomes of it. See docs/archives.md.
    """
    from harmledger.cli.bundling import bundle_and_tell

    if every == bool(incidents):
        raise click.UsageError("name incidents, or take --all")
    bundle_and_tell(ledger or config.ledger, incidents, out=out, closed=closed, named=named)


BUNDLE_VERBS = (bundle,)
