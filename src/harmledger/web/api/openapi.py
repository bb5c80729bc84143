"""The OpenAPI document, made of the list of questions. Source: OpenAPI Specification 3.1.0."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from starlette.responses import Response

from harmledger import __version__
from harmledger.publish.wording import render_json
from harmledger.web.api.operations import QUESTIONS
from harmledger.web.api.params import Param
from harmledger.web.api.questions import JSON, Question, answer_text
from harmledger.web.api.schemas import ERROR
from harmledger.web.visit import Visit

Node = dict[str, Any]
ABOUT = (
    "The public record: who says what about civilian harm, in their own words. Everything that may be read is given as whoever asks may see it; the public "
    "sees what is in no group. Lists come in the order of ids, a page at a time: `next` names the page that follows. Parameters have the same names "
    "and meanings everywhere, and one that isn't known is refused. Every answer has an ETag. A network may ask so often a minute as the site allows; then it is told 429 "
    "and when to come again. What went wrong has one shape."
)
REFUSALS = {
    "400": "The request can't be understood; `message` says why.",
    "404": "There is nothing there, or nothing that you may see.",
    "429": "Too many requests; `Retry-After` says in how many seconds to come again.",
    "503": "The ledger can't answer now.",
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
        "paths": {question.path: {"get": _operation(question)} for question in QUESTIONS},
        "components": {"schemas": {"Error": ERROR}},
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
        "responses": {
            "200": {
                "description": "What was asked for.",
                "headers": {"ETag": {"description": "to ask whether it is unchanged", "schema": {"type": "string"}}},
                "content": {question.media: {"schema": question.answers}},
            },
            **({"301": {"description": "It was merged: look where `Location` leads."}} if question.leads_on else {}),
            "304": {"description": "It is unchanged."},
            **{status: _refusal(told) for status, told in REFUSALS.items()},
        },
    }


def _parameter(param: Param) -> Node:
    where = {"in": "path", "required": True} if param.in_path else {"in": "query"}
    return {"name": param.name, **where, "description": param.about, "schema": param.schema}


def _refusal(told: str) -> Mapping[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {"description": told, "content": content}
