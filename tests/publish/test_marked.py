"""Marks lie over others' words: well nested, every word there once, nothing of it markup."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from harmledger.publish.marked import KINDS, MarkedSpan, cover, find_excerpts, render_marked, render_words

TEXT = st.text(
    alphabet=st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\u202d\u202e"), max_size=60
)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[MarkedSpan]]:
    text = draw(TEXT)
    bounds = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    spans = [
        MarkedSpan(start=a, end=b, kind=draw(st.sampled_from(KINDS)), ids=(f"c-{number:x}",))
        for number, (a, b) in enumerate(draw(st.lists(bounds, max_size=6)))
    ]
    return text, spans


class Strict(HTMLParser):
    """Fails where an element isn't closed in its turn."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.opened: list[str] = []
        self.ids: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@given(texts_with_spans())
def test_marks_nest_and_every_word_is_there_once(made: tuple[str, list[MarkedSpan]]) -> None:
    """However spans lie across one another, elements are well nested, the words are the text's, and each span has its anchor once."""
    text, spans = made
    parser = Strict()
    parser.feed(render_marked(text, spans, 0, len(text)))
    parser.close()
    assert parser.opened == []
    assert "".join(parser.words) == text
    assert sorted(parser.ids) == sorted(anchor for span in spans if span.start < span.end for anchor in span.ids)


@given(texts_with_spans(), st.data())
def test_a_stretch_has_what_lies_in_it(made: tuple[str, list[MarkedSpan]], data: st.DataObject) -> None:
    """Two stretches give the words of the whole, and no anchor twice."""
    text, spans = made
    cut = data.draw(st.integers(0, len(text)))
    html = render_marked(text, spans, 0, cut) + render_marked(text, spans, cut, len(text))
    assert unescape(re.sub("<[^>]*>", "", html)) == text
    ids = re.findall('id="([^"]*)"', html)
    assert len(ids) == len(set(ids))


def test_hostile_words_stay_words() -> None:
    """Markup, quotes, controls and overrides of direction in a report are shown, one code point for one."""
    words = '<script>alert("1")</script>\x00\u202e&amp;'
    shown = render_words(words)
    assert "<" not in shown
    assert unescape(shown) == '<script>alert("1")</script>\ufffd\ufffd&amp;'
    hostile = MarkedSpan(start=0, end=4, kind="claim", ids=('c-1" onclick="x',))
    assert render_marked("dead", [hostile], 0, 4) == '<mark class="claim">dead</mark>'


def test_excerpts_have_a_sentence_on_either_side() -> None:
    """Around each span its sentence and its neighbours are shown; what meets is one excerpt, and the rest isn't shown."""
    sentences = [f"Sentence number {n} is here." for n in range(9)]
    text = " ".join(sentences)
    at = text.index(sentences[1])
    (first,) = find_excerpts(text, [(at, at + 5)])
    assert text[slice(*first)].strip() == " ".join(sentences[:3])
    far = text.index(sentences[7])
    assert len(find_excerpts(text, [(at, at + 5), (far, far + 5)])) == 2
    near = text.index(sentences[3])
    assert len(find_excerpts(text, [(at, at + 5), (near, near + 5)])) == 1
    assert find_excerpts(text, []) == []
    assert cover(10, 20, [(0, 12), (15, 30), (40, 50)]) == [(10, 12), (15, 20)]
