"""Which names are withheld: those that leads ruled so, and those of victims whom nobody released.

Rulings are only ever added; of a name the last one stands. Whatever shows, exports or indexes words asks `load_withholding` once, and passes them
through it: there is no other way by which a name is withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, func, insert, select

from harmledger.domain import WithheldName
from harmledger.errors import BadInput, NotFound
from harmledger.publish.redact import ANY_ENDING, SHORTEST, Withholding, fold_name
from harmledger.review.chain import parse_decision
from harmledger.review.fold import fold
from harmledger.store.index import find_naming
from harmledger.store.schema import DECISIONS, VICTIMS, WITHHELD
from harmledger.store.touched import touch_documents, touch_search
from harmledger.store.unchanged import while_unchanged

_HELD = (
    select(WITHHELD)
    .where(WITHHELD.c.sequence.in_(select(func.max(WITHHELD.c.sequence)).group_by(WITHHELD.c.folded)), WITHHELD.c.held)
    .order_by(WITHHELD.c.sequence)
)
_NAMES = select(VICTIMS.c.victim_id, VICTIMS.c.names)
MOST_CHARS = 200
"""A longer name is none."""


def load_withholding(connection: Connection) -> Withholding:
    """What strikes every name that is withheld now."""
    return while_unchanged(connection, "withholding", _load)


def _load(connection: Connection) -> Withholding:
    ruled = (each.name for each in list_withheld(connection))
    return _compile((*ruled, *_unreleased(connection)))


def load_naming(connection: Connection) -> Withholding:
    """What finds every name that is withheld now, and every name of a victim, released or not: whoever holds back what names people asks it."""
    ruled = (each.name for each in list_withheld(connection))
    of_victims = (name for victim in connection.execute(_NAMES) for name in victim.names)
    return _compile((*ruled, *of_victims))


def list_withheld(connection: Connection) -> Sequence[WithheldName]:
    """The names that are held now, in the order of ruling."""
    return [
        WithheldName(number=r.sequence, name=r.name, held=r.held, reason=r.reason, who=r.who, when=r.when)
        for r in connection.execute(_HELD)
    ]


def touch_naming(connection: Connection, names: Iterable[str], beside: Iterable[str] = ()) -> list[str]:
    """Have all reports that hold one of some names, and all in which any was withheld, indexed and shown anew; gives their incidents."""
    documents = {*find_naming(connection, names), *beside}
    touch_search(connection, documents)
    return touch_documents(connection, documents)


def withhold(connection: Connection, name: str, *, who: str, reason: str, now: datetime) -> int:
    """Strike a name from now on; gives the ruling's number.

    Raises:
        BadInput: it is no name, is held already, or nobody says why.
    """
    folded = _check(name, reason)
    if any(fold_name(each.name) == folded for each in list_withheld(connection)):
        raise BadInput(
            "this name is withheld already", "the name", "list what is withheld with `harmledger withhold list`"
        )
    return _rule(connection, name, held=True, who=who, reason=reason, now=now)


def lift(connection: Connection, number: int, *, who: str, reason: str, now: datetime) -> WithheldName:
    """Show again what the ruling of that number withholds.

    Raises:
        NotFound: no name is held by such a ruling.
        BadInput: nobody says why.
    """
    found = next((each for each in list_withheld(connection) if each.number == number), None)
    if found is None:
        raise NotFound(
            "no name is withheld under this number", str(number), "list them with `harmledger withhold list`"
        )
    _check(found.name, reason)
    _rule(connection, found.name, held=False, who=who, reason=reason, now=now)
    return found


def _check(name: str, reason: str) -> str:
    folded = fold_name(name)
    if len(folded.rstrip(ANY_ENDING)) < SHORTEST or len(name) > MOST_CHARS or ANY_ENDING in name.strip()[:-1]:
        what = f"a name has {SHORTEST} letters at least and {MOST_CHARS} at most, and `{ANY_ENDING}` only at its end"
        raise BadInput(what, "the name", "give one spelling at a time")
    if not reason.strip():
        raise BadInput("nobody says why", "the reason", "give it with --reason")
    return folded


def _rule(connection: Connection, name: str, *, held: bool, who: str, reason: str, now: datetime) -> int:
    number = (connection.execute(select(func.max(WITHHELD.c.sequence))).scalar() or 0) + 1
    row = {"sequence": number, "name": name.strip(), "folded": fold_name(name), "held": held}
    connection.execute(insert(WITHHELD), {**row, "reason": reason.strip(), "who": who, "when": now})
    touch_naming(connection, [name.strip()] if held else ())
    return number


def _unreleased(connection: Connection) -> list[str]:
    """Every spelling of every victim whose names may not be shown."""
    victims = connection.execute(_NAMES).all()
    if not victims:
        return []
    of_victims = select(DECISIONS).where(DECISIONS.c.subject.in_(select(VICTIMS.c.victim_id)))
    rows = connection.execute(of_victims.order_by(DECISIONS.c.sequence)).mappings()
    state = fold(parse_decision(row) for row in rows)
    return [name for victim in victims if not state.is_released(victim.victim_id) for name in victim.names]


@lru_cache(maxsize=8)
def _compile(names: tuple[str, ...]) -> Withholding:
    return Withholding(names)
