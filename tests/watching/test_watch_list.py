"""A list of sources is read as it was meant, and each mistake in it is told in one sentence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harmledger.domain import ListingKind, Patience
from harmledger.errors import BadInput
from harmledger.watching import load_watch_list, parse_duration

SOURCE = '[[source]]\nname = "News"\nkind = "feed"\nurl = "https://news.example/rss"\nevery = "30 min"\n'


def load(tmp_path: Path, said: str) -> object:
    path = tmp_path / "list.toml"
    path.write_text(said, encoding="utf-8")
    return load_watch_list(str(path))


def test_the_example_is_read() -> None:
    """What the documentation shows is a list that works."""
    example = Path(__file__).parents[2] / "examples" / "watch.toml"
    assert load_watch_list(str(example)).sources


def test_a_list_is_read_as_it_was_meant(tmp_path: Path) -> None:
    """Lengths of time, days, patterns and bounds; all that isn't said is as usual."""
    said = SOURCE + 'include = ["/news/*"]\nexclude = "*/sport/*"\nmost = 9\nsince = 2026-01-31\nlanguages = ["uk"]\n'
    watched = load(tmp_path, '[watch]\ndelay = "2 s"\nrechecks = ["2 h", "30 min"]\n' + said)
    (source,) = watched.sources
    assert (source.kind, source.every, source.since) == (
        ListingKind.FEED,
        timedelta(minutes=30),
        datetime(2026, 1, 31, tzinfo=UTC),
    )
    assert (source.include, source.exclude, source.most, source.languages) == (("/news/*",), ("*/sport/*",), 9, ("uk",))
    assert watched.patience == Patience(
        delay=timedelta(seconds=2), rechecks=(timedelta(minutes=30), timedelta(hours=2))
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("", "it names no source"),
        ("[[source]", "the list isn't TOML"),
        ("source = 3", "source is no list of tables"),
        ("sources = []", "did you mean source?"),
        (SOURCE + "evry = 3", "did you mean every?"),
        (SOURCE.replace('"feed"', '"rss"'), "kind can't be 'rss'; say one of feed, sitemap, page"),
        (SOURCE.replace("30 min", "soon"), "every can't be 'soon'; say how long"),
        (SOURCE.replace("30 min", "1 s"), "every can't be '1 s'; give 60 s or more"),
        (SOURCE.replace("https://", "ftp://"), "url can't be 'ftp://news.example/rss'"),
        (SOURCE.replace('name = "News"\n', ""), "it has no name"),
        (SOURCE.replace('every = "30 min"\n', ""), "it has no every"),
        (SOURCE + SOURCE, "two have the name 'News'"),
        (SOURCE + SOURCE.replace('"News"', '"More"'), "two have the url"),
        (SOURCE + "most = 0", "most can't be 0"),
        (SOURCE + "most = true", "most can't be True"),
        (SOURCE + 'include = ["news"]', "the pattern 'news' fits no address"),
        (SOURCE + "include = [1]", "include can't be [1]"),
        (SOURCE + 'since = "yesterday"', "since can't be 'yesterday'"),
        ('[watch]\ndelay = "0.1 s"\n' + SOURCE, "delay can't be '0.1 s'"),
        ("[watch]\nhosts = 1000\n" + SOURCE, "hosts can't be 1000"),
        ('watch = "often"\n' + SOURCE, "it is no table"),
    ],
)
def test_mistakes_are_told(tmp_path: Path, said: str, told: str) -> None:
    """Which value, of which source, and what to write instead."""
    with pytest.raises(BadInput) as error:
        load(tmp_path, said)
    assert told in str(error.value)
    assert "list.toml" in str(error.value)


def test_a_list_that_isnt_there_is_told(tmp_path: Path) -> None:
    """A wrong path says so."""
    with pytest.raises(BadInput, match="can't be opened"):
        load_watch_list(str(tmp_path / "none.toml"))


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("30 min", 1800), ("2h", 7200), ("1 h 30 min", 5400), ("1.5 days", 129600), ("1 week", 604800), ("90", None), ("", None), ("-1 h", None), ("2 moons", None), ("9999 weeks", None)],
)  # fmt: skip
def test_lengths_of_time(said: str, seconds: float | None) -> None:
    """Written as people write them, or not taken."""
    found = parse_duration(said)
    assert (found and found.total_seconds()) == seconds
