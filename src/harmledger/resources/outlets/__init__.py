"""Who publishes at an address: the register that ships (`outlets.tsv`), and a user's own (`outlets.toml` in the ledger's folder).

It tells what a source is, never whether it is right: no claim is weighed by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from harmledger.resources.outlets.entry import Outlet, OutletKind, Ownership
from harmledger.resources.outlets.load import read_own, read_packaged_outlets

__all__ = ["OWN", "Outlet", "OutletKind", "Outlets", "Ownership", "load_outlets"]

OWN = "outlets.toml"
"""The user's own, in the ledger's folder."""


class Outlets:
    """Outlets by where they publish; those that come later stand before the earlier ones."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self._by_domain = {domain: outlet for outlet in outlets for domain in outlet.domains}

    def find(self, url: str) -> Outlet | None:
        """Who publishes at an address of the web; the one whose domain or path fits it most closely."""
        try:
            parts = urlsplit(url)
            labels = (parts.hostname or "").rstrip(".").split(".")
        except ValueError:
            return None
        if parts.scheme not in {"http", "https"}:
            return None
        hosts = [".".join(labels[start:]) for start in range(len(labels) - 1)]
        return next(filter(None, (self._find_at(host, parts.path) for host in hosts)), None)

    def _find_at(self, host: str, path: str) -> Outlet | None:
        steps = [step for step in path.split("/") if step]
        places = ("/".join([host, *steps[:depth]]) for depth in range(min(len(steps), _DEEPEST), -1, -1))
        return next((self._by_domain[place] for place in places if place in self._by_domain), None)


_DEEPEST = 4
"""Steps of a path that a domain with a path may have."""


@cache
def load_outlets(folder: Path | None = None) -> Outlets:
    """The outlets that ship and those that a user added to a ledger's folder, read once.

    Raises:
        BadInput: the user's own can't be read.
    """
    own = folder / OWN if folder else None
    return Outlets([*read_packaged_outlets(), *(read_own(own) if own and own.is_file() else ())])
