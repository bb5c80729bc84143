"""`harmledger serve` and `index`: the ledger as a site, and what its lists show."""

from __future__ import annotations

from dataclasses import replace

from harmledger.cli import tell, utc_now
from harmledger.cli.ledgers import opened
from harmledger.config import Config
from harmledger.projecting import bring_up
from harmledger.web.serving import serve

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  compared with, never bound


def serve_ledger(config: Config, *, host: str, port: int, proxies: str | None) -> None:
    """Serve, and tell where."""
    if host not in EVERYWHERE:  # a host that is listened on is one that the site answers to
        config = replace(config, site_hosts=f"{config.site_hosts},{f'[{host}]' if ':' in host else host}")
    serve(
        config, host=host, port=port, proxies=proxies, started=lambda where: tell(f"{config.ledger} is open at {where}")
    )


def index_ledger(folder: str) -> None:
    """Bring it all up, and tell how many there were."""
    done = 0

    def count(number: int) -> None:
        nonlocal done
        done = number

    with opened(folder) as ledger:
        bring_up(ledger, now=utc_now, told=count)
    tell(f"brought up what is shown of {done} incidents and reports" if done else "all is shown as it stands")
