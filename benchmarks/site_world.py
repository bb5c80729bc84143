"""Makes a large ledger to serve: incidents of the open data's own density, reports of them and what would be read in those.

    python benchmarks/site_world.py --ledger DIR [--incidents 50000] [--seed 1] [--no-bytes]

Ten claims an incident on average. Rows are those that reading and linking write (the same functions make them), by bulk inserts of
`BATCH` incidents a transaction, and what lists and search show is worked out of them as ever; a run that was ended goes on where it stopped. Needs the open data in ../shared.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from itertools import groupby, islice, pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select
from world_drawn import Drawn, draw, draw_claims, load_real
from world_reports import Report, write_reports

from harmledger.domain import (
    Blamed,
    By,
    Certainty,
    Claim,
    Document,
    Part,
    PartRole,
    Period,
    PeriodPrecision,
    Place,
    PlacePrecision,
    Published,
    PublishedFrom,
    Reading,
    ResolvedClaim,
    ResolvedStatement,
    Source,
    Statement,
    Verdict,
    Words,
)
from harmledger.ids import capture_id, document_id, incident_id
from harmledger.projecting import bring_up
from harmledger.publish.record import render_record
from harmledger.resolve.actor import resolve_actor
from harmledger.resolve.claims import identify_claim, identify_statement
from harmledger.resolve.place import PlaceResolver
from harmledger.resolve.speaker import resolve_speaker
from harmledger.resources.gazetteer import load_gazetteer
from harmledger.resources.registry import load_registry
from harmledger.review.decide import Said, SubjectKind
from harmledger.store import Ledger, open_ledger
from harmledger.store.adding import add_new
from harmledger.store.decisions import add_decision
from harmledger.store.rows import Row, claim_row, reading_row, statement_row
from harmledger.store.schema import (
    CAPTURES,
    CLAIMS,
    DECISIONS,
    DOCUMENTS,
    ECHOES,
    INCIDENT_CLAIMS,
    INCIDENTS,
    LINKINGS,
    LINKS,
    READINGS,
    STATEMENTS,
    TEXTS,
)

BATCH = 500
"""Incidents a transaction."""
BY = By(engine="world", version="1")
FILED = datetime(2024, 1, 1, tzinfo=UTC)
FAR_DEGREES = 0.6
"""A namesake farther from where the data has the place isn't it."""
MOST_DECISIONS = 300
FIGURES = (DOCUMENTS, CAPTURES, TEXTS, READINGS, CLAIMS, STATEMENTS)
"""Filled by each batch, texts before the rest, then in this order."""


@dataclass(slots=True)
class Rows:
    """Rows of one batch, by table."""

    of: dict[Table, list[Row]] = field(default_factory=lambda: {table: [] for table in FIGURES})

    def add(self, reading: Reading, content: bytes, sequence: int) -> None:
        document = reading.document
        record = render_record(reading)
        row = reading_row(reading, record)
        key = {"reading_id": row["reading_id"], "document_id": document.document_id}
        about = {"media": "text", "bytes": len(content), "filed": FILED}
        self.of[DOCUMENTS].append({"document_id": document.document_id, **about})
        capture = {"capture_id": document.capture_id, "source": document.source, "fetched": document.fetched}
        self.of[CAPTURES].append({**capture, "document_id": document.document_id})
        self.of[TEXTS].append({"text_id": row["text_id"], "text": document.text})
        self.of[READINGS].append({**row, "filed": FILED, "sequence": sequence})
        claims = map(claim_row, record["claims"], reading.claims)
        self.of[CLAIMS] += [{**key, **claim, "position": n} for n, claim in enumerate(claims)]
        statements = map(statement_row, record["statements"])
        self.of[STATEMENTS] += [{**key, **each, "position": n} for n, each in enumerate(statements)]

    def insert(self, connection: Connection) -> None:
        for row in self.of.pop(TEXTS):  # a copy has the text of its original
            add_new(connection, TEXTS, row)
        for table, rows in self.of.items():
            if rows:
                connection.execute(insert(table), rows)


class Resolved:
    """Who is who and where is where, each name looked up once as the resolver does."""

    def __init__(self) -> None:
        self._registry = load_registry()
        self._places = PlaceResolver(load_gazetteer())
        self.actor = cache(self._actor)
        self.speaker = cache(self._speaker)
        self.place = cache(self._place)

    def claim(self, claim: Claim, drawn: Drawn, document: str) -> ResolvedClaim:
        """The claim with what its words mean."""
        place = claim.place and self.place(claim.place.exact, drawn.lat, drawn.lon)
        actor = claim.actor and self.actor(claim.actor.words.exact)
        day = drawn.day
        return ResolvedClaim(
            claim_id=identify_claim(document, claim),
            part_of=None,
            claim=claim,
            place=place and replace(place, words=claim.place),
            when=claim.when and Period(words=claim.when, earliest=day, latest=day, precision=PeriodPrecision.DAY),
            actor=actor and replace(actor, words=claim.actor.words),
            attribution=tuple(self._says(source) for source in claim.attribution),
        )

    def statement(self, statement: Statement, document: str) -> ResolvedStatement:
        """The statement with who makes it."""
        identity = identify_statement(document, statement)
        return ResolvedStatement(
            statement_id=identity, statement=statement, speaker=self._says(statement.speaker), target=None
        )

    def _says(self, source: Source) -> Any:
        return replace(self.speaker(source.words.exact), words=source.words, cue=source.cue)

    def _actor(self, words: str) -> Any:
        blamed = Blamed(words=_at_start(words), certainty=Certainty.STATED)
        return resolve_actor(blamed, text=words, registry=self._registry)

    def _speaker(self, words: str) -> Any:
        source = Source(words=_at_start(words), cue=None, said=None)
        return resolve_speaker(source, text=words, registry=self._registry, published=Published())

    def _place(self, name: str, lat: float | None, lon: float | None) -> Place:
        """The gazetteer's place of that name, where it lies near where the data has it; else a point without a name of its own."""
        found = self._places.resolve(_at_start(name), text=f"{name}\nSyria")
        if None not in {found.lat, found.lon, lat, lon} and _is_near(found, lat or 0.0, lon or 0.0):
            return found
        if lat is None:
            return found if found.country == "SY" else Place(words=_at_start(name))
        precision, country = PlacePrecision.VILLAGE, "SY"
        return Place(
            words=_at_start(name), name=name, country=country, lat=lat, lon=lon, precision=precision, radius_m=2000
        )


def _is_near(place: Place, lat: float, lon: float) -> bool:
    return abs((place.lat or 0.0) - lat) < FAR_DEGREES and abs((place.lon or 0.0) - lon) < FAR_DEGREES


def _at_start(words: str) -> Words:
    return Words(exact=words, start=0, end=len(words))


# --- reports ---------------------------------------------------------------------------------------------------------


def read_report(report: Report, drawn: Drawn, number: int, known: Resolved) -> tuple[Reading, bytes]:
    """The reading of a report, and the bytes that it came in."""
    copied = "" if report.copy_of is None else f"-copies-{report.copy_of}"
    given = f"w{drawn.number}-{number}{copied}"
    content = f"{report.outlet} {given}\n\n{report.text}".encode()
    document, source = document_id(content), f"world.jsonl:{given}"
    day = drawn.day + timedelta(days=report.published)
    reading = Reading(
        document=Document(
            document_id=document,
            capture_id=capture_id(document, source, FILED),
            source=source,
            fetched=FILED,
            id=given,
            title=report.title,
            author=None,
            publisher=report.outlet,
            language=report.language,
            published=Published(day=day, basis=PublishedFrom.GIVEN, earliest=day, latest=day),
            text=report.text,
            parts=_parts(report),
            dropped=(),
        ),
        claims=tuple(known.claim(claim, drawn, document) for claim in report.claims),
        statements=tuple(known.statement(statement, document) for statement in report.statements),
        dropped=(),
        by=BY,
    )
    return reading, content


def _parts(report: Report) -> tuple[Part, ...]:
    title, end = len(report.title) + 2, len(report.text)
    headline = Part(role=PartRole.HEADLINE, kind=None, start=0, end=title)
    return headline, Part(role=PartRole.BODY, kind=None, start=title, end=end)


def fill(ledger: Ledger, *, incidents: int, seed: int, keep_bytes: bool, told: Callable[[int], None]) -> None:
    """File the reports of all incidents that aren't filed yet, a batch a transaction."""
    real, claims, known = load_real(), draw_claims(incidents, seed), Resolved()
    done, sequence = _find_done(ledger)
    for numbers in _batched(range(done, incidents), BATCH):
        rows = Rows()
        for number in numbers:
            drawn = draw(real, number, claims[number], seed)
            for n, report in enumerate(write_reports(drawn, seed)):
                sequence += 1
                reading, content = read_report(report, drawn, n, known)
                rows.add(reading, content, sequence)
                if keep_bytes:
                    _keep_bytes(ledger, reading.document.document_id, content)
        with ledger.writing() as connection:
            rows.insert(connection)
        told(numbers[-1] + 1)


def _find_done(ledger: Ledger) -> tuple[int, int]:
    """How many incidents are filed whole, and the last reading's number."""
    with ledger.reading() as connection:
        last = select(READINGS.c.sequence, READINGS.c.given_id).order_by(READINGS.c.sequence.desc()).limit(1)
        row = connection.execute(last).first()
    return (0, 0) if row is None else (_incident_of(row.given_id) + 1, row.sequence)


def _keep_bytes(ledger: Ledger, document: str, content: bytes) -> None:
    """As the ledger does, but without waiting for the disk: a world can be made again."""
    path = ledger.blobs.path(document)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def _incident_of(given: str) -> int:
    return int(given[1:].split("-", 1)[0])


# --- incidents -------------------------------------------------------------------------------------------------------


def link(connection: Connection) -> int:
    """One incident of all claims that were drawn for it, as one linking; gives how many. Nothing where there is a linking already."""
    if connection.execute(select(func.count()).select_from(LINKINGS)).scalar():
        return 0
    columns = (CLAIMS.c.claim_id, READINGS.c.given_id, READINGS.c.document_id)
    asked = select(*columns).join(READINGS, READINGS.c.reading_id == CLAIMS.c.reading_id)
    rows = connection.execute(asked.order_by(READINGS.c.sequence, CLAIMS.c.position)).all()
    found = [list(claims) for _, claims in groupby(rows, key=lambda row: _incident_of(row.given_id))]
    about = {"filed": FILED, "weights": "drawn", "claims": len(rows), "incidents": len(found), "decisions": 0}
    connection.execute(insert(LINKINGS), [{"linking": 1, **about}])
    for table, made in ((INCIDENTS, _incidents), (INCIDENT_CLAIMS, _members), (LINKS, _links), (ECHOES, _echoes)):
        for some in _batched(({"linking": 1, **row} for row in made(found)), 20_000):
            connection.execute(insert(table), some)
    return len(found)


def _incidents(found: Sequence[Sequence[Any]]) -> Iterator[Row]:
    for position, claims in enumerate(found):
        founding = claims[0].claim_id
        yield {"incident_id": incident_id(founding), "founding_claim": founding, "position": position}


def _members(found: Sequence[Sequence[Any]]) -> Iterator[Row]:
    for claims in found:
        incident = incident_id(claims[0].claim_id)
        yield from ({"claim_id": claim.claim_id, "incident_id": incident} for claim in claims)


def _links(found: Sequence[Sequence[Any]]) -> Iterator[Row]:
    """Between the first claims of reports that follow one another."""
    reasons = [{"feature": "same day", "value": 1.0, "adds": 2.5, "told": "the same day"}]
    for claims in found:
        firsts = [next(of) for _, of in groupby(claims, key=lambda claim: claim.document_id)]
        for left, right in pairwise(firsts):
            yield {"left_claim": left.claim_id, "right_claim": right.claim_id, "score": 0.97, "reasons": reasons}


def _echoes(found: Sequence[Sequence[Any]]) -> Iterator[Row]:
    for claims in found:
        documents = {claim.given_id: claim.document_id for claim in claims}
        numbered = {given.split("-")[1]: document for given, document in documents.items()}
        for given, document in documents.items():
            if "-copies-" in given:
                original = numbered[given.rsplit("-", 1)[1]]
                yield {"document_id": document, "original_id": original, "shared": 1.0}


def decide_some(ledger: Ledger, incidents: int, seed: int) -> int:
    """A few decisions of reviewers, by way of the log; gives how many."""
    wanted = min(MOST_DECISIONS, max(5, incidents // 20))
    with ledger.reading() as connection:
        done = connection.execute(select(func.count()).select_from(DECISIONS)).scalar() or 0
        claims = connection.execute(select(CLAIMS.c.claim_id).order_by(CLAIMS.c.claim_id).limit(wanted)).scalars().all()
    chance = random.Random(f"{seed}: decisions")
    verdicts = chance.choices((Verdict.ACCEPT, Verdict.REJECT, Verdict.HOLD), (8, 1, 1), k=wanted)
    for n in range(done, wanted):
        said = Said(subject=claims[n], kind=SubjectKind.CLAIM, verdict=verdicts[n], who="Amal", reason="drawn")
        add_decision(ledger, said, now=FILED + timedelta(seconds=n))
    return wanted


def make_world(folder: Path, *, incidents: int, seed: int = 1, keep_bytes: bool = True, database: str = "") -> None:
    """Make the ledger, or go on where an earlier run stopped."""
    started = time.monotonic()
    ledger = open_ledger(folder, now=lambda: FILED, database=database)

    def told(done: int) -> None:
        print(f"\r{done:,} of {incidents:,} incidents, {time.monotonic() - started:.0f} s", end="", flush=True)

    fill(ledger, incidents=incidents, seed=seed, keep_bytes=keep_bytes, told=told)
    with ledger.writing() as connection:
        link(connection)
    decide_some(ledger, incidents, seed)
    bring_up(ledger, now=lambda: datetime.now(UTC), told=partial(print, "\rbrought up", end="", flush=True))
    with ledger.writing() as connection:
        connection.exec_driver_sql("ANALYZE")
    with ledger.reading() as connection:
        counted = {
            t.name: connection.execute(select(func.count()).select_from(t)).scalar() for t in (*FIGURES, INCIDENTS)
        }
    ledger.close()
    sizes = ", ".join(f"{count:,} {name}" for name, count in counted.items())
    print(f"\r{folder}: {sizes}; {_megabytes(folder):,.0f} MB of database, {time.monotonic() - started:.0f} s")


def _batched(values: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """In lists of that many: `itertools.batched` is of a newer Python."""
    values = iter(values)
    while some := list(islice(values, size)):
        yield some


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.glob("ledger.sqlite*")) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", type=Path, required=True, help="folder; one that was begun is gone on with")
    parser.add_argument("--incidents", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-bytes", action="store_true", help="no captured bytes: a file a report")
    parser.add_argument("--database", default="", help="a PostgreSQL database for the rows")
    told = parser.parse_args()
    make_world(
        told.ledger, incidents=told.incidents, seed=told.seed, keep_bytes=not told.no_bytes, database=told.database
    )


if __name__ == "__main__":
    main()
