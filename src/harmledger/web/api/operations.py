"""All that programs may ask and do, in one list: routes, validation, `/openapi.json` and the page at `/api` are made of it."""

from __future__ import annotations

from harmledger.domain import ExportedIncident
from harmledger.web.api import changes, incidents, record, replies, schemas, versions
from harmledger.web.api.moderation.operations import MODERATION
from harmledger.web.api.params import (
    ACTOR,
    AFTER_SLUG,
    AS,
    CLAIMANT,
    COUNTRY,
    DOCUMENT,
    EVENT,
    FROM,
    GRADE,
    HARM,
    INCIDENT,
    KIND,
    LANGUAGE,
    LIMIT,
    MEANS,
    PAGED,
    PLACE,
    POLARITY,
    REFERENCE,
    RULE,
    SCOPE,
    SINCE,
    SLUG,
    STATEMENT,
    SUBJECT,
    TO,
    VERDICT,
    Schema,
    path_id,
)
from harmledger.web.api.questions import GEOJSON, JSONLD, Question
from harmledger.web.api.schemas import ADDRESS, TEXT, WHOLE, many, maybe, page_of, schema_of, shape

V1 = "/api/v1"
_WHOLE = schema_of(ExportedIncident)["properties"]
INCIDENT_SHAPE = shape(
    "Claims that tell of one event: every figure by claimant side by side, as it stands after people's decisions (`standing` and `by_hand` say "
    "what is theirs), and what a named rule makes of them. What a machine read is under claims.",
    **_WHOLE,
    url=ADDRESS,
    split_into=many(schemas.ID),
)
SHORT_INCIDENT = shape(
    **{name: part for name, part in _WHOLE.items() if name not in incidents.LONG}, url=ADDRESS, claims=WHOLE, reports=WHOLE
)  # fmt: skip
FEATURES = shape(
    "RFC 7946.",
    type=TEXT,
    features=many(shape(type=TEXT, id=TEXT, geometry=maybe(shape(type=TEXT, coordinates=many({"type": "number"}))), properties={"type": "object"})),
)  # fmt: skip
GRAPH: Schema = {"type": "object", "required": ["@context", "@graph"]}
_NAMES = (LIMIT, AFTER_SLUG, COUNTRY, FROM, TO, HARM, KIND, MEANS)
_QUOTED = {"anyOf": [schemas.CLAIM, schemas.ANNOTATION]}
_SAID = {"anyOf": [schemas.STATEMENT, schemas.ANNOTATION]}
_OF_INCIDENTS = (*PAGED, *EVENT, DOCUMENT, GRADE, RULE)
_ONE_INCIDENT = (path_id("an incident's id, or one that was merged into it"), RULE)


QUESTIONS: tuple[Question, ...] = (
    Question(
        path=f"{V1}/documents",
        about="Reports, without their texts; filters ask for reports of which a claim says all that is asked",
        params=(*PAGED, *EVENT, INCIDENT, LANGUAGE),
        answers=page_of(schemas.DOCUMENT),
        answer=record.list_documents,
    ),
    Question(
        path=f"{V1}/documents/{{id}}",
        about="One report",
        params=(path_id("a document's id"),),
        answers=versions.WHOLE_DOCUMENT,
        answer=record.get_document,
    ),
    Question(
        path=f"{V1}/documents/{{id}}/changes",
        about="What changed at a report's page from an earlier version to this one, by claims and by stretches of the clean texts; nothing where it was no other before",
        params=(path_id("a document's id"), versions.SINCE_VERSION),
        answers=page_of(versions.CHANGED),
        answer=versions.get_changes,
    ),
    Question(
        path=f"{V1}/documents/{{id}}/annotations",
        about="The quotes of a report's claims and statements, as W3C Web Annotations",
        params=(path_id("a document's id"),),
        answers=page_of(schemas.ANNOTATION),
        answer=record.list_annotations,
    ),
    Question(
        path=f"{V1}/claims",
        about="Claims as engines read them, and beside each what people decided of it",
        params=(*PAGED, *EVENT, SCOPE, POLARITY, DOCUMENT, INCIDENT, AS),
        answers=page_of(_QUOTED),
        answer=record.list_claims,
    ),
    Question(
        path=f"{V1}/claims/{{id}}",
        about="One claim",
        params=(path_id("a claim's id"), AS),
        answers=_QUOTED,
        answer=record.get_claim,
    ),
    Question(
        path=f"{V1}/statements",
        about="What speakers say that is no count: they deny, admit, accuse, condemn",
        params=(*PAGED, STATEMENT, CLAIMANT, ACTOR, DOCUMENT, AS),
        answers=page_of(_SAID),
        answer=record.list_statements,
    ),
    Question(
        path=f"{V1}/statements/{{id}}",
        about="One statement",
        params=(path_id("a statement's id"), AS),
        answers=_SAID,
        answer=record.get_statement,
    ),
    Question(
        path=f"{V1}/entries",
        about="Claims that people wrote down, kept apart from what engines read",
        params=(*PAGED, HARM, KIND, MEANS, DOCUMENT),
        answers=page_of(schemas.ENTRY),
        answer=record.list_entries,
    ),
    Question(
        path=f"{V1}/entries/{{id}}",
        about="One of them",
        params=(path_id("an entry's id"),),
        answers=schemas.ENTRY,
        answer=record.get_entry,
    ),
    Question(
        path=f"{V1}/incidents",
        about="Incidents in short; filters ask for incidents of which a claim says all that is asked",
        params=_OF_INCIDENTS,
        answers=page_of(SHORT_INCIDENT),
        answer=incidents.list_incidents,
    ),
    Question(
        path=f"{V1}/incidents.geojson",
        about="The same for maps; the next page is named in the header `Link`",
        params=_OF_INCIDENTS,
        answers=FEATURES,
        media=GEOJSON,
        answer=incidents.list_geojson,
    ),
    Question(
        path=f"{V1}/incidents.jsonld",
        about="The same as linked data (PROV-O, Web Annotations); the next page is named in the header `Link`",
        params=_OF_INCIDENTS,
        answers=GRAPH,
        media=JSONLD,
        answer=incidents.list_jsonld,
    ),
    Question(
        path=f"{V1}/incidents/{{id}}.geojson",
        about="One incident for maps",
        params=_ONE_INCIDENT,
        answers=FEATURES,
        media=GEOJSON,
        answer=incidents.get_geojson,
        leads_on=True,
    ),
    Question(
        path=f"{V1}/incidents/{{id}}.jsonld",
        about="One incident as linked data",
        params=_ONE_INCIDENT,
        answers=GRAPH,
        media=JSONLD,
        answer=incidents.get_jsonld,
        leads_on=True,
    ),
    Question(
        path=f"{V1}/incidents/{{id}}",
        about="One incident with every figure",
        params=_ONE_INCIDENT,
        answers=INCIDENT_SHAPE,
        answer=incidents.get_incident,
        leads_on=True,
    ),
    *(
        question
        for of, who, one, item, filters in (
            ("claimants", "Those whom claims name as their source and the registry knows", "One claimant", schemas.NAMED, (*_NAMES, ACTOR, PLACE)),
            ("actors", "Those who are said to have done it and the registry knows", "One actor", schemas.NAMED, (*_NAMES, CLAIMANT, PLACE)),
            ("places", "Places that claims name and the gazetteer knows", "One place", schemas.PLACE, (*_NAMES, ACTOR, CLAIMANT)),
        )
        for question in (
            Question(path=f"{V1}/{of}", about=who, params=filters, answers=page_of(item), answer=record.list_names(of)),
            Question(path=f"{V1}/{of}/{{id}}", about=one, params=(path_id("its id", SLUG),), answers=item, answer=record.get_name(of)),
        )
    ),
    Question(
        path=f"{V1}/decisions",
        about="What people decided, each with its reason; decisions are never changed, only followed by others",
        params=(*PAGED, VERDICT, SUBJECT),
        answers=page_of(schemas.DECISION),
        answer=record.list_decisions,
    ),
    Question(
        path=f"{V1}/decisions/{{id}}",
        about="One decision",
        params=(path_id("a decision's id"),),
        answers=schemas.DECISION,
        answer=record.get_decision,
    ),
    Question(
        path=f"{V1}/references",
        about="Recorders' data sets that claims are checked against",
        params=PAGED,
        answers=page_of(schemas.REFERENCE),
        answer=record.list_references,
    ),
    Question(
        path=f"{V1}/references/{{id}}",
        about="One of them",
        params=(path_id("a reference's id"),),
        answers=schemas.REFERENCE,
        answer=record.get_reference,
    ),
    Question(
        path=f"{V1}/replies",
        about="What people wrote of the record, as far as it is public; nobody vouches for it, and no figure is changed by it",
        params=(LIMIT, replies.AFTER_REPLY, SUBJECT, replies.KIND, replies.SINCE),
        answers=page_of(replies.REPLY),
        answer=replies.list_replies,
    ),
    Question(
        path=f"{V1}/replies/{{id}}",
        about="One of them",
        params=(path_id("a reply's reference", REFERENCE),),
        answers=replies.REPLY,
        answer=replies.get_reply,
    ),
    Question(
        path=f"{V1}/changes",
        about="All that changed since a cursor, in one order: reports, readings, decisions, incidents minted, merged and split, claims that moved, references, replies that became public or are so no longer",
        params=(SINCE, LIMIT),
        answers=changes.CHANGES,
        answer=changes.list_changes,
    ),
)  # fmt: skip
"""What everybody may ask."""

OPERATIONS = (*QUESTIONS, *MODERATION)
