"""What `harmledger withhold …` does. The audit notes rulings by their number: it tells no name."""

from __future__ import annotations

from harmledger.cli import tell, utc_now
from harmledger.cli.accounts import note
from harmledger.cli.ledgers import opened
from harmledger.cli.printing import write
from harmledger.publish.wording import render_plain
from harmledger.store.withheld import lift, list_withheld, withhold


def add(folder: str, name: str, *, who: str, reason: str) -> None:
    """One more."""
    with opened(folder) as ledger, ledger.writing() as connection:
        number = withhold(connection, name, who=who, reason=reason, now=utc_now())
        note(connection, "withhold-name", f"ruling {number}, by {who}")
    tell(f"name {number} is withheld from whatever is shown from now on")


def list_all(folder: str) -> None:
    """One line each."""
    with opened(folder) as ledger, ledger.reading() as connection:
        listed = list_withheld(connection)
    for each in listed:
        about = (render_plain(part) for part in (each.name, f"by {each.who}", f"{each.when:%Y-%m-%d}", each.reason))
        write(f"{each.number}  {'  '.join(about)}\n")
    if not listed:
        tell("no name is withheld by ruling")


def lift_one(folder: str, number: int, *, who: str, reason: str) -> None:
    """One less."""
    with opened(folder) as ledger, ledger.writing() as connection:
        lift(connection, number, who=who, reason=reason, now=utc_now())
        note(connection, "lift-name", f"ruling {number}, by {who}")
    tell(f"name {number} is shown again")
