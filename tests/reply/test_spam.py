"""A reply passes only where every filter took it for ham; the local filter sees through tricks, learns, and can't be broken by a text."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from growth import grows_in_proportion
from hypothesis import given
from hypothesis import strategies as st

from harmledger.domain import SpamDecision, SpamJudgement, SpamVerdict, Submission
from harmledger.errors import Inconsistent
from harmledger.reply.learn import FEWEST_EACH, learn
from harmledger.reply.model import SpamModel, dump_model, load_start_model, parse_model
from harmledger.reply.normal import MOST_CHARS, make_plain
from harmledger.reply.spam import LocalFilter, judge

HAM, SPAM, UNSURE = SpamDecision.HAM, SpamDecision.SPAM, SpamDecision.UNSURE
GOOD = "The hospital revised the figure to nine on Friday evening, and two of the dead were nurses."
BAD = "Win $5,000 a day at our online casino, 200 free spins, click here http://spin-win.example/?ref=7"


def local(text: str) -> SpamVerdict:
    return LocalFilter(load_start_model()).judge(Submission(text=text))


class Saying:
    """A filter that says what it is told, or raises it."""

    name = "saying"

    def __init__(self, said: object) -> None:
        self._said = said

    def judge(self, _: Submission) -> SpamVerdict:
        if isinstance(self._said, Exception):
            raise self._said
        if isinstance(self._said, SpamDecision):
            return SpamVerdict(decision=self._said, by=self.name, reason="was told so")
        return self._said  # type: ignore[return-value]


FAILURES = [TimeoutError(), MemoryError(), RecursionError(), ValueError("\ud800\n\x00" * 999), None, "ham", True]


@given(st.lists(st.sampled_from([HAM, SPAM, UNSURE, *FAILURES]), max_size=6))
def test_nothing_passes_where_any_filter_failed(said: list[object]) -> None:
    """A reply passes where there are filters and all of them say ham; there is a verdict and a reason for each that was asked."""
    found = judge([Saying(each) for each in said], Submission(text=GOOD))
    assert found.passes == (bool(said) and all(each is HAM for each in said))
    assert (found.decision is SPAM) == (SPAM in said)
    assert len(found.verdicts) == len(said)
    assert [verdict.failed for verdict in found.verdicts] == [not isinstance(each, SpamDecision) for each in said]
    assert all(len(reason) < 300 and reason.isprintable() for reason in found.reasons)


def test_a_filter_without_a_name_holds() -> None:
    """Even the asking may fail."""

    class Nameless:
        @property
        def name(self) -> str:
            raise OSError("gone")

        judge = Saying(HAM).judge

    assert judge([Saying(HAM), Nameless()], Submission(text=GOOD)).decision is UNSURE


def test_a_verdict_of_a_failed_filter_can_not_be_ham() -> None:
    """The types hold it: no such verdict can be made, no score beyond 0 and 1, and a judgement's decision can't be set."""
    with pytest.raises(ValueError, match="failed"):
        SpamVerdict(decision=HAM, by="x", reason="", failed=True)
    for score in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="between 0 and 1"):
            SpamVerdict(decision=HAM, by="x", reason="", score=score)
    with pytest.raises(TypeError):
        SpamJudgement(verdicts=(), decision=HAM)  # type: ignore[call-arg]


def test_the_start_model_tells_plain_cases() -> None:
    """A correction passes, an advertisement is spam; both in English and Arabic."""
    assert [local(text).decision for text in (GOOD, BAD)] == [HAM, SPAM]
    assert local("العدد الصحيح تسعة قتلى بينهم ممرضتان كما أعلن المستشفى يوم الجمعة").decision is HAM
    assert local("اربح 500 دولار يوميا من المنزل سجل الآن http://win.example").decision is SPAM


TRICKS = {
    "zero width": "\u200b".join(BAD),
    "soft hyphens": BAD.replace("a", "a\u00ad"),
    "right to left": f"\u202e{BAD}\u202c",
    "lookalikes": BAD.replace("a", "а").replace("o", "о").replace("e", "е").replace("c", "с"),
    "full width": "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in BAD),
    "mathematical": "".join(chr(0x1D41A + ord(c) - 97) if c.islower() else c for c in BAD),
    "heaped marks": "".join(f"{c}\u0336\u0301" for c in BAD),
    "capitals": BAD.upper(),
    "tags": BAD + "\U000e0041" * 50,
    "spaces": BAD.replace("online casino", "o n l i n e   c.a.s.i.n.o"),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_do_not_help(trick: str) -> None:
    """A text that looks the same, or reads the same, doesn't pass for being written in other signs."""
    assert local(TRICKS[trick]).decision is not HAM
    assert "casino" in make_plain(TRICKS[trick]).text


def test_marks_that_languages_need_do_not_count_against_a_text() -> None:
    """Vowel signs, joiners, accents and emoji are no trick."""
    plain = make_plain("أَخِي خَبَّازٌ، می‌خواهم 👨‍👩‍👧 café")
    assert (plain.hidden, plain.mixed) == (0, 0)
    assert "اخي خباز" in plain.text


def test_spam_is_not_hidden_by_what_stands_around_it() -> None:
    """A long text is as much spam as its worst piece."""
    padded = f"{GOOD} " * 40
    assert local(padded).decision is HAM
    assert local(f"{padded}{BAD} {padded}").decision is not HAM


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "\ud800",
        "\u200b" * 500,
        "\u202e\u202d",
        "12 345",
        "!!!",
        "😀",
        "\x00",
        "a" * 1_000_000,
        f"{GOOD} " * 12_000,
    ],
    ids=range(11),
)
def test_texts_without_a_word_or_end_are_held_at_once(text: str) -> None:
    """What can't be read, or not whole, is never taken for ham."""
    assert local(text).decision is not HAM


@pytest.mark.parametrize("run", ["a", f"{GOOD} ", "a ", "\u200b", "🙂"], ids=range(5))
def test_a_long_text_costs_no_more_than_its_length(run: str) -> None:
    """What a filter reads of a text is bounded."""
    assert grows_in_proportion(lambda n: local(run * (n // len(run))), 1_000_000)


@given(st.text(max_size=400) | st.text(alphabet="ab \u200b\u202eа\ud800ﷺ\u0301👨\u200d", max_size=400))
def test_every_text_has_one_verdict(text: str) -> None:
    """The same text gives the same verdict, with a score between 0 and 1, whatever signs it is of."""
    assert local(text) == local(text)
    assert not judge([LocalFilter(load_start_model())], Submission(text=text)).verdicts[0].failed
    assert len(make_plain(text).text) <= MOST_CHARS


DECISIONS = [
    *((f"Parking near the office, question {n}: is the garage open on Sunday?", SPAM) for n in range(30)),
    *((f"My casino bonus report {n}: figures of the free spins scandal", HAM) for n in range(30)),
]


def test_moderators_decisions_are_learnt() -> None:
    """What moderators call spam becomes spam, what they let through becomes ham, even against the start model; elsewhere little changes."""
    start = load_start_model()
    new = learn(start, DECISIONS)
    assert new.name == "start-1+60"
    asked, told = "Is the garage near the office open on Sunday?", "The casino bonus scandal: a report with figures"
    assert (new.score(asked) - start.score(asked), start.score(told) - new.score(told)) > (0.2, 0.2)
    assert new.score(BAD) > 0.5 > new.score(GOOD)


def test_the_same_decisions_give_the_same_model() -> None:
    """Learning leaves nothing to chance: the bytes are equal."""
    assert dump_model(learn(load_start_model(), DECISIONS)) == dump_model(learn(load_start_model(), DECISIONS))


@pytest.mark.parametrize("label", [HAM, SPAM, UNSURE])
def test_decisions_of_one_kind_teach_nothing(label: SpamDecision) -> None:
    """A queue without spam doesn't teach that there is none; nor do too few of either label."""
    start = load_start_model()
    assert learn(start, []) is start
    assert learn(start, [(GOOD, label)] * 200) is start
    assert learn(start, [(GOOD, HAM)] * 200 + [(BAD, SPAM)] * (FEWEST_EACH - 1)) is start


def test_hostile_texts_can_be_learnt_from() -> None:
    """Whatever was decided upon, a model comes out that can be used and kept."""
    odd = ["", "\ud800", "\u200b" * 100, "a" * 100_000]
    new = learn(load_start_model(), [(text, label) for text in odd for label in (HAM, SPAM)])
    assert np.isfinite(new.weights).all()
    assert 0 <= parse_model(dump_model(new)).score(GOOD) <= 1


def test_a_model_survives_its_file() -> None:
    """The bytes give the model back, the model the bytes; they are few."""
    data = dump_model(load_start_model())
    again = parse_model(data)
    assert len(data) < 100_000
    assert dump_model(again) == data
    assert abs(again.score(BAD) - load_start_model().score(BAD)) < 0.001


def as_file(**arrays: object) -> bytes:
    out = io.BytesIO()
    np.savez(out, **arrays)  # type: ignore[arg-type]
    return out.getvalue()


TOLD = np.frombuffer(b'{"form":1,"name":"x","bias":0,"ham_below":0.2,"spam_from":0.9}', dtype=np.uint8)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"\x80\x04\x95pickle",
        dump_model(load_start_model())[:5000],
        as_file(weights=np.zeros(3), told=TOLD),
        as_file(weights=np.full(1 << 15, np.nan), told=TOLD),
        as_file(weights=np.zeros(1 << 15)),
        as_file(weights=np.zeros(1 << 15), told=np.zeros(3, dtype=np.uint8)),
        as_file(weights=np.array([{}], dtype=object), told=TOLD),
        as_file(weights=np.zeros(1 << 22), told=TOLD),
        as_file(weights=np.zeros(1 << 15), told=np.frombuffer(TOLD.tobytes().replace(b"0.2", b"9.2"), dtype=np.uint8)),
    ],
    ids=range(11),
)
def test_bytes_that_are_no_model_are_refused(data: bytes) -> None:
    """Nothing is unpickled, nothing of another form is taken, and a threshold that passes everything is none."""
    with pytest.raises(Inconsistent, match="no spam model"):
        parse_model(data)


def test_a_broken_model_holds() -> None:
    """A local filter that fails on a text holds it."""
    start = load_start_model()
    broken: SpamModel = replace(start, weights=start.weights[:5])
    found = judge([LocalFilter(broken)], Submission(text=GOOD))
    assert (found.decision, found.verdicts[0].failed) == (UNSURE, True)
