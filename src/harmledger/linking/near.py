"""Works out only what is near new reports, or such as people decided on: what they may meet in a block, and the incidents that this is in, whole.

Of the rest of the ledger only counts are looked at: how many reports hold a word. So the cost follows what is new and how dense the news is
about it, not how large the ledger is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from harmledger.domain import Echo
from harmledger.ids import incident_id
from harmledger.link.copies import find_copies, originals
from harmledger.link.join import Among, Tellings, Watch, find_touched, link_claims
from harmledger.link.marks import find_reach, mark_rare, mark_text
from harmledger.link.rarity import Rarity, load_background
from harmledger.link.told import Told
from harmledger.linking.work import Now, Worked, change_of
from harmledger.store import KnownIncidents
from harmledger.store.incidents import find_copies_of, find_echoes_of, find_homes, get_some_incidents
from harmledger.store.told import (
    ALL_REPORTS,
    count_left_out,
    find_marked,
    find_near,
    find_readings,
    find_replaced,
    find_sequences,
    load_counts,
    load_told,
)


def work_out_near(connection: Connection, at: Now, watch: Watch) -> Worked:
    """What is new, or decided on since, and what stands near it, joined."""
    new = dict(load_told(connection, at.new))
    desk = _Desk(connection, at)
    gone = _find_gone(connection, at)
    copies = _find_copies(connection, desk.current, new)
    more = _count(desk.told_anew()) - Counter()
    more.subtract(_count(gone))
    desk.load(find_near_to(connection, desk.stirred(), _among(connection, desk, copies, more)))
    old = {claim for told in gone for claim in told.claims} | at.stirred
    while True:
        watch("loading what is near", len(desk.told), len(desk.told))
        tellings = Tellings.of_told(desk.in_order(), at.stood.decisions, _among(connection, desk, copies, more))
        before = find_homes(connection, {*tellings.of, *old})
        touched, standing = _find_touched(connection, tellings, before, at.stirred)
        if not desk.load(find_sequences(connection, standing.incident_of.keys() - tellings.of.keys())):
            break
    linked = link_claims(tellings, before=before, touched=touched, watch=watch)
    alone = replace(linked, groups=linked.groups[: linked.worked_out], echoes=copies.found)
    standing = replace(standing, originals=copies.before)
    words = load_counts(connection, more)
    return Worked(
        standing=standing,
        change=change_of(alone, standing, at),
        counts={word: words.get(word, 0) + n for word, n in more.items() if n},
        left_out=count_left_out(connection) + desk.left_out_besides(),
    )


def find_near_to(connection: Connection, told: Collection[Told], among: Among) -> set[int]:
    """The readings that blocking may bring together with these."""
    reaches = [reach for each in told if (reach := find_reach(each))]
    rarity = Rarity(among.reports, among.holding, load_background())
    return find_near(connection, reaches, mark_rare(told, rarity))


class _Desk:
    """The reports that are looked at: what each tells as people left it.

    All that they decided of are among them, however far: only what an engine read is kept with its days and marks.
    """

    def __init__(self, connection: Connection, at: Now) -> None:
        self._connection, self._at = connection, at
        self.current = frozenset(at.current)
        self.told: dict[int, Told] = {}
        self._attached = at.stood.attached.values()
        self.load(at.decided.union(at.new, find_sequences(connection, at.stirred)))

    def load(self, sequences: Collection[int]) -> bool:
        """Take up these too, as far as they are current; tells whether there were any that weren't there."""
        missing = (self.current & set(sequences)) - self.told.keys()
        self.told.update(self._at.stood.tell(missing, self._at.decided))
        return bool(missing)

    def in_order(self) -> list[Told]:
        """All of them, in the order of filing; what only people read comes last."""
        return [*(self.told[sequence] for sequence in sorted(self.told)), *self._attached]

    def told_anew(self) -> list[Told]:
        """What is new, or was decided on since, and every document that only people read."""
        return [*(self.told[sequence] for sequence in self._at.changed.union(self._at.new)), *self._attached]

    def stirred(self) -> list[Told]:
        """What is new, and whatever decisions touch."""
        new = self._at.changed.union(self._at.new)
        held = ((self.told[s], s in new) for s in self.told)
        every = [*held, *((told, False) for told in self._attached)]
        return [told for told, is_new in every if is_new or not self._at.stirred.isdisjoint(told.claims)]

    def left_out_besides(self) -> int:
        """By how many more claims are left out than engines' readings alone would have it."""
        plain = sum(len(told.unlinked) for _, told in load_told(self._connection, self._at.decided))
        stood = [*(self.told[sequence] for sequence in self._at.decided), *self._attached]
        return sum(len(told.unlinked) for told in stood) - plain


def _find_gone(connection: Connection, at: Now) -> list[Told]:
    """What the last linking was told instead of what is told anew: by readings that were replaced since, or before people decided."""
    replaced = find_replaced(connection, at.new, at.linked)
    before = at.earlier.tell(replaced | (at.changed & at.linked), at.earlier.find_decided())
    return [*(told for _, told in before), *at.earlier.attached.values()]


def _find_touched(
    connection: Connection, tellings: Tellings, before: Mapping[str, str], stirred: Collection[str]
) -> tuple[frozenset[str], KnownIncidents]:
    """The incidents to be worked out anew, with all they hold, and those of old that were founded on a claim of theirs."""
    touched = find_touched(tellings, before, stirred)
    while True:
        open_ = (claim for claim in tellings.of if before.get(claim) is None or before[claim] in touched)
        standing = get_some_incidents(connection, touched | set(map(incident_id, open_)), {})
        holding = frozenset(incident.incident_id for incident in standing.incidents if incident.claims)
        if holding <= touched:
            return touched, standing
        touched |= holding


def _count(told: Collection[Told]) -> Counter[str]:
    """In how many of these reports each word stands."""
    counts = Counter(word for each in told for word in each.words)
    counts[ALL_REPORTS] = sum(bool(each.tellings) for each in told)
    return counts


def _among(connection: Connection, desk: _Desk, copies: _Copies, more: Mapping[str, int]) -> Among:
    """How what is looked at stands among all."""
    words = {
        word
        for told in desk.told.values()
        for t in told.tellings
        for word in t.report_words | t.words | t.names | t.places
    }
    counts = load_counts(connection, words | {ALL_REPORTS})
    holding = {word: counts.get(word, 0) + more.get(word, 0) for word in words}
    documents = {told.print.document_id for told in desk.told.values()} - copies.documents
    others = find_echoes_of(connection, documents).values()
    return Among(
        reports=counts.get(ALL_REPORTS, 0) + more.get(ALL_REPORTS, 0), holding=holding, echoes=[*others, *copies.found]
    )


# --- copies ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copies:
    """Which of some documents are copies, before and now."""

    documents: frozenset[str]
    before: Mapping[str, str]
    found: tuple[Echo, ...]


def _find_copies(connection: Connection, current: frozenset[int], new: Mapping[int, Told]) -> _Copies:
    """The copies among new reports, those that may share their text, and these ones' originals and copies."""
    met = find_marked(connection, {mark for told in new.values() for mark in mark_text(told)}) & current
    told = {**dict(load_told(connection, met)), **new}
    documents = {each.print.document_id for each in told.values()}
    documents |= set(originals(find_echoes_of(connection, documents).values()).values())
    documents |= find_copies_of(connection, documents)
    told.update(load_told(connection, (find_readings(connection, documents) & current) - told.keys()))
    prints = [told[sequence].print for sequence in sorted(told)]
    return _Copies(
        documents=frozenset(documents),
        before=originals(find_echoes_of(connection, documents).values()),
        found=tuple(find_copies(prints)),
    )
