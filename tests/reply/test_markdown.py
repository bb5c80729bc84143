"""Markdown becomes HTML of a few tags, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import isqrt

import pytest
from growth import grows_in_proportion
from hypothesis import given
from hypothesis import strategies as st

from harmledger.reply.markdown import REL, TAGS, count_links, is_safe_link, render_markdown

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>")
LINK = re.compile(rf' href="https?://[^"]+" rel="{REL}"')
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example.org/a.png)",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](//evil.example.org)",
    "[x](/desk/replies)",
    "[x](https:evil.example.org)",
    "[x](https://user:word@evil.example.org/)",
    "[x](https:\\\\evil.example.org)",
    "<javascript:alert(1)>",
    '<https://e.example.org/"onmouseover=alert(1)>',
    '[x](https://e.example.org/ "a\\"onclick=alert(1)")',
    "[a]: javascript:alert(1)\n\n[a]",
    "<svg/onload=alert(1)>",
    "<a href='javascript:x'>x</a>",
    "<!-- --><style>*{display:none}</style>",
    "`</code><script>x</script>`",
    "```\n</pre><script>x</script>\n```",
    "&lt;script&gt;",
    "\x00<scr\x00ipt>",
    "<iframe srcdoc='<script>x</script>'>",
    "<math><mi xlink:href='javascript:x'>",
    "# A heading\n\nAnother\n=======",
]


def check_safe(html: str) -> None:
    """Only known tags, only whole links of the web, each marked as a reader's."""
    for _, name, rest in TAG.findall(html):
        assert name in TAGS, html
        if name == "ol":
            assert re.fullmatch(r'( start="\d+")?', rest), html
        elif name == "a" and rest:
            assert LINK.fullmatch(rest), html
        else:
            assert rest in {"", " /"}, html
    assert "<" not in TAG.sub("", html), html


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text: str) -> None:
    """Nothing of it runs, loads, or leads anywhere but to a whole address of the web."""
    check_safe(render_markdown(text))


@given(st.text(alphabet="<>[]()!*_`#\"'&;:/\\ \n\tahrefjsxcipt0", max_size=200))
def test_whatever_is_written_is_safe(text: str) -> None:
    """The same of texts made of what Markdown and HTML are made of."""
    check_safe(render_markdown(text))


def test_what_people_write_is_shown() -> None:
    """Emphasis, lists, quotes, code, line ends and links; a picture is left as its link."""
    assert render_markdown("a **b** *c*\nd\n\n- e\n\n> f\n\n`g`") == (
        "<p>a <strong>b</strong> <em>c</em><br>\nd</p>\n<ul>\n<li>e</li>\n</ul>\n<blockquote>\n<p>f</p>\n</blockquote>\n<p><code>g</code></p>\n"
    )
    assert (
        render_markdown("[x](https://e.example.org/a?b=1)")
        == f'<p><a href="https://e.example.org/a?b=1" rel="{REL}">x</a></p>\n'
    )
    assert "<img" not in render_markdown("![x](https://e.example.org/a.png)")


@pytest.mark.parametrize(
    "bomb",
    [lambda n: ">" * n, lambda n: "- " * (n // 2), lambda n: "[" * n, lambda n: "[](" * (n // 3), lambda n: "*a **" * (n // 5), lambda n: "`" * n,
     lambda n: "<" * n, lambda n: "![" * (n // 2), lambda n: "&" * n, lambda n: "_" * n, lambda n: "a](" * (n // 3), lambda n: "\\" * n,
     lambda n: "(" * n, lambda n: "[a]: <" * (n // 6), lambda n: "".join(f"{'`' * i} " for i in range(isqrt(2 * n))), lambda n: "1. " * (n // 3)],
    ids=range(16),
)  # fmt: skip
def test_no_bomb_goes_off(bomb: Callable[[int], str]) -> None:
    """The longest reply of brackets, quotes or ticks costs in proportion to its length, nested no deeper than writing is."""
    html = render_markdown(bomb(10_000))
    assert grows_in_proportion(lambda n: (render_markdown(bomb(n)), count_links(bomb(n))), 10_000)
    assert html.count("<blockquote>") <= 12
    assert html.count("<ul>") <= 12


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("none", 0),
        ("https://a.example.org and www.b.example.org", 2),
        ("[a](https://a.example.org)", 1),
        ("[x] [x] [x]\n\n[x]: https://a.example.org", 3),
        ("`https://a.example.org`", 1),
    ],
)
def test_links_are_counted_however_they_are_written(text: str, links: int) -> None:
    """Written out, marked, or referred to more than once."""
    assert count_links(text) == links


@pytest.mark.parametrize(
    "url",
    ["", "https://", "ftp://a.example.org", "https:///a", "https://a@b.example.org", "https://a b", "https://a\\b"],
)
def test_what_is_no_whole_address_is_no_link(url: str) -> None:
    """Neither half an address, nor one with a name in it, nor one that browsers read otherwise."""
    assert not is_safe_link(url)
