"""An endpoint is asked politely, within bounds, and what goes wrong is told in one sentence without the key."""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler

import pytest
from fake_endpoint import KEY, Answer, Answerer, FakeEndpoint, chat, serving

from harmledger.config import Config, Endpoint, load_config
from harmledger.endpoint import RemoteModel, client, open_model
from harmledger.errors import EngineFailed
from harmledger.extract.llm import Question

QUESTION = Question(instructions="Mark claims.", passage="[1] Two died.", schema={"type": "object"})


def model_at(fake: FakeEndpoint, seconds: int = 5, waits: list[float] | None = None) -> RemoteModel:
    endpoint = Endpoint(url=fake.url, model="small", key=KEY, seconds=seconds)
    return open_model(endpoint, wait=(waits if waits is not None else []).append)


def failure(*answers: Answer | Answerer, seconds: int = 5) -> str:
    """The sentence that asking such an endpoint ends in."""
    with serving(*answers) as fake, pytest.raises(EngineFailed) as caught:
        model_at(fake, seconds).answer(QUESTION)
    sentence = str(caught.value)
    assert KEY not in sentence + repr(caught.value)
    assert sentence.startswith(fake.url)
    assert len(sentence.splitlines()) == 1
    return sentence


def test_a_question_becomes_one_request() -> None:
    """The model, both messages, the schema and the key go to the chat path of the base address; the answer's words come back."""
    with serving(chat("here")) as fake:
        assert model_at(fake).answer(QUESTION) == "here"
    (body,) = fake.bodies
    assert fake.paths == ["/v1/chat/completions"]
    assert fake.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert (body["model"], [m["content"] for m in body["messages"]]) == ("small", ["Mark claims.", "[1] Two died."])
    assert body["response_format"]["json_schema"]["schema"] == {"type": "object"}


def test_without_a_key_no_key_is_sent() -> None:
    """A local endpoint that wants no key is sent none."""
    with serving(chat("here")) as fake:
        open_model(Endpoint(url=f"{fake.url}/", model="small")).answer(QUESTION)
    assert "Authorization" not in fake.headers[0]
    assert fake.paths == ["/v1/chat/completions"]


def test_an_endpoint_that_knows_no_schema_is_asked_without() -> None:
    """Where `response_format` is refused the schema is told in words, and from then on at once."""
    with serving((400, b'{"error": {"message": "unknown field"}}'), chat("plain")) as fake:
        model = model_at(fake)
        assert [model.answer(QUESTION), model.answer(QUESTION)] == ["plain", "plain"]
    assert ["response_format" in body for body in fake.bodies] == [True, False, False]
    assert '"type": "object"' in fake.bodies[1]["messages"][0]["content"]


def test_a_broken_endpoint_is_asked_again() -> None:
    """After a 500 and a 429 the third attempt counts, with a longer pause before each."""
    waits: list[float] = []
    with serving((500, b""), (429, b""), chat("at last")) as fake:
        assert model_at(fake, waits=waits).answer(QUESTION) == "at last"
    assert waits == list(client.PAUSES_SECONDS)


def test_a_busy_endpoint_may_ask_for_patience() -> None:
    """`Retry-After` lengthens the pause, within reason."""

    def busy(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(429)
        handler.send_header("Retry-After", "9999")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    waits: list[float] = []
    with serving(busy, chat("at last")) as fake:
        model_at(fake, waits=waits).answer(QUESTION)
    assert waits == [client.LONGEST_PAUSE_SECONDS]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((503, b"down"), "busy or broken (503)"),
        ((401, b'{"error": {"message": "bad key sk-secret-5f1d"}}'), "key was not accepted (401)"),
        ((422, b'{"error": {"message": "no\\nmodel for sk-secret-5f1d."}}'), "refused (422): no model for █;"),
        ((404, b"\xff"), "refused (404);"),
        ((302, b""), "redirect (302) is not followed"),
        ((200, b"<html>"), "not a chat model's"),
        ((200, b'{"choices": []}'), "not a chat model's"),
        ((200, b"[" * 100_000), "not a chat model's"),
        (chat(None), "not a chat model's"),
        (chat('{"claims": [', "length"), "cut off"),
        ((200, b" " * (client.ANSWER_BYTES + 1)), "larger than 2,000,000 bytes"),
    ],
)
def test_what_goes_wrong_is_told_in_one_sentence(answer: Answer, told: str) -> None:
    """Each failure says what, where and what to do; an endpoint's own words are shortened and never hold the key."""
    assert told in failure(answer)


def test_a_redirect_is_not_followed() -> None:
    """The report and the key go to the address that was given, and to no other."""
    with serving(chat("elsewhere")) as other:

        def lead_away(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(307)
            handler.send_header("Location", f"{other.url}/chat/completions")
            handler.end_headers()

        assert "redirect (307)" in failure(lead_away)
    assert other.bodies == []


def test_silence_ends() -> None:
    """An endpoint that doesn't answer is given up when its time is over."""
    assert "no answer came within 1 seconds" in failure(lambda _: time.sleep(1.5), seconds=1)


@pytest.mark.parametrize("length", [1000, None])
def test_an_answer_in_drops_ends(length: int | None) -> None:
    """Time is counted for the whole answer, not for each of its bytes."""

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        if length:
            handler.send_header("Content-Length", str(length))
        handler.end_headers()
        for _ in range(30):
            time.sleep(0.1)
            try:
                handler.wfile.write(b" ")
            except OSError:
                return

    assert "no answer came within 1 seconds" in failure(drip, seconds=1)


def test_nobody_there_is_told() -> None:
    """An address where nothing runs is a failure of the engine, not of the report."""
    with serving(chat("")) as gone:
        pass
    with pytest.raises(EngineFailed, match="can't be reached"):
        model_at(gone).answer(QUESTION)


def test_an_answer_broken_off_is_told() -> None:
    """A connection that ends in the middle of its first line gives a sentence, too."""

    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 2")

    assert "broke off" in failure(hang_up)


@pytest.mark.parametrize(
    ("endpoint", "told"),
    [
        (Endpoint(), "HARMLEDGER_LLM_URL and HARMLEDGER_LLM_MODEL are not set"),
        (Endpoint(url="http://127.0.0.1/v1"), "HARMLEDGER_LLM_MODEL is not set"),
        (Endpoint(url="ftp://models/v1", model="m"), "no web address"),
        (Endpoint(url="http://[models/v1", model="m"), "no web address"),
        (Endpoint(url="http://models:99999/v1", model="m"), "no web address"),
        (Endpoint(url=f"http://models/{KEY}\r\nX: y", model="m"), "no web address"),
        (Endpoint(url=f"https://me:{KEY}@models/v1", model="m"), "name or password"),
        (Endpoint(url="http://models/v1", model="m", key=f"{KEY}\r\nX: y"), "HARMLEDGER_LLM_KEY holds signs"),
        (Endpoint(url="http://models/v1", model="m", seconds=0), "HARMLEDGER_LLM_SECONDS is below 1"),
    ],
)
def test_wrong_settings_are_told_before_anything_is_sent(endpoint: Endpoint, told: str) -> None:
    """A missing or impossible setting is one sentence that names it, and shows nothing that may be secret."""
    with pytest.raises(EngineFailed) as caught:
        open_model(endpoint)
    assert told in str(caught.value)
    assert KEY not in str(caught.value) + repr(caught.value)


def test_the_key_is_in_no_settings_that_are_shown() -> None:
    """Settings can be printed and logged: the key is left out."""
    config = load_config({"HARMLEDGER_LLM_KEY": KEY, "HARMLEDGER_LLM_URL": "http://models/v1"})
    assert config.endpoint == Endpoint(url="http://models/v1", key=KEY, seconds=Config().llm_seconds)
    assert KEY not in repr(config) + repr(config.endpoint)


def test_a_query_goes_with_the_request_and_into_no_message() -> None:
    """An address may carry a query, which some endpoints need and which may be secret."""
    with serving((404, b"")) as fake:
        endpoint = Endpoint(url=f"{fake.url}/chat/completions?version={KEY}", model="m")
        with pytest.raises(EngineFailed) as caught:
            open_model(endpoint).answer(QUESTION)
    assert fake.paths[0] == f"/v1/chat/completions?version={KEY}"
    assert KEY not in str(caught.value)
