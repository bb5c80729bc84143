"""The verbs of archives at scale: bulk reading, linking, and bringing results into a ledger. They load their code only when called."""

from __future__ import annotations

import sys
from typing import Any

import click

from harmledger.config import Config

FAILED = 1


class _ReadsByDefault(click.Group):
    """`bulk IN…` reads; `bulk link DIR` links what was read."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            args = ["read", *args]
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, "-h", "--help"}:
            args = ["read", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_ReadsByDefault)
def bulk() -> None:
    """Read archives at scale: years of news, on one machine or a cluster.

    `harmledger bulk IN… --out DIR` is short for `harmledger bulk read IN… --out DIR`. See docs/bulk.md.
    """


@bulk.command("read")
@click.argument("sources", nargs=-1, metavar="[IN]...")
@click.option("--out", required=True, metavar="DIR", help="The folder to write; the same again goes on where it was ended.")
@click.option("--list", "lists", multiple=True, metavar="FILE", help="A file or address with a path or address of an archive a line; gzipped or not.")
@click.option("--base", default="", metavar="URL", help="What goes before paths of --list, such as https://data.commoncrawl.org.")
@click.option(
    "--screen",
    type=click.Choice(["likely", "words", "none"]),
    default="likely",
    show_default=True,
    help="Which reports are passed over: those that hold hardly a claim, those without a word of harm, none.",
)
@click.option("--on", default="", metavar="ADDRESS", help="A Ray cluster, as ray://host:10001; else this machine.")
@click.option("--jobs", type=click.IntRange(0), metavar="N", help="Processes that read; 0, the default: one a core.")
@click.option("--engine", metavar="NAME", help="Which engine extracts.")
@click.pass_obj
def bulk_read(config: Config, *, sources: tuple[str, ...], lists: tuple[str, ...], **said: Any) -> None:
    """Read archives into tables of claims.

    IN is a web archive (.warc, .warc.gz, .wacz), a .jsonl or .jsonl.gz of reports, a .parquet with a column "text" or "html", a folder or pattern
    of these, or the address of one (https://, s3://). DIR gets documents/, claims/, statements/ and dropped/ as Parquet, run.html and
    metrics.prom. Reports that hold no claim by all likelihood are passed over unread, each with its reason in dropped/. Exit code 1: an input
    could not be had; the same command tries it again.
    """
    from harmledger.cli.bulk_reading import read_in_bulk

    if not sources and not lists:
        raise click.UsageError("name archives, or a --list of them")
    if read_in_bulk(sources, lists, config=config, said=said):
        sys.exit(FAILED)


BULK_VERBS = (bulk,)
