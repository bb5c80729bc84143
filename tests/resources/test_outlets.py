"""The register of news sources knows who publishes at an address, and nothing that isn't certain."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from harmledger.errors import BadInput
from harmledger.publish.outlets import outlet_record, render_outlet
from harmledger.resources.outlets import OWN, OutletKind, load_outlets
from harmledger.resources.outlets.load import read_packaged_outlets

OUTLETS = list(read_packaged_outlets())


def test_every_outlet_is_one_and_has_its_addresses_to_itself() -> None:
    """Ids and domains are of one outlet each; codes are codes; a domain is written as it is asked for."""
    ids = Counter(outlet.id for outlet in OUTLETS)
    domains = Counter(domain for outlet in OUTLETS for domain in outlet.domains)
    assert [each for each, number in (ids + domains).items() if number > 1] == []
    for outlet in OUTLETS:
        assert re.fullmatch("[a-z0-9-]+", outlet.id)
        assert outlet.country is None or re.fullmatch("[A-Z]{2}", outlet.country)
        assert outlet.languages
        assert all(re.fullmatch("[a-z]{2}", language) for language in outlet.languages)
        assert all(domain == domain.lower() and not domain.startswith(("www.", "http")) for domain in outlet.domains)


@pytest.mark.parametrize(
    ("language", "least"), [("ar", 100), ("uk", 20), ("ru", 50), ("he", 15), ("tr", 25), ("fa", 25), ("fr", 60)]
)
def test_conflicts_are_reported_in_many_languages(language: str, least: int) -> None:
    """Whoever records a conflict finds those who report on it in its languages."""
    assert sum(language in outlet.languages for outlet in OUTLETS) >= least
    assert len(OUTLETS) >= 150


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.pravda.com.ua/news/2026/1", "Ukrainska Pravda"),
        ("http://english.enabbaladi.net/archives/1", "Enab Baladi"),
        ("https://BBC.co.uk./arabic", "BBC"),
        (
            "https://www.gov.uk/government/organisations/ministry-of-defence/news",
            "Ministry of Defence (United Kingdom)",
        ),
        ("https://www.gov.uk/government/news", "Government of the United Kingdom"),
        ("https://news.un.org/ar/story/1", "UN News"),
        ("https://www.un.org/ar/", "United Nations"),
        ("https://notbbc.com/", None),
        ("https://bbc.com.evil.example/", None),
        ("https://evil.example/bbc.com", None),
        ("ftp://bbc.com/", None),
        ("reports.jsonl:3", None),
        ("https://[::1", None),
        ("", None),
    ],
)
def test_addresses_lead_to_their_outlet(url: str, name: str | None) -> None:
    """By domain and all below it, the closest first; what only looks like it is nobody's."""
    found = load_outlets().find(url)
    assert (found and found.name) == name


def test_a_user_adds_outlets_of_their_own(tmp_path: Path) -> None:
    """They stand beside those that ship, and before them at the same address."""
    said = '[[outlet]]\nname = "Town Gazette"\ndomains = ["www.gazette.example", "bbc.com"]\nkind = "newspaper"\ncountry = "SY"\nlanguages = "ar"\nownership = "private"\n'
    (tmp_path / OWN).write_text(said, encoding="utf-8")
    outlets = load_outlets(tmp_path)
    (gazette, instead, other) = (
        outlets.find(f"https://{host}/1") for host in ("gazette.example", "bbc.com", "bbc.co.uk")
    )
    assert gazette is not None
    assert gazette == instead
    assert render_outlet(gazette) == "newspaper, Syria, privately owned"
    assert outlet_record(gazette) == {
        "id": "town-gazette",
        "name": "Town Gazette",
        "kind": "newspaper",
        "country": "SY",
        "languages": ["ar"],
        "ownership": "private",
    }
    assert other is not None
    assert other.name == "BBC"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("outlet = 3", "outlet is no list of tables"),
        ("[[outlets]]", "did you mean outlet?"),
        ("[[outlet]", "can't be read"),
        ('[[outlet]]\ndomains = ["a.example"]\nkind = "online"', "it has no name"),
        ('[[outlet]]\nname = "A"\nkind = "online"', "domains can't be None"),
        ('[[outlet]]\nname = "A"\ndomains = ["https://a.example"]\nkind = "online"', "without https://"),
        ('[[outlet]]\nname = "A"\ndomains = ["a.example"]', "say one of agency"),
        ('[[outlet]]\nname = "A"\ndomains = ["a.example"]\nkind = "blog"', "kind can't be 'blog'"),
        ('[[outlet]]\nname = "A"\ndomains = ["a.example"]\nkind = "online"\ncountry = "Syria"', "give two letters"),
        ('[[outlet]]\nname = "A"\ndomains = ["a.example"]\nkind = "online"\nowner = "x"', "did you mean ownership?"),
    ],
)
def test_mistakes_in_ones_own_are_told(tmp_path: Path, said: str, told: str) -> None:
    """In one sentence, with where it stands."""
    (tmp_path / OWN).write_text(said, encoding="utf-8")
    with pytest.raises(BadInput) as error:
        load_outlets(tmp_path)
    assert told in str(error.value)
    assert OWN in str(error.value)


def test_what_isnt_known_isnt_said() -> None:
    """Empty stays empty: no kind, country or ownership is guessed."""
    unsure = next(outlet for outlet in OUTLETS if outlet.ownership is None and outlet.country is None)
    assert render_outlet(unsure) == unsure.kind.value
    assert all(outlet.ownership for outlet in OUTLETS if outlet.kind in {OutletKind.GOVERNMENT, OutletKind.MILITARY})
