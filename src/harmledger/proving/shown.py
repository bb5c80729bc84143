"""What lists, maps and search show, against the record that it follows from: worked out anew, and compared."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from harmledger.domain import Finding
from harmledger.projecting import AT_ONCE, work_out
from harmledger.proving.looking import Looking, Teller
from harmledger.store.index import check_index, find_misindexed
from harmledger.store.schema import INCIDENTS
from harmledger.store.schema_shown import SEARCHED, SHOWN
from harmledger.store.shown import find_differing, find_miscounted
from harmledger.store.touched import get_state
from harmledger.store.withheld import load_withholding

_SHOWN, _SEARCH = Teller("shown"), Teller("search")
_ANEW = "have it made again: take its rows out of the shown_ tables, and run `harmledger index`"


def check_shown(looking: Looking) -> Iterator[Finding]:
    """Whether lists show each incident as the record has it now."""
    connection, state = looking.connection, get_state(looking.connection)
    if state.behind:
        what, remedy = "what lists show is behind the record, and isn't held against it", "run `harmledger index`"
        yield _SHOWN.tells("ledger", looking.ledger.folder.name, SHOWN.name, what, remedy)
        return
    incidents = list(connection.execute(select(INCIDENTS.c.incident_id).order_by(INCIDENTS.c.incident_id)).scalars())
    for start in range(0, len(incidents), AT_ONCE):
        looking.watch("shown", start, len(incidents))
        some = incidents[start : start + AT_ONCE]
        shown = work_out(connection, looking.ledger.folder, some)
        for incident in find_differing(connection, some, shown):
            yield _SHOWN.fails(
                "incident", incident, SHOWN.name, "lists show it otherwise than the record has it", _ANEW
            )
    for facet, value in find_miscounted(connection):
        yield _SHOWN.fails(
            "choice", f"{facet} {value}", "shown_facets", "it is counted otherwise than it is met", _ANEW
        )


def check_search(looking: Looking) -> Iterator[Finding]:
    """Whether search holds the words of each report as it is read now, and its index finds them."""
    withholding = load_withholding(looking.connection)
    for document in find_misindexed(looking.connection, withholding):
        what = "search holds other words than it has"
        yield _SEARCH.fails(
            "document", document, SEARCHED.name, what, "note it in search_touched, and run `harmledger index`"
        )
    try:
        with looking.ledger.writing() as connection:
            check_index(connection)
            connection.rollback()
    except DatabaseError as e:
        what = f"the index of words differs from the words ({e.orig})"
        yield _SEARCH.fails(
            "index", "search_words", looking.ledger.where, what, "drop the table search_words and index all"
        )
