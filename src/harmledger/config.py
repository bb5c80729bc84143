"""The settings of a run, read once by the caller from a TOML file and the environment, and frozen.

Order of weight: command line, environment (`HARMLEDGER_…`), the file that `HARMLEDGER_CONFIG` names, the defaults below. Reads nothing by itself.
"""

from __future__ import annotations

import ipaddress
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from harmledger.errors import BadInput

PREFIX = "HARMLEDGER_"
FILE_VARIABLE = "HARMLEDGER_CONFIG"
OUTBOX = "outbox"
PROVIDERS = "reply_providers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a language model is asked, as it was told; nothing of it need be set where no engine asks one."""

    url: str = ""
    model: str = ""
    key: str = field(default="", repr=False)
    """Kept out of every message."""
    seconds: int = 120


PROVIDER_KINDS = ("oidc", "github", "wordpress", "mastodon")
"""How those who sign people in for others speak: OpenID Connect, or OAuth 2 in words of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One who signs people in for this site."""

    name: str
    """In addresses: small letters, digits and hyphens."""
    kind: str
    label: str
    """As people are shown it."""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    issuer: str = ""
    """Where it is: an OpenID Connect issuer; a GitHub or WordPress of one's own; the one Mastodon instance that is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """How letters go out, as it was told."""

    sender: str
    smtp: str
    """HOST:PORT; empty: into the outbox."""
    user: str
    password: str = field(repr=False)
    tls: str
    outbox: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AkismetAccount:
    """How Akismet is asked about replies, as it was told; without a key it is not asked."""

    key: str = field(default="", repr=False)
    """Kept out of every message."""
    blog: str = ""
    url: str = ""
    seconds: int = 5
    sends_address: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How pages are fetched, as it was told."""

    contact: str = ""
    proxy: str = field(default="", repr=False)
    proxy_looks_up: bool = False
    private: str = ""
    ports: str = "80,443"
    most_bytes: int = 20_000_000
    seconds: int = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What a run may be told; each field is a key of the file and, in capitals after `HARMLEDGER_`, a variable."""

    ledger: str = "ledger"
    """Folder of the ledger."""
    database: str = field(default="", repr=False)
    """Address of a PostgreSQL database that holds the ledger's rows in place of a file in its folder; it may hold a password."""
    engine: str = "encoder"
    """Which engine extracts."""
    jobs: int = 0
    """Processes that read; 0 takes all cores where there are enough reports to be worth it."""
    report_bytes: int = 20_000_000
    """One report larger than this is refused."""
    llm_url: str = ""
    """Base address of an OpenAI-compatible endpoint, such as `https://models.example.org/v1`, for `--engine llm`."""
    llm_model: str = ""
    """The model's name there."""
    llm_key: str = field(default="", repr=False)
    """The endpoint's API key, if it wants one; better in the environment than in a file."""
    llm_seconds: int = 120
    """How long one answer may take."""
    site_url: str = ""
    """How the site is reached from outside, such as `https://record.example.org`; with https its cookies are only sent so."""
    site_hosts: str = ""
    """Other names that the site answers to, separated by commas; this machine's own always count."""
    site_rate: int = 1200
    """Requests a minute that one address may make; 0 sets no bound."""
    site_makers: int = 2
    """Processes beside the site that make pages of incidents and reports; 0 leaves it to the site's own threads."""
    site_texts: str = "excerpts"
    """How much of reports' texts the public sees: the sentences around claims (`excerpts`), or all (`whole`)."""
    site_publisher: str = ""
    """Who publishes the record, as it is cited."""
    site_licence: str = ""
    """By what licence the publisher gives the record away, in the publisher's words."""
    site_releases: str = ""
    """Folder of releases that the site offers as downloads: all that lies in them is public."""
    reply_open: str = "on"
    """Whether people may sign in and reply: `on` or `off`."""
    reply_providers: tuple[Provider, ...] = ()
    """Who signs repliers in, beside links by e-mail: a list of tables in the file; in the environment the path of a TOML file that holds it, or JSON."""
    mail_from: str = ""
    """The address that letters come from."""
    mail_smtp: str = ""
    """The mail server, as HOST:PORT; where none is named, letters are put into the outbox."""
    mail_user: str = ""
    """The name to sign in with at the mail server, if it wants one."""
    mail_password: str = field(default="", repr=False)
    """The password there; better in the environment than in a file."""
    mail_tls: str = "starttls"
    """How the connection to it is secured: `starttls`, `tls` from the first byte, or `off` for a server on this machine."""
    mail_outbox: str = ""
    """Folder that letters are put into where no server is named; `outbox` in the ledger's folder unless told otherwise."""

    @property
    def mail(self) -> MailSettings:
        """The settings of mail together."""
        outbox = self.mail_outbox or str(Path(self.ledger) / OUTBOX)
        return MailSettings(
            sender=self.mail_from,
            smtp=self.mail_smtp,
            user=self.mail_user,
            password=self.mail_password,
            tls=self.mail_tls,
            outbox=outbox,
        )

    akismet_key: str = field(default="", repr=False)
    """Key of an Akismet account; with one, replies' texts are sent there to be judged. Better in the environment than in a file."""
    akismet_blog: str = ""
    """Which site Akismet knows the key for; `site_url` where it isn't set."""
    akismet_url: str = "https://rest.akismet.com"
    """Where Akismet is asked."""
    akismet_seconds: int = 5
    """How long one answer of Akismet's may take; then the reply is held."""
    akismet_sends_address: bool = False
    """Whether Akismet is told the writer's network address, browser and e-mail address as well (`true` or `false`)."""

    @property
    def akismet(self) -> AkismetAccount:
        """The settings of the spam filter elsewhere together."""
        return AkismetAccount(
            key=self.akismet_key,
            blog=self.akismet_blog or self.site_url,
            url=self.akismet_url,
            seconds=self.akismet_seconds,
            sends_address=self.akismet_sends_address,
        )

    fetch_contact: str = ""
    """Whom those who run a site may write to about what is fetched from it: an e-mail address or a page, told with every request."""
    fetch_proxy: str = field(default="", repr=False)
    """A proxy that all pages are fetched through, such as `http://proxy.example.org:3128`; it may hold a name and password."""
    fetch_proxy_looks_up: bool = False
    """Whether the proxy alone looks names up, and so guards that none leads into your network (`true` or `false`)."""
    fetch_private: str = ""
    """Networks that pages may be fetched from though they aren't public, such as `10.20.0.0/16`, with commas; any port there."""
    fetch_ports: str = "80,443"
    """Ports that pages of the public internet are fetched from, with commas."""
    fetch_bytes: int = 20_000_000
    """A page larger than this, packed or unpacked, isn't fetched."""
    fetch_seconds: int = 120
    """How long fetching one page may take, redirects and all."""

    @property
    def fetch(self) -> FetchSettings:
        """The settings of fetching together."""
        return FetchSettings(
            contact=self.fetch_contact,
            proxy=self.fetch_proxy,
            proxy_looks_up=self.fetch_proxy_looks_up,
            private=self.fetch_private,
            ports=self.fetch_ports,
            most_bytes=self.fetch_bytes,
            seconds=self.fetch_seconds,
        )

    @property
    def endpoint(self) -> Endpoint:
        """The settings of the language model together."""
        return Endpoint(url=self.llm_url, model=self.llm_model, key=self.llm_key, seconds=self.llm_seconds)


def load_config(environ: Mapping[str, str]) -> Config:
    """Settings from the file that the environment names, if any, and the environment itself.

    Raises:
        BadInput: the file isn't there, isn't TOML, or says something unknown or of the wrong kind.
    """
    path = environ.get(FILE_VARIABLE)
    config = _apply(Config(), parse_config(path), path) if path else Config()
    said = {f.name: environ[PREFIX + f.name.upper()] for f in fields(Config) if environ.get(PREFIX + f.name.upper())}
    return _apply(config, said, "the environment")


def parse_config(path: str) -> Mapping[str, object]:
    """The settings in a TOML file."""
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as e:
        raise BadInput("the configuration can't be opened", path, f"name a TOML file in {FILE_VARIABLE}") from e
    except tomllib.TOMLDecodeError as e:
        raise BadInput(f"the configuration isn't TOML ({e})", path, "mend that line") from e


def _apply(config: Config, said: Mapping[str, object], where: str) -> Config:
    for name, value in said.items():
        config = replace(config, **{name: _parse_value(name, value, where)})
    return config


def _parse_value(name: str, value: object, where: str) -> bool | int | str | tuple[Provider, ...]:
    known = {f.name: f.type for f in fields(Config)}
    if name not in known:
        raise BadInput(f"no setting is called {name!r}", where, f"use one of {', '.join(known)}")
    if name == PROVIDERS:
        return parse_providers(value, where)
    if known[name] == "bool":
        return _parse_bool(name, value, where)
    if known[name] != "int":
        return str(value)
    try:
        return int(str(value))
    except ValueError as e:
        raise BadInput(f"{name} can't be {value!r}", where, "give a whole number there") from e


def _parse_bool(name: str, value: object, where: str) -> bool:
    said = str(value).strip().lower()
    if said not in {"true", "false"}:
        raise BadInput(f"{name} can't be {value!r}", where, "say true or false there")
    return said == "true"


# --- who signs people in ---------------------------------------------------------------------------------------------

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?")
_LABELS = {"github": "GitHub", "wordpress": "WordPress.com", "mastodon": "Mastodon"}


def parse_providers(value: object, where: str) -> tuple[Provider, ...]:
    """Providers as a list of tables; from the environment as JSON, or as the path of a TOML file that holds `reply_providers`.

    Raises:
        BadInput: it says what no provider has, or not what it needs.
    """
    if isinstance(value, str):
        value, where = _read_providers(value.strip(), where)
    if not isinstance(value, list):
        raise BadInput(f"{PROVIDERS} is no list", where, f"give it as [[{PROVIDERS}]] tables, or as a JSON list")
    providers = tuple(_parse_provider(one, where) for one in cast("list[object]", value))
    if len({one.name for one in providers}) < len(providers):
        raise BadInput(f"two of {PROVIDERS} have one name", where, "name each its own")
    return providers


def _read_providers(value: str, where: str) -> tuple[object, str]:
    if not value.startswith("["):
        return parse_config(value).get(PROVIDERS), value
    try:
        return json.loads(value), where
    except ValueError as e:
        raise BadInput(f"{PROVIDERS} is no JSON ({e})", where, "mend it, or name a TOML file") from e


def _parse_provider(given: object, where: str) -> Provider:
    known: Sequence[str] = [f.name for f in fields(Provider)]
    table = cast("dict[str, object]", given) if isinstance(given, dict) else {}
    unknown = [key for key in table if key not in known]
    if unknown or not all(isinstance(said, str) for said in table.values()):
        what = f"a provider has no {unknown[0]!r}" if unknown else "a provider's values are words"
        raise BadInput(what, where, f"use {', '.join(known)}, each in quotes")
    said = {key: str(text).strip() for key, text in table.items()}
    name, kind, issuer = said.get("name", ""), said.get("kind", ""), said.get("issuer", "").rstrip("/")
    label = said.get("label") or _LABELS.get(kind) or ("Google" if issuer == "https://accounts.google.com" else name)
    provider = Provider(**{"name": name, "kind": kind, **said, "label": label, "issuer": issuer})
    if wrong := _wrong_with(provider):
        raise BadInput(f"provider {name!r}: {wrong}", where, "see docs/sign-in.md for each kind")
    return provider


def _wrong_with(provider: Provider) -> str | None:
    if not _NAME.fullmatch(provider.name):
        return "its name isn't one of small letters, digits and hyphens"
    if provider.kind not in PROVIDER_KINDS:
        return f"its kind is none of {', '.join(PROVIDER_KINDS)}"
    if provider.kind != "mastodon" and not provider.client_id:
        return "its client_id isn't set"
    if provider.kind in {"github", "wordpress"} and not provider.client_secret:
        return "its client_secret isn't set"
    if provider.kind == "oidc" and not provider.issuer:
        return "its issuer isn't set"
    return None if not provider.issuer or is_secure(provider.issuer) else "its issuer is no https address"


def is_secure(address: str) -> bool:
    """Whether what is sent to an address is read by nobody on the way: https, or this very machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(host) and "@" not in parts.netloc
    try:
        return parts.scheme == "http" and (host == "localhost" or ipaddress.ip_address(host).is_loopback)
    except ValueError:
        return False
