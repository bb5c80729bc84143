"""A glance at a page's bytes tells whether it is worth reading: what may hold a claim passes, whatever its markup and encoding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.bulk.glance import BESIDE, NO_WORD, OTHER_LANGUAGE, UNLIKELY, Screen, find_hits, glance
from harmledger.domain import Media

CLAIM = "Seven civilians were killed and twelve wounded when shells hit the market of Orvasel on Tuesday, the governor said."
ARABIC = "قتل سبعة مدنيين وأصيب اثنا عشر آخرون بجروح جراء القصف على سوق المدينة يوم الثلاثاء."
IDLE = "The council will decide on the new library next week, said the mayor."
PLAIN = f"<html><head><title>x</title></head><body><p>{CLAIM}</p></body></html>"
GERMAN = (
    "<html lang='de'><body>"
    + "<p>Die Regierung hat am Dienstag einen neuen Haushalt vorgelegt, der nach langem Streit beschlossen wurde, und die Opposition ist dagegen, dass 12 Victims Fonds kommen.</p>"
    * 5
    + "</body></html>"
)

ARTICLE = f"<article><h1>Council</h1>{f'<p>{IDLE} It has met since the morning, in the old hall beside the river, he added.</p>' * 8}</article>"
ASIDE = f"<html lang='en'><body>{ARTICLE}<footer><p>{CLAIM}</p></footer></body></html>"

WORTH = {
    "a paragraph": PLAIN,
    "in capitals": PLAIN.upper(),
    "a link and emphasis within": PLAIN.replace("killed", "<b>kil</b>led").replace("market", "<a href='/m'>market</a>"),
    "a word split by a tag is found by another": PLAIN.replace("killed", "ki<wbr>lled"),
    "character references": PLAIN.replace("civilians", "civilians&nbsp;").replace("Orvasel", "Orvas&eacute;l"),
    "a headline that is a link": f"<h2><a href='/x'>{CLAIM}</a></h2>",
    "no tags at all": CLAIM,
    "an unclosed head": f"<head><title>x</title><body><p>{CLAIM}",
    "after a comment that never ends well": f"<!-- x --><div>{CLAIM}</div>",
    "Arabic": f"<html lang='ar' dir='rtl'><body><p>{ARABIC}</p></body></html>",
    "hundreds of references by number": "&#1602;" * 600,
    "the last words of an article": f"<html><body>{ARTICLE.replace('</article>', f'<p>{CLAIM}</p></article>')}</body></html>",
    "too little of an article to stand beside": f"<article><p>{IDLE}</p></article><footer><p>{CLAIM}</p></footer>",
    "says German and isn't": PLAIN.replace("<html>", "<html lang='de'>"),
}
PASSED_OVER = {
    "no word of harm": (f"<p>{IDLE}</p>", NO_WORD),
    "in a script": (f"<body><script>var s = '{CLAIM}'</script><p>{IDLE}</p>", NO_WORD),
    "in the head": (f"<head><meta name=d content='{CLAIM}'></head><p>{IDLE}</p>", NO_WORD),
    "in a tag": (f"<p title='{CLAIM}'>{IDLE}</p>", NO_WORD),
    "in a comment": (f"<!-- {CLAIM} --><p>{IDLE}</p>", NO_WORD),
    "a list of links": (f"<ul><li><a href='/1'>{CLAIM}</a></li></ul><p>{IDLE}</p>", NO_WORD),
    "a word within another": ("<p>Seven skilled overshot painters met 12 toddlers.</p>", NO_WORD),
    "another language": (GERMAN, OTHER_LANGUAGE),
    "beside the article": (ASIDE, BESIDE),
    "harm of another kind": (
        "<p>The trapped market lost buyers and two brokers missed the deadline, said the bank in its letter to shareholders.</p>",
        UNLIKELY,
    ),
}


@pytest.mark.parametrize("case", WORTH)
def test_what_may_hold_a_claim_passes(case: str) -> None:
    """However a claim is written in a page, the page is read."""
    assert glance(WORTH[case].encode(), Media.HTML) is None


@pytest.mark.parametrize("case", PASSED_OVER)
def test_what_can_hold_none_is_passed_over_with_its_reason(case: str) -> None:
    """What no reader sees, or what tells of no harm, isn't worth reading, and the reason says why."""
    page, reason = PASSED_OVER[case]
    assert glance(page.encode(), Media.HTML) == reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1256", "iso8859_6"])
def test_encodings_hide_nothing(encoding: str) -> None:
    """An Arabic page passes in every encoding that such pages are in."""
    page = f"<html><head><meta charset={encoding}></head><body><p>{ARABIC}</p></body></html>" + " " * 500
    assert glance(page.encode(encoding), Media.HTML, charset=encoding) is None


@pytest.mark.parametrize(("how", "reason"), [(Screen.NONE, None), (Screen.WORDS, None), (Screen.LIKELY, UNLIKELY)])
def test_how_much_is_passed_over_is_asked_for(how: Screen, reason: str | None) -> None:
    """The stricter the screen, the more is passed over; none passes over nothing."""
    page, _ = PASSED_OVER["harm of another kind"]
    assert glance(page.encode(), Media.HTML, how) == reason


@given(st.binary(max_size=3000), st.sampled_from(Media))
def test_no_bytes_break_it(content: bytes, media: Media) -> None:
    """Whatever the bytes, there is an answer."""
    assert glance(content, media) in {None, NO_WORD, UNLIKELY, BESIDE, OTHER_LANGUAGE}


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<script>",
                "<!--",
                "-->",
                "<a href=x>",
                "</a>",
                "<",
                ">",
                "<h1>",
                CLAIM,
                IDLE,
                "killed 3",
                "&#3",
            ]
        ),
        max_size=40,
    )
)
def test_no_markup_breaks_it(pieces: list[str]) -> None:
    """Tags in any order give sentences, and end."""
    assert all(isinstance(hit, str) for hit in find_hits("".join(pieces).encode(), Media.HTML))


def test_plain_text_is_looked_at_whole() -> None:
    """A text without markup is judged by the same sentences."""
    assert glance(CLAIM.encode(), Media.TEXT) is None
    assert glance(IDLE.encode(), Media.LINE) == NO_WORD
