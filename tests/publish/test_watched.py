"""What happens while sources are watched is a line each, which says what a person must know of it."""

from __future__ import annotations

import pytest

from harmledger.publish.record import Record
from harmledger.publish.watched import render_news

URL = "https://news.example/1"
PAGE: Record = {"of": "page", "source": "news", "outcome": "captured", "url": URL, "message": None, "changed": False}


@pytest.mark.parametrize(
    ("record", "line"),
    [
        (PAGE, f"captured          {URL}"),
        ({**PAGE, "changed": True}, f"captured          {URL}: it says something else than at its last capture"),
        ({**PAGE, "outcome": "gone", "message": f"{URL}: gone."}, f"gone              {URL}: gone."),
        ({**PAGE, "of": "listing", "found": 1}, f"captured          {URL}: 1 new page"),
        ({**PAGE, "of": "reading", "outcome": "read", "claims": 2}, f"read              {URL}: 2 claims"),
    ],
)
def test_each_event_is_a_line(record: Record, line: str) -> None:
    """That a page was changed since stands on it; addresses that hold signs for the terminal can't use them."""
    assert render_news(record) == f"{line}\n"
    assert "\x1b" not in render_news({**record, "url": f"{URL}\x1b[2J"})
