"""Which language a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.read.language import detect_language, is_latin


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Two soldiers were killed in an ambush near Gao on Monday, the army said in a statement.", "en"),
        ("TWO SOLDIERS WERE KILLED IN AN AMBUSH NEAR GAO ON MONDAY, THE ARMY SAID IN A STATEMENT.", "en"),
        ("Two soldiers killed in ambush near Gao", "en"),
        ("قتل جنديان في كمين قرب غاو يوم الاثنين بحسب بيان للجيش.", "ar"),
        ("مقتل جنديين في كمين قرب غاو", "ar"),
        ("دو سرباز روز دوشنبه در کمینی در نزدیکی شهر کشته شدند و پنج نفر دیگر زخمی شدند، ارتش گفت.", "fa"),
        ("Deux soldats ont été tués lundi dans une embuscade près de Gao, a indiqué l'armée dans un communiqué.", "fr"),
        (
            "Zwei Soldaten sind am Montag bei einem Überfall in der Nähe von Gao getötet worden, teilte die Armee mit.",
            "de",
        ),
        ("Двое солдат погибли в понедельник в засаде под Гао, сообщила армия в своём заявлении.", "ru"),
        ("Pazartesi günü Gao yakınlarında kurulan pusuda iki asker öldü, beş asker yaralandı, ordu açıkladı.", "tr"),
        ("12 killed", None),
        ("", None),
        ("12345 67890 !!!", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    """The language of a sentence is told, in capitals too; of a few letters it isn't."""
    assert detect_language(text) == language


@given(st.text())
def test_any_text(text: str) -> None:
    """Any text gives a two-letter code or none."""
    language = detect_language(text)
    assert language is None or len(language) == 2
    is_latin(text)
