"""What a page's markup says of the text in it: which furniture it is, or that it is a picture's caption.

Comes in: an element's tag and the names its makers gave it (class, id, role …). Goes out: a kind of furniture or None. Goes by the
names that content systems and publishers use, not by any one site's. What the words themselves say is judged in `furniture`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_KINDS: tuple[tuple[str, str], ...] = (
    ("cookie notice", r"cookies?|consent|gdpr|ccpa|onetrust|privacy (?:banner|notice|popup)|didomi|cmp"),
    ("spam notice", r"akismet\w*"),
    ("comment policy", r"comments? (?:polic(?:y|ies)|notes?|rules|guidelines?|disclaimer|notice|terms)"),
    ("reply form", r"respond|comments? respond|comments? (?:form\w*|reply\w*|box|field|submit)|reply (?:form|title|comment)|commentform|(?:leave|add|post|write)(?: an?)? (?:comment|reply)"),
    ("sign-in bar", r"sign ?in|log ?in|sign ?up|registration|my ?account|user (?:menu|nav|account|bar)|highlander\w*|regwall|auth (?:modal|form|bar)"),
    ("comments", r"comments?(?: (?:list|area|section|wrapper|wrap|container|thread|body|content|text|block|feed))?|comment ?list|disqus\w*|livefyre|fb comments|viafoura|coral(?: talk)?|responses|discussion"),
    ("newsletter form", r"newsletters?\w*|subscri(?:be|ption|ptions|ber)\w*|mailing(?: list)?|mc embed\w*|mailchimp|email (?:signup|sign up|form|alert\w*)|optin|donat(?:e|ion)s?"),
    ("share bar", r"shar(?:e|es|ing|er|ed)(?: ?(?:bar|buttons?|tools|links?|icons?|this|daddy|post|list|menu|widget|container|wrapper|block|box))?|sharedaddy|sharethis|social(?: ?\w+)?|socials|addtoany\w*|addthis\w*|a2a\w*|follow us|jp (?:sharing|like)\w*|sd \w+|likes?(?: \w+)?|print(?: \w+)?|toolbar|article (?:tools|actions)|post actions|whatsapp\w*"),
    ("advertisement", r"ads?|advert\w*|ad ?(?:slot|unit|container|wrapper|wrap|label|block|box|banner|placeholder|space|zone|text|break|inline)\w*|adsbygoogle|adsense|sponsor\w*|dfp\w*|gpt\w*|promo(?:ted|tion|tional)?|outbrain\w*|taboola\w*|mgid|revcontent|commercial|paid content|affiliate\w*|ob widget"),
    ("related links", r"related\w*|jp relatedposts|yarpp\w*|recommend\w*|recommended|more (?:on|from|news|stories|articles|in|like|posts)|read ?(?:more|next|also|on)|also (?:read|like|in)|see also|trending\w*|most ?(?:read|popular|viewed|commented|shared|recent)\w*|popular\w*|latest(?: \w+)?|recirc\w*|teasers?|up next|next ?(?:article|post|story|up)|prev(?:ious)? ?(?:article|post|story)?|post nav\w*|onward\w*|you (?:may|might)\b.*|further reading|in ?case you missed|inline (?:link|related|promo)|story ?links|editors? picks?|dont miss|infinite scroll|other news|similar\w*|top stories|headlines|news ?list|suggest\w*|carousel|slider|crosslinks?|linkbox"),
    ("tags", r"tags?|tag ?(?:list|cloud|links|s)|post tags|entry tags|article tags|keywords|cat links|categor(?:y|ies)|topics?(?: list| tags)?|taxonom\w*"),
    ("author note", r"(?:about|bio)(?: the)? author|author (?:bio\w*|box|card|info|note|about|description|details|desc|profile)|bio|about the author"),
    ("byline", r"by ?line\w*|authors?(?: (?:name|names|link|date|list|line|meta))?|vcard|(?:entry|post|article|story|news|content) (?:meta|info|date|byline|details|data|time|author|header meta)|meta(?: ?(?:data|info|date))?|time ?stamp\w*|pub(?:lish(?:ed)?)? ?(?:date|time|on)?|posted ?(?:on|by)|date ?line|dates?(?: ?(?:time|published|created|modified))?|datetime|updated|last ?(?:updated|modified)|read(?:ing)? time"),
    ("navigation", r"nav\w*|menus?(?: \w+)?|mega ?menu|breadcrumbs?\w*|pagination|pager|page (?:links|numbers)|skip ?(?:link|to|nav)\w*|masthead|top ?bar|site (?:header|nav|branding|title|logo)|banner|search\w*|hamburger|drawer|lang(?:uage)? (?:switch\w*|select\w*)|ticker|logo"),
    ("footer", r"footer\w*|colophon|copy ?right|site info|legal|imprint|disclaimer|content ?info"),
    ("sidebar", r"side ?bar\w*|aside|widgets?(?: area)?|right ?(?:rail|column|col)|rail|complementary"),
)  # fmt: skip
_OVERRULING = frozenset(
    (
        "reply form",
        "sign-in bar",
        "comment policy",
        "spam notice",
        "newsletter form",
        "cookie notice",
        "advertisement",
        "share bar",
        "comments",
    )
)
"""Kinds that name a block even inside other furniture: a reply form stands among the comments, a share bar in the footer."""
_VAGUE = frozenset(("sidebar", "footer", "byline"))
"""Kinds that anything may stand in."""
_TAG_KINDS = {"nav": "navigation", "footer": "footer", "aside": "sidebar", "time": "byline"}
_CAPTION_WORD = re.compile(
    r"\b(?:captions?|cutline|wp caption text|bildunterschrift|legende|photo ?credits?|image ?credits?|img ?credits?|pie ?foto|didascalia|image ?description|photo ?description|img ?desc)\b"
)
_NO_CAPTION = re.compile(r"\b(?:closed|video) captions?\b|\b(?:with|no|has|without) caption")
_KIND_WHOLE = re.compile("|".join(f"(?P<k{i}>{pattern})" for i, (_, pattern) in enumerate(_KINDS)))
_KIND_WORD = re.compile(
    "|".join(
        f"(?P<k{i}>\\b(?:{p})\\b)"
        for i, p in (
            (0, r"cookie (?:bar|banner|notice|consent|policy)"),
            (1, r"akismet"),
            (2, r"comments? (?:policy|guidelines|rules)"),
            (3, r"comments? form|comment respond|reply form"),
            (4, r"log ?in (?:form|bar|link|box|prompt|modal|wall)|sign ?in (?:form|bar|link|box|prompt|modal|wall)"),
            (5, r"comments? (?:list|area|section|wrapper|container|thread)|disqus|comments"),
            (6, r"newsletters?|email signup|subscribe"),
            (
                7,
                r"shar(?:e|ing) (?:bar|buttons?|tools|links?|icons?|widget|box|list|menu)|social (?:\w+ )?(?:share|sharing|media|links?|icons?|bar|buttons?|follow|list|nav)|(?:article|post|story|social|page|entry|content|inline|sticky|floating|bottom|top) shar(?:e|ing|ers?)|addtoany|addthis|sharedaddy",
            ),
            (
                8,
                r"ad (?:slot|unit|container|wrapper|label|placeholder|block|banner)|advert(?:isement|ising|s|orial)?|sponsored|sponsors?|outbrain|taboola|dfp|promo(?:ted)?",
            ),
            (
                9,
                r"related|recommend(?:ed|ations?|er)|read more|read next|read also|most (?:read|popular|viewed)|trending|recirc\w*|recirculation|more (?:from|on|news|stories|articles|posts)|latest (?:news|posts|stories|articles)|popular (?:posts|news|stories|articles)|teasers?|also like|also read",
            ),
            (
                10,
                r"(?:post|entry|article|story|content|topic|news|footer|section) (?:tags?|keywords|categories|category|topics?)|tag(?:s)? (?:list|cloud|links|container|wrapper)",
            ),
            (11, r"author (?:bio|box|card|info|profile|description)|about author"),
            (
                12,
                r"by ?line|(?:entry|post|article|story|content) (?:meta(?:data)?|info|date|author)|time ?stamp|publish(?:ed)? (?:date|time|on)|pub ?date|posted on|author name|date published",
            ),
            (
                13,
                r"breadcrumbs?|nav(?:bar|igation)?|(?:main|site|top|primary|footer|mobile|side|sub|secondary|drop ?down) (?:menu|nav)|menu (?:item|list|container|wrapper)|skip link|pagination|pager|mega ?menu|search (?:form|box|bar)",
            ),
            (14, r"(?:site|page|main|global) footer|copyright|colophon"),
            (15, r"side ?bar|widget area|right (?:rail|column)"),
        )
    )
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_JOINT = re.compile(r"[-_:./\\|]+")
_LONGEST_NAME = 80


def furniture_of_markup(tag: str, names: str) -> str | None:
    """The kind of furniture an element is by its tag and its space-separated names, or None."""
    named = _named_kind(names) if names and tag not in ("html", "body") else None
    return named or _TAG_KINDS.get(tag)


def is_caption_markup(tag: str, names: str) -> bool:
    """Whether an element holds a picture's caption or credit."""
    return tag == "figcaption" or any(_is_caption_name(name) for name in names.split())


def innermost_kind(kinds: Iterable[str]) -> str | None:
    """What the kinds named by elements around a text, outermost first, make of it.

    The outermost says what it is, unless one inside names it more plainly.
    """
    kind: str | None = None
    for inner in kinds:
        if kind is None or kind in _VAGUE or inner in _OVERRULING:
            kind = inner
    return kind


def _named_kind(names: str) -> str | None:
    """The most telling kind among the names."""
    found = [rank for name in names.split() if (rank := _rank_of_name(name)) is not None]
    return _KINDS[min(found)][0] if found else None


@lru_cache(maxsize=50_000)
def _rank_of_name(name: str) -> int | None:
    words = _words(name)
    found = _KIND_WHOLE.fullmatch(words) or _KIND_WORD.search(words)
    return int(found.lastgroup[1:]) if found is not None and found.lastgroup is not None else None


@lru_cache(maxsize=50_000)
def _is_caption_name(name: str) -> bool:
    words = _words(name)
    return _CAPTION_WORD.search(words) is not None and _NO_CAPTION.search(words) is None


def _words(name: str) -> str:
    """A name as lower-case words: `entryMeta` and `entry-meta` become `entry meta`."""
    return _JOINT.sub(" ", _CAMEL.sub(" ", name[:_LONGEST_NAME])).strip().lower()
