"""Furniture by its words."""

from __future__ import annotations

import pytest

from harmledger.read.furniture import is_section, recognise, recognise_opening
from harmledger.read.lines import fold


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Leave a Reply", "reply form"),
        ("Your email address will not be published. Required fields are marked *", "reply form"),
        ("You are commenting using your WordPress.com account. Log Out / Change )", "sign-in bar"),
        ("Connecting to %s", "sign-in bar"),
        ("SHARE", "share bar"),
        ("Click to share on Facebook (Opens in new window)", "share bar"),
        ("Share this:", "share bar"),
        ("URL Copied", "share bar"),
        ("12 Comments", "comments"),
        ("This site uses Akismet to reduce spam.", "spam notice"),
        ("We use cookies to give you the best experience.", "cookie notice"),
        ("Comments are moderated before they appear.", "comment policy"),
        ("Subscribe to our newsletter", "newsletter form"),
        ("Advertisement", "advertisement"),
        ("Tags: Yemen, Marib, Houthis", "tags"),
        ("© 2019 Levant Wire. All rights reserved.", "footer"),
        ("Reporting by Amal Saleh; editing by Tom Reed", "byline"),
        ("Read also: Two killed in Taiz", "related links"),
        ("NEXT POST »", "related links"),
        ("Home > News > Yemen", "navigation"),
        ("3 hours ago", "navigation"),
        ("إقرأ أيضاً..", "related links"),
        ("اقرأ أيضاً: مقتل رجلين في تعز", "related links"),
        ("التعليقات (3)", "comments"),
        ("اترك تعليقاً إلغاء الرد", "reply form"),
        ("هذا الموقع يستخدم Akismet للحدّ من التعليقات المزعجة", "spam notice"),
        ("اشترك في نشرتنا البريدية", "newsletter form"),
        ("جميع الحقوق محفوظة © 2019", "footer"),
        ("316 زيارة", "share bar"),
        ("الوسوم:", "tags"),
    ],
)
def test_kinds(line: str, kind: str) -> None:
    """Each wording has its kind, whatever its case, marks and spelling."""
    found = recognise(fold(line))
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    "line",
    [
        "Two killed in Marib",
        "12 killed",
        "Share of civilians among the dead rises",
        "Home destroyed in shelling of Taiz",
        "Comments by the minister drew anger",
        "More than 30 people were wounded",
        "Follow-up strike kills four rescuers",
        "Next week the talks will resume",
        "Report: four medics killed in Idlib",
        "Latest strikes kill nine in Saada",
        "Subscribers to the fund were killed, a lawyer said",
        "Read out in court, the names took an hour",
        "التعليق الوحيد جاء من الجيش",
        "المزيد من الغارات تقتل ثلاثة مدنيين",
    ],
)
def test_words_of_a_report(line: str) -> None:
    """Lines of a report that begin like furniture are none."""
    assert recognise(fold(line)) is None


def test_running_text_is_judged_by_its_opening() -> None:
    """Of running text only the wordings of notices are furniture."""
    assert recognise_opening("this site uses akismet to reduce spam. learn how")
    assert recognise_opening("this site was shelled twice last year, residents of the village said") is None


def test_sections() -> None:
    """Names of sections are told from other words."""
    assert is_section(fold("Arts & Culture"))
    assert is_section(fold("World"))
    assert is_section(fold("اقتصاد"))
    assert not is_section(fold("Two killed"))
