"""What linking keeps of each report, and how it finds the reports that are near others, without reading any text again.

`told` and `tellings` follow from the reading alone, so they are kept as soon as they are worked out, whoever does it first; `linked` and
`word_counts` say what the last linking stood on, and are kept with it. Rows are only ever added.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Select, and_, func, insert, select

from harmledger.link.marks import Reach, find_reach, mark_report
from harmledger.link.told import TOLD_BY, Told, parse_told, render_shingles, render_told
from harmledger.publish.record import Record
from harmledger.store.adding import insert_new
from harmledger.store.lookup import MOST_NAMED
from harmledger.store.rows import Row
from harmledger.store.schema import CAPTURES, CLAIMS, LINKED, MARKS, READINGS, TELLINGS, TEXTS, TOLD, WORD_COUNTS

ALL_REPORTS = ""
"""The word that stands for every report when words are counted."""
MOST_MARKED = 200
"""A word that more reports hold finds only those of its fortnight: whatever its day, blocking passes over words half as common."""
STRETCH = timedelta(days=13)
"""Of one fortnight are days that are so far apart at most."""
_FETCHED = (
    select(func.min(CAPTURES.c.fetched))
    .where(CAPTURES.c.document_id == READINGS.c.document_id)
    .correlate(READINGS)
    .scalar_subquery()
    .label("fetched")
)


def list_current(connection: Connection) -> list[int]:
    """The current readings of all documents, in the order of filing."""
    last = select(func.max(READINGS.c.sequence).label("last")).group_by(READINGS.c.document_id).subquery()
    return list(connection.execute(select(last.c.last).order_by(last.c.last)).scalars())


def list_untold(connection: Connection, current: Iterable[int]) -> list[int]:
    """Those of which nothing is kept yet."""
    told = set(connection.execute(select(TOLD.c.sequence).where(TOLD.c.by == TOLD_BY)).scalars())
    return [sequence for sequence in current if sequence not in told]


def list_linked(connection: Connection) -> set[int]:
    """All readings that ever were in a linking."""
    return set(connection.execute(select(LINKED.c.sequence)).scalars())


def load_records(connection: Connection, sequences: Iterable[int]) -> Iterator[tuple[int, Record]]:
    """Readings as far as linking looks at them: the document with its text, and the claims."""
    for some in _some(sequences):
        claims: dict[str, list[Record]] = {}
        rows = connection.execute(
            select(READINGS, TEXTS.c.text, _FETCHED)
            .join(TEXTS)
            .where(READINGS.c.sequence.in_(some))
            .order_by(READINGS.c.sequence)
        ).all()
        of = CLAIMS.c.reading_id.in_([row.reading_id for row in rows])
        for claim in connection.execute(
            select(CLAIMS.c.reading_id, CLAIMS.c.record).where(of).order_by(CLAIMS.c.position)
        ):
            claims.setdefault(claim.reading_id, []).append(claim.record)
        for row in rows:
            capture = {"fetched": row.fetched.isoformat()} if row.fetched else {}
            document = {**row.record, "text": row.text, "capture": capture}
            yield row.sequence, {"document": document, "claims": claims.get(row.reading_id, [])}


def load_told(connection: Connection, sequences: Iterable[int]) -> Iterator[tuple[int, Told]]:
    """What was kept of these readings, in their order."""
    wanted = select(TELLINGS, READINGS.c.document_id, _FETCHED).join(READINGS).where(TELLINGS.c.by == TOLD_BY)
    for some in _some(sequences):
        rows = connection.execute(wanted.where(TELLINGS.c.sequence.in_(some)).order_by(TELLINGS.c.sequence))
        for row in rows:
            yield row.sequence, parse_told(row.record, row.document_id, row.shingles, row.fetched)


def keep_told(connection: Connection, told: Mapping[int, Told]) -> None:
    """Keep what readings tell; what another has kept meanwhile is the same, and stays."""
    dialect = connection.dialect.name
    keys = [{"sequence": sequence, "by": TOLD_BY} for sequence in told]
    about = [{**key, **_span(each)} for key, each in zip(keys, told.values(), strict=True)]
    whole = [
        {**key, "record": render_told(each), "shingles": render_shingles(each)}
        for key, each in zip(keys, told.values(), strict=True)
    ]
    marks = [{"mark": mark, "sequence": sequence} for sequence, each in told.items() for mark in mark_report(each)]
    for table, rows in ((TOLD, about), (TELLINGS, whole), (MARKS, marks)):
        if rows:
            connection.execute(insert_new(table, dialect), rows)


def _span(told: Told) -> Row:
    reach = find_reach(told)
    return {"earliest": reach and reach.earliest, "latest": reach and reach.latest, "left_out": len(told.unlinked)}


# --- what is near ----------------------------------------------------------------------------------------------------


def find_near(connection: Connection, reaches: Collection[Reach], marks: Collection[int]) -> set[int]:
    """The readings that tell of days so near, or share a mark: all that blocking may bring together with what these were taken of."""
    stretches = _merge((r.earliest - timedelta(days=1), r.latest + timedelta(days=1)) for r in reaches)
    near = {sequence for stretch in stretches for sequence in _list_within(connection, stretch)}
    few, many = _how_common(connection, marks)
    return near | find_marked(connection, few) | _find_marked_then(connection, many, reaches)


def find_marked(connection: Connection, marks: Iterable[int]) -> set[int]:
    """The readings that have one of these marks."""
    return _find(connection, select(MARKS.c.sequence), MARKS.c.mark, marks)


def _find_marked_then(connection: Connection, marks: Sequence[int], reaches: Collection[Reach]) -> set[int]:
    """Those that have a common mark and tell of the same fortnight."""
    found: set[int] = set()
    for stretch in _merge((r.earliest - STRETCH, r.latest + STRETCH) for r in reaches) if marks else ():
        then = _list_within(connection, stretch)
        for mark in marks:
            found |= then & find_marked(connection, [mark])
    return found


def _how_common(connection: Connection, marks: Collection[int]) -> tuple[list[int], list[int]]:
    """Marks that few readings have, and those that many have."""
    few: list[int] = []
    many: list[int] = []
    for some in _some(marks):
        counted = select(MARKS.c.mark, func.count().label("times")).where(MARKS.c.mark.in_(some)).group_by(MARKS.c.mark)
        for row in connection.execute(counted):
            (few if row.times <= MOST_MARKED else many).append(row.mark)
    return few, many


def _list_within(connection: Connection, stretch: tuple[date, date]) -> set[int]:
    then = and_(TOLD.c.earliest <= stretch[1], TOLD.c.latest >= stretch[0], TOLD.c.by == TOLD_BY)
    return set(connection.execute(select(TOLD.c.sequence).where(then)).scalars())


def _merge(stretches: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Stretches of days, those that overlap as one."""
    merged: list[tuple[date, date]] = []
    for first, last in sorted(stretches):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


# --- readings of claims and documents --------------------------------------------------------------------------------


def find_sequences(connection: Connection, claims: Iterable[str]) -> set[int]:
    """The readings, current or not, that have these claims."""
    having = select(READINGS.c.sequence).join(CLAIMS, CLAIMS.c.reading_id == READINGS.c.reading_id)
    return _find(connection, having, CLAIMS.c.claim_id, claims)


def find_readings(connection: Connection, documents: Iterable[str]) -> set[int]:
    """The readings, current or not, of these documents."""
    return _find(connection, select(READINGS.c.sequence), READINGS.c.document_id, documents)


def find_replaced(connection: Connection, new: Collection[int], linked: Collection[int]) -> set[int]:
    """Readings that were linked, whose documents these new ones are read of."""
    replaced: set[int] = set()
    for some in _some(new):
        documents = select(READINGS.c.document_id).where(READINGS.c.sequence.in_(some))
        rows = connection.execute(
            select(READINGS.c.document_id, READINGS.c.sequence).where(READINGS.c.document_id.in_(documents))
        )
        last: dict[str, int] = {}
        for row in rows:
            if row.sequence in linked:
                last[row.document_id] = max(row.sequence, last.get(row.document_id, 0))
        replaced |= set(last.values())
    return replaced


def _find(connection: Connection, every: Select[Any], column: Column[Any], wanted: Iterable[Any]) -> set[int]:
    found: set[int] = set()
    for some in _some(wanted):
        found.update(connection.execute(every.where(column.in_(some))).scalars())
    return found


# --- words, counted --------------------------------------------------------------------------------------------------


def load_counts(connection: Connection, words: Iterable[str] | None = None) -> dict[str, int]:
    """In how many reports of the last linking these words stand, or all words do."""
    counts: dict[str, int] = {}
    for some in [None] if words is None else _some(words):
        rows = select(WORD_COUNTS).order_by(WORD_COUNTS.c.linking)
        wanted = rows if some is None else rows.where(WORD_COUNTS.c.word.in_(some))
        counts.update({row.word: row.reports for row in connection.execute(wanted)})
    return counts


def keep_linked(connection: Connection, linking: int, sequences: Iterable[int], counts: Mapping[str, int]) -> None:
    """Keep which readings a linking added, and the counts of words that changed."""
    linked = [{"sequence": sequence, "linking": linking} for sequence in sequences]
    counted = [{"word": word, "linking": linking, "reports": reports} for word, reports in counts.items()]
    for table, rows in ((LINKED, linked), (WORD_COUNTS, counted)):
        if rows:
            connection.execute(insert(table), rows)


def count_left_out(connection: Connection) -> int:
    """How many claims of the current readings count several events."""
    last = select(func.max(READINGS.c.sequence)).group_by(READINGS.c.document_id)
    total = select(func.sum(TOLD.c.left_out)).where(TOLD.c.by == TOLD_BY, TOLD.c.sequence.in_(last))
    return connection.execute(total).scalar() or 0


def _some(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Values in order, as many at a time as one question may name."""
    ordered = iter(sorted(set(values)))
    while some := list(islice(ordered, MOST_NAMED)):
        yield some
