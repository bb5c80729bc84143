"""The OpenAPI document and the page made of it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from harmledger.web.api.operations import QUESTIONS
from harmledger.web.api.schemas import schema_of
from harmledger.web.app import ROUTES


def test_every_route_of_the_api_is_described(program: TestClient) -> None:
    """Nothing can be asked that the document doesn't name, and nothing is named that can't be asked."""
    described = program.get("/openapi.json").json()["paths"].keys()
    routes = {route.path for route in ROUTES if isinstance(route, Route) and route.path.startswith("/api/")}
    assert described == routes


def test_the_page_tells_of_everything(program: TestClient) -> None:
    """Each question and each parameter, by the same words as the document; nothing is loaded for it."""
    page = program.get("/api").text
    for question in QUESTIONS:
        assert f"<code>{question.path}</code>" in page
        for param in question.params:
            assert param.in_path or f'id="p-{param.name}"' in page
    assert "<script" not in page


def test_one_name_means_one_thing() -> None:
    """A parameter that several questions take is the same in all, but for what an id looks like."""
    meanings: dict[str, set[str]] = {}
    for question in QUESTIONS:
        for param in question.params:
            if not param.in_path:
                meanings.setdefault(param.name, set()).add(param.about)
    assert all(len(about) == 1 for about in meanings.values())


def test_operations_have_names_of_their_own(program: TestClient) -> None:
    """Programs that make clients of the document find a distinct name for each question."""
    paths = program.get("/openapi.json").json()["paths"].values()
    names = [operation["operationId"] for path in paths for operation in path.values()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z_]+", name) for name in names)


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, kw_only=True)
class Thing:
    name: str
    day: date | None
    colours: tuple[Colour, ...]


def test_shapes_are_read_off_the_nouns() -> None:
    """A noun's fields, closed sets and what may be missing become a schema, so that a new field is in it at once."""
    assert schema_of(Thing) == {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "day": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
            "colours": {"type": "array", "items": {"type": "string", "enum": ["red"]}},
        },
        "required": ["name", "day", "colours"],
    }


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_api_only_reads(program: TestClient, method: str) -> None:
    """Nothing can be changed by it."""
    answer = program.request(method, "/api/v1/claims")
    assert (answer.status_code, set(answer.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})
    assert json.loads(answer.text)["error"]["kind"] == "wrong_method"
