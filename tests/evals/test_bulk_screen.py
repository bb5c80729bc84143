"""The screen of bulk reading is measured on pages that read like the texts they were made of."""

from __future__ import annotations

import pytest
from bulk_screen import main
from page_templates import TEMPLATES, make_page

from harmledger.bulk.glance import find_hits
from harmledger.domain import Media

TEXT = "Shells hit a market in Orvasel\n\nSeven civilians were killed and 12 wounded in Orvasel, the governor said.\n\nThe mayor will speak on Friday."


@pytest.mark.parametrize("number", range(2 * TEMPLATES))
def test_a_page_holds_its_text_and_none_of_its_furniture_counts(number: int) -> None:
    """In every template a glance finds the text's own sentence, and none of the headlines that lead elsewhere."""
    page = make_page(TEXT, title=None, language="en", number=number)
    assert page == make_page(TEXT, title=None, language="en", number=number)
    hits = [" ".join(hit.split()) for hit in find_hits(page, Media.HTML)]
    assert any("Seven civilians were killed" in hit for hit in hits)
    assert not [hit for hit in hits if "collapse" in hit or "Flood toll" in hit]


def test_without_labels_it_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is measured, and nothing fails, where there is nothing to measure on."""
    monkeypatch.setattr("sys.argv", ["bulk_screen.py"])
    assert main() == 0
    assert "skipped" in capsys.readouterr().out
