"""The settings of a run, read once by the caller from a TOML file and the environment, and frozen.

Order of weight: command line, environment (`HARMLEDGER_…`), the file that `HARMLEDGER_CONFIG` names, the defaults below. Reads nothing by itself.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from harmledger.errors import BadInput

PREFIX = "HARMLEDGER_"
FILE_VARIABLE = "HARMLEDGER_CONFIG"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a language model is asked, as it was told; nothing of it need be set where no engine asks one."""

    url: str = ""
    model: str = ""
    key: str = field(default="", repr=False)
    """Kept out of every message."""
    seconds: int = 120


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
    site_texts: str = "excerpts"
    """How much of reports' texts the public sees: the sentences around claims (`excerpts`), or all (`whole`)."""
    site_publisher: str = ""
    """Who publishes the record, as it is cited."""
    site_licence: str = ""
    """By what licence the publisher gives the record away, in the publisher's words."""
    site_releases: str = ""
    """Folder of releases that the site offers as downloads: all that lies in them is public."""

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


def _parse_value(name: str, value: object, where: str) -> bool | int | str:
    known = {f.name: f.type for f in fields(Config)}
    if name not in known:
        raise BadInput(f"no setting is called {name!r}", where, f"use one of {', '.join(known)}")
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
