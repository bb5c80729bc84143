"""Attributions keep who says it, by what words, when, and through whom it came."""

from __future__ import annotations

import pytest
from growth import grows_in_proportion
from hypothesis import given
from hypothesis import strategies as st

from harmledger.domain import Source, Words
from harmledger.extract.attribution import find_chain, find_people, find_sources


def sources(text: str) -> list[tuple[str, str, str | None]]:
    return [(s.words.exact, s.cue.exact, s.said and s.said.exact) for s in find_sources(text, 0, len(text)) if s.cue]


def chain(text: str, wording: str) -> list[str]:
    start = text.index(wording)
    found = find_chain(text, (0, len(text)), Words(exact=wording, start=start, end=start + len(wording)))
    return [source.words.exact for source in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Activists said four people were killed.", ("Activists", "said", None)),
        ("Four people were killed, residents of Hajin said on Sunday.", ("residents of Hajin", "said", "on Sunday")),
        ("The army told reporters in Kyiv on 3 May that six died.", ("The army", "told", "on 3 May")),
        ("According to a nurse in Sirte, two died.", ("a nurse in Sirte", "According to", None)),
        ("“They hit a school,” said Umm Khaled, a teacher.", ("Umm Khaled", "said", None)),
        ("Dr Amal Nasser, a surgeon at the clinic, reported nine dead.", ("Dr Amal Nasser", "reported", None)),
        ("Three died, as reported by Radio Dabanga.", ("Radio Dabanga", "as reported by", None)),
        ("The mayor made reference to two raids.", ("The mayor", "made reference to", None)),
        ("قال مسعفون إن القصف أدى إلى مقتل أربعة.", ("مسعفون", "قال", None)),
        ("قتل ثلاثة بحسب مراسل الجزيرة.", ("مراسل الجزيرة", "بحسب", None)),
        ("وكانت المنظمة قد وثقت مقتل تسعة.", ("المنظمة", "وثقت", None)),
    ],
)
def test_a_saying_has_its_speaker_cue_and_day(text: str, expected: tuple[str, str, str | None]) -> None:
    """Direct, inverted, "according to", apposition and Arabic verb order give one speaker each."""
    assert expected in sources(text)


def test_the_day_of_the_harm_is_not_the_day_of_saying() -> None:
    """A day that belongs to what is said is left to it."""
    assert sources("Police said that five died on Friday.") == [("Police", "said", None)]


def test_a_hearer_is_no_speaker() -> None:
    """Of "told Reuters" only the subject speaks."""
    assert sources("A witness told Reuters that ten died.") == [("A witness", "told", None)]


@pytest.mark.parametrize(
    ("text", "innermost", "expected"),
    [
        ("State media quoted a medic as saying that six died.", "a medic", ["State media", "a medic"]),
        ("Tasnim reported, citing a police source, that six died.", "a police source", ["Tasnim", "a police source"]),
        ("According to WAFA, citing medics, six died.", "medics", ["WAFA", "medics"]),
        ("AFP reported that the mayor said six died.", "the mayor", ["AFP", "the mayor"]),
        ("ونقلت الوكالة عن مصدر عسكري أن ستة قتلوا.", "مصدر عسكري", ["الوكالة", "مصدر عسكري"]),
        ("The army said six died, while residents said ten did.", "residents", ["residents"]),
        ("A doctor told Reuters that six died.", "A doctor", ["A doctor"]),
        ("Six died, the mayor said.", "the mayor", ["the mayor"]),
    ],
)
def test_a_chain_is_outermost_first(text: str, innermost: str, expected: list[str]) -> None:
    """Who hands words on stands before whose words they are; side by side is no chain."""
    assert chain(text, innermost) == expected


def test_a_claimant_of_another_sentence_keeps_its_cue() -> None:
    """A source carried over from before is read where it stands."""
    text = "The mayor said on Monday that six died. Ten more were wounded."
    start = text.index("The mayor")
    found: Source = find_chain(text, (40, len(text)), Words(exact="The mayor", start=start, end=start + 9))[-1]
    assert found.cue
    assert found.said
    assert (found.cue.exact, found.said.exact) == ("said", "on Monday")


def test_people_are_found_by_their_introductions() -> None:
    """Title before the name, title after it, and charge before it give name, role and description."""
    text = (
        "Health ministry spokesman Adel Qasim said so. Nadia Farouk, head of the relief committee, agreed. "
        "A spokesman for the brigade, Jamal Idris, denied it."
    )
    found = [(p.name.exact, p.role) for p in find_people(text)]
    assert found == [("Adel Qasim", "spokesman"), ("Nadia Farouk", "head"), ("Jamal Idris", "spokesman")]


@given(
    st.text(
        alphabet=st.sampled_from(' ,.:;"”“\n()-said told according to Reuters quoted by قال عن نقل x'), max_size=200
    )
)
def test_all_words_slice(text: str) -> None:
    """Whatever the text, every word found is the text's own."""
    for source in find_sources(text, 0, len(text)):
        for words in (source.words, source.cue, source.said):
            assert words is None or text[words.start : words.end] == words.exact
    for person in find_people(text):
        assert text[person.name.start : person.name.end] == person.name.exact


@pytest.mark.parametrize(
    "piece", ["said ", "according to a ", "quoted, ", "spokesman Al ", "a, ", "A-", '"', "قال عن "]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """A hundred thousand characters of nothing but cues cost in proportion to their length."""

    def find(times: int) -> None:
        find_sources(piece * times, 0, len(piece) * times)
        find_people(piece * times)

    assert grows_in_proportion(find, 100_000 // len(piece))
