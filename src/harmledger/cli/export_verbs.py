"""The verbs by which the ledger goes out: export, release. Each loads its code only when it is called."""

from __future__ import annotations

from typing import Any

import click

from harmledger.cli.options import LEDGER, RULE
from harmledger.config import Config
from harmledger.domain.reconcile import Rule

_RULE = click.option(
    "--rule",
    type=click.Choice([rule.value for rule in Rule]),
    help="How several claimants' figures become one range; the format's own unless told otherwise.",
)
_NO_QUOTES = click.option("--no-quotes", is_flag=True, help="Leave out the reports' sentences, which name people.")


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["ucdp", "acled", "airwars", "geojson", "jsonld", "csv", "parquet", "sqlite"]),
    required=True,
    help="In whose shape.",
)
@_RULE
@click.option("--hxl", is_flag=True, help="With a second header row of HXL tags.")
@click.option("--out", default="-", show_default=True, metavar="PATH", help="A file; for several tables a folder.")
@click.option("--table", metavar="NAME", help="Of a format with several tables, only this one.")
@_NO_QUOTES
@LEDGER
@click.pass_obj
def export(config: Config, *, ledger: str | None, form: str, rule: str | None, **said: Any) -> None:
    """Write the ledger's incidents in the columns of UCDP, ACLED or Airwars, as GeoJSON, JSON-LD, or as tables.

    Each is a lossy view of the ledger, under one rule: best-low-high for ucdp, conservative for acled, airwars for airwars, else range, unless
    another is named. Incidents that a format has no place for are counted on stderr with the reason.
    """
    from harmledger.cli.exporting import export_and_tell, parse_asked

    export_and_tell(ledger or config.ledger, parse_asked(form, rule, **said))


@click.command()
@click.argument("folder", metavar="DIR")
@RULE
@click.option("--version", metavar="V", help="What this release is called; today's date unless told otherwise.")
@click.option("--by", "who", metavar="NAME", help="Whom to cite.")
@_NO_QUOTES
@LEDGER
@click.pass_obj
def release(config: Config, folder: str, *, ledger: str | None, **said: Any) -> None:
    """Make a versioned data set of the ledger's incidents in a folder of releases.

    DIR/VERSION gets the tables as CSV (and Parquet where pyarrow is installed) and GeoJSON, a data dictionary, datapackage.json, CITATION.cff,
    what changed since the last release in DIR, and SHA256SUMS. Nothing is released when a check fails.
    """
    from harmledger.cli.releasing import release_and_tell

    release_and_tell(ledger or config.ledger, folder, **said)


EXPORT_VERBS = (export, release)
