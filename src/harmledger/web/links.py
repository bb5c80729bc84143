"""Names that have a page lead to it: places and actors that were looked up, claimants that the registry knows.

Functions and not macros of templates: an incident's page has dozens, and a template's macro takes ten times as long.
"""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup, escape

from harmledger.publish.redact import BLOCK
from harmledger.resources.registry import load_registry


def page_of(of: str, id: str | None, name: str | None) -> Markup:
    """A name, leading to its page under `/places`, `/actors` or `/claimants`; one that has none, or of which something is withheld, to nowhere."""
    shown = f"<bdi>{escape(name)}</bdi>"
    leads = f'<a href="/{of}/{quote(id)}">{shown}</a>' if id and BLOCK not in id else shown
    return Markup(leads)  # noqa: S704  the name is escaped, and nothing of the id is left that isn't a path's


def claimant_link(key: str | None, name: str | None) -> Markup:
    """Whoever says so; a claimant whom the registry doesn't know has no page."""
    return page_of("claimants", key if key and load_registry().get(key) else None, name)
