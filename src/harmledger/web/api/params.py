"""What may be asked: each parameter once, with its meaning, its JSON schema, and its value read by that same schema.

A request is read strictly: a parameter that isn't known, stands twice or doesn't fit its schema is refused with a sentence that names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

from harmledger.domain import Grade, Harm, MeansKind, Polarity, Rule, Scope, StatementKind, Verdict, VictimKind

Schema = dict[str, Any]
Asked = Mapping[str, Any]
"""Values by the parameters' names; those that weren't given and have no default are left out."""

MOST = 200
"""Items on a page."""
USUAL = 50
ID: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
SLUG: Schema = {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9:._-]{0,99}$"}
REFERENCE: Schema = {"type": "string", "pattern": "^[0-9A-HJKMNP-TV-Z]{10}$"}
"""Of a reply."""
DAY: Schema = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Param:
    """One parameter of a question."""

    name: str
    about: str
    schema: Schema
    in_path: bool = False

    def read(self, text: str) -> Any:
        """The value that some text gives.

        Raises:
            HTTPException: 400, it gives none.
        """
        value = _parse(text, self.schema)
        if value is None:
            raise HTTPException(404 if self.in_path else 400, None if self.in_path else self._refusal())
        return value

    def _refusal(self) -> str:
        schema = self.schema
        if "enum" in schema:
            return f"`{self.name}` is one of {', '.join(schema['enum'])}."
        if schema["type"] == "integer":
            return f"`{self.name}` is a whole number from {schema['minimum']} to {schema['maximum']}."
        return f"`{self.name}` isn't given so: {self.about}."


def read_query(given: QueryParams, params: Iterable[Param]) -> Asked:
    """What a request asks.

    Raises:
        HTTPException: 400, it asks what can't be asked here.
    """
    known = {param.name: param for param in params if not param.in_path}
    asked: dict[str, Any] = {n: p.schema["default"] for n, p in known.items() if "default" in p.schema}
    for name in given:
        if name not in known:
            told = f"The parameters here are {', '.join(known)}." if known else "No parameters are taken here."
            raise HTTPException(400, f"There is no such parameter. {told}")
        values = given.getlist(name)
        if len(values) > 1:
            raise HTTPException(400, f"`{name}` is given more than once.")
        asked[name] = known[name].read(values[0])
    return asked


def _parse(text: str, schema: Schema) -> Any:
    """A value of the schema; None where the text is none."""
    if "enum" in schema:
        return text if text in schema["enum"] else None
    if schema["type"] == "integer":
        fits = re.fullmatch("[0-9]{1,9}", text, re.ASCII) and schema["minimum"] <= int(text) <= schema["maximum"]
        return int(text) if fits else None
    if not re.fullmatch(schema["pattern"].strip("^$"), text):
        return None
    return _day(text) if schema.get("format") == "date" else text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _one_of(kinds: type[StrEnum], **more: str) -> Schema:
    return {"type": "string", "enum": [kind.value for kind in kinds], **more}


def one_kind(kinds: type[StrEnum]) -> Schema:
    """A schema of a closed set, for parameters of one question."""
    return _one_of(kinds)


def path_id(what: str, schema: Schema = ID) -> Param:
    """The id in a path."""
    return Param(name="id", about=what, schema=schema, in_path=True)


# --- the same names everywhere ---------------------------------------------------------------------------------------

LIMIT = Param(
    name="limit",
    about="how many items at most",
    schema={"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
)
AFTER = Param(name="after", about="the id of the last item of the page before; `next` names the page that follows", schema=ID)  # fmt: skip
AFTER_SLUG = Param(name="after", about=AFTER.about, schema=SLUG)
COUNTRY = Param(name="country", about="where it was: ISO 3166-1 alpha-2, such as SY", schema={"type": "string", "pattern": "^[A-Z]{2}$"})  # fmt: skip
FROM = Param(name="from", about="the event can have been on this day or later (YYYY-MM-DD)", schema=DAY)
TO = Param(name="to", about="the event can have been on this day or earlier (YYYY-MM-DD)", schema=DAY)
HARM = Param(name="harm", about="what was done to people", schema=_one_of(Harm))
KIND = Param(name="kind", about="who they were", schema=_one_of(VictimKind))
ACTOR = Param(name="actor", about="who is said to have done it: an actor's id", schema=SLUG)
CLAIMANT = Param(name="claimant", about="who says so: a claimant's id", schema=SLUG)
PLACE = Param(name="place", about="where it was: a place's id", schema=SLUG)
MEANS = Param(name="means", about="by what means", schema=_one_of(MeansKind))
SCOPE = Param(name="scope", about="whether the figure counts the whole incident", schema=_one_of(Scope))
POLARITY = Param(name="polarity", about="whether it is asserted, denied or questioned", schema=_one_of(Polarity))
DOCUMENT = Param(name="document", about="the report: a document's id", schema=ID)
INCIDENT = Param(name="incident", about="the incident that it is linked to: an incident's id", schema=ID)
GRADE = Param(
    name="grade",
    about="the grade that Airwars' definitions suggest; pages may hold fewer items than `limit` then, or none, and still lead on",
    schema=_one_of(Grade),
)
RULE = Param(name="rule", about="by which rule several figures become one range", schema=_one_of(Rule, default=Rule.RANGE.value))  # fmt: skip
STATEMENT = Param(name="statement", about="what kind of statement", schema=_one_of(StatementKind))
VERDICT = Param(name="verdict", about="what was decided", schema=_one_of(Verdict))
SUBJECT = Param(name="subject", about="what it is decided of, or replies to: the id of a claim, an entry, a document, a victim or an incident", schema=ID)  # fmt: skip
LANGUAGE = Param(name="language", about="of the report, such as en or ar", schema={"type": "string", "pattern": "^[a-z]{2,3}$"})  # fmt: skip
AS = Param(
    name="as",
    about="`annotations`: quotes as W3C Web Annotations in place of records",
    schema={"type": "string", "enum": ["records", "annotations"], "default": "records"},
)
SINCE = Param(name="since", about="`cursor` of the answer before; without it from the beginning", schema={"type": "string", "pattern": "^[A-Za-z0-9_-]{1,900}$"})  # fmt: skip

EVENT = (COUNTRY, FROM, TO, HARM, KIND, ACTOR, CLAIMANT, PLACE, MEANS)
"""What a claim says of an event; of a document, an incident or a name: that of it there is a claim that says all of these."""
PAGED = (LIMIT, AFTER)
