"""Works out the whole ledger: the first time, when much is new, or again."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from harmledger.link.join import Tellings, Watch, find_touched, link_claims
from harmledger.link.told import Told
from harmledger.linking.work import Now, Worked, change_of
from harmledger.store import get_known_incidents
from harmledger.store.told import ALL_REPORTS, load_counts, load_told


def work_out_whole(connection: Connection, at: Now, watch: Watch, *, again: bool) -> Worked:
    """All current claims joined; unless `again`, groups that nothing new comes near stay as they are."""
    standing = get_known_incidents(connection)
    tellings = Tellings.of_told(_load(connection, at, watch), at.stood.decisions)
    before = None if again or not standing.incident_of else standing.incident_of
    touched = find_touched(tellings, before, at.stirred) if before else None
    linked = link_claims(tellings, before=before, touched=touched, watch=watch)
    vocabulary, known = tellings.all.vocabulary, load_counts(connection)
    counts = {word: vocabulary[word] for word in vocabulary} | {ALL_REPORTS: tellings.all.reports}
    gone = dict.fromkeys(known.keys() - counts.keys(), 0)
    return Worked(
        standing=standing,
        change=change_of(linked, standing, at),
        counts={word: n for word, n in (gone | counts).items() if known.get(word, 0) != n},
        left_out=len(linked.unlinked),
    )


def _load(connection: Connection, at: Now, watch: Watch) -> Iterator[Told]:
    """All readings in the order of filing, then what only people read."""
    decided = dict(at.stood.tell(at.decided, at.decided))
    plain = load_told(connection, at.current)
    for number, (sequence, told) in enumerate(plain, 1):
        yield decided.get(sequence, told)
        watch("loading", number, len(at.current))
    yield from at.stood.attached.values()
