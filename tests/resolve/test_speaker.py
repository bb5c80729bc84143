"""A speaker is the person, role and organisation that a source's words mean in their text."""

from __future__ import annotations

from datetime import date

import pytest

from harmledger.domain import Published, Said, Source, Speaker, SpeakerType, Words
from harmledger.extract.attribution import find_chain
from harmledger.resolve.speaker import resolve_speaker
from harmledger.resources.registry import load_registry

REPORT = (
    "Turkish Defence Ministry spokesman Selim Arikan said on Monday that the shelling was an answer to fire from Tal Rifaat.\n"
    "“Our troops strike only armed targets,” Arikan said.\n"
    "The Turkish official put the number of the dead at nine. He added that three were wounded.\n"
    "Leyla Haddad, director of the Syrian Network for Human Rights, said nine civilians were killed. She called for an inquiry."
)
PUBLISHED = Published(day=date(2019, 11, 6))


def resolve(wording: str, text: str = REPORT) -> Speaker:
    start = text.rindex(wording)
    words = Words(exact=wording, start=start, end=start + len(wording))
    source: Source = find_chain(text, (start, start), words)[-1]
    return resolve_speaker(source, text=text, registry=load_registry(), published=PUBLISHED)


@pytest.mark.parametrize("wording", ["Selim Arikan", "Arikan", "The Turkish official", "He"])
def test_descriptions_are_carried_back_to_the_person(wording: str) -> None:
    """Full name, surname, description and pronoun are one speaker, whose first mention says when."""
    speaker = resolve(wording)
    assert speaker.name == "Selim Arikan"
    assert speaker.role == "spokesman"
    assert speaker.organisation == "Turkish Defence Ministry"
    assert speaker.id == "turkey-defence-ministry"
    assert speaker.type is SpeakerType.GOVERNMENT
    assert speaker.said == Said(earliest=date(2019, 11, 4), latest=date(2019, 11, 4))


def test_she_is_the_woman_last_introduced() -> None:
    """A pronoun goes to the nearest person before it whom it fits."""
    speaker = resolve("She")
    assert speaker.name == "Leyla Haddad"
    assert speaker.id == "snhr"
    assert speaker.type is SpeakerType.MONITOR


@pytest.mark.parametrize(
    ("wording", "slug", "role", "kind"),
    [
        ("the Syrian Observatory for Human Rights", "sohr", None, SpeakerType.MONITOR),
        ("SOHR activists", "sohr", "activists", SpeakerType.MONITOR),
        ("a Hamas spokesman", "hamas", "spokesman", SpeakerType.ARMED_GROUP),
        ("a doctor at a field hospital", None, "doctor", SpeakerType.MEDICAL),
        ("Syrian activists", None, "activists", SpeakerType.WITNESS),
        ("residents of the town", None, "residents", SpeakerType.WITNESS),
        ("sources who spoke on condition of anonymity", None, "sources", SpeakerType.ANONYMOUS),
        ("local sources", None, "sources", SpeakerType.ANONYMOUS),
        ("Turkish media", None, None, SpeakerType.MEDIA),
        ("the governor of the province", None, "governor", SpeakerType.GOVERNMENT),
        ("مراسل محلي", None, None, SpeakerType.MEDIA),
        ("ناشطون", None, None, SpeakerType.WITNESS),
        ("مصدر طبي", None, None, SpeakerType.MEDICAL),
    ],
)
def test_the_kind_of_source_is_told_by_registry_or_nouns(
    wording: str, slug: str | None, role: str | None, kind: SpeakerType
) -> None:
    """The registry's kind comes first, then the nouns that name the source; nobody is invented."""
    speaker = resolve(wording, f"In Aleppo, Syria, four people died, {wording} said.")
    assert (speaker.id, speaker.role, speaker.type) == (slug, role, kind)


def test_a_private_name_stays_a_name() -> None:
    """Somebody whom neither text nor registry introduces is named as written."""
    speaker = resolve("Hadi Mansour", "Ten died in the raid, Hadi Mansour said.")
    assert speaker.name == "Hadi Mansour"
    assert speaker.id is None
    assert speaker.type is SpeakerType.OTHER


def test_nobody_is_carried_back_to_one_introduced_later() -> None:
    """A description before any introduction stays a description."""
    text = "The spokesman said two died. Later army spokesman Omar Saleh said three died."
    start = text.index("The spokesman")
    source = Source(words=Words(exact="The spokesman", start=start, end=start + 13), cue=None, said=None)
    assert resolve_speaker(source, text=text, registry=load_registry(), published=PUBLISHED).name is None


def test_a_definite_noun_takes_up_the_organisation_named_before() -> None:
    """The words "the ministry" mean the ministry last named, "a military source" the army of the country told about."""
    text = "The Iraqi Interior Ministry said two died in Kirkuk, Iraq. The ministry said so again. A military source agreed."
    assert resolve("The ministry", text).id == "iraq-interior-ministry"
    assert resolve("A military source", text).id == "iraqi-forces"
