"""One POST to an OpenAI-compatible endpoint for each question, bounded in time and size.

In comes a Question, out goes the answer's text. Answers are untrusted bytes; redirects are not followed, proxies not used; the key goes into
one header and nowhere else. What the answer means is read in `extract.llm`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.parse import SplitResult

from harmledger import __version__
from harmledger.config import Endpoint
from harmledger.endpoint.bounded import connected
from harmledger.endpoint.reply import BUSY, FORM_REFUSED, Reply, explain_refusal, read_content
from harmledger.endpoint.settings import ENGINE, MODEL, URL, check_endpoint, parse_address
from harmledger.errors import EngineFailed
from harmledger.extract.llm import Question

ANSWER_BYTES = 2_000_000
"""A larger answer is refused: thirty claims for each passage take 20 kB."""
PAUSES_SECONDS = (1.0, 4.0)
"""Before the second and the third attempt, where the endpoint is busy (429) or broken (5xx)."""
LONGEST_PAUSE_SECONDS = 30.0
"""A busy endpoint may ask for more patience (`Retry-After`) up to this."""


def open_model(endpoint: Endpoint, *, wait: Callable[[float], None] = time.sleep) -> RemoteModel:
    """The model that the settings name. Nothing is sent yet.

    Raises:
        EngineFailed: a setting is missing, or can't be meant.
    """
    unset = [name for name, value in ((URL, endpoint.url), (MODEL, endpoint.model)) if not value]
    if unset:
        what = f"{' and '.join(unset)} {'are' if len(unset) > 1 else 'is'} not set"
        remedy = f"set {URL} to an endpoint's base address and {MODEL} to a model's name there"
        raise EngineFailed(what, ENGINE, f"{remedy}, or llm_url and llm_model in the configuration")
    return RemoteModel(parse_address(endpoint.url), check_endpoint(endpoint), wait)


class RemoteModel:
    """A LanguageModel behind an address."""

    def __init__(self, url: SplitResult, endpoint: Endpoint, wait: Callable[[float], None]) -> None:
        self._url, self._endpoint, self._wait = url, endpoint, wait
        self._where = f"{url.scheme}://{url.netloc}{url.path}"
        self._formless = False
        """Whether the endpoint has been found to know no `response_format`."""

    @property
    def name(self) -> str:
        return self._endpoint.model

    def answer(self, question: Question) -> str:
        """The model's answer to a question.

        Raises:
            EngineFailed: the endpoint can't be reached, refuses, takes too long, or answers with what is no answer.
        """
        reply = self._ask(question, formed=not self._formless)
        if reply.status in FORM_REFUSED and not self._formless:
            reply = self._ask(question, formed=False)
            self._formless = reply.status == 200
        if reply.status != 200:
            raise explain_refusal(reply, self._where, self._endpoint.key)
        return read_content(reply, self._where)

    def _ask(self, question: Question, *, formed: bool) -> Reply:
        """The endpoint's reply; where it is busy or broken, that of the last attempt."""
        body = json.dumps(_body(question, self.name, formed=formed)).encode()
        reply = self._send(body)
        for pause in PAUSES_SECONDS:
            if reply.status not in BUSY:
                break
            self._wait(_patience(reply, pause))
            reply = self._send(body)
        return reply

    def _send(self, body: bytes) -> Reply:
        path = f"{self._url.path}?{self._url.query}" if self._url.query else self._url.path
        try:
            with connected(self._url, self._endpoint.seconds) as connection:
                connection.request("POST", path, body, self._headers())
                response = connection.getresponse()
                asked = response.headers.get("Retry-After")
                return Reply(status=response.status, body=self._body_of(response), retry_after=asked)
        except TimeoutError as e:
            what = f"no answer came within {self._endpoint.seconds} seconds"
            raise EngineFailed(what, self._where, "try again, or give it more time in HARMLEDGER_LLM_SECONDS") from e
        except (OSError, HTTPException) as e:
            what = f"the endpoint can't be reached or broke off ({type(e).__name__})"
            raise EngineFailed(what, self._where, "see that it runs there and that HARMLEDGER_LLM_URL is right") from e

    def _headers(self) -> dict[str, str]:
        sent = {"Content-Type": "application/json", "User-Agent": f"harmledger/{__version__}"}
        return {**sent, "Authorization": f"Bearer {self._endpoint.key}"} if self._endpoint.key else sent

    def _body_of(self, response: HTTPResponse) -> bytes:
        body = response.read(ANSWER_BYTES + 1)
        if len(body) > ANSWER_BYTES:
            what = f"the answer is larger than {ANSWER_BYTES:,} bytes"
            raise EngineFailed(what, self._where, "take a model that answers to the point")
        return body


def _body(question: Question, model: str, *, formed: bool) -> Mapping[str, Any]:
    """The request; not `formed`, the schema is only told, and nothing is said that a simple endpoint may not know."""
    form = {"name": "claims", "strict": True, "schema": question.schema}
    instructions = question.instructions if formed else f"{question.instructions}\nJSON Schema: {json.dumps(form)}"
    said = [{"role": "system", "content": instructions}, {"role": "user", "content": question.passage}]
    if not formed:
        return {"model": model, "messages": said}
    return {
        "model": model,
        "messages": said,
        "temperature": 0,
        "response_format": {"type": "json_schema", "json_schema": form},
    }


def _patience(reply: Reply, pause: float) -> float:
    """How long to wait: as long as we would, or as the endpoint asks, within reason."""
    asked = reply.retry_after or ""
    return max(pause, min(float(asked), LONGEST_PAUSE_SECONDS)) if asked.isdecimal() else pause
