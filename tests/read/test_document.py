"""A capture becomes a document."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from harmledger import ids
from harmledger.domain import Capture, Given, Media, PartRole, Published, PublishedFrom
from harmledger.errors import BadInput
from harmledger.read import read_document

TEXT = (
    "Shelling kills two in Marib\n\n5 March 2019\n\nTwo men were killed by shelling in Marib on Monday, a medic said."
)
DAY = date(2019, 3, 5)
FETCHED = datetime(2026, 1, 2, tzinfo=UTC)


def capture(text: str, *, media: Media = Media.TEXT, given: Given | None = None) -> Capture:
    content = text.encode()
    document = ids.document_id(content)
    return Capture(
        capture_id=ids.capture_id(document, "reports/marib.txt", FETCHED),
        document_id=document,
        source="reports/marib.txt",
        fetched=FETCHED,
        content=content,
        media=media,
        text=text,
        given=given or Given(),
    )


def test_plain_text_is_kept() -> None:
    """A plain text is kept character for character, with its headline as title where none is given."""
    document = read_document(capture(TEXT))
    assert document.text == TEXT
    assert (document.title, document.language, document.dropped) == ("Shelling kills two in Marib", "en", ())
    assert [part.role for part in document.parts] == [PartRole.HEADLINE, PartRole.DATELINE, PartRole.BODY]


def test_what_is_given_comes_first() -> None:
    """Title and day that the giver states stand before the text's own, whatever the day of capture."""
    given = Given(id="m-1", title="Marib", published=date(2019, 3, 6), captured=date(2019, 3, 1))
    document = read_document(capture(TEXT, given=given))
    assert (document.id, document.title) == ("m-1", "Marib")
    assert document.published == Published(
        day=given.published, basis=PublishedFrom.GIVEN, earliest=given.published, latest=given.published
    )


def test_day_of_the_text() -> None:
    """The dateline's day is the day of publication, known to the day."""
    published = read_document(capture(TEXT)).published
    assert published == Published(day=DAY, basis=PublishedFrom.TEXT, earliest=DAY, latest=DAY)


@pytest.mark.parametrize("captured", [DAY, date(2019, 3, 1)])
def test_clock_of_the_page_is_no_publication(captured: date) -> None:
    """A day stated that is that of the capture, or later, is not taken; the capture still bounds it."""
    published = read_document(capture(TEXT, given=Given(captured=captured))).published
    assert published == Published(latest=captured)


def test_no_day_at_all() -> None:
    """Without any date nothing is known of the publication."""
    assert read_document(capture("Two men were killed by shelling in Marib, a medic said.")).published == Published()


def test_page() -> None:
    """A page becomes clean text with the page's own title and day."""
    body = "".join(
        f"<p>Two men were killed by shelling in Marib, a medic told reporters there, paragraph {n}.</p>"
        for n in range(5)
    )
    page = (
        '<html lang="en"><head><title>Shelling kills two</title><meta property="article:published_time" content="2019-03-05T08:00:00Z">'
        f"</head><body><article><h1>Shelling kills two</h1>{body}</article></body></html>"
    )
    document = read_document(capture(page, media=Media.HTML))
    assert "Two men were killed" in document.text
    assert (document.title, document.language) == ("Shelling kills two", "en")
    assert (document.published.day, document.published.basis) == (DAY, PublishedFrom.PAGE)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "holds no text"),
        (" \n\t ", "holds no text"),
        ("12 34 -- 56", "holds no letters"),
        ("Двое солдат погибли в понедельник в засаде под городом, сообщила армия в своём заявлении.", r"not read \(ru\)"),
        ("Deux soldats ont été tués lundi dans une embuscade, a indiqué l'armée dans un communiqué. " * 4, r"not read \(fr\)"),
    ],
)  # fmt: skip
def test_what_cannot_be_read(text: str, complaint: str) -> None:
    """A text without words, or in a language that is not read, is refused in one sentence that says what and where."""
    with pytest.raises(BadInput, match=complaint) as refusal:
        read_document(capture(text))
    assert str(refusal.value).startswith("reports/marib.txt: ")


@pytest.mark.parametrize(
    ("text", "language"), [("Two killed in Marib.", None), ("مقتل رجلين في مأرب بقصف على المدينة", "ar")]
)
def test_short_texts_are_read(text: str, language: str | None) -> None:
    """A text too short to tell its language is read if its script is Latin; Arabic is told at once."""
    assert read_document(capture(text)).language == language


def test_foreign_furniture_does_not_decide() -> None:
    """The language is that of the report, not of the menu around it."""
    text = (
        "Two men were killed by shelling in Marib, a medic told reporters.\n\nاقرأ أيضاً\n\n"
        + "مقتل صيادين اثنين قبالة سواحل الحديدة\n\n" * 9
    )
    assert read_document(capture(text)).language == "en"
