"""The registry finds who a wording names, and nobody where it names nobody."""

from __future__ import annotations

from collections import defaultdict
from importlib.resources import files

import pytest

from harmledger.resources.registry import ActorKind, load_registry
from harmledger.text.wording import fold_wording

REGISTRY = load_registry()


@pytest.mark.parametrize(
    ("wording", "slug"),
    [
        ("Daesh", "islamic-state"),
        ("ISIL militants", "islamic-state"),
        ("the so-called Islamic State group", "islamic-state"),
        ("تنظيم داعش", "islamic-state"),
        ("the U.S.-led coalition", "us-led-coalition"),
        ("طائرات التحالف الدولي", "us-led-coalition"),
        ("An-Nusra Front", "jabhat-al-nusra"),
        ("Hay'at Tahrir al-Sham", "hayat-tahrir-al-sham"),
        ("Assad's forces", "syrian-government-forces"),
        ("قوات الأسد", "syrian-government-forces"),
        ("وقوات سوريا الديمقراطية", "syrian-democratic-forces"),
        ("Turkish-backed rebels", "syrian-national-army"),
        ("Yemen's Houthi rebels", "houthis"),
        ("Ansar Allah", "houthis"),
        ("the Saudi-led coalition", "saudi-led-coalition"),
        ("the paramilitary Rapid Support Forces", "rapid-support-forces"),
        ("Palestinian Ministry of Health", "gaza-health-ministry"),
        ("the Syrian Observatory for Human Rights (SOHR)", "sohr"),
        ("والمرصد السوري لحقوق الإنسان", "sohr"),
        ("the White Helmets", "white-helmets"),
        ("Al-Jazeera", "al-jazeera"),
        ("the Daesh-linked Amaq news agency", "amaq"),
        ("Russia’s Defense Ministry", "russia-defence-ministry"),
        ("وزارة الدفاع الروسية", "russia-defence-ministry"),
        ("the foreign ministry of Turkey", "turkey-foreign-ministry"),
        ("Colombian army", "colombian-forces"),
        ("Turkey’s armed forces", "turkish-forces"),
    ],
)
def test_a_name_in_any_spelling_finds_its_entry(wording: str, slug: str) -> None:
    """Case, articles, hyphens, possessives, abbreviations, script and what stands around don't hide a name."""
    found = REGISTRY.find(wording)
    assert found is not None
    assert found.id == slug


@pytest.mark.parametrize(
    "wording",
    [
        "warplanes",
        "unknown gunmen",
        "he told us",
        "who",
        "the regime",
        "local sources",
        "an anti-ISIS network",
        "مصادر محلية",
        "",
        "…",
    ],
)
def test_what_names_nobody_finds_nobody(wording: str) -> None:
    """Common words, shared names without a country, and names that only qualify give None."""
    assert REGISTRY.find(wording) is None


@pytest.mark.parametrize(
    ("wording", "country", "slug"),
    [
        ("the coalition", "SY", "us-led-coalition"),
        ("the coalition", "YE", "saudi-led-coalition"),
        ("the army", "MM", "myanmar-military"),
        ("the army", "SD", "sudanese-armed-forces"),
        ("regime helicopters", "SY", "syrian-government-forces"),
        ("the Health Ministry", "PS", "gaza-health-ministry"),
        ("the Interior Ministry", "SO", "somalia-interior-ministry"),
    ],
)
def test_a_shared_name_is_told_apart_by_the_country(wording: str, country: str, slug: str) -> None:
    """One wording means another entry in another country."""
    found = REGISTRY.find(wording, countries=[country])
    assert found is not None
    assert found.id == slug


def test_of_several_coordinated_the_first_is_given() -> None:
    """What comes first is named first, however long the other name is."""
    assert getattr(REGISTRY.find("Russia and the Syrian Democratic Forces"), "id", None) == "russia"


def test_every_entry_is_whole() -> None:
    """Parents and successors exist, slugs are slugs, there are at least 250 of them, and every kind is there."""
    assert len(REGISTRY.entries) >= 250
    assert {entry.kind for entry in REGISTRY.entries.values()} == set(ActorKind)
    for slug, entry in REGISTRY.entries.items():
        assert slug == entry.id == slug.lower()
        assert " " not in slug
        for other in (entry.parent, entry.successor):
            assert other is None or REGISTRY.get(other), (slug, other)
        assert entry.wikidata is None or entry.wikidata[1:].isdigit()


def test_no_own_name_belongs_to_two() -> None:
    """A name that stands for several is listed as shared, not as anybody's own."""
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for entry in REGISTRY.entries.values():
        for alias in (entry.name, *entry.aliases):
            owners[fold_wording(alias)].add(entry.id)
    assert {words: slugs for words, slugs in owners.items() if len(slugs) > 1} == {}


def test_no_wikidata_id_stands_twice() -> None:
    """Two entries are two things."""
    ids = [entry.wikidata for entry in REGISTRY.entries.values() if entry.wikidata]
    assert len(ids) == len(set(ids))


def test_successors_can_be_followed() -> None:
    """An armed group's later names are reached from its first."""
    nusra = REGISTRY.get("jabhat-al-nusra")
    assert nusra is not None
    assert nusra.until == "2016-07-28"
    later = REGISTRY.get(nusra.successor or "")
    assert later is not None
    assert later.successor == "hayat-tahrir-al-sham"


def test_a_text_is_about_the_country_whose_places_it_names() -> None:
    """Places weigh more than the states that act there."""
    text = "Russian jets struck Idlib and Aleppo on Monday, residents of Idlib said, as Moscow denied it."
    assert REGISTRY.rank_countries(text)[0] == "SY"


@pytest.mark.parametrize("name", ["states.tsv", "belligerents.tsv", "claimants.tsv"])
def test_each_file_says_whence_under_what_licence_and_when(name: str) -> None:
    """Knowledge kept as data carries its source, licence and date."""
    head = (files("harmledger.resources") / "actors" / name).read_text("utf-8")[:800]
    assert all(f"# {word}: " in head for word in ("source", "licence", "date"))
