"""What a program sends: one JSON object of few fields, each with its meaning and its JSON schema, and read by that same schema.

As strict as what stands in an address: a field that isn't known, stands twice or doesn't fit is refused with a sentence that names it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from starlette.exceptions import HTTPException

from harmledger.web.api.bearer import Body
from harmledger.web.api.params import Asked, Schema

JSON = "application/json"
NO_JSON = "The body is JSON, and is sent as `Content-Type: application/json`."
GARBAGE = "The body is no JSON object, or one in which a name stands twice."


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a body."""

    name: str
    about: str
    schema: Schema
    needed: bool = False

    def read(self, value: Any) -> Any:
        """The value that is given.

        Raises:
            HTTPException: 400, it can't be one.
        """
        read = _fit(value, self.schema)
        if read is None:
            raise HTTPException(400, f"`{self.name}` is {_told(self.schema)}.")
        return read


def schema_of_body(fields: Sequence[Field]) -> Schema:
    """The object that these fields make."""
    properties = {field.name: {**field.schema, "description": field.about} for field in fields}
    needed = [field.name for field in fields if field.needed]
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


def read_body(body: Body, fields: Sequence[Field]) -> Asked:
    """What a program says. Where nothing has to be said, nothing needs to be sent.

    Raises:
        HTTPException: 415, it isn't sent as JSON; 400, it says what can't be said here.
    """
    given = _parse(body) if body.raw or body.kind else {}
    known = {field.name: field for field in fields}
    for name in given:
        if name not in known:
            told = f"The fields here are {', '.join(known)}." if known else "No fields are taken here."
            raise HTTPException(400, f"There is no such field. {told}")
    for field in fields:
        if field.needed and field.name not in given:
            raise HTTPException(400, f"`{field.name}` is missing: {field.about}.")
    return {name: known[name].read(value) for name, value in given.items()}


def _parse(body: Body) -> dict[str, Any]:
    if body.kind.partition(";")[0].strip().lower() != JSON:
        raise HTTPException(415, NO_JSON)
    try:
        value: Any = json.loads(body.raw.decode(), object_pairs_hook=_object, parse_constant=_refuse)
    except (ValueError, RecursionError) as e:  # no UTF-8, no JSON, numbers or nesting without end
        raise HTTPException(400, GARBAGE) from e
    if not isinstance(value, dict):
        raise HTTPException(400, GARBAGE)
    return cast("dict[str, Any]", value)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _refuse(_constant: str) -> None:
    """NaN and the infinities are none of JSON's."""
    raise ValueError


def _fit(value: Any, schema: Schema) -> Any:
    """A value of the schema; None where it is none."""
    match schema["type"]:
        case "boolean":
            return value if isinstance(value, bool) else None
        case "integer":
            number = isinstance(value, int | float) and not isinstance(value, bool)
            within = number and schema["minimum"] <= value <= schema["maximum"]
            return int(value) if within and value == int(value) else None
        case _:
            fits = isinstance(value, str) and len(value) <= schema.get("maxLength", len(value))
            return value if fits and value in schema.get("enum", [value]) else None


def _told(schema: Schema) -> str:
    if "enum" in schema:
        return f"one of {', '.join(schema['enum'])}"
    match schema["type"]:
        case "boolean":
            return "true or false"
        case "integer":
            return f"a whole number from {schema['minimum']} to {schema['maximum']}"
        case _:
            return f"text of at most {schema['maxLength']} characters"
