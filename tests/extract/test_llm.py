"""A language model may point at words; whatever else it says gets into no claim."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from fake_endpoint import CLASSES, Answer, FakeEndpoint, chat, claims, serving

from harmledger.config import Endpoint
from harmledger.domain import (
    By,
    Document,
    Extraction,
    Harm,
    Hedge,
    MeansKind,
    Part,
    PartRole,
    Published,
    Scope,
    VictimGroup,
    VictimKind,
)
from harmledger.endpoint import open_model
from harmledger.errors import EngineFailed
from harmledger.extract.llm import LlmEngine, passages
from harmledger.extract.llm.engine import CONFIDENCE
from harmledger.extract.llm.quotes import find_quote

TEXT = (
    "At least 12 civilians, including five children, were killed in an airstrike on a market in Ariha on Monday, "
    "the Ariha hospital said. Witnesses blamed government forces. Two medics were wounded on the way there."
)


def document(text: str, *furniture: str) -> Document:
    """A document of body and, where named, furniture."""
    parts: list[Part] = []
    end = 0
    for words in furniture:
        start = text.index(words)
        if start > end:
            parts.append(Part(role=PartRole.BODY, kind=None, start=end, end=start))
        end = start + len(words)
        parts.append(Part(role=PartRole.FURNITURE, kind="related links", start=start, end=end))
    if end < len(text):
        parts.append(Part(role=PartRole.BODY, kind=None, start=end, end=len(text)))
    return Document(
        document_id="0" * 64,
        capture_id="0" * 64,
        source="test",
        fetched=datetime(2024, 3, 1, tzinfo=UTC),
        id=None,
        title=None,
        author=None,
        publisher=None,
        language="en",
        published=Published(),
        text=text,
        parts=tuple(parts),
        dropped=(),
    )


def engine_at(fake: FakeEndpoint) -> LlmEngine:
    return LlmEngine(open_model(Endpoint(url=fake.url, model="small", seconds=5)))


def extract(answer: Answer, text: str = TEXT, *furniture: str) -> Extraction:
    """What becomes of a text when the model answers so."""
    with serving(answer) as fake:
        return engine_at(fake).extract(document(text, *furniture))


WHOLE = {
    "count": "At least 12 civilians",
    "victims": "civilians",
    "place": "a market in Ariha",
    "when": "on Monday",
    "actor": "government forces",
    "source": "the Ariha hospital",
    "means": "airstrike",
}
CHILDREN = {"count": "five children", "victims": "children", "group": "children", "scope": "part"}
MEDICS = {"sentence": 3, "count": "Two medics", "harm": "injured", "group": "health_workers", "place": "there"}


def test_claims_are_quoted_words_read_by_rules() -> None:
    """Every value of a claim stands on the report's words; numbers, parts, cues and means are read by the house's rules."""
    found = extract(claims(WHOLE, CHILDREN, MEDICS))
    whole, children, medics = found.claims
    assert (whole.count.low, whole.count.high, whole.count.hedge) == (12, None, Hedge.AT_LEAST)
    assert (whole.harm, whole.scope, whole.victims and whole.victims.kind) == (
        Harm.KILLED,
        Scope.INCIDENT,
        VictimKind.CIVILIAN,
    )
    assert [w and w.exact for w in (whole.place, whole.when, whole.actor and whole.actor.words)] == [
        "a market in Ariha",
        "on Monday",
        "government forces",
    ]
    assert [(s.words.exact, s.cue and s.cue.exact) for s in whole.attribution] == [("the Ariha hospital", "said")]
    assert whole.means is not None
    assert (whole.means.kind, whole.means.words.exact) == (MeansKind.AIRSTRIKE, "airstrike")
    assert (children.count.low, children.part_of, children.scope) == (5, 0, Scope.PART)
    assert medics.victims is not None
    assert medics.victims.group is VictimGroup.HEALTH_WORKERS
    assert medics.sentence.exact == "Two medics were wounded on the way there."
    assert found.by == By(engine="llm", version=found.by.version, models=("small",))
    assert found.dropped == ()


def test_all_words_slice_the_text() -> None:
    """Offsets hold for whatever the model quotes, line breaks and curly quotes notwithstanding."""
    text = "In Ariha the army’s\nshells killed twelve\nof the driver’s relatives."
    answer = claims({"count": "twelve of the driver's relatives", "actor": "the army's shells"})
    (claim,) = extract(answer, text).claims
    assert claim.count.words.exact == "twelve\nof the driver’s relatives"
    assert claim.actor is not None
    for words in (claim.count.words, claim.actor.words, claim.sentence):
        assert text[words.start : words.end] == words.exact


def test_a_wording_that_is_not_in_the_text_is_left_out() -> None:
    """A made-up place makes the place null, lowers the confidence, and is told in the reasons; the claim stays."""
    (sure,) = extract(claims(WHOLE)).claims
    (claim,) = extract(claims({**WHOLE, "place": "a market in Idlib", "source": "the Red Crescent"})).claims
    assert (claim.place, claim.attribution) == (None, ())
    assert sure.confidence == CONFIDENCE
    assert claim.confidence == round(CONFIDENCE * 4 / 6, 3)
    assert 'place: quoted "a market in Idlib", not in the text: left out' in claim.reasons


@pytest.mark.parametrize(
    ("count", "reason"),
    [
        ("17 civilians", '"17 civilians" is not in the text'),
        ("2 civilians", '"2 civilians" is not in the text'),
        ("twelve civilians", '"twelve civilians" is not in the text'),
        ("AT LEAST 12 CIVILIANS", "is not in the text"),
        ("government forces", "the words give no number"),
        ("x" * 3000, "is not in the text"),
        ("", "quotes no count"),
        (12, "quotes no count"),
    ],
)
def test_a_figure_that_is_not_in_the_text_is_refused(count: Any, reason: str) -> None:
    """No figure of the model's own, nor a part of another one, is ever claimed: it is dropped with its reason."""
    found = extract(claims({"count": count}))
    assert found.claims == ()
    assert [reason in d.reason for d in found.dropped] == [True]
    assert all(TEXT[d.words.start : d.words.end] == d.words.exact for d in found.dropped)


@pytest.mark.parametrize(
    ("text", "quote", "read"),
    [
        ("Between 12 and 15 people were killed.", "15 people", (12, 15)),
        ("More than 20 people were killed.", "20 people", (21, None)),
        ("Shelling killed 1,250 people.", "250 people", None),
    ],
)
def test_a_number_is_never_quoted_in_part(text: str, quote: str, read: tuple[int, int | None] | None) -> None:
    """Hedge and bounds that the model leaves off are read all the same; digits within a figure are no figure."""
    assert [(c.count.low, c.count.high) for c in extract(claims({"count": quote}), text).claims] == [
        r for r in [read] if r
    ]


@pytest.mark.parametrize(("field", "value"), [("harm", "vaporised"), ("polarity", None), ("scope", 3)])
def test_a_class_that_is_none_is_refused(field: str, value: Any) -> None:
    """A harm, scope or polarity outside of its closed set makes no claim; kind, group and means are then unknown."""
    found = extract(claims({**WHOLE, field: value}))
    assert (found.claims, [field in d.reason for d in found.dropped]) == ((), [True])
    (claim,) = extract(claims({**WHOLE, "kind": "royal", "group": "knights", "means": "dragon"})).claims
    assert claim.victims is not None
    assert (claim.victims.kind, claim.victims.group, claim.means) == (VictimKind.UNKNOWN, None, None)


def test_the_named_sentence_decides_between_equal_counts() -> None:
    """Of several places of a wording the claim's is the one in the sentence that the model names."""
    text = "In Ariha two men were killed. In Saraqib two men were killed. In Hama two men were killed."
    found = extract(claims({"sentence": 2, "count": "two men"}), text)
    assert [c.sentence.exact for c in found.claims] == ["In Saraqib two men were killed."]


def test_equal_counts_in_one_sentence_are_told_apart() -> None:
    """Two claims of the same words and harm take two places; a third is refused."""
    text = "Shelling killed two men in Ariha and killed two men in Saraqib."
    found = extract(claims(*[{"count": "two men"}] * 3), text)
    assert [c.count.words.start for c in found.claims] == [16, 44]
    assert [d.reason for d in found.dropped] == ["the model gives this count twice"]


def test_furniture_is_neither_shown_nor_claimed() -> None:
    """Words of a related headline are not sent, and quoting them all the same gives nothing."""
    furniture = "Read also: 90 people killed in Hama."
    text = f"Two people were killed in Ariha.\n\n{furniture}\n\nA market burned."
    with serving(claims({"count": "90 people"}, {"count": "Two people", "place": "Hama"})) as fake:
        found = engine_at(fake).extract(document(text, furniture))
    assert "90 people" not in fake.passages[0]
    assert "A market burned." in fake.passages[0]
    assert [(c.count.low, c.place) for c in found.claims] == [(2, None)]
    assert [d.reason for d in found.dropped] == ['the model\'s count "90 people" is not in the text']


def test_a_text_without_harm_is_not_sent() -> None:
    """Where no word of harm stands nobody is asked."""
    with serving(claims()) as fake:
        found = engine_at(fake).extract(document("The market opened on Monday. Prices were stable."))
    assert (fake.bodies, found.claims, found.dropped) == ([], (), ())


def test_long_documents_are_read_in_passages() -> None:
    """Each passage is bounded, holds what came before as context, and its claims lie in its own sentences."""
    filler = "The council met again about water and bread in the town hall. "
    text = "Two people were killed in Ariha. " + filler * 150 + "Three people were killed in Saraqib. " + filler * 150
    with serving(claims({"count": "Two people"})) as fake:
        found = engine_at(fake).extract(document(text))
    bound = 1.2 * (passages.CORE_CHARS + passages.CONTEXT_CHARS)  # the numbers before the sentences, too
    assert len(fake.bodies) == 2
    assert all(len(shown) < bound for shown in fake.passages)
    assert "only to understand the others:\n[1] Two people were killed" in fake.passages[1]
    assert len(found.claims) == 1
    assert [d.reason for d in found.dropped] == ['the model\'s count "Two people" is not in the sentences asked about']


def test_a_sentence_without_end_is_cut() -> None:
    """A text that never stops is shown in pieces no longer than a passage, all of it."""
    text = "killed 5 people and " * 2000
    cut = list(passages.cut_passages(text, passages.find_sentences(document(text))))
    assert len(cut) > 5
    assert all(end - start <= passages.CORE_CHARS for p in cut for start, end in p.core.values())
    assert "".join(text[slice(*p.span)] for p in cut) == text.strip()


@pytest.mark.parametrize(
    "content",
    [
        "```json\n{}\n```",
        "Here you are: {} I hope this helps.",
        "<think>a {{brace}} and a [list]</think>\n{}",
        "{}",
    ],
)
def test_plain_json_in_a_message_is_read(content: str) -> None:
    """An endpoint that keeps to no schema may wrap its JSON in fences or words."""
    told = json.dumps({"claims": [{"count": "12 civilians", "harm": "KILLED", **CLASSES}]})
    found = extract(chat(content.replace("{}", told)))
    assert [c.count.low for c in found.claims] == [12]


@pytest.mark.parametrize(
    "content", ["", "There are no claims.", '{"claims": [', '{"claims": "none"}', "[" * 50_000, "7"]
)
def test_an_answer_that_is_not_json_is_told(content: str) -> None:
    """What can't be read as a list of claims fails the report in one sentence."""
    with pytest.raises(EngineFailed, match=r"^model small: the answer is not the JSON asked for; try again, .*\.$"):
        extract(chat(content))


def test_claims_that_are_no_objects_are_dropped() -> None:
    """Nothing vanishes: each entry of the list becomes a claim or a reason."""
    found = extract(chat('{"claims": [null, 5, "12 civilians", {"count": ["12"]}]}'))
    assert (len(found.claims), len(found.dropped)) == (0, 4)


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("قتل 12 مدنيا في إدلب", "إدلب", ["إدلب"]),
        ("قتل طفل و12 مدنيا", "12 مدنيا", ["12 مدنيا"]),
        ("قتل طفل وامرأة", "امرأة", ["امرأة"]),
        ("in 2,012 and 12.5 and 120", "12", []),
        ("a man, a manager", "a man", ["a man"]),
        ("(12) [12].", "12", ["12", "12"]),
    ],
)
def test_a_quote_stands_where_whole_words_stand(text: str, quote: str, found: list[str]) -> None:
    """Part of a word or figure is no place for a quote; small words that Arabic writes onto the next are."""
    assert [text[a:b] for a, b in find_quote(text, quote)] == found
