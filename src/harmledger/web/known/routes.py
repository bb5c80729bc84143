"""Routes of the smaller pages."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from harmledger.web.known.data import show_data
from harmledger.web.known.downloads import send_download
from harmledger.web.known.method import show_method
from harmledger.web.known.names import actor, claimant, list_actors, list_claimants, place
from harmledger.web.known.releases import send_released
from harmledger.web.routes import page

ROUTES: tuple[BaseRoute, ...] = (
    page("/claimants", list_claimants, kept=True),
    page("/claimants/{id}", claimant, kept=True),
    page("/actors", list_actors, kept=True),
    page("/actors/{id}", actor, kept=True),
    page("/places/{id}", place, kept=True),
    page("/method", show_method, kept=True),
    page("/data", show_data),
    Route("/data/releases/{version}/{name:path}", send_released, methods=["GET"]),
    Route("/data/{name}", send_download, methods=["GET"]),
)
NAV = (("/claimants", "Claimants"), ("/actors", "Actors"), ("/method", "Method"), ("/data", "Data"))
