"""What `harmledger verify`, `backup`, `restore` and `forget` do."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from harmledger.cli import tell, utc_now
from harmledger.cli.ledgers import opened
from harmledger.cli.printing import write
from harmledger.config import Config
from harmledger.domain import Finding, Weight
from harmledger.errors import BadInput
from harmledger.ids import plain
from harmledger.proving.backing import back_up
from harmledger.proving.forgetting import Forget, forget, lift, sweep
from harmledger.proving.looking import Measured, Watch
from harmledger.proving.restoring import check_backup, restore
from harmledger.proving.sealing import seal
from harmledger.proving.verify import CHECKS, Verified, verify
from harmledger.publish.wording import render_json, render_plain
from harmledger.store import Ledger
from harmledger.store.forgotten import list_forgotten

_MB = 1e6


def list_checks() -> None:
    """Their names, and what each looks at."""
    width = max(len(check.name) for check in CHECKS)
    for check in CHECKS:
        write(f"{check.name:{width}}  {check.about}\n")


def verify_ledger(folder: str, *, form: str, seals: bool, options: Mapping[str, Any]) -> bool:
    """Print what fails, sum up, and seal; whether anything fails."""
    if seals and options["only"]:
        raise BadInput("only a whole ledger is sealed", "--seal", "leave --only out")
    outcome = Verified()
    with opened(folder) as ledger:
        with _watched() as watch:
            _print(verify(ledger, **options, watch=watch, outcome=outcome), form)
        tell(_sum_up(outcome))
        if seals and not outcome.fails:
            _seal(ledger)
    return bool(outcome.fails)


def verify_backup(at: str, *, form: str) -> bool:
    """The same of a backup."""
    measured, begun = Measured(), time.monotonic()
    with _watched() as watch:
        fails = _print(check_backup(Path(at), watch=watch, measured=measured), form)
    seconds = time.monotonic() - begun
    tell(f"{_amount(measured, seconds)}; {_failing(fails) if fails else 'the backup is whole'}")
    return bool(fails)


def back_up_ledger(folder: str, to: str, *, with_key: bool) -> bool:
    """Copy it, and say where to; whether anything was missing."""
    with opened(folder) as ledger, _watched() as watch:
        made = back_up(ledger, Path(to), now=utc_now, with_key=with_key, watch=watch)
    backup = made.backup
    rows = sum(table.rows for table in backup.tables.values())
    write(f"{made.folder}\n")
    tell(f"{rows:,} rows, {backup.blobs:,} files ({backup.blob_bytes / _MB:,.1f} MB, {made.copied:,} of them new)")
    for blob in backup.missing:
        tell(f"blob {blob} isn't whole in the ledger, and is missing from the backup")
    return bool(backup.missing)


def restore_ledger(source: str, folder: str) -> None:
    """Bring it back, and say what it was."""
    config = click.get_current_context().obj
    database = config.database if isinstance(config, Config) else ""
    with _watched() as watch:
        backup = restore(Path(source), Path(folder), now=utc_now, database=database, watch=watch)
    tell(f"restored into {folder} as it was on {backup.made[:19]} UTC; check it with `harmledger verify`")


def forget_document(folder: str, document: str, *, said: Mapping[str, str], copies: bool) -> None:
    """Forget it, and say what is left to be done by people."""
    with opened(folder) as ledger:
        outcome = forget(ledger, Forget(document=document, copies=copies, **said), now=utc_now)
    for stone in outcome.stones:
        held = stone.held
        tell(
            f"document {stone.subject} is forgotten, with {_many(len(held.claims), 'claim', 'claims')} and {_many(len(held.entered), 'entry', 'entries')}"
        )
    if not outcome.stones:
        tell("it was forgotten before; what was left of it is gone now")
    if outcome.replies:
        stand = "stands" if outcome.replies == 1 else "stand"
        tell(f"{_many(outcome.replies, 'reply', 'replies')} {stand} on it and may quote it: look there at the desk")
    if outcome.withheld:
        names = _many(len(outcome.withheld), "name", "names")
        tell(f"{names} of its victims also in other reports: withheld there by ruling from now on")
    tell("backups, releases and downloads that were made before keep what they hold")


def _many(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def lift_document(folder: str, document: str, *, said: dict[str, str]) -> None:
    """Let it come in again."""
    with opened(folder) as ledger:
        stone = lift(ledger, document, said=said, now=utc_now)
    tell(f"document {stone.subject} may be read again")


def sweep_ledger(folder: str) -> None:
    """Take away what broken-off forgetting left."""
    with opened(folder) as ledger:
        removed = sweep(ledger, now=utc_now)
    left = _many(removed, "file", "files")
    tell(f"{left} of forgotten documents had been left, and went now; the database is written anew")


def list_stones(folder: str) -> None:
    """One line each."""
    with opened(folder) as ledger, ledger.reading() as connection:
        stones = list_forgotten(connection)
    for stone in stones:
        about = (f"{stone.when:%Y-%m-%d}", stone.kind, stone.subject, f"by {stone.who}", stone.basis, stone.reason)
        write("  ".join(map(render_plain, about)) + "\n")
    if not stones:
        tell("nothing was forgotten")


def _seal(ledger: Ledger) -> None:
    made = seal(ledger, now=utc_now())
    tell(f"seal {made.seal_id} over {made.rows:,} rows" if made else "all is sealed already")


def _print(findings: Iterable[Finding], form: str) -> int:
    """Each as soon as it is found; how many of them fail."""
    fails = 0
    for finding in findings:
        fails += finding.weight is Weight.FAILS
        line = (
            render_json(plain(finding)) if form == "jsonl" else f"{finding.weight.value}: {render_plain(str(finding))}"
        )
        write(line + "\n")
    return fails


def _sum_up(outcome: Verified) -> str:
    verdict = _failing(outcome.fails) if outcome.fails else "all holds"
    told = f", {outcome.told:,} told" if outcome.told else ""
    amount = _amount(outcome.measured, outcome.blob_seconds)
    return f"{len(outcome.checks)} checks, {outcome.measured.rows:,} rows, {amount}, {outcome.seconds:.1f} s: {verdict}{told}"


def _failing(fails: int) -> str:
    return f"{fails:,} thing{'s' * (fails != 1)} fail{'s' * (fails == 1)}"


def _amount(measured: Measured, seconds: float) -> str:
    speed = f" at {measured.bytes / _MB / seconds:,.0f} MB/s" if measured.bytes and seconds else ""
    return f"{measured.files:,} files ({measured.bytes / _MB:,.1f} MB{speed})"


@contextmanager
def _watched() -> Generator[Watch]:
    """A line on stderr that says how far it is, where a person watches."""
    from rich.console import Console
    from rich.status import Status

    console = Console(stderr=True)
    status = Status("", console=console)
    if console.is_terminal:
        status.start()

    def watch(check: str, done: int, total: int) -> None:
        status.update(f"{check} {done:,} of {total:,}" if total else check)

    try:
        yield watch
    finally:
        status.stop()
