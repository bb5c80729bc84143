"""From rows of the ledger to records for programs: what a machine read as it was read, and beside it what people decided.

Names that are withheld are struck from whole answers, in `questions.answer`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row

from harmledger.domain import Correction, Decision, Entered, ReplyCredit, Standing, Verdict, Viewer
from harmledger.ids import plain
from harmledger.publish.gloss import render_gloss
from harmledger.publish.outlets import outlet_record
from harmledger.resources.outlets import load_outlets
from harmledger.resources.registry import load_registry
from harmledger.review.fold import State, fold
from harmledger.store.listed import incidents_of, list_captures, list_decided
from harmledger.store.lookup import UNREAD
from harmledger.store.references import Listed
from harmledger.store.reply_public import credits_by_decision
from harmledger.store.victims import list_victim_ids
from harmledger.web.visit import Visit

Record = dict[str, Any]
CONTEXT = "http://www.w3.org/ns/anno.jsonld"


# --- claims, statements, entries -------------------------------------------------------------------------------------


def claim_records(connection: Connection, viewer: Viewer, rows: Sequence[Row[Any]]) -> list[Record]:
    """Claims as they were read; beside each its incident and what people decided."""
    ids = [row.claim_id for row in rows]
    linked = incidents_of(connection, ids)
    state = _decided(connection, viewer, [*ids, *{row.document_id for row in rows}])
    return [
        {
            **row.record,
            "gloss": row.record.get("gloss") or render_gloss(row.record, row.language),
            "incident_id": linked.get(row.claim_id),
            "decided": _decided_record(state.standing(row.claim_id, document=row.document_id)),
        }
        for row in rows
    ]


def statement_records(rows: Sequence[Row[Any]]) -> list[Record]:
    """Statements as they were read."""
    return [row.record for row in rows]


def entry_records(connection: Connection, viewer: Viewer, entries: Sequence[Entered]) -> list[Record]:
    """Claims that people wrote down; beside each its incident and what was decided since."""
    ids = [entry.entry_id for entry in entries]
    linked = incidents_of(connection, ids)
    state = _decided(connection, viewer, ids)
    return [
        {
            **_entry(entry),
            "incident_id": linked.get(entry.entry_id),
            "decided": _decided_record(state.standing(entry.entry_id)),
        }
        for entry in entries
    ]


def _entry(entry: Entered) -> Record:
    fields: Any = plain(entry)
    quote = {"exact": entry.quote, "prefix": "", "suffix": "", "start": entry.start, "end": entry.end}
    return {**{name: value for name, value in fields.items() if name not in {"start", "end"}}, "quote": quote}


def annotation(record: Record, noun: str) -> Record:
    """A quote as an annotation that tells what it is taken for: the record, less the quote itself."""
    quote = record["quote"]
    selectors: list[Record] = [
        {"type": "TextQuoteSelector", **{name: quote[name] for name in ("exact", "prefix", "suffix")}}
    ]
    if quote["start"] is not None:
        selectors.append({"type": "TextPositionSelector", "start": quote["start"], "end": quote["end"]})
    return {
        "@context": CONTEXT,
        "id": f"urn:harmledger:quote:{record[f'{noun}_id']}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": {"type": "Dataset", "value": {name: value for name, value in record.items() if name != "quote"}},
        "target": {"source": f"urn:harmledger:document:{record['document_id']}", "selector": selectors},
    }


def _decided(connection: Connection, viewer: Viewer, subjects: Sequence[str]) -> State:
    return fold(list_decided(connection, viewer, subjects))


def _decided_record(standing: Standing) -> Record | None:
    if standing.verdict is None and not standing.in_effect:
        return None
    return {
        "verdict": standing.verdict and standing.verdict.value,
        "disputed": standing.disputed,
        "corrections": [{"field": each.field, "value": each.value} for each in standing.corrections],
        "decisions": [decision.decision_id for decision in standing.in_effect],
    }


# --- documents -------------------------------------------------------------------------------------------------------


def document_records(visit: Visit, rows: Sequence[Row[Any]], text: str | None = None) -> list[Record]:
    """Documents; their text only where it is given."""
    captures = list_captures(visit.connection, [row.document_id for row in rows])
    outlets = load_outlets(visit.site.ledger.folder)
    return [
        {
            **_document(row, captures[row.document_id], text),
            "outlet": outlet_record(outlets.find(captures[row.document_id].source)),
        }
        for row in rows
    ]


def shows_texts(visit: Visit) -> bool:
    """Whether this visitor gets texts whole: everybody where the publisher says so, else who reviews them."""
    return visit.site.config.site_texts == "whole" or visit.reviews


def _document(row: Row[Any], capture: Row[Any], text: str | None) -> Record:
    return {
        **UNREAD,
        **(row.record or {}),
        "document_id": row.document_id,
        "media": row.media,
        "filed": row.filed.isoformat(),
        "capture": {
            "capture_id": capture.capture_id,
            "source": capture.source,
            "fetched": capture.fetched.isoformat(),
        },
        "text": text,
        "by": {"engine": row.engine, "version": row.version} if row.engine else None,
    }


# --- names, decisions, references ------------------------------------------------------------------------------------


def named_record(row: Row[Any]) -> Record:
    """A claimant or an actor, as the registry knows it."""
    entry = load_registry().entries.get(row.id)
    return {
        "id": row.id,
        "name": entry.name if entry else row.id,
        "kind": entry.kind.value if entry else None,
        "countries": list(entry.countries) if entry else [],
        "belongs_to": entry.parent if entry else None,
        "wikidata": entry.wikidata if entry else None,
        **_counted(row),
    }


def place_record(row: Row[Any]) -> Record:
    """A place, as the gazetteer knows it."""
    known = ("id", "gazetteer", "name", "country", "admin1", "lat", "lon")
    return {**{name: getattr(row, name) for name in known}, **_counted(row)}


def _counted(row: Row[Any]) -> Record:
    return {"claims": row.claims, "reports": row.reports, "earliest": plain(row.earliest), "latest": plain(row.latest)}


def decision_records(visit: Visit, decisions: Sequence[Decision]) -> list[Record]:
    """Decisions; who decided is for who reviews, and why a person's names are released or withheld for nobody here."""
    subjects = [each.subject for each in decisions]
    victims = list_victim_ids(visit.connection, subjects)
    after = credits_by_decision(visit.connection, visit.viewer, subjects)
    return [
        {
            **_decision(d, names_who=visit.reviews, of_victim=d.subject in victims),
            "after": [_credit(each) for each in after.get(d.decision_id, ())],
        }
        for d in decisions
    ]


def _credit(credit: ReplyCredit) -> Record:
    return {"reference": credit.reference, "kind": credit.kind.value, "pseudonym": credit.pseudonym or None}


def _decision(decision: Decision, *, names_who: bool, of_victim: bool) -> Record:
    value: Any = decision.value
    hidden = of_victim or decision.verdict in {Verdict.RELEASE, Verdict.WITHHOLD}
    return {
        "decision_id": decision.decision_id,
        "subject": decision.subject,
        "verdict": decision.verdict.value,
        "reason": None if hidden else decision.reason,
        "who": decision.who if names_who else None,
        "when": decision.when.isoformat(),
        "replaces": decision.replaces,
        "value": None if hidden and isinstance(value, Correction) else value and plain(value),
    }


def reference_record(listed: Listed) -> Record:
    """A version of a recorder's data set."""
    told: Any = plain(listed.reference)
    return {
        **told,
        "added": listed.reference.added.isoformat(),
        "incidents": listed.incidents,
        "is_current": listed.is_current,
    }
