"""The OpenAPI document, made of the list of operations. Source: OpenAPI Specification 3.1.0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from starlette.responses import Response

from harmledger import __version__
from harmledger.publish.wording import render_json
from harmledger.web.api.body import JSON, Field, schema_of_body
from harmledger.web.api.operations import OPERATIONS
from harmledger.web.api.params import Param
from harmledger.web.api.questions import Question, answer_text
from harmledger.web.api.schemas import ERROR
from harmledger.web.visit import Visit

Node = dict[str, Any]
ETAG: Node = {"ETag": {"description": "to ask whether it is unchanged", "schema": {"type": "string"}}}
ABOUT = (
    "The public record: who says what about civilian harm, in their own words. Everything that may be read is given as whoever asks may see it; the public "
    "sees what is in no group. Lists come in the order of ids, a page at a time: `next` names the page that follows. Parameters have the same names "
    "and meanings everywhere, and one that isn't known is refused. Every public answer has an ETag. A network may ask so often a minute as the site allows; then it is told 429 "
    "and when to come again. What went wrong has one shape. Under `moderation` a program moderates replies for an account, by a token in the header `Authorization`; cookies count "
    "for nothing there, and everything else only reads."
)
REFUSALS = {
    "400": "The request can't be understood; `message` says why.",
    "404": "There is nothing there, or nothing that you may see.",
    "429": "Too many requests; `Retry-After` says in how many seconds to come again.",
    "503": "The ledger can't answer now.",
}
TOKEN_REFUSALS = {
    "401": "No token that counts came in the header `Authorization`.",
    "403": "The token's scope, or its account's role, isn't enough for that.",
}
DOING_REFUSALS = {
    "408": "The body came in too slowly.",
    "409": "It was changed since it was looked at, or stands so that this can't be done: look at it again.",
    "413": "The body is too long.",
    "415": "The body isn't sent as JSON.",
}
SECURITY: Node = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token that somebody who moderates made at `/account`, or `harmledger account token add` did. Its scope is "
        "`replies:read` or `replies:moderate`; what it may do is never more than its account may at that time.",
    }
}


def show_openapi(visit: Visit) -> Response:
    """The document."""
    return answer_text(visit, [render_json(describe(visit.site.config.site_url))], media=JSON)


@cache
def describe(site_url: str) -> Node:
    """The document, for a site that is reached so."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "harmledger", "version": __version__, "description": ABOUT},
        **({"servers": [{"url": site_url.rstrip("/")}]} if site_url else {}),
        "paths": {each.path: {each.method.lower(): _operation(each)} for each in OPERATIONS},
        "components": {"schemas": {"Error": ERROR}, "securitySchemes": SECURITY},
    }


def operation_id(question: Question) -> str:
    """A name for programs that make clients of the document."""
    words = question.path.removeprefix("/api/v1/").replace("{id}", "one").replace(".", "/").split("/")
    return "_".join(words)


def _operation(question: Question) -> Node:
    return {
        "operationId": operation_id(question),
        "summary": question.about,
        "tags": [question.path.split("/")[3].partition(".")[0]],
        "parameters": [_parameter(param) for param in question.params],
        **({"security": [{"token": [question.scope.value]}]} if question.scope else {}),
        **({"requestBody": _body(question.says)} if question.says is not None else {}),
        "responses": {
            "200": {
                "description": "What was asked for.",
                **({} if question.scope else {"headers": ETAG}),
                "content": {question.media: {"schema": question.answers}},
            },
            **({"301": {"description": "It was merged: look where `Location` leads."}} if question.leads_on else {}),
            **({} if question.scope else {"304": {"description": "It is unchanged."}}),
            **{status: _refusal(told) for status, told in _list_refusals(question).items()},
        },
    }


def _list_refusals(question: Question) -> dict[str, str]:
    by_token = TOKEN_REFUSALS if question.scope else {}
    doing = DOING_REFUSALS if question.says is not None else {}
    return dict(sorted({**REFUSALS, **by_token, **doing}.items()))


def _body(says: Sequence[Field]) -> Node:
    """What is sent: one object of these fields, which may be left out where none is needed."""
    return {"required": any(each.needed for each in says), "content": {JSON: {"schema": schema_of_body(says)}}}


def _parameter(param: Param) -> Node:
    where = {"in": "path", "required": True} if param.in_path else {"in": "query"}
    return {"name": param.name, **where, "description": param.about, "schema": param.schema}


def _refusal(told: str) -> Mapping[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {"description": told, "content": content}
