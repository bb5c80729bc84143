"""The points of the map, as few bytes as they can be; and where a point's short address leads."""

from __future__ import annotations

import json
import re
from functools import lru_cache, partial
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from harmledger.domain import Wanted
from harmledger.publish.redact import Withholding
from harmledger.store.front import find_short, list_points
from harmledger.store.withheld import load_withholding
from harmledger.web.front.choosing import parse_wanted
from harmledger.web.front.current import bring_current, made_of
from harmledger.web.visit import Visit

MOST_TITLED = 2_000
"""Points that are sent with their report's title and whole id: of more, each has its place's name and a short address, an eighth of the size."""
SHORT_CHARS = 12
"""Of an id: among a million incidents two that begin alike are unlikely, and such an address leads nowhere."""
DECIMALS = 4
"""Of a degree: ten metres."""
_SHORT = re.compile(f"[0-9a-f]{{{SHORT_CHARS}}}")


def map_points(visit: Visit) -> Response:
    """GeoJSON of the incidents that the address asks for, with the home page's filters."""
    wanted = parse_wanted(visit.request.query_params)
    state = bring_current(visit)
    body = made_of(
        visit, state, ("points", wanted, load_withholding(visit.connection)), partial(_render, wanted=wanted)
    )
    return Response(body, media_type="application/geo+json")


def go_to_incident(visit: Visit) -> Response:
    """From a point's short address to its incident's page."""
    short = visit.request.path_params["short"]
    found = find_short(visit.connection, short) if _SHORT.fullmatch(short) else None
    if found is None:
        raise HTTPException(404)
    return RedirectResponse(f"/incidents/{found}", status_code=302)


def _render(visit: Visit, wanted: Wanted) -> bytes:
    points, withholding = list_points(visit.connection, wanted), load_withholding(visit.connection)
    titled = len(points) <= MOST_TITLED
    features = ",".join(_feature(*point, titled=titled, withholding=withholding) for point in points)
    return f'{{"type":"FeatureCollection","features":[{features}]}}'.encode(errors="replace")


def _feature(
    incident: str,
    title: str | None,
    place: str | None,
    lat: float,
    lon: float,
    *rest: Any,
    titled: bool,
    withholding: Withholding,
) -> str:
    """One feature's JSON, written out: of fifty thousand a library would take a second."""
    radius_m, earliest, latest = rest
    short = incident[:SHORT_CHARS]
    told = _quoted((title if titled else place) or place or "Untitled report", withholding)
    href = f"/incidents/{incident}" if titled else f"/i/{short}"
    radius = f',"radius_m":{radius_m}' if radius_m else ""
    days = " – ".join(dict.fromkeys(day for day in (earliest, latest) if day))
    when = f',"when":"{days}"' if days else ""
    return (
        f'{{"type":"Feature","geometry":{{"type":"Point","coordinates":[{round(lon, DECIMALS)},{round(lat, DECIMALS)}]}},'
        f'"properties":{{"id":"{short}","title":{told},"href":"{href}"{radius}{when}}}}}'
    )


@lru_cache(maxsize=8192)
def _quoted(words: str, withholding: Withholding) -> str:
    return json.dumps(withholding.text(words), ensure_ascii=False)
