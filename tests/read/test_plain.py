"""Plain texts: parts that cover them, furniture named, nothing of the report lost."""

from __future__ import annotations

import pytest
from growth import grows_in_proportion
from hypothesis import given
from hypothesis import strategies as st

from harmledger.domain import Part, PartRole
from harmledger.read import mark_parts

REPORT = """Three killed as rockets hit Hodeidah market

A rescuer carries a boy from the rubble in Hodeidah on March 4, 2018. (Photo: Amal Saleh/Reuters)

HODEIDAH, Yemen (Tihama News) – Three vendors were killed and nine people wounded on Sunday when rockets struck a fish market, medics said.

A spokesman for the coalition said it was looking into the report.

Read more: Two fishermen missing off Hodeidah after shots from a warship

“We heard two explosions,” said Salem Qasim, who sells vegetables nearby.

Leave a Reply

Fill in your details below or click an icon to log in:

You are commenting using your Facebook account. Log Out / Change )

This site uses Akismet to reduce spam. Learn how your comment data is processed.
"""

ARABIC = """مقتل ثلاثة باعة بقصف صاروخي على سوق في الحديدة

الأحد 2018/03/04

قتل ثلاثة باعة وأصيب تسعة أشخاص اليوم الأحد جراء قصف صاروخي استهدف سوقا للسمك في الحديدة، بحسب مصدر طبي.

وأضاف المصدر أن فرق الإسعاف نقلت المصابين إلى المستشفى العام في المدينة.

اقرأ أيضاً

مقتل صيادين اثنين قبالة سواحل الحديدة

شارك هذا الموضوع:

فيس بوك

تويتر

اترك تعليقاً إلغاء الرد
"""


def told(text: str, parts: tuple[Part, ...]) -> list[tuple[str, str | None, str]]:
    """Role, kind and first words of each part."""
    return [(part.role.value, part.kind, " ".join(text[part.start : part.end].split()[:3])) for part in parts]


def role_of(text: str, parts: tuple[Part, ...], words: str) -> str:
    """The role of the part that some words stand in."""
    at = text.index(words)
    return next(part.role.value for part in parts if part.start <= at < part.end)


def test_report_with_all_parts() -> None:
    """Headline, caption, dateline, related link and reply form of a report are told from its body."""
    assert told(REPORT, mark_parts(REPORT)) == [
        ("headline", None, "Three killed as"),
        ("caption", None, "A rescuer carries"),
        ("dateline", None, "HODEIDAH, Yemen (Tihama"),
        ("body", None, "Three vendors were"),
        ("furniture", "related links", "Read more: Two"),
        ("body", None, "“We heard two"),
        ("furniture", "reply form", "Leave a Reply"),
        ("furniture", "sign-in bar", "Fill in your"),
        ("furniture", "spam notice", "This site uses"),
    ]


def test_arabic_report() -> None:
    """Furniture is known by its Arabic wordings too."""
    title = "مقتل ثلاثة باعة بقصف صاروخي على سوق في الحديدة - وكالة تهامة"
    assert told(ARABIC, mark_parts(ARABIC, title=title)) == [
        ("headline", None, "مقتل ثلاثة باعة"),
        ("dateline", None, "الأحد 2018/03/04"),
        ("body", None, "قتل ثلاثة باعة"),
        ("furniture", "related links", "اقرأ أيضاً مقتل"),
        ("furniture", "share bar", "شارك هذا الموضوع:"),
        ("furniture", "reply form", "اترك تعليقاً إلغاء"),
    ]


@given(st.text(), st.none() | st.text())
def test_parts_cover_any_text(text: str, title: str | None) -> None:
    """Parts are contiguous and cover the text, whatever it holds."""
    assert_covering(text, mark_parts(text, title=title))


LINES = st.lists(
    st.sampled_from(
        [
            *REPORT.split("\n"),
            *ARABIC.split("\n"),
            "Comments",
            "Tags",
            "Next Post",
            "Image:",
            "3 May 2019",
            "\u2028",
            "a",
            ")",
        ]
    )
)


@given(LINES, st.sampled_from(["\n", "\n\n", " ", "\r\n"]))
def test_parts_cover_shuffled_reports(lines: list[str], joint: str) -> None:
    """Parts cover texts put together from any lines in any order, and white space belongs to the part before it."""
    text = joint.join(lines)
    parts = mark_parts(text, title=lines[0] if lines else None)
    assert_covering(text, parts)
    assert not any(text[part.start].isspace() for part in parts[1:])


def assert_covering(text: str, parts: tuple[Part, ...]) -> None:
    assert [part.start for part in parts] == [0, *(part.end for part in parts[:-1])] if parts else not text
    assert not parts or parts[-1].end == len(text)
    assert all(part.start < part.end for part in parts)
    assert all((part.kind is not None) == (part.role is PartRole.FURNITURE) for part in parts)


def test_empty_text_has_no_parts() -> None:
    """An empty text has no parts; a blank one is body."""
    assert mark_parts("") == ()
    assert [part.role for part in mark_parts(" \n\n ")] == [PartRole.BODY]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Prev Post", "related links"),
        ("Related Articles", "related links"),
        ("Recommended Stories", "related links"),
        ("مقالات ذات صلة", "related links"),
        ("الأكثر قراءة", "related links"),
    ],
)
def test_label_takes_the_headlines_below_it(label: str, kind: str) -> None:
    """A label of related reports takes the headlines below it, up to the next paragraph."""
    text = (
        "Shells fell on the old quarter of Taiz before noon, and residents fled to the hills around the city.\n\n"
        f"{label}\n\nTwo children killed by landmine near Mocha\n\nFive soldiers injured in ambush on Marib road\n\n"
        "The governor said later that the shelling had stopped and that people were going back to their homes."
    )
    parts = mark_parts(text)
    assert told(text, parts)[1][:2] == ("furniture", kind)
    assert [role_of(text, parts, words) for words in ("Shells", "Two children", "Five soldiers", "The governor")] == [
        "body",
        "furniture",
        "furniture",
        "body",
    ]


def test_comments_heading_above_the_article_takes_nothing_with_it() -> None:
    """`Comments` as a button above an article is furniture by itself; the article stays."""
    text = (
        "Comments\n\nGunmen killed four guards at a checkpoint near Kirkuk on Tuesday night, the police said.\n\n"
        "The attackers fled into the hills, and nobody has said that they were behind it."
    )
    assert role_of(text, mark_parts(text), "Gunmen killed") == "body"


def test_list_at_the_end_without_label() -> None:
    """Headlines in a row at the end of a report are related links even where no label says so."""
    text = (
        "A shell killed a farmer and his son near Kupiansk on Monday, the regional prosecutor said in a statement.\n\n"
        "It was the third such attack in a week, according to the prosecutor's office.\n\n"
        "Two injured as drone hits bus in Kherson\n\nPower restored to most of Kharkiv after strikes\n\n"
        "Seven killed in missile attack on Dnipro warehouse"
    )
    parts = mark_parts(text)
    assert parts[-1].kind == "related links"
    assert role_of(text, parts, "Two injured") == "furniture"
    assert role_of(text, parts, "It was the third") == "body"


def test_names_of_victims_stay() -> None:
    """A list of names that the report itself introduces is its own words."""
    names = "\n\n".join(["Mariam Adam Yusuf", "Osman Idris Bakr", "Hawa Ismail Abdallah", "Khadija Musa Adam"] * 3)
    text = (
        "Twelve members of a family were killed when a shell hit their home in El Fasher, a local committee said.\n\n"
        f"The committee gave the names of those killed:\n\n{names}"
    )
    assert role_of(text, mark_parts(text), "Osman Idris") == "body"


def test_bullets_of_a_report_stay() -> None:
    """Marked items of a tally are the report's own words."""
    text = (
        "The group has counted four attacks on the road since the beginning of the year, with the following losses.\n\n"
        "• January: One attack killed three people and injured two in the valley\n\n"
        "• February: Two attacks killed one man and injured six others nearby\n\n"
        "• March: One attack injured a woman and two of her children at home"
    )
    assert role_of(text, mark_parts(text), "February") == "body"


def test_sentence_broken_over_lines_stays() -> None:
    """Pieces of a sentence whose names stand on lines of their own are body."""
    text = (
        "On Friday, June 7th 2019,\nSalwa Hamid Nasser\n(34 years old) and her daughter\nRim\n, aged six, were killed"
        " when a strike hit their house in Idlib, neighbours told local media.\nThe time of the incident is unknown."
    )
    assert {part.role for part in mark_parts(text)} == {PartRole.BODY}


def test_wrapped_text_is_read_by_paragraph() -> None:
    """Lines of a text wrapped at a fixed width are no headlines or chips, in capitals neither."""
    text = (
        "   SAN JUAN, 4 MAY 91 -- [TEXT] A GROUP OF ARMED MEN ATTACKED A MILITARY\nPOST NEAR THE BORDER LAST NIGHT, AND"
        " FOUR SOLDIERS WERE KILLED IN THE CLASH\nTHAT FOLLOWED. THE ARMY SAID THAT THE ATTACKERS HAD BEEN DRIVEN BACK TO"
        "\nTHE HILLS AND THAT REINFORCEMENTS WERE ON THEIR WAY FROM THE CAPITAL TO\nTHE AREA, WHERE TWO VILLAGES HAVE"
        " BEEN LEFT BY ALL OF THEIR INHABITANTS\nSINCE LAST MONTH.\n\n   THE PRESIDENT WILL SPEAK TONIGHT ON THE RADIO."
    )
    assert told(text, mark_parts(text)) == [("dateline", None, "SAN JUAN, 4"), ("body", None, "[TEXT] A GROUP")]


def test_text_on_one_line() -> None:
    """Date and headline that open a text on the line of its first sentence are parts of their own."""
    text = "Tue Mar 6 2018 Nine Killed in Clashes near Afrin.  Nine fighters were killed in clashes near Afrin, a monitor said."
    parts = mark_parts(text, title="Nine Killed in Clashes near Afrin - Levant Wire")
    assert told(text, parts) == [
        ("dateline", None, "Tue Mar 6"),
        ("headline", None, "Nine Killed in"),
        ("body", None, "Nine fighters were"),
    ]


def test_caption_in_brackets() -> None:
    """A caption in brackets within running text is a part of its own."""
    text = (
        "Two medics were killed in Derna on Friday. (Photo Smoke rises over Derna on Friday by AFP) Fighting went on."
    )
    assert [part.role.value for part in mark_parts(text)] == ["body", "caption", "body"]


def test_buttons_at_the_end_of_a_line() -> None:
    """Share buttons flattened into the end of running text are furniture; an account that is spoken of isn't."""
    text = "The shelling went on until dusk and two wells were hit, the council said. (Source: Marib Council)  Twitter 12 Facebook"
    assert told(text, mark_parts(text))[1:] == [("furniture", "share bar", "Twitter 12 Facebook")]
    assert len(mark_parts("The council of the city said so on its page, which it keeps on Facebook and Twitter")) == 1


def test_headline_said_again() -> None:
    """A headline that stands twice is a headline twice."""
    headline = "Mortar fire kills two shepherds in Golan foothills"
    text = f"{headline}\n\n{headline}\n\nTwo shepherds were killed by mortar fire on Thursday, their relatives told a local radio."
    assert [part.role for part in mark_parts(text, title=headline)] == [PartRole.HEADLINE, PartRole.BODY]


@pytest.mark.parametrize(
    ("run", "times"),
    [("(", 200_000), ("- ", 200_000), ("A, ", 200_000), ("photo ", 100_000), ("3 May 2017 ", 50_000), ("a\n", 300_000), ("\n", 1_000_000), ("Read more\nx y z\n", 50_000), ("comments 1 ", 100_000)],
    ids=["brackets", "dashes", "places", "photo", "dates", "lines", "blank", "labels", "comments"],
)  # fmt: skip
def test_hostile_text_is_read_in_time(run: str, times: int) -> None:
    """No text costs more than in proportion to its length."""
    assert grows_in_proportion(lambda n: mark_parts(run * n, title=(run * n)[:1000]), times)
