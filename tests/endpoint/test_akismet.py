"""Akismet's answers decide only where they are plain; everything else holds the reply, and what is private isn't sent."""

from __future__ import annotations

import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest
from fake_akismet import BLOG, KEY, SPAMMER, Answerer, Asked, FakeAkismet, saying, serving
from hypothesis import given
from hypothesis import strategies as st

from harmledger.config import AkismetAccount, Config, load_config
from harmledger.domain import Sender, SpamDecision, SpamVerdict, Submission
from harmledger.endpoint import Akismet, akismet, open_akismet
from harmledger.errors import EngineFailed
from harmledger.reply.spam import judge

HAM, SPAM, UNSURE = SpamDecision.HAM, SpamDecision.SPAM, SpamDecision.UNSURE
WRITER = Sender(address="203.0.113.7", agent="Firefox", email="m@mail.example")
REPLY = Submission(
    text="The figure is nine.", name="Maryam", language="en", permalink=f"{BLOG}/incidents/1", sender=WRITER
)


def filter_at(fake: FakeAkismet, **settings: object) -> Akismet:
    account = replace(AkismetAccount(key=KEY, blog=BLOG, url=fake.url), **settings)
    opened = open_akismet(account)
    assert opened is not None
    return opened


def verdict(answer: Answerer | None = None, submission: Submission = REPLY, **settings: object) -> SpamVerdict:
    with serving(answer) as fake:
        return filter_at(fake, **settings).judge(submission)


def test_plain_answers_decide() -> None:
    """`false` is ham, `true` is spam, `true` with the tip to discard is blatant spam, which is kept for moderators all the same."""
    blatant = replace(REPLY, name=SPAMMER, text="please discard")
    found = [verdict(submission=s) for s in (REPLY, replace(REPLY, name=SPAMMER), blatant)]
    assert [(v.decision, v.blatant, v.failed) for v in found] == [
        (HAM, False, False),
        (SPAM, False, False),
        (SPAM, True, False),
    ]


def test_what_is_private_is_not_sent() -> None:
    """Without leave neither the writer's address nor browser nor mailbox leave this machine: every field that is sent is listed here."""
    with serving() as fake:
        filter_at(fake).judge(REPLY)
    (sent,) = fake.of("comment-check")
    assert sent == {
        "api_key": KEY,
        "blog": BLOG,
        "user_ip": akismet.NO_ADDRESS,
        "comment_type": "comment",
        "comment_author": "Maryam",
        "comment_content": "The figure is nine.",
        "permalink": f"{BLOG}/incidents/1",
        "blog_lang": "en",
        "blog_charset": "UTF-8",
    }
    assert "203.0.113.7" not in str(fake.headers)


def test_the_sender_is_told_of_where_the_settings_allow_it() -> None:
    """With leave the three are sent as the protocol names them."""
    with serving() as fake:
        filter_at(fake, sends_address=True).judge(REPLY)
    (sent,) = fake.of("comment-check")
    private = [sent[name] for name in ("user_ip", "user_agent", "comment_author_email")]
    assert private == ["203.0.113.7", "Firefox", "m@mail.example"]


def test_what_stays_here_is_never_sent() -> None:
    """A witness account isn't sent to be judged, nor as a correction, whatever the settings say; it is held."""
    witness = replace(REPLY, kind="witness", stays_here=True)
    with serving() as fake:
        one = filter_at(fake, sends_address=True)
        assert one.judge(witness).decision is UNSURE
        for submit in (one.submit_spam, one.submit_ham):
            with pytest.raises(EngineFailed, match="never sent elsewhere"):
                submit(witness)
    assert fake.asked == []


def drip(handler: BaseHTTPRequestHandler, _: Asked) -> None:
    """A byte now and then, which never ends."""
    handler.send_response(200)
    handler.send_header("Content-Length", "500")
    handler.end_headers()
    for _tick in range(30):
        time.sleep(0.1)
        try:
            handler.wfile.write(b" ")
        except OSError:
            return


def drip_headers(handler: BaseHTTPRequestHandler, _: Asked) -> None:
    """The answer stands at the end of headers that never come to it."""
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _tick in range(30):
            time.sleep(0.1)
            handler.wfile.write(b"X-A: b\r\n")
    except OSError:
        return


def raw(answer: bytes) -> Answerer:
    """These bytes, and the end of the connection."""

    def send(handler: BaseHTTPRequestHandler, _: Asked) -> None:
        handler.wfile.write(answer)

    return send


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        pytest.param(lambda *_: time.sleep(1.5), "no answer came within 1 seconds", id="silence"),
        pytest.param(drip, "no answer came within 1 seconds", id="slow drip"),
        pytest.param(drip_headers, "no answer came within 1 seconds", id="slow headers"),
        pytest.param(saying(b"<html>Sign in to the hotel's network</html>"), "can be understood", id="garbage"),
        pytest.param(saying(b""), "can be understood", id="nothing"),
        pytest.param(saying(b"False"), "can be understood", id="other letters"),
        pytest.param(saying(b"false\n"), "can be understood", id="a line's end"),
        pytest.param(saying(b"false" * 1000), "can be understood", id="huge"),
        pytest.param(saying(b"\xff\x00"), "can be understood", id="binary"),
        pytest.param(saying(b"false", 500), "answered with 500", id="broken"),
        pytest.param(saying(b"false", 403), "answered with 403", id="refused"),
        pytest.param(saying(b"false", 201), "answered with 201", id="another success"),
        pytest.param(saying(b"false", 429, Retry_After="1"), "answered with 429", id="busy"),
        pytest.param(saying(b"false", 302, Location="http://127.0.0.1:1/"), "not followed", id="redirect"),
        pytest.param(raw(b""), "broke off", id="closed"),
        pytest.param(raw(b"HTTP/1.1 2"), "broke off", id="closed in the first line"),
        pytest.param(raw(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nfalse"), "broke off", id="cut short"),
        pytest.param(raw(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nfalse, or not"), "understood", id="no length"),
        pytest.param(raw(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\nfalse"), "broke off", id="many headers"),
    ],
)
def test_whatever_goes_wrong_holds_the_reply(answer: Answerer, told: str) -> None:
    """No answer but a plain one passes a reply, and none loses it: it is held, with the reason."""
    found = verdict(answer, seconds=1)
    assert (found.decision, found.failed) == (UNSURE, True)
    assert told in found.reason


def test_a_wrong_key_holds_and_is_told_without_the_key() -> None:
    """Akismet's own words are noted, shortened and on one line; the key is in none of them."""
    found = verdict(key="wrongkey99")
    assert (found.decision, found.failed) == (UNSURE, True)
    assert found.reason == "refused the question: Invalid key █"
    long = verdict(saying(b"invalid", X_akismet_debug_help="a\tb " * 500))
    assert len(long.reason) < 200
    assert long.reason.isprintable()


def test_nobody_there_holds() -> None:
    """A service that isn't there holds every reply."""
    with serving() as gone:
        one = filter_at(gone)
    assert "can't be reached" in one.judge(REPLY).reason


def test_what_akismet_is_not_done_with_is_held() -> None:
    """`false` with the wish to be asked again later is no pass; nor is what was sent only in part."""
    assert verdict(saying(b"false", X_akismet_recheck_after="600")).decision is UNSURE
    with serving() as fake:
        found = filter_at(fake).judge(replace(REPLY, text="word " * 200_000))
    assert found.decision is UNSURE
    assert len(fake.of("comment-check")[0]["comment_content"]) == akismet.SENT_CHARS


@given(st.binary(max_size=40), st.sampled_from([200, 200, 200, 404, 500]))
def test_only_the_word_false_passes(body: bytes, status: int) -> None:
    """Of all bodies and statuses one pair passes."""
    answer = akismet._Answer(status=status, body=body, headers={})
    passes = akismet._read_check(answer, cut=False).decision is HAM
    assert passes == (status == 200 and body == b"false")


@pytest.mark.parametrize(
    "text", ["", "\ud800 lone", "a\x00b", "\u202egnp.exe", "&api_key=x&blog=y", "ن" * 100, "😀\u200d"]
)
def test_hostile_texts_are_sent_as_one_field(text: str) -> None:
    """What a writer writes can't become another field, and never breaks the question."""
    with serving() as fake:
        assert filter_at(fake).judge(replace(REPLY, text=text)).decision is HAM
    (sent,) = fake.of("comment-check")
    assert (sent["api_key"], sent["blog"]) == (KEY, BLOG)
    assert sent.get("comment_content", "") == text.replace("\ud800", "?")


def test_corrections_are_told() -> None:
    """What moderators decide otherwise is told with the same fields as the question, so that Akismet knows it again."""
    with serving() as fake:
        one = filter_at(fake)
        one.judge(REPLY)
        one.submit_spam(REPLY)
        one.submit_ham(REPLY)
    assert fake.of("comment-check") == fake.of("submit-spam") == fake.of("submit-ham")


@pytest.mark.parametrize("answer", [saying(b"invalid"), saying(b"", 500), saying(b"Thanks"), raw(b"")])
def test_a_correction_that_is_not_taken_is_told(answer: Answerer) -> None:
    """Nothing is lost unseen: whoever corrects learns that Akismet wasn't told."""
    with serving(answer) as fake:
        for submit in (filter_at(fake).submit_spam, filter_at(fake).submit_ham):
            with pytest.raises(EngineFailed):
                submit(REPLY)


def test_a_key_is_verified() -> None:
    """A good key is accepted; of any other is said so, without showing it."""
    with serving() as fake:
        filter_at(fake).verify_key()
        with pytest.raises(EngineFailed, match="not accepted") as caught:
            filter_at(fake, key="wrongkey99").verify_key()
    assert "wrongkey99" not in str(caught.value) + repr(caught.value)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"key": "a b"}, "HARMLEDGER_AKISMET_KEY holds signs"),
        ({"key": "a\r\nX: y"}, "HARMLEDGER_AKISMET_KEY holds signs"),
        ({"blog": ""}, "HARMLEDGER_AKISMET_BLOG is no web address"),
        ({"blog": "record.example"}, "HARMLEDGER_AKISMET_BLOG is no web address"),
        ({"seconds": 0}, "HARMLEDGER_AKISMET_SECONDS is below 1"),
        ({"url": "http://rest.example"}, "HARMLEDGER_AKISMET_URL is no https address"),
        ({"url": "https://me:secret@rest.example"}, "HARMLEDGER_AKISMET_URL is no https address"),
        ({"url": "https://rest.example:99999"}, "HARMLEDGER_AKISMET_URL is no https address"),
    ],
)
def test_wrong_settings_are_told_before_anything_is_sent(settings: dict[str, object], told: str) -> None:
    """A setting that can't be meant is one sentence; the key goes over no open line."""
    account = AkismetAccount(key=KEY, blog=BLOG, url="https://rest.example")
    with pytest.raises(EngineFailed) as caught:
        open_akismet(replace(account, **settings))
    assert told in str(caught.value)
    assert "secret" not in str(caught.value)


def test_it_is_off_by_default() -> None:
    """Without a key there is no such filter; with one the writer's address still isn't sent, and no message shows the key."""
    assert open_akismet(Config().akismet) is None
    config = load_config({"HARMLEDGER_AKISMET_KEY": KEY, "HARMLEDGER_SITE_URL": BLOG})
    assert open_akismet(config.akismet) is not None
    assert (config.akismet.blog, config.akismet.sends_address) == (BLOG, False)
    assert KEY not in repr(config) + repr(config.akismet)
    assert "203.0.113.7" not in repr(REPLY)


def test_one_filter_that_fails_holds_what_another_passes() -> None:
    """Beside a filter that takes all for ham, an Akismet that is broken keeps the reply from passing."""

    class Trusting:
        name = "trusting"

        def judge(self, _: Submission) -> SpamVerdict:
            return SpamVerdict(decision=HAM, by=self.name, reason="trusts")

    with serving(saying(b"", 503)) as fake:
        found = judge([Trusting(), filter_at(fake)], REPLY)
    assert (found.decision, found.passes) == (UNSURE, False)
    assert found.reasons == ("trusting: trusts", "akismet: answered with 503")
