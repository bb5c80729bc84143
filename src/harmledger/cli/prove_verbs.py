"""`harmledger verify`, `backup`, `restore` and `forget`: a ledger that proves itself. Loads its code only when it is called."""

from __future__ import annotations

import sys

import click

from harmledger.cli.options import LEDGER
from harmledger.config import Config

_FORM = click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True, help="How to print."
)


class _Sample(click.ParamType[int]):
    """A number of readings, or all."""

    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if value == "all":
            return 0
        if isinstance(value, str) and value.isdecimal() and int(value) > 0:
            return int(value)
        return self.fail("give a number of readings, or all", param, ctx)


@click.command()
@click.option("--only", multiple=True, metavar="CHECK", help="Only this check; may be given several times.")
@click.option("--list", "lists", is_flag=True, help="List the checks and what each looks at.")
@click.option("--reread", type=_Sample(), metavar="N|all", help="Also have so many texts, drawn by chance, or all read again by the engine.")  # fmt: skip
@click.option(
    "--seal", "seals", is_flag=True, help="Where all holds, seal what has no hash of its own, for later looks."
)
@click.option("--backup", "backup_at", type=click.Path(), metavar="DIR", help="Check a backup instead: the last in DIR, or DIR itself.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(0), default=0, metavar="N", help="Threads that hash; 0, the default: as many as cores, if worth it.")  # fmt: skip
@_FORM
@LEDGER
@click.pass_obj
def verify(  # noqa: PLR0913  an option each
    config: Config,
    *,
    only: tuple[str, ...],
    lists: bool,
    reread: int | None,
    seals: bool,
    backup_at: str | None,
    jobs: int,
    form: str,
    ledger: str | None,
) -> None:
    """Check the whole ledger: bytes, texts, quotes, ids, logs, references, seals, and what is shown.

    Each thing that fails is told in a sentence that names it. The exit code is 0 where all holds, and 1 where anything fails. The ledger may be
    used meanwhile. Run it every night with --seal, and keep the seal that it prints somewhere else.
    """
    from harmledger.cli import FAILED
    from harmledger.cli.proving import list_checks, verify_backup, verify_ledger
    from harmledger.stamping.trusted import load_trusted

    if lists:
        list_checks()
    elif backup_at:
        sys.exit(FAILED * verify_backup(backup_at, form=form))
    else:
        trusted = load_trusted(config.stamps)
        options = {"only": only, "jobs": jobs, "reread": reread, "trusted": trusted}
        sys.exit(FAILED * verify_ledger(ledger or config.ledger, form=form, seals=seals, options=options))


@click.command()
@click.argument("to", metavar="DIR", type=click.Path())
@click.option("--without-key", is_flag=True, help="Leave the site's key out: who restores it signs everybody out, and knows no replier again.")  # fmt: skip
@LEDGER
@click.pass_obj
def backup(config: Config, to: str, *, without_key: bool, ledger: str | None) -> None:
    """Copy the ledger into DIR, beside its earlier backups, while it is used.

    Bytes that are there already aren't copied again. A backup that is broken off leaves those before as they were. It holds whatever the ledger
    holds, what is closed to the public too: keep it as you keep the ledger.
    """
    from harmledger.cli import FAILED
    from harmledger.cli.proving import back_up_ledger

    if back_up_ledger(ledger or config.ledger, to, with_key=not without_key):
        sys.exit(FAILED)


@click.command()
@click.argument("source", metavar="DIR", type=click.Path())
@LEDGER
@click.pass_obj
def restore(config: Config, source: str, *, ledger: str | None) -> None:
    """Bring a ledger back from a backup: the last in DIR, or DIR itself.

    Nothing is written over: the ledger's folder must be new, and the database, if one is named, empty. A backup of either database can be
    brought back into either.
    """
    from harmledger.cli.proving import restore_ledger

    restore_ledger(source, ledger or config.ledger)


@click.command()
@click.argument("document", required=False, metavar="[DOCUMENT]")
@click.option("--basis", metavar="WORDS", help="The law or the request, as the tombstone tells it to everybody.")
@click.option("--reason", metavar="WORDS", help="Why, as the tombstone tells it. Name nobody here.")
@click.option("--by", "who", metavar="NAME", help="Who decided so.")
@click.option("--copies", is_flag=True, help="Also documents with the same text, word for word.")
@click.option("--lift", "lifts", is_flag=True, help="Let it in again, should it be read; what went stays gone.")
@click.option("--list", "lists", is_flag=True, help="List the tombstones.")
@click.option("--sweep", "sweeps", is_flag=True, help="Take away what is left, where forgetting was broken off.")
@LEDGER
@click.pass_obj
def forget(  # noqa: PLR0913  an option each
    config: Config,
    document: str | None,
    *,
    basis: str | None,
    reason: str | None,
    who: str | None,
    copies: bool,
    lifts: bool,
    lists: bool,
    sweeps: bool,
    ledger: str | None,
) -> None:
    """Forget a document for good: its bytes, its text, and the words of whatever was read or entered of it.

    A tombstone stays, with ids, hashes, and why; all else still verifies. The same bytes or the same text aren't taken in again. DOCUMENT is the
    beginning of an id, or what its giver calls it. Backups keep what they hold. A name alone is struck with `harmledger withhold`.
    """
    from harmledger.cli.proving import forget_document, lift_document, list_stones, sweep_ledger

    folder = ledger or config.ledger
    said = {"basis": basis or "", "reason": reason or "", "who": who or ""}
    if lists:
        list_stones(folder)
    elif sweeps:
        sweep_ledger(folder)
    elif document is None:
        raise click.UsageError("name a DOCUMENT, or take --list or --sweep")
    elif lifts:
        lift_document(folder, document, said=said)
    else:
        forget_document(folder, document, said=said, copies=copies)


PROVE_VERBS = (verify, backup, restore, forget)
