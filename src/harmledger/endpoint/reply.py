"""What came back from an endpoint: the model's words, or in one sentence why there are none.

In come a status and bytes that nobody vouches for; out goes text, or an EngineFailed. The key is in none of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from harmledger.errors import EngineFailed

BUSY = frozenset({429, *range(500, 600)}) - {501}
"""Worth another attempt."""
FORM_REFUSED = frozenset({400, 404, 415, 422, 501})
"""How endpoints answer that know no `response_format`; they are asked again without it."""
TOLD_CHARS = 200
"""Characters of an endpoint's own words about its refusal that a message shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    status: int
    body: bytes
    retry_after: str | None


def read_content(reply: Reply, where: str) -> str:
    """The words of the answer's first choice."""
    answer = _parse_json(reply.body)
    content = _dig(answer, "choices", 0, "message", "content")
    if _dig(answer, "choices", 0, "finish_reason") == "length":
        raise EngineFailed("the answer was cut off at its longest", where, "let the endpoint give longer answers")
    if not isinstance(content, str):
        what, remedy = "the answer is not a chat model's", "set HARMLEDGER_LLM_URL to an OpenAI-compatible endpoint"
        raise EngineFailed(what, where, remedy)
    return content


def explain_refusal(reply: Reply, where: str, key: str) -> EngineFailed:
    """What a status other than 200 means, with the endpoint's own words where they can't be about the key."""
    status = reply.status
    if status in {401, 403}:
        what, remedy = f"the key was not accepted ({status})", "set HARMLEDGER_LLM_KEY to one that is"
    elif 300 <= status < 400:
        what, remedy = f"a redirect ({status}) is not followed", "set HARMLEDGER_LLM_URL to where it leads"
    elif status in BUSY:
        what, remedy = f"the endpoint stayed busy or broken ({status})", "try again later, or with fewer --jobs"
    else:
        what, remedy = (
            f"it refused ({status}){_told(reply.body, key)}",
            "see HARMLEDGER_LLM_URL and HARMLEDGER_LLM_MODEL",
        )
    return EngineFailed(what, where, remedy)


def _told(body: bytes, key: str) -> str:
    """The endpoint's reason, if it gives one: shortened, on one line, the key blotted out."""
    answer = _parse_json(body)
    message = _dig(answer, "error", "message") or _dig(answer, "message") or _dig(answer, "detail")
    if not isinstance(message, str):
        return ""
    told = " ".join((message.replace(key, "█") if key else message).split())
    return f": {told[:TOLD_CHARS].rstrip('.')}"


def _parse_json(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _dig(value: object, *path: str | int) -> object:
    """What stands under keys and positions, one in another; None where one isn't there."""
    for step in path:
        if isinstance(value, dict):
            value = cast("Mapping[object, object]", value).get(step)
        elif isinstance(value, list) and isinstance(step, int):
            value = next(iter(cast("list[object]", value)[step : step + 1]), None)
        else:
            return None
    return value
