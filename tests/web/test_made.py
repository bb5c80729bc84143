"""What costs time to make: kept by version, given once more while it is made anew, gone at once where it must be."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from harmledger.web import made as made_module
from harmledger.web.made import Made


class Later:
    """Makes values anew when it is let; tells how often it was asked."""

    def __init__(self, version: int, value: str) -> None:
        self.made, self._version, self._value = threading.Event(), version, value
        self.may, self.asked = threading.Event(), 0

    def __call__(self) -> tuple[int, str]:
        self.asked += 1
        assert self.may.wait(60)
        self.made.set()
        return self._version, self._value


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Values are old at once."""
    monkeypatch.setattr(made_module, "ANEW_SECONDS", 0.0)


def until(condition: Callable[[], bool]) -> None:
    for _ in range(12_000):
        if condition():
            return
        threading.Event().wait(0.005)
    raise AssertionError("it never came so")


def test_a_value_is_made_once_a_version() -> None:
    """Another version makes it again, where nobody can do so behind the page."""
    made = Made()
    assert [made.get(version, "a", lambda v=version: f"of {v}") for version in (1, 1, 2)] == ["of 1", "of 1", "of 2"]


def test_nobody_waits_for_a_new_value() -> None:
    """The old one is given while one making of the new one runs, and then the new one; it is told that pages hold no longer."""
    made, later = Made(), Later(2, "new")
    made.get(1, "a", lambda: "old", later=later)
    assert made.get(2, "a", lambda: "never", later=later) == "old"
    until(lambda: later.asked == 1)
    assert [made.get(version, "a", lambda: "never", later=later) for version in (2, 3, 2)] == ["old"] * 3
    assert made.times == 0
    later.may.set()
    until(lambda: made.times == 1)
    assert made.get(2, "a", lambda: "never", later=later) == "new"
    assert later.asked == 1


def test_what_is_forgotten_comes_back_in_no_way() -> None:
    """Neither as the old value, nor by a making that began before."""
    made, later = Made(), Later(2, "half old")
    made.get(1, "a", lambda: "old", later=later)
    made.get(2, "a", lambda: "never", later=later)
    until(lambda: later.asked == 1)
    made.forget()
    later.may.set()
    assert later.made.wait(60)
    until(lambda: made.times == 1)
    assert made.get(3, "a", lambda: "now", later=later) == "now"


def test_a_making_that_fails_is_tried_again() -> None:
    """The old value stays until one comes out well."""
    made, tries = Made(), []

    def later() -> tuple[int, str]:
        tries.append(1)
        if len(tries) == 1:
            raise ZeroDivisionError
        return 2, "new"

    made.get(1, "a", lambda: "old", later=later)
    made.get(2, "a", lambda: "never", later=later)
    until(lambda: len(tries) == 1)
    until(lambda: made.get(2, "a", lambda: "never", later=later) == "new")
    assert len(tries) == 2


def test_values_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The ones not asked for longest go first."""
    monkeypatch.setattr(made_module, "MOST_BYTES", 25)
    made = Made()
    for letter in "abc":
        made.get(1, letter, lambda letter=letter: letter * 10)
    assert [made.get(1, letter, lambda: "again") for letter in "cba"] == ["c" * 10, "b" * 10, "again"]
