"""The API's routes."""

from __future__ import annotations

from starlette.routing import BaseRoute

from harmledger.web.api.described import show_api
from harmledger.web.api.feed import show_feed
from harmledger.web.api.openapi import show_openapi
from harmledger.web.api.operations import OPERATIONS
from harmledger.web.routes import page

ROUTES: tuple[BaseRoute, ...] = (
    *(question.route for question in OPERATIONS),
    page("/openapi.json", show_openapi, kept=True),
    page("/api", show_api, kept=True),
    page("/feed.atom", show_feed, kept=True),
)
