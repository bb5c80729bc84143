"""Templates: compiled once, escaped whatever they hold, and a name that a page forgot to give is an error, not an empty space."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from harmledger import __version__
from harmledger.resources.recorders import get_country
from harmledger.web.assets import Assets
from harmledger.web.links import claimant_link, page_of
from harmledger.web.words import render_bounds, render_days, render_source

ID_CHARS = 10
"""Letters of an id that people are shown."""


def load_templates(assets: Assets) -> Environment:
    """The environment of all pages."""
    environment = Environment(
        loader=PackageLoader("harmledger.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    known: dict[str, Any] = environment.globals
    known |= {"static": assets.url, "has_static": assets.files.__contains__, "version": __version__}
    known |= {"page_of": page_of, "claimant_link": claimant_link}
    filters: dict[str, Any] = environment.filters
    filters |= {
        "short": _short,
        "moment": _moment,
        "day": _day,
        "country": _country,
        "bounds": render_bounds,
        "days": render_days,
        "source": render_source,
    }
    return environment


def _short(id: str) -> str:
    return id[:ID_CHARS]


def _moment(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"


def _day(when: date | str | None) -> str:
    """A day as people write it; records have it as ISO writes it."""
    day = date.fromisoformat(when) if isinstance(when, str) else when
    return f"{day.day} {day:%B} {day.year}" if day else "day not known"


def _country(code: str) -> str:
    return get_country(code).name
