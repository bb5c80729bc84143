"""What all requests share: settings, the ledger, templates, assets, kept pages, counters, the clock.

Made once when the site starts. Nothing here knows of a single request.
"""

from __future__ import annotations

import hmac
import ipaddress
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from urllib.parse import urlsplit

import anyio
from jinja2 import Environment

from harmledger.config import Config
from harmledger.endpoint.akismet import open_akismet
from harmledger.errors import BadInput, NotAllowed
from harmledger.identity import Providers, open_providers
from harmledger.mail import Mailer, open_mailer
from harmledger.replying import Judging, Sending
from harmledger.store import Ledger, get_ledger
from harmledger.store.decided import DecidedSoFar
from harmledger.store.ledger import DATABASE, SITE_KEY
from harmledger.store.readers import Readers, open_readers
from harmledger.web.assets import Assets, load_assets
from harmledger.web.challenges import Challenges
from harmledger.web.desk.shared import Desk
from harmledger.web.fresh import Fresh
from harmledger.web.kept import Kept
from harmledger.web.made import Made
from harmledger.web.makers import Makers
from harmledger.web.rates import Rates
from harmledger.web.replies.apps import KeptApps
from harmledger.web.templating import load_templates

READING_THREADS = 4
"""Requests that read at one time. More than the cores gain nothing: Python computes on one, SQLite gives it free only while it looks."""
LIST_THREADS = 2
"""Lists and maps at one time: few pages that many wait for don't stand in line behind many that one each waits for."""
BEHIND = 2
"""Connections for what is made and looked for behind the pages."""
OUTSIDE_THREADS = 4
"""Requests that wait for others' servers at one time, apart from all else: a provider that is slow holds up nobody's page."""
REPLY_THREADS = 12
"""Replies that are sent at one time, apart from what reviewers write: a filter elsewhere may take seconds, and a flood holds up no decision.
Those that come together are written together, so that more of them gain until the core is busy."""
WRITING_THREADS = 2
"""Forms at one time, apart from those who read: hashing a password takes a core for 50 ms and 64 MB, and never a reader's thread."""
KEY_BYTES = 32
TEXTS = ("excerpts", "whole")
"""How much of a report's text the public sees."""
HERE = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    """What replies need beside the ledger."""

    judge: Judging
    sending: Sending


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """An open ledger, ready to be served."""

    config: Config
    ledger: Ledger
    readers: Readers
    templates: Environment
    assets: Assets
    kept: Kept
    fresh: Fresh
    decided: DecidedSoFar
    made: Made
    rates: Rates
    challenges: Challenges
    mailer: Mailer
    providers: Providers
    desk: Desk
    makers: Makers
    key: bytes
    """Signs forms and hides addresses."""
    now: Callable[[], datetime]
    reading_threads: anyio.CapacityLimiter
    list_threads: anyio.CapacityLimiter
    writing_threads: anyio.CapacityLimiter
    outside_threads: anyio.CapacityLimiter
    reply_threads: anyio.CapacityLimiter
    replies: Replies

    @property
    def https(self) -> bool:
        """Whether people reach it over https."""
        return self.config.site_url.startswith("https://")

    @property
    def url(self) -> str:
        """How people reach it, without a slash at its end."""
        return outside_address(self.config)

    @property
    def hosts(self) -> list[str]:
        """The names that it answers to."""
        named = [host.strip() for host in self.config.site_hosts.split(",") if host.strip()]
        outside = urlsplit(self.config.site_url).hostname
        return [*HERE, *named, *([outside] if outside else [])]

    def back_from(self, provider: str) -> str:
        """The address that browsers come back to from a provider."""
        return _back(self.config, provider)

    def sign(self, purpose: str, value: str) -> str:
        """A signature that only this site can make, of a value for one purpose."""
        return hmac.new(self.key, f"{purpose}\0{value}".encode(), "sha256").hexdigest()

    def hide(self, address: str) -> str:
        """An address as a keyed hash: the same for the same network, and nobody can read it back."""
        return _hidden(self.key, address)

    def close(self) -> None:
        """Let go of the ledger."""
        self.makers.close()
        self.desk.close()
        self.readers.close()
        self.ledger.close()


def open_site(config: Config, *, now: Callable[[], datetime], makers: Makers) -> Site:
    """The site on the ledger that the settings name.

    Raises:
        NotFound, BadInput, SourceFailed, NotAllowed: it can't be opened; or the site's address is none.
    """
    _check(config)
    folder = Path(config.ledger)
    ledger = get_ledger(folder, now=now, database=config.database)
    readers = open_readers(
        folder / DATABASE,
        config.database,
        most=READING_THREADS + LIST_THREADS + WRITING_THREADS + OUTSIDE_THREADS + REPLY_THREADS + BEHIND,
    )
    assets, kept, made = load_assets(), Kept(), Made()
    akismet, key = open_akismet(config.akismet), _get_key(folder / SITE_KEY)
    return Site(
        config=config,
        ledger=ledger,
        readers=readers,
        templates=load_templates(assets),
        assets=assets,
        desk=Desk(),
        makers=makers,
        kept=kept,
        fresh=Fresh(readers, kept, made),
        decided=DecidedSoFar(),
        made=made,
        rates=Rates(reading_a_minute=config.site_rate),
        challenges=Challenges(),
        mailer=open_mailer(config),
        providers=open_providers(
            config.reply_providers,
            site=outside_address(config),
            back=partial(_back, config),
            now=now,
            apps=KeptApps(ledger, key, now),
        ),
        key=key,
        now=now,
        reading_threads=anyio.CapacityLimiter(READING_THREADS),
        list_threads=anyio.CapacityLimiter(LIST_THREADS),
        writing_threads=anyio.CapacityLimiter(WRITING_THREADS),
        outside_threads=anyio.CapacityLimiter(OUTSIDE_THREADS),
        reply_threads=anyio.CapacityLimiter(REPLY_THREADS),
        replies=Replies(judge=Judging([akismet] if akismet else []), sending=Sending(ledger)),
    )


def outside_address(config: Config) -> str:
    """How people reach the site, without a slash at its end; on this machine alone where it wasn't told."""
    return config.site_url.rstrip("/") or "http://localhost:8000"


def _back(config: Config, provider: str) -> str:
    """Where browsers come back to from a provider."""
    return f"{outside_address(config)}/replies/sign-in/back/{provider}"


def _check(config: Config) -> None:
    parts = urlsplit(config.site_url)
    if config.site_url and not (parts.scheme in {"http", "https"} and parts.hostname):
        raise BadInput("the site's address is none", config.site_url, "give it as https://record.example.org")
    if config.reply_open not in {"on", "off"}:
        raise BadInput("reply_open is neither of its values", config.reply_open, "say on or off")
    if config.site_texts not in TEXTS:
        raise BadInput("site_texts is neither of its values", config.site_texts, f"say {' or '.join(TEXTS)}")


def _get_key(path: Path) -> bytes:
    """The site's own chance, made where there is none; only its owner may read it."""
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    except OSError as e:
        raise NotAllowed(f"the site's key can't be made ({e.strerror})", str(path), "let the folder be written") from e
    else:
        with os.fdopen(file, "wb") as opened:
            opened.write(secrets.token_bytes(KEY_BYTES))
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise BadInput("this is no key of a site", str(path), "delete it; everybody signs in again then")
    return key


@lru_cache(maxsize=4096)
def _hidden(key: bytes, address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
        network = ipaddress.ip_network(
            (parsed, 64 if parsed.version == 6 else 32), strict=False
        )  # one household, one network
        address = str(network)
    except ValueError:
        pass  # a socket file or a test has no address; its name is as good
    return hmac.new(key, f"address\0{address}".encode(), "sha256").hexdigest()[:32]
