"""Where the public comes in, by address."""

from harmledger.store.changes import SHOWN_PAGES
from harmledger.web.front.home import home
from harmledger.web.front.points import map_points
from harmledger.web.front.search import search
from harmledger.web.routes import page

ROUTES = (
    page("/", home, kept=True, about=SHOWN_PAGES),
    page("/map.geojson", map_points, kept=True, about=SHOWN_PAGES),
    page("/search", search, kept=True),
)
NAV = (("/", "Incidents"), ("/search", "Search"))
