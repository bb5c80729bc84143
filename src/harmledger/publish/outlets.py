"""What is known of a news source, for pages and programs: what it is, where, and whose. Says nothing about what it publishes."""

from __future__ import annotations

from harmledger.publish.record import Record
from harmledger.resources.outlets import Outlet, Ownership
from harmledger.resources.recorders import get_country

_WORDS = {
    Ownership.STATE: "owned or run by a state",
    Ownership.PUBLIC: "public service",
    Ownership.PRIVATE: "privately owned",
    Ownership.PARTY: "owned by a party or movement",
    Ownership.NONPROFIT: "nonprofit",
}


def outlet_record(outlet: Outlet | None) -> Record | None:
    """A source as programs get it; what isn't known is null."""
    if outlet is None:
        return None
    return {
        "id": outlet.id,
        "name": outlet.name,
        "kind": outlet.kind.value,
        "country": outlet.country,
        "languages": list(outlet.languages),
        "ownership": outlet.ownership and outlet.ownership.value,
    }


def render_outlet(outlet: Outlet) -> str:
    """What a source is, in a few words after its name.

    >>> from harmledger.resources.outlets import load_outlets
    >>> render_outlet(load_outlets().find("https://www.pravda.com.ua/news/1"))
    'online, Ukraine, privately owned'
    """
    country = get_country(outlet.country).name if outlet.country else None
    return ", ".join(filter(None, (outlet.kind.value, country, outlet.ownership and _WORDS[outlet.ownership])))
