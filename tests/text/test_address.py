"""Which page an address leads to, however it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.text.address import find_page

PAGE = "https://news.example/2017/raqqa?id=5"


@pytest.mark.parametrize(
    "written",
    [
        "https://news.example/2017/raqqa?id=5",
        "http://news.example/2017/raqqa?id=5",
        "HTTPS://News.Example:443/2017/raqqa?id=5#comments",
        " http://news.example:80/2017/raqqa?utm_source=a&id=5&fbclid=xyz&utm_medium= ",
        "https://news.example/2017/raqqa?&id=5&",
    ],
)
def test_one_page_has_one_spelling(written: str) -> None:
    """Scheme, case of the host, default ports, fragments and what only says how a reader came lead nowhere else."""
    assert find_page(written) == PAGE


@pytest.mark.parametrize(
    "other",
    [
        "https://news.example/2017/raqqa",
        "https://news.example/2017/raqqa?id=6",
        "https://news.example/2017/Raqqa?id=5",
        "https://news.example:8080/2017/raqqa?id=5",
        "https://www.news.example/2017/raqqa?id=5",
        "https://news.example/2017/raqqa?id=5&cid=7",
        "https://news.example/2017/raqqa?id=5&gallery=1",
    ],
)
def test_what_may_be_another_page_is_one(other: str) -> None:
    """Whatever a site may tell articles apart by stays: two articles are never taken for one that was changed."""
    assert find_page(other) not in {PAGE, None}


def test_what_is_no_page_is_none() -> None:
    """Files and names aren't on the web; the giver's own name for a report counts where its source isn't."""
    assert [find_page(told) for told in ("reports.jsonl:12", "-", "", None, "ftp://news.example/a", "https://")] == [
        None
    ] * 6
    assert find_page("reports.jsonl:12", PAGE) == PAGE
    assert find_page(PAGE, "https://elsewhere.example/") == PAGE


@given(st.text() | st.text().map(lambda rest: f"https://{rest}") | st.just("https://\ud800/"))
def test_no_text_breaks_it_and_a_page_is_its_own(told: str) -> None:
    """Whatever is given, there is a page or none; and a page's own spelling leads to itself, in letters that can be kept."""
    page = find_page(told)
    assert page is None or (find_page(page) == page and page.encode())
