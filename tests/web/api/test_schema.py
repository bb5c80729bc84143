"""Schemathesis asks all that the OpenAPI document says may be asked, and much that it doesn't, and holds every answer against it."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from asked import get_items
from hypothesis import HealthCheck, given, seed, settings
from schemathesis import GenerationMode
from sites import Served
from worlds import make_world

from harmledger.web.api.operations import QUESTIONS

EXAMPLES = int(os.environ.get("HARMLEDGER_API_EXAMPLES", "8"))
"""Questions of each kind and mode; a hundred times as many are asked by hand before a release."""
PATHS = [question.path for question in QUESTIONS]


class Unending:
    """A site that isn't closed after each question, as its test client would have it."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await self._app(scope, receive, send)
            return
        for stage in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{stage}.complete"})


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, made_world: Path
) -> Generator[Served]:
    """One site for all questions, with its rows in each kind of database."""
    rows = "" if request.param == "sqlite" else request.getfixturevalue("made_rows")(make_world)
    served = Served(made_world, tmp_path_factory.mktemp("schema"), site_rate=0, site_hosts="testserver", database=rows)
    yield served
    served.site.close()


@pytest.fixture(scope="module")
def schema(site: Served) -> Any:
    """What its own document says of it."""
    return schemathesis.openapi.from_asgi("/openapi.json", Unending(site.app))


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("path", PATHS)
def test_no_question_finds_a_failure(schema: Any, path: str, mode: GenerationMode) -> None:
    """No answer is a fault, an undocumented status or a shape other than the document's; wrong questions are refused, right ones answered."""

    @seed(20170505)
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=False
    )
    @given(case=schema[path]["GET"].as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        case.call_and_validate()

    ask()


@pytest.mark.parametrize("path", PATHS)
def test_every_kind_of_answer_has_its_documented_shape(schema: Any, site: Served, path: str) -> None:
    """What there is in the ledger comes in the shape that the document says, item by item too."""
    program = site.browser()
    for address in get_items(program, path):
        answer = program.get(address)
        assert answer.status_code == 200, (address, answer.text)
        schema[path]["GET"].validate_response(schemathesis.Response.from_any(answer))
