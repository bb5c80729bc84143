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
from limits import RateLimitItemPerMinute
from moderating import Replies
from postgres import Server
from programs import Program, make_program
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from sites import Served
from worlds import make_world

from harmledger.domain import ReplyKind, Role
from harmledger.web import rates
from harmledger.web.api.moderation.operations import MODERATION
from harmledger.web.api.operations import QUESTIONS

EXAMPLES = int(os.environ.get("HARMLEDGER_API_EXAMPLES", "8"))
"""Questions of each kind and mode; a hundred times as many are asked by hand before a release."""
PATHS = [question.path for question in QUESTIONS]
SECURED = [(operation.path, operation.method) for operation in MODERATION]


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
    """One site for all questions, with its rows in each kind of database: a copy, since programs write in it."""
    rows = ""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("server")
        rows = server.make_whole_database(like=request.getfixturevalue("made_rows")(make_world))
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


# --- by a token ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unbounded() -> Generator[None]:
    """So many requests a minute as are asked here: how many may be, other tests tell."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("ASKED_BY_TOKENS", "DONE_BY_TOKENS", "WRONG_TOKENS_A_NETWORK"):
            patch.setattr(rates, name, RateLimitItemPerMinute(1_000_000))
        yield


@pytest.fixture(scope="module")
def lead(site: Served, unbounded: None) -> Program:
    """A program that may do all that there is."""
    return make_program(site, "Dee", Role.LEAD, days=366)


@pytest.fixture(scope="module")
def references(site: Served) -> list[str]:
    """Replies of several kinds, each with something that others lack."""
    replies = Replies(site)
    who = replies.join()
    kinds = (ReplyKind.COMMENT, ReplyKind.SOURCE, ReplyKind.WITNESS)
    urls = {ReplyKind.SOURCE: {"url": "https://news.example.com/a"}, ReplyKind.WITNESS: {"consent": True}}
    return [replies.send(who, kind, **urls.get(kind, {})).reference for kind in kinds]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("path", "method"), SECURED)
def test_no_moderation_finds_a_failure(
    schema: Any, lead: Program, references: list[str], path: str, method: str, mode: GenerationMode
) -> None:
    """The same of what needs a token, of a reply that is there: bodies as the document says and as it doesn't, and nothing without the token."""
    headers = {"Authorization": f"Bearer {lead.secret}"}
    # which fields go with which verdict the document says in words alone
    excluded = [positive_data_acceptance] if path.endswith("/rulings") else []

    @seed(20170505)
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck), print_blob=False
    )
    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        if mode is GenerationMode.POSITIVE and "id" in case.path_parameters:
            case.path_parameters["id"] = references[0]
        case.call_and_validate(headers=headers, excluded_checks=excluded)

    ask()


@pytest.mark.parametrize(("path", "method"), SECURED)
def test_every_answer_to_a_token_has_its_documented_shape(
    schema: Any, lead: Program, references: list[str], path: str, method: str
) -> None:
    """Of every reply that there is, looked at and ruled on."""
    for reference in references if "{id}" in path else [""]:
        address = path.replace("{id}", reference)
        told: dict[str, Any] = {}
        if address.endswith("/rulings"):
            told = {"verdict": "hold", "version": lead.get(f"/replies/{reference}").json()["version"]}
        if address.endswith("/unblock"):
            lead.rule(reference, "block", words="floods")
        if address.endswith("/done") and reference != references[1]:
            continue
        answer = lead.client.request(method, address, **({"json": told} if method == "POST" else {}))
        assert answer.status_code == 200, (address, answer.text)
        schema[path][method].validate_response(schemathesis.Response.from_any(answer))
