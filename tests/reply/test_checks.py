"""What can't be a reply is refused in one sentence; what may need a person's eye waits."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Any

import pytest
from fake_replies import PLAIN
from fakes import FIXED_NOW
from hypothesis import given
from hypothesis import strategies as st

from harmledger.domain import HoldReason, ReplyKind, Target, Written
from harmledger.errors import BadInput
from harmledger.reply.checks import LONGEST, Known, check_appeal, check_written, clean_text, find_holds

TARGET = Target(exact="x")
KNOWN = Known(published=3, repeated=False, named=False)
URL = "https://news.example.com/a"


def whole(kind: ReplyKind, text: str = PLAIN, **more: Any) -> Written:
    """What that kind needs."""
    needed = {
        "target": TARGET if kind is ReplyKind.CORRECTION else None,
        "url": URL if kind is ReplyKind.SOURCE else "",
    }
    return Written(**{"text": text, "shown": FIXED_NOW - timedelta(minutes=1), **needed, **more})


@pytest.mark.parametrize("kind", list(ReplyKind))
def test_each_kind_has_its_length(kind: ReplyKind) -> None:
    """To the letter; a megabyte is refused before anything is made of it."""
    assert check_written(kind, whole(kind, "a" * LONGEST[kind]))[0] == "a" * LONGEST[kind]
    for text in ("a" * (LONGEST[kind] + 1), "a" * 1_000_000, "[](" * 400_000, "\u202e" * 1_000_000):
        with pytest.raises(BadInput, match=f"longer than the {LONGEST[kind]} characters"):
            check_written(kind, whole(kind, text))


@pytest.mark.parametrize(
    ("kind", "written", "match"),
    [
        (ReplyKind.COMMENT, Written(text=" \u200b\n "), "no words"),
        (ReplyKind.COMMENT, Written(text="\u202e\x00\ud800a"), "no words"),
        (ReplyKind.COMMENT, Written(text=f"{URL} " * 4), "more than 3 links"),
        (ReplyKind.OFFICIAL, Written(text=f"{URL} " * 11), "more than 10 links"),
        (ReplyKind.COMMENT, Written(text="[a] [a] [a] [a]\n\n[a]: https://a.example.com"), "more than 3 links"),
        (ReplyKind.CORRECTION, Written(text=PLAIN), "points at the sentence"),
        (ReplyKind.SOURCE, Written(text=PLAIN), "no address"),
        (ReplyKind.SOURCE, Written(text=PLAIN, url="javascript:x"), "no whole address"),
        (ReplyKind.COMMENT, Written(text=PLAIN, url="https://localhost/"), "no public site"),
    ],
)
def test_what_cant_be_a_reply_is_refused(kind: ReplyKind, written: Written, match: str) -> None:
    """With what is wrong and what to do."""
    with pytest.raises(BadInput, match=match):
        check_written(kind, written)


def test_an_address_alone_is_a_source() -> None:
    """Who names a report needn't say more."""
    assert check_written(ReplyKind.SOURCE, Written(text="", url=f" {URL} ")) == ("", URL)


@given(st.text(max_size=200))
def test_what_is_kept_hides_nothing(text: str) -> None:
    """No control, override, half code point or sign without width is kept, and cleaning twice changes nothing."""
    cleaned = clean_text(text)
    kept = {"\n", "\t", "\u200c", "\u200d", "\u200e", "\u200f"}
    assert all(each in kept or unicodedata.category(each) not in {"Cc", "Cf", "Cs", "Co", "Cn"} for each in cleaned)
    assert clean_text(cleaned) == cleaned
    cleaned.encode()


def test_what_people_write_with_is_kept() -> None:
    """Joiners of Persian and of emoji, accents, line ends; overrides and signs without width go."""
    assert clean_text("می\u200cخواهم 👩\u200d🚒 e\u0301\r\nb\rc") == "می\u200cخواهم 👩\u200d🚒 é\nb\nc"
    assert clean_text("a\u202eb\u2066c\u200bd\ufeffe\xadf\x00g\ud800h\U000e0041i") == "abcdefghi"


@pytest.mark.parametrize(
    ("kind", "written", "known", "holds"),
    [
        (ReplyKind.COMMENT, {}, {}, ""),
        (ReplyKind.CORRECTION, {}, {}, ""),
        (ReplyKind.SOURCE, {}, {}, ""),
        (ReplyKind.WITNESS, {}, {}, "witness"),
        (ReplyKind.WITNESS, {"consent": True}, {}, "witness"),
        (ReplyKind.OFFICIAL, {}, {}, "official"),
        (ReplyKind.COMMENT, {"trap": "x"}, {}, "trapped"),
        (ReplyKind.COMMENT, {"shown": None}, {}, "quick"),
        (ReplyKind.COMMENT, {"shown": FIXED_NOW}, {}, "quick"),
        (ReplyKind.COMMENT, {"shown": FIXED_NOW - timedelta(seconds=2)}, {}, "quick"),
        (ReplyKind.COMMENT, {"shown": FIXED_NOW - timedelta(seconds=3)}, {}, ""),
        (ReplyKind.COMMENT, {"shown": FIXED_NOW + timedelta(minutes=1)}, {}, "quick"),
        (ReplyKind.COMMENT, {"shown": FIXED_NOW - timedelta(hours=25)}, {}, "quick"),
        (ReplyKind.COMMENT, {}, {"published": 2}, "first"),
        (ReplyKind.COMMENT, {}, {"repeated": True}, "repeated"),
        (ReplyKind.COMMENT, {}, {"named": True}, "names"),
        (ReplyKind.COMMENT, {"text": "Kotek Welles was there"}, {}, "names"),
        (ReplyKind.WITNESS, {"trap": "x", "shown": None}, {"published": 0, "repeated": True, "named": True}, "first names witness repeated quick trapped"),
    ],
)  # fmt: skip
def test_what_holds_a_reply_is_named(
    kind: ReplyKind, written: dict[str, Any], known: dict[str, Any], holds: str
) -> None:
    """Each reason by itself and all together; the filter is asked in any case."""
    said = whole(kind, **written)
    merged = Known(**{**{name: getattr(KNOWN, name) for name in Known.__slots__}, **known})
    found = find_holds(kind, said.text, said, merged, now=FIXED_NOW)
    assert found == (HoldReason.CHECKING, *map(HoldReason, holds.split()))


@pytest.mark.parametrize("words", ["", " \u200b", "x" * 1_001, "x" * 1_000_000])
def test_an_appeal_says_what_was_overlooked(words: str) -> None:
    """In words, and in few."""
    with pytest.raises(BadInput, match="your appeal"):
        check_appeal(words)
