"""A reply's Markdown as safe HTML: words, lists, quotes and links; no images, no HTML of the writer's, nothing that another page could be led to load.

Comes in: text that nobody vouches for. Goes out: HTML of a few tags, each link `ugc nofollow noopener` and to http or https alone. Whoever shows a
reply strikes withheld names from its text first: here they would be cut by tags.
"""

from __future__ import annotations

import re
from functools import cache

import nh3
from markdown_it import MarkdownIt

MOST_NESTING = 12
"""Quotes in lists in quotes: deeper is no writing."""
REL = "ugc nofollow noopener"
TAGS = frozenset("a blockquote br code em hr li ol p pre strong ul".split())
"""No headings: a reply is a part of a page that has its own."""
_LINKED = re.compile(r"(?i)\b(?:https?://|www\.)")
_SAFE = re.compile(r"(?i)https?://[^/\\@\s]+(?:[/?#][^\\\s]*)?")


def render_markdown(text: str) -> str:
    """The text as HTML."""
    return nh3.clean(
        _parser().render(text),
        tags=set(TAGS),
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},  # `*`: else titles and languages pass
        url_schemes={"http", "https"},
        url_relative="deny",
        link_rel=REL,
    )


def count_links(text: str) -> int:
    """How many links there are in a text: those that lead somewhere, and addresses that are only written out."""
    tokens = (child for token in _parser().parse(text) for child in token.children or ())
    return max(sum(token.type == "link_open" for token in tokens), len(_LINKED.findall(text)))


@cache
def _parser() -> MarkdownIt:
    """CommonMark without images, headings and HTML; line ends count, as people who write replies expect."""
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True, "maxNesting": MOST_NESTING})
    parser.validateLink = is_safe_link
    return parser.disable(["image", "html_block", "html_inline", "heading", "lheading"])


def is_safe_link(url: str) -> bool:
    """Whether a link may lead there: the whole address of a page, without a name or password before it."""
    return _SAFE.fullmatch(url) is not None
