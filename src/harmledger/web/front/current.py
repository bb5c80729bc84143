"""What is shown, brought up before it is shown: a page says nothing old without saying so."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TypeVar

from harmledger.domain import ShownState
from harmledger.errors import SourceFailed
from harmledger.projecting import bring_up
from harmledger.store.touched import get_state
from harmledger.web.site import Site
from harmledger.web.visit import Visit

Made_ = TypeVar("Made_")

MOST_AT_ONCE = 200
"""Incidents that a page waits for, under a second; where more have changed, it says how many are behind."""
MOST_SECONDS = 60.0
"""For what is made behind the pages."""
WAIT_SECONDS = 2.0
"""For another request that brings it up already."""


def bring_current(visit: Visit) -> ShownState:
    """How far what is shown has come, after what a page can wait for; the visit's connection sees it."""
    state = get_state(visit.connection)
    site = visit.site
    if site.made.behind_pages or not (state.behind or state.unread):
        return state
    if site.made.bringing_up.acquire(timeout=WAIT_SECONDS):
        try:
            bring_up(site.ledger, now=site.now, most=MOST_AT_ONCE)
        except SourceFailed:
            pass  # somebody writes for long: the page says what is behind
        finally:
            site.made.bringing_up.release()
    site.readers.renew(visit.connection)
    return get_state(visit.connection)


def made_of(visit: Visit, state: ShownState, key: Hashable, make: Callable[[Visit], Made_]) -> Made_:
    """What a page shows that costs time to make: kept, an old one for a few seconds, or made now."""

    def later() -> tuple[int, Made_]:
        with visit.site.readers.reading(seconds=MOST_SECONDS) as connection:
            return get_state(connection).version, make(replace(visit, connection=connection))

    return visit.site.made.get(state.version, key, lambda: make(visit), later=later)


def keep_current(site: Site) -> None:
    """Bring up some of what is behind, where nobody else does; a task of the site's does so again and again."""
    if site.made.bringing_up.acquire(blocking=False):
        try:
            bring_up(site.ledger, now=site.now, most=MOST_AT_ONCE)
        finally:
            site.made.bringing_up.release()
