"""What is shown, brought up before it is shown: a page says nothing old without saying so."""

from __future__ import annotations

from harmledger.domain import ShownState
from harmledger.errors import SourceFailed
from harmledger.projecting import bring_up
from harmledger.store.touched import get_state
from harmledger.web.visit import Visit

MOST_AT_ONCE = 200
"""Incidents that a page waits for, under a second; where more have changed, it says how many are behind."""
WAIT_SECONDS = 2.0
"""For another request that brings it up already."""


def bring_current(visit: Visit) -> ShownState:
    """How far what is shown has come, after what a page can wait for; the visit's connection sees it."""
    state = get_state(visit.connection)
    if not (state.behind or state.unread):
        return state
    site = visit.site
    if site.made.bringing_up.acquire(timeout=WAIT_SECONDS):
        try:
            bring_up(site.ledger, now=site.now, most=MOST_AT_ONCE)
        except SourceFailed:
            pass  # somebody writes for long: the page says what is behind
        finally:
            site.made.bringing_up.release()
    site.readers.renew(visit.connection)
    return get_state(visit.connection)
