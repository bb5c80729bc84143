"""News pages made of a text: four templates of the kinds that sites use, with the furniture, scripts and links of real ones.

Comes in: a text, its title and language. Goes out: a page's bytes. The same text and number give the same page.
"""

from __future__ import annotations

import html
import json
import random

WORDS = (
    "markets election budget harvest museum transfer coach festival weather parliament school reform railway energy prices film recipe travel"
    " interview podcast archive gallery opinion letters briefing newsletter forecast tickets concert library"
).split()
RELATED = (
    "Two dead in motorway crash", "Minister wounded by leaked letter", "Twelve die in mine collapse", "Team kills off final in minutes",
    "Victims of fraud to be paid", "Star of series dies aged 81", "Flood toll rises to 30", "Police: man shot outside club",
)  # fmt: skip
ARABIC_RELATED = (
    "مقتل شخصين في حادث سير",
    "إصابة لاعب في المباراة",
    "وفاة الفنان عن 81 عاما",
    "ارتفاع حصيلة الفيضانات",
)
TEMPLATES = 4


def make_page(text: str, *, title: str | None, language: str, number: int) -> bytes:
    """The page of a text, by the template of that number."""
    chance = random.Random(f"{number} {text[:80]}")
    maker = (_modern, _blog, _tables, _portal)[number % TEMPLATES]
    paragraphs = [p.strip() for p in text.splitlines() if p.strip()]
    return maker(title or paragraphs[0][:90], paragraphs, language, chance).encode("utf-8", "replace")


def _modern(title: str, paragraphs: list[str], language: str, chance: random.Random) -> str:
    ld = json.dumps(
        {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "datePublished": "2021-03-04"}
    )
    body = "".join(f'<p class="css-{chance.randrange(9**9):x}">{_words(p, chance)}</p>\n' for p in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{html.escape(title)} | The Herald</title>'
        f'<script type="application/ld+json">{ld}</script><style>{_css(chance, 300)}</style></head><body>{_nav(chance)}'
        f'<main><article><header><h1>{html.escape(title)}</h1><p class="by">By <a href="/by/x">A Reporter</a></p></header>'
        f'<div class="article-body">{body}</div></article><aside><h2>Related</h2>{_links(language, chance, 12)}</aside></main>'
        f"{_foot(chance)}<script>window.__DATA__={_data(chance, 400)}</script></body></html>"
    )


def _blog(title: str, paragraphs: list[str], language: str, chance: random.Random) -> str:
    body = "<br><br>\n".join(_words(p, chance) for p in paragraphs)
    return (
        f'<!DOCTYPE html>\n<html dir="{"rtl" if language == "ar" else "ltr"}">\n<head>\n<meta http-equiv="Content-Type" content="text/html; '
        f'charset=UTF-8" />\n<title>{html.escape(title)}</title>\n<link rel="stylesheet" href="/wp-content/style.css" />\n</head>\n<body>'
        f'<div id="wrap"><div id="head">{_links(language, chance, 8)}</div><div class="post hentry"><h2 class="entry-title">'
        f'<a href="/p">{html.escape(title)}</a></h2><div class="entry-content"><p>{body}</p></div></div><div id="comments"><h3>Leave a Reply</h3>'
        f"<p>Your email address will not be published.</p><form><textarea></textarea></form></div>{_links(language, chance, 20)}</div>"
        f"<script>{_data(chance, 40)}</script></body></html>"
    )


def _tables(title: str, paragraphs: list[str], language: str, chance: random.Random) -> str:
    body = "".join(f"<P><FONT SIZE=2 FACE=Arial>{html.escape(p)}</FONT>\n" for p in paragraphs)
    return (
        f"<HTML><HEAD><TITLE>{html.escape(title)}</TITLE></HEAD><BODY BGCOLOR=#FFFFFF><TABLE WIDTH=760><TR><TD VALIGN=top>{_links(language, chance, 15)}"
        f"</TD><TD><H1>{html.escape(title)}</H1>{body}</TD><TD>{_links(language, chance, 10)}</TD></TR></TABLE><!-- {_css(chance, 40)} --></BODY></HTML>"
    )


def _portal(title: str, paragraphs: list[str], language: str, chance: random.Random) -> str:
    body = "".join(f'<div class="paragraph"><span>{_words(p, chance)}</span></div>' for p in paragraphs)
    return (
        f'<!doctype html><html lang="{language}-{"SY" if language == "ar" else "GB"}"><head><meta charset=utf-8><title>{html.escape(title)}</title>'
        f'<meta property="og:title" content="{html.escape(title)}"><style>{_css(chance, 800)}</style></head><body>{_nav(chance)}{_nav(chance)}'
        f'<section class="story"><h1>{html.escape(title)}</h1><div class="share"><a href="#">Share</a> <a href="#">Tweet</a></div>{body}</section>'
        f"<section><h3>Most read</h3>{_links(language, chance, 40)}</section>{_foot(chance)}<script>var s={_data(chance, 900)}</script></body></html>"
    )


def _words(paragraph: str, chance: random.Random) -> str:
    """A paragraph in which a word leads elsewhere or is emphasised, as editors do."""
    words = html.escape(paragraph).split(" ")
    at = chance.randrange(len(words))
    words[at] = chance.choice(('<a href="/t/{0}">{0}</a>', "<b>{0}</b>", "<em>{0}</em>", "{0}&nbsp;", "{0}")).format(
        words[at]
    )
    return " ".join(words)


def _links(language: str, chance: random.Random, count: int) -> str:
    told = ARABIC_RELATED if language == "ar" else RELATED
    items = (
        chance.choice(told) if chance.random() < 0.3 else " ".join(chance.sample(WORDS, 4)).capitalize()
        for _ in range(count)
    )
    return (
        "<ul>" + "".join(f'<li><a href="/a/{chance.randrange(9**6)}.html">{item}</a></li>' for item in items) + "</ul>"
    )


def _nav(chance: random.Random) -> str:
    return (
        "<nav>"
        + "".join(f'<div class="m"><a href="/{w}">{w.title()}</a></div>' for w in chance.sample(WORDS, 25))
        + "</nav>"
    )


def _foot(chance: random.Random) -> str:
    return f"<footer><p>&copy; The Herald. All rights reserved.</p>{''.join(f'<a href=/{w}>{w}</a> ' for w in chance.sample(WORDS, 12))}</footer>"


def _css(chance: random.Random, rules: int) -> str:
    return "".join(
        f".{chance.choice(WORDS)}-{i}{{margin:{chance.randrange(40)}px;color:#{chance.randrange(16**6):06x}}}"
        for i in range(rules)
    )


def _data(chance: random.Random, items: int) -> str:
    return json.dumps(
        [
            {"id": chance.randrange(9**9), "slug": "-".join(chance.sample(WORDS, 3)), "kind": "story"}
            for _ in range(items)
        ]
    )
