"""The shapes of answers as JSON schemas: of the domain's nouns read off their own fields, of the claim record written down once.

A test holds every answer against them, so that neither can change without the other.
"""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from harmledger.domain import (
    Certainty,
    Harm,
    Hedge,
    MeansKind,
    PeriodPrecision,
    PlacePrecision,
    Polarity,
    ReplyKind,
    Scope,
    SpeakerType,
    StatementKind,
    Verdict,
    VictimGroup,
    VictimKind,
)
from harmledger.resources.outlets import OutletKind, Ownership
from harmledger.web.api.params import ID, Schema

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
YES_NO: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
ADDRESS: Schema = {"type": "string", "format": "uri-reference"}


def maybe(schema: Schema) -> Schema:
    """That, or null: not stated."""
    return {"anyOf": [schema, {"type": "null"}]}


def many(schema: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": schema}


def shape(_about: str = "", /, **parts: Schema) -> Schema:
    """An object that has all of these fields, and may get more."""
    about = {"description": _about} if _about else {}
    return {"type": "object", **about, "properties": parts, "required": list(parts)}


def one_of(kinds: type[Enum]) -> Schema:
    """A closed set."""
    return {"type": "string", "enum": [kind.value for kind in kinds]}


def page_of(item: Schema) -> Schema:
    """A page of a list, and where the next one is."""
    return shape(items=many(item), next=maybe({**ADDRESS, "description": "the page that follows; null at the end"}))


@cache
def schema_of(noun: Any) -> Schema:
    """A noun of the domain, as `ids.plain` writes it."""
    arguments = get_args(noun)
    if get_origin(noun) in {types.UnionType, Union}:
        return {"anyOf": [schema_of(each) for each in arguments]}
    if get_origin(noun) is tuple:
        return many(schema_of(arguments[0]))
    if is_dataclass(noun):
        hints = get_type_hints(noun)
        return shape(**{field.name: schema_of(hints[field.name]) for field in fields(noun)})
    if issubclass(noun, Enum):
        return one_of(noun)
    return _PLAIN[noun]


_PLAIN: dict[Any, Schema] = {
    str: TEXT,
    bool: YES_NO,
    int: WHOLE,
    float: NUMBER,
    date: DAY,
    datetime: MOMENT,
    type(None): {"type": "null"},
}

ERROR = shape("What was wrong.", error=shape(kind=TEXT, message=TEXT, status=WHOLE))

# --- the claim record ------------------------------------------------------------------------------------------------

_AT = {"start": maybe(WHOLE), "end": maybe(WHOLE)}
_BETWEEN = {"earliest": maybe(DAY), "latest": maybe(DAY)}
QUOTE = shape(
    "The sentence, and where it stands in the report's clean text, in code points.",
    exact=TEXT,
    prefix=TEXT,
    suffix=TEXT,
    **_AT,
)
_SPEAKER = shape(
    exact=TEXT,
    **_AT,
    id=maybe(TEXT),
    name=maybe(TEXT),
    role=maybe(TEXT),
    organisation=maybe(TEXT),
    cue=maybe(TEXT),
    said=maybe(shape(**_BETWEEN)),
    type=one_of(SpeakerType),
)
_BY = shape("What made it.", engine=TEXT, version=maybe(TEXT), models=many(TEXT))
_PLACE = shape(
    exact=TEXT,
    **_AT,
    name=maybe(TEXT),
    gazetteer=maybe(TEXT),
    id=maybe(TEXT),
    country=maybe(TEXT),
    admin1=maybe(TEXT),
    lat=maybe(NUMBER),
    lon=maybe(NUMBER),
    precision=one_of(PlacePrecision),
    radius_m=maybe(WHOLE),
)
DECIDED = maybe(
    shape(
        "What people decided of it, apart from what was read; null where nobody did.",
        verdict=maybe(one_of(Verdict)),
        disputed=YES_NO,
        corrections=many(shape(field=TEXT, value={})),
        decisions=many(ID),
    )
)
CLAIM = shape(
    "What an engine read: how many people came to which harm, where, when, who did it and who says so, each with its words.",
    claim_id=ID,
    document_id=ID,
    quote=QUOTE,
    count=shape(exact=TEXT, **_AT, low=maybe(WHOLE), high=maybe(WHOLE), hedge=maybe(one_of(Hedge))),
    harm=one_of(Harm),
    victims=maybe(shape(exact=TEXT, **_AT, kind=one_of(VictimKind), group=maybe(one_of(VictimGroup)))),
    scope=one_of(Scope),
    part_of=maybe(ID),
    place=maybe(_PLACE),
    when=maybe(shape(exact=TEXT, **_AT, **_BETWEEN, precision=maybe(one_of(PeriodPrecision)))),
    actor=maybe(shape(exact=TEXT, **_AT, id=maybe(TEXT), name=maybe(TEXT), certainty=one_of(Certainty))),
    means=maybe(shape(exact=TEXT, **_AT, kind=one_of(MeansKind))),
    attribution=many(_SPEAKER),
    polarity=one_of(Polarity),
    confidence=NUMBER,
    by=_BY,
    incident_id=maybe(ID),
    decided=DECIDED,
)
STATEMENT = shape(
    "What somebody says that is no count.",
    statement_id=ID,
    document_id=ID,
    quote=QUOTE,
    speaker=_SPEAKER,
    cue=maybe(TEXT),
    said=maybe(shape(**_BETWEEN)),
    kind=one_of(StatementKind),
    target=maybe(_SPEAKER),
)
DOCUMENT = shape(
    "A report: where it was captured, what its parts are, what was left out. Its text only where the publisher shows texts whole.",
    id=maybe(TEXT),
    document_id=ID,
    media=TEXT,
    filed=MOMENT,
    capture=shape(capture_id=ID, source=TEXT, fetched=MOMENT),
    title=maybe(TEXT),
    author=maybe(TEXT),
    publisher=maybe(TEXT),
    outlet=maybe(
        shape(
            id=TEXT,
            name=TEXT,
            kind=one_of(OutletKind),
            country=maybe(TEXT),
            languages=many(TEXT),
            ownership=maybe(one_of(Ownership)),
        )
    ),
    language=maybe(TEXT),
    published=maybe(DAY),
    published_from=maybe(TEXT),
    published_earliest=maybe(DAY),
    published_latest=maybe(DAY),
    text=maybe(TEXT),
    parts=many(shape(role=TEXT, kind=maybe(TEXT), start=WHOLE, end=WHOLE)),
    dropped=many(shape(role=TEXT, chars=WHOLE)),
    by=maybe(shape(engine=TEXT, version=TEXT)),
)
ENTRY = shape(
    "A claim that a person wrote down.",
    entry_id=ID,
    document_id=ID,
    quote=QUOTE,
    harm=one_of(Harm),
    low=maybe(WHOLE),
    high=maybe(WHOLE),
    kind=one_of(VictimKind),
    group=maybe(one_of(VictimGroup)),
    scope=one_of(Scope),
    polarity=one_of(Polarity),
    place=maybe(TEXT),
    **_BETWEEN,
    actor=maybe(TEXT),
    means=maybe(one_of(MeansKind)),
    claimant=maybe(TEXT),
    incident_id=maybe(ID),
    decided=DECIDED,
)

# --- names, decisions, changes ---------------------------------------------------------------------------------------

_COUNTED = {"claims": WHOLE, "reports": WHOLE, **_BETWEEN}
NAMED = shape(
    "Somebody whom the registry knows, and how many claims that may be seen name them.",
    id=TEXT,
    name=TEXT,
    kind=maybe(TEXT),
    countries=many(TEXT),
    belongs_to=maybe(TEXT),
    wikidata=maybe(TEXT),
    **_COUNTED,
)
PLACE = shape(
    "A place that claims name.",
    id=TEXT,
    gazetteer=maybe(TEXT),
    name=maybe(TEXT),
    country=maybe(TEXT),
    admin1=maybe(TEXT),
    lat=maybe(NUMBER),
    lon=maybe(NUMBER),
    **_COUNTED,
)
CREDIT = shape(
    "A reply that led to a decision; the pseudonym is null where the reply isn't public.",
    reference=TEXT,
    kind=one_of(ReplyKind),
    pseudonym=maybe(TEXT),
)
DECISION = shape(
    "What a person decided. Who it was is told to reviewers alone, and of victims not why.",
    decision_id=ID,
    subject=ID,
    verdict=one_of(Verdict),
    reason=maybe(TEXT),
    who=maybe(TEXT),
    when=MOMENT,
    replaces=maybe(ID),
    value={"description": "a field and what it says in truth, or another claim"},
    after={"description": "replies of readers that led to it", **many(CREDIT)},
)
REFERENCE = shape(
    "A version of a recorder's data set that claims are checked against.",
    reference_id=ID,
    name=TEXT,
    recorder=TEXT,
    content_id=ID,
    licence=TEXT,
    citation=TEXT,
    added=MOMENT,
    incidents=WHOLE,
    is_current=YES_NO,
)
ANNOTATION = shape("A W3C Web Annotation.", id=TEXT, type=TEXT, body={}, target=shape(source=TEXT, selector=many(shape(type=TEXT))))  # fmt: skip
