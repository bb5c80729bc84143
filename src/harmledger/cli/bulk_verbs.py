"""The verbs of archives at scale: bulk reading, linking, and bringing results into a ledger. They load their code only when called."""

from __future__ import annotations

import sys
from typing import Any

import click

from harmledger.cli.options import LEDGER
from harmledger.config import Config

FAILED = 1


class _ReadsByDefault(click.Group):
    """`bulk IN…` reads; `bulk link DIR` links what was read."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, "-h", "--help"}:
            args = ["read", *args]
        return super().parse_args(ctx, args)


_ABOUT = """Read archives at scale: years of news, on one machine or a cluster.

\b
harmledger bulk archives/ --out DIR   reads; the same again goes on with it
harmledger bulk link DIR              joins claims into incidents
harmledger ledger import DIR          brings them into a ledger

The first is short for `harmledger bulk read`, whose help tells what is taken. See docs/bulk.md.
"""


@click.group(cls=_ReadsByDefault, help=_ABOUT)
def bulk() -> None:
    """`harmledger bulk` and what is below it."""


@bulk.command("read")
@click.argument("sources", nargs=-1, metavar="[IN]...")
@click.option(
    "--out", required=True, metavar="DIR", help="The folder to write; the same again goes on where it was ended."
)
@click.option(
    "--list",
    "lists",
    multiple=True,
    metavar="FILE",
    help="A file or address with a path or address of an archive a line; gzipped or not.",
)
@click.option(
    "--base", default="", metavar="URL", help="What goes before paths of --list, such as https://data.commoncrawl.org."
)
@click.option(
    "--screen",
    type=click.Choice(["likely", "words", "none"]),
    default="likely",
    show_default=True,
    help="Which reports are passed over: those that hold hardly a claim, those without a word of harm, none.",
)
@click.option("--on", default="", metavar="ADDRESS", help="A Ray cluster, as ray://host:10001; else this machine.")
@click.option("--jobs", type=click.IntRange(0), metavar="N", help="Processes that read; 0, the default: one a core.")
@click.option(
    "--memory",
    type=click.IntRange(600),
    metavar="MB",
    default=None,
    help="What one of these may hold (400 is usual); a report at which it holds more is left out. Any, unless told.",
)
@click.option("--engine", metavar="NAME", help="Which engine extracts.")
@click.pass_obj
def bulk_read(config: Config, *, sources: tuple[str, ...], lists: tuple[str, ...], **said: Any) -> None:
    """Read archives into tables of claims.

    IN is a web archive (.warc, .warc.gz, .wacz), a .jsonl or .jsonl.gz of reports, a .parquet with a column "text" or "html", a folder or pattern
    of these, or the address of one (https://, s3://; s3:// takes patterns and prefixes that end in / too). DIR gets documents/, claims/, statements/ and dropped/ as Parquet, run.html and
    metrics.prom. Reports that hold no claim by all likelihood are passed over unread, each with its reason in dropped/. Exit code 1: an input
    could not be had; the same command tries it again.

    Object stores are reached by AWS_ENDPOINT_URL (MinIO, Ceph and others), AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and
    AWS_SESSION_TOKEN or AWS_PROFILE; AWS_NO_SIGN_REQUEST=YES for what anybody may read; AWS_CA_BUNDLE.
    """
    from harmledger.cli import bulk_reading

    if not sources and not lists:
        raise click.UsageError("name archives, or a --list of them")
    bulk_reading.end(FAILED if bulk_reading.read_in_bulk(sources, lists, config=config, said=said) else 0)


@bulk.command("link")
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option(
    "--window-days",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Compare window after window of so many days; the incidents are the same. 0, the default: no windows.",
)
@click.option(
    "--overlap-days",
    type=click.IntRange(0),
    default=30,
    show_default=True,
    metavar="N",
    help="By how many days windows overlap.",
)
def bulk_link(folder: str, *, window_days: int, overlap_days: int) -> None:
    """Join the claims of all inputs into incidents.

    DIR is what `harmledger bulk` wrote; it gets incidents/, members/ and copies/. Near-copies are found over all reports first and count as one
    source. See docs/bulk.md on windows.
    """
    from harmledger.cli.bulk_results import link_in_bulk

    link_in_bulk(folder, window_days=window_days, overlap_days=overlap_days)


@click.group()
def ledger() -> None:
    """What is brought into a ledger besides by reading."""


@ledger.command("import")
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option(
    "--country",
    "countries",
    multiple=True,
    metavar="CODE",
    help="Reports with a claim of this country (ISO 3166-1, such as SY); may be given several times.",
)
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="… that can have been on this day or later."
)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="… or earlier.")
@click.option(
    "--confidence", type=click.FloatRange(0, 1), default=0.0, metavar="SHARE", help="… of at least this confidence."
)
@click.option("--jobs", type=click.IntRange(0), metavar="N", help="Processes that read; 0: all cores if worth it.")
@LEDGER
@click.pass_obj
def ledger_import(config: Config, folder: str, **said: Any) -> None:
    """Bring reports that were read in bulk into the ledger.

    DIR is what `harmledger bulk` wrote. A report is taken whole, with its bytes and how they came, where one of its claims is asked for. Doing it
    again adds nothing.
    """
    from harmledger.cli.bulk_results import import_in_bulk

    if import_in_bulk(folder, config=config, said=said):
        sys.exit(FAILED)


BULK_VERBS = (bulk, ledger)
