"""What is no ruling is refused in words, whatever it is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from moderating import Replies
from programs import MODERATION, Program, noted

from harmledger.domain import ReplyState
from harmledger.web.api.bearer import MOST_BODY_BYTES

pytestmark = pytest.mark.either_database


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "`verdict` is missing"),
        ({"verdict": "publish"}, "`version` is missing"),
        ({"version": 2}, "`verdict` is missing"),
        ({"verdict": "burn", "version": 2}, "`verdict` is one of publish, refuse"),
        ({"verdict": ["publish"], "version": 2}, "`verdict` is one of publish, refuse"),
        ({"verdict": "publish", "version": "2"}, "`version` is a whole number"),
        ({"verdict": "publish", "version": 2.5}, "`version` is a whole number"),
        ({"verdict": "publish", "version": True}, "`version` is a whole number"),
        ({"verdict": "publish", "version": 0}, "`version` is a whole number"),
        ({"verdict": "publish", "version": 10**400}, "`version` is a whole number"),
        ({"verdict": "publish", "version": None}, "`version` is a whole number"),
        ({"verdict": "refuse", "version": 2}, "A refusal needs a reason."),
        ({"verdict": "refuse", "version": 2, "reason": "because"}, "`reason` is one of off-topic"),
        ({"verdict": "refuse", "version": 2, "reason": "blocked"}, "`reason` is one of off-topic"),
        ({"verdict": "refuse", "version": 2, "reason": "other", "words": " \u200b"}, "needs words"),
        ({"verdict": "refuse", "version": 2, "reason": "abuse", "words": "x" * 1001}, "`words` is text of at most 1000"),
        ({"verdict": "refuse", "version": 2, "reason": "abuse", "words": 7}, "`words` is text"),
        ({"verdict": "publish", "version": 2, "reason": "abuse"}, "`reason` goes with `refuse` alone."),
        ({"verdict": "spam", "version": 2, "publish_witness": False}, "`publish_witness` goes with `publish` alone."),
        ({"verdict": "publish", "version": 2, "publish_witness": "yes"}, "`publish_witness` is true or false."),
        ({"verdict": "publish", "version": 2, "force": True}, "There is no such field."),
    ],
)  # fmt: skip
def test_what_is_no_ruling_is_refused(replies: Replies, program: Program, said: dict[str, Any], told: str) -> None:
    """Too little, too much, or not of its kind: one sentence that names it, and nothing is done."""
    sent = replies.send(replies.join()).reference
    refused = program.post(f"/replies/{sent}/rulings", said)
    assert refused.status_code == 400
    assert refused.json()["error"]["kind"] == "bad_request"
    assert told in refused.json()["error"]["message"]
    assert replies.get(sent).state is ReplyState.HELD
    assert noted(replies.served) == []


RIGHT = '{"verdict": "spam", "version": 2}'


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"spam",
        b"[]",
        b'"spam"',
        b"null",
        b"1e999",
        b"[" * 15_000,
        b'{"a":' * 3_000,
        b'{"verdict": "spam", "version": 2, "version": 2}',
        b'{"verdict": "spam", "version": NaN}',
        b'{"verdict": "spam", "version": 1e999}',
        b'{"verdict": "spam", "version": ' + b"9" * 9_000 + b"}",
        RIGHT.encode("utf-16"),
        b"\xff\xfe",
        RIGHT[:-1].encode(),
        RIGHT.encode() * 2,
        b"verdict=spam&version=2",
    ],
    ids=range(17),
)
def test_garbage_is_refused(replies: Replies, program: Program, raw: bytes) -> None:
    """What is no JSON, or JSON of another shape, nested without end or of numbers without end."""
    sent = replies.send(replies.join()).reference
    path = f"{MODERATION}/replies/{sent}/rulings"
    refused = program.client.post(path, content=raw, headers={"content-type": "application/json"})
    assert (refused.status_code, refused.json()["error"]["kind"]) == (400, "bad_request")
    assert replies.get(sent).state is ReplyState.HELD


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "text/json",
    ],
)
def test_only_json_is_taken(replies: Replies, program: Program, kind: str) -> None:
    """Whatever is within: what another site's form could send is none, nor what says nothing of its kind."""
    sent = replies.send(replies.join()).reference
    path, headers = f"{MODERATION}/replies/{sent}/rulings", {"content-type": kind} if kind else {}
    refused = program.client.post(path, content=RIGHT.encode(), headers=headers)
    assert (refused.status_code, refused.json()["error"]["kind"]) == (415, "wrong_kind")
    assert replies.get(sent).state is ReplyState.HELD
    assert program.client.post(path, content=RIGHT.encode(), headers={"content-type": "Application/JSON; charset=utf-8"}).status_code == 200  # fmt: skip


def test_a_long_body_is_refused(replies: Replies, program: Program) -> None:
    """Said or unsaid how long; the longest words that may be, every letter escaped, still fit."""
    sent = replies.send(replies.join()).reference
    path, headers = f"{MODERATION}/replies/{sent}/rulings", {"content-type": "application/json"}
    long = f'{{"verdict": "spam", "version": 2, "words": "{" " * MOST_BODY_BYTES}"}}'.encode()
    for content in (long, iter([long[:9000], long[9000:]])):
        refused = program.client.post(path, content=content, headers=headers)
        assert (refused.status_code, refused.json()["error"]["kind"]) == (413, "too_large")
    words = json.dumps({"verdict": "refuse", "reason": "other", "version": 2, "words": "\U0001f54a" * 1000})
    assert len(words) > 12_000
    assert program.client.post(path, content=words.encode(), headers=headers).status_code == 200


def test_halves_of_code_points_and_signs_that_show_nothing_are_left_out(replies: Replies, program: Program) -> None:
    """JSON can hold what no database takes: it is cleaned as what the desk's form sends."""
    sent = replies.send(replies.join()).reference
    raw = b'{"verdict": "refuse", "reason": "other", "version": 2, "words": "\\ud800a\\u0000b\\u202ec"}'
    path = f"{MODERATION}/replies/{sent}/rulings"
    answer = program.client.post(path, content=raw, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["refusal_words"]) == (200, "abc")
