"""`harmledger serve`: the ledger as a site."""

from __future__ import annotations

from dataclasses import replace

from harmledger.cli import tell
from harmledger.config import Config
from harmledger.web.serving import serve

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  compared with, never bound


def serve_ledger(config: Config, *, host: str, port: int, proxies: str | None) -> None:
    """Serve, and tell where."""
    if host not in EVERYWHERE:  # a host that is listened on is one that the site answers to
        config = replace(config, site_hosts=f"{config.site_hosts},{f'[{host}]' if ':' in host else host}")
    serve(
        config, host=host, port=port, proxies=proxies, started=lambda where: tell(f"{config.ledger} is open at {where}")
    )
