"""`harmledger withhold …`: names that are struck from whatever is shown. Loads its code only when it is called."""

from __future__ import annotations

import click

from harmledger.cli.options import LEDGER
from harmledger.config import Config

_BY = click.option("--by", "who", required=True, metavar="NAME", help="Who rules so, as the list shows it.")
_REASON = click.option("--reason", required=True, metavar="WORDS", help="Why: the rule, the law, who asked for it.")


@click.group()
def withhold() -> None:
    """Names that are struck from whatever the site and exports show.

    Every letter of a withheld name is shown as a block, in quotes, titles and texts. The kept bytes stay as they are. Victims whom nobody released
    are withheld without being listed here.
    """


@withhold.command("add")
@click.argument("name", metavar="NAME")
@_REASON
@_BY
@LEDGER
@click.pass_obj
def withhold_add(config: Config, name: str, *, reason: str, who: str, ledger: str | None) -> None:
    """Withhold a name: one spelling; with * at its end, whatever it ends with.

    It is found in any case, with or without accents and vowel marks, across line breaks and hyphens.
    """
    from harmledger.cli.withholding import add

    add(ledger or config.ledger, name, who=who, reason=reason)


@withhold.command("list")
@LEDGER
@click.pass_obj
def withhold_list(config: Config, *, ledger: str | None) -> None:
    """List the names that are withheld by ruling, each with its number, and why."""
    from harmledger.cli.withholding import list_all

    list_all(ledger or config.ledger)


@withhold.command("lift")
@click.argument("number", type=click.IntRange(1), metavar="NUMBER")
@_REASON
@_BY
@LEDGER
@click.pass_obj
def withhold_lift(config: Config, number: int, *, reason: str, who: str, ledger: str | None) -> None:
    """Show a name again; NUMBER is what the list says."""
    from harmledger.cli.withholding import lift_one

    lift_one(ledger or config.ledger, number, who=who, reason=reason)


WITHHOLD_VERBS = (withhold,)
