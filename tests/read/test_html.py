"""What `read_page` gives for pages as content systems make them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from growth import grows_in_proportion
from hypothesis import given, settings
from hypothesis import strategies as st

from harmledger.domain import PartRole
from harmledger.read.html import Page, read_page
from harmledger.read.page_blocks import find_blocks
from harmledger.read.page_tree import parse_page

PAGES = Path(__file__).parent / "pages"


def page(name: str) -> Page:
    return read_page((PAGES / name).read_text(encoding="utf-8"))


def words_of(read: Page, role: PartRole) -> list[str]:
    return [read.text[p.start : p.end].strip() for p in read.parts if p.role is role]


def dropped_of(read: Page) -> dict[str, int]:
    return {d.role: d.chars for d in read.dropped}


def assert_covered(read: Page) -> None:
    assert "".join(read.text[p.start : p.end] for p in read.parts) == read.text
    assert all(p.start < p.end for p in read.parts)


@pytest.mark.parametrize("name", ["blog.html", "agency_ar.html", "newspaper.html"])
def test_parts_cover_the_text(name: str) -> None:
    """Parts are contiguous and cover the clean text, white space belonging to the part before it."""
    assert_covered(page(name))


def test_the_articles_own_words_are_kept() -> None:
    """The text is headline, dateline, paragraphs and captions, in the page's order and nothing else."""
    text = page("blog.html").text
    assert text.startswith("Two families killed in night raid on Jasim, medics say\n\nDARAA, Syria")
    assert text.endswith("since the middle of June.")
    assert "said Dr. Khaled al-Masri, adding that nineteen people" in text
    assert "not commented.\nState television" in text


def test_headline_dateline_and_caption_are_parts_of_their_own() -> None:
    """A headline, a dateline and a caption with its credit each stand in a part that says so."""
    read = page("blog.html")
    assert words_of(read, PartRole.HEADLINE) == ["Two families killed in night raid on Jasim, medics say"]
    assert words_of(read, PartRole.DATELINE) == ["DARAA, Syria (Southern Courier) —"]
    assert words_of(read, PartRole.CAPTION) == [
        "Rescuers search a house in Jasim on July 4, 2018. (Courier/Omar Nasser)"
    ]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("reply form", "Your email address will not be published"),
        ("sign-in bar", "You are commenting using your account"),
        ("spam notice", "This site uses Akismet"),
        ("comments", "400 people were killed there"),
        ("share bar", "Share this:"),
        ("related links", "Four killed in Nawa market shelling"),
        ("tags", "Tagged"),
        ("navigation", "About us"),
        ("cookie notice", "We use cookies"),
        ("footer", "Proudly powered"),
        ("byline", "Posted on"),
    ],
)
def test_furniture_is_dropped_and_named(kind: str, words: str) -> None:
    """What isn't the article's is not in the text, and is counted under what it is."""
    read = page("blog.html")
    assert words not in read.text
    assert dropped_of(read)[kind] >= len(words)


@pytest.mark.parametrize("name", ["blog.html", "agency_ar.html", "newspaper.html"])
def test_nothing_shown_vanishes(name: str) -> None:
    """Every character that the page shows stands in the text or is counted in `dropped`."""
    source = (PAGES / name).read_text(encoding="utf-8")
    body = re.sub(r"<(script|style|textarea)\b.*?</\1>", "", source[source.index("<body") :], flags=re.DOTALL)
    shown = len("".join(unescape(re.sub(r"<[^>]*>", " ", body)).split()))
    tree = parse_page(source)
    assert tree is not None
    blocks = find_blocks(tree)
    assert sum(len("".join(b.text.split())) for b in blocks) == shown
    read = read_page(source)
    kept = sum(len(line) for line in read.text.split("\n"))
    assert kept + sum(d.chars for d in read.dropped) == sum(len(b.text) for b in blocks)


def test_scripts_and_styles_are_not_text() -> None:
    """What a browser doesn't show is neither text nor dropped, and nothing is run."""
    read = page("blog.html")
    assert "99 killed" not in read.text
    assert "color" not in read.text


def test_metadata_of_a_blog() -> None:
    """Title, author, publisher, language and day come from the page's own metadata, the day in its stated zone."""
    read = page("blog.html")
    assert read.title == "Two families killed in night raid on Jasim, medics say"
    assert (read.author, read.publisher, read.language) == ("Rima Haddad", "Southern Courier", "en")
    assert read.published == date(2018, 7, 4)


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ("<p class='date'>Published 3 April 2018</p>", date(2018, 4, 3)),
        ("<p>Edited by the night desk 04.04.2018, all rights kept.</p>", date(2018, 4, 4)),
        ("<footer>© 2018 The Harbour Post</footer>", None),
    ],
    ids=["dated", "thorough", "year"],
)
def test_a_day_that_is_only_shown(shown: str, day: date | None) -> None:
    """The day is looked for on the page where it isn't stated; a year alone is no day."""
    words = (
        "<p>Nine people were killed in the town of Harasta, the civil defence said in a statement to reporters.</p>" * 3
    )
    assert (
        read_page(f"<html><body><article><h1>Nine killed</h1>{words}</article>{shown}</body></html>").published == day
    )


def test_languages_are_not_loaded_for_a_day_that_is_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Months of all languages are only loaded for a page that shows no day otherwise."""
    asked: list[bool] = []

    def find(_: object, *, extensive_search: bool, **__: object) -> str | None:
        asked.append(extensive_search)
        return "2018-04-03" if len(asked) == 1 or extensive_search else None

    monkeypatch.setattr("harmledger.read.metadata.find_date", find)
    assert [read_page("<p>Nine people were killed.</p>").published for _ in range(2)] == [date(2018, 4, 3)] * 2
    assert asked == [False, False, True]


def test_json_ld_goes_before_meta() -> None:
    """JSON-LD's article is believed before meta elements and before JSON-LD of the page around it."""
    read = page("newspaper.html")
    assert read.published == date(2018, 4, 3)
    assert read.author == "Salma Qadri, John Ferris"
    assert read.publisher == "The Harbour Post"


def test_unclosed_paragraphs_and_inner_furniture() -> None:
    """Broken markup is read as browsers read it, a wrapper called after its share bar keeps its article, furniture in it goes."""
    read = page("newspaper.html")
    assert "fish market near the port of Hodeidah was struck" in read.text
    assert "It was the third strike on a market" in read.text
    assert "Blockade leaves hospitals" not in read.text
    assert {"advertisement", "related links", "newsletter form"} <= set(dropped_of(read))


def test_rows_of_a_table_stay_together() -> None:
    """A row of data is one line, its cells parted by tabs."""
    assert "al-Hali\t9\n" in page("newspaper.html").text


def test_arabic_page() -> None:
    """A right-to-left page is read like any other, its caption with the credit set apart by a space."""
    read = page("agency_ar.html")
    assert words_of(read, PartRole.HEADLINE) == ["مقتل سبعة مدنيين بقصف على سرمين"]
    assert words_of(read, PartRole.CAPTION) == ["آثار القصف على بلدة سرمين، 20 تشرين الثاني 2019 الدفاع المدني"]
    assert (read.language, read.published, read.publisher) == ("ar", date(2019, 11, 20), "وكالة الجنوب")
    assert "فيسبوك" not in read.text
    assert "انفجار لغم" not in read.text


@pytest.mark.parametrize("opening", ["<div>", "<b>", "<table><tr><td>", "<blockquote><ul><li>", "<font>"])
def test_a_page_nested_ten_thousand_deep(opening: str) -> None:
    """However deep a page is nested, its words come out, at a cost in proportion to its length."""
    words = "Nine people were killed in the town of Harasta on Monday, the civil defence said in a statement."
    read = read_page(f"<html><body>{opening * 10_000}<p>{words}</p></body></html>")
    assert grows_in_proportion(lambda n: read_page(f"<html><body>{opening * n}<p>{words}"), 10_000)
    assert words in read.text or sum(d.chars for d in read.dropped) >= len(words)


@pytest.mark.parametrize(
    ("hostile", "size"),
    [
        pytest.param(lambda n: "<div " + " ".join(f"a{i}=1" for i in range(n)) + ">", 60_000, id="attributes"),
        pytest.param(lambda n: "<select>" + "<option>x" * n, 60_000, id="options"),
        pytest.param(lambda n: "<a " + " ".join(f'a{i}=">"' for i in range(n)) + ">", 100_000, id="quoted"),
        pytest.param(lambda n: "<script " + " ".join(f'a{i}="<b>"' for i in range(n)) + ">", 50_000, id="quoted-in-script"),
        pytest.param(lambda n: "<!--" * n, 300_000, id="comments"),
        pytest.param(lambda n: "<" * n, 1_000_000, id="brackets"),
        pytest.param(lambda n: "<p>x" * n, 50_000, id="paragraphs"),
        pytest.param(lambda n: "<script>" + "<!--<script>" * n, 50_000, id="scripts"),
        pytest.param(lambda n: '<script type="application/ld+json">' + "[" * n + "</script><p>x</p>", 100_000, id="json"),
    ],
)  # fmt: skip
def test_hostile_pages_come_back(hostile: Callable[[int], str], size: int) -> None:
    """A page made to hang a reader gives a Page, at a cost in proportion to its length."""
    assert grows_in_proportion(lambda n: assert_covered(read_page(hostile(n))), size)


@pytest.mark.parametrize("broken", ["&#xD800;&#0;&#1114112;<p>\x00\ud800</p>", "", "\x00"], ids=["characters", "empty", "nul"])  # fmt: skip
def test_broken_pages_come_back(broken: str) -> None:
    """A page made to break a reader gives a Page."""
    assert_covered(read_page(broken))


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/=\"' abpdivhrefé\n&;!-"), max_size=300))
def test_any_string_is_a_page(source: str) -> None:
    """Every string gives a Page whose parts cover its text."""
    assert_covered(read_page(source))
