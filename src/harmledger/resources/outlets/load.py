"""Outlets out of the table that ships, and out of a user's TOML file.

[[outlet]]
name = "Town Gazette"
domains = ["gazette.example"]
kind = "newspaper"          # agency, newspaper, broadcaster, magazine, online, monitor, NGO, international organisation, government, military
country = "SY"              # may be left out, as all below
languages = ["ar", "en"]
ownership = "private"       # state, public, private, party, nonprofit
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from harmledger.errors import BadInput
from harmledger.resources.outlets.entry import Outlet, OutletKind, Ownership
from harmledger.toml_table import TomlTable

_KNOWN = ("id", "name", "domains", "kind", "country", "languages", "ownership")
_DOMAIN = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}(?:/[^\s/]+){0,4}")
_COUNTRY = re.compile("[A-Z]{2}")


def read_packaged_outlets() -> Iterator[Outlet]:
    """The outlets that ship."""
    text = (files("harmledger.resources") / "outlets" / "outlets.tsv").read_text("utf-8")
    rows = csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t")
    return map(_read_row, rows)


def read_own(path: Path) -> Sequence[Outlet]:
    """A user's own outlets.

    Raises:
        BadInput: the file isn't TOML, or says something unknown or of the wrong kind.
    """
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as e:
        raise BadInput(f"the outlets can't be read ({e})", str(path), "write them as [[outlet]] tables of TOML") from e
    outlets = TomlTable(said, str(path), known=("outlet",)).tables("outlet")
    return [_read_table(TomlTable(one, where, known=_KNOWN)) for one, where in outlets]


def _read_row(row: Mapping[str, str]) -> Outlet:
    return Outlet(
        id=row["id"],
        name=row["name"],
        kind=OutletKind(row["kind"]),
        domains=tuple(row["domains"].split()),
        country=row["country"] or None,
        languages=tuple(row["languages"].split()),
        ownership=Ownership(row["ownership"]) if row["ownership"] else None,
    )


def _read_table(table: TomlTable) -> Outlet:
    name = table.needed("name")
    domains = tuple(each.lower().removeprefix("www.") for each in table.words("domains"))
    if not domains or not all(map(_DOMAIN.fullmatch, domains)):
        raise table.refuse("domains", 'give them as ["gazette.example"], without https://')
    country = table.find("country")
    if country is not None and not _COUNTRY.fullmatch(country):
        raise table.refuse("country", 'give two letters, such as "SY"')
    kind = table.choice("kind", OutletKind)
    if kind is None:
        raise table.refuse("kind", f"say one of {', '.join(OutletKind)}")
    return Outlet(
        id=table.find("id") or re.sub(r"\W+", "-", name.lower()).strip("-"),
        name=name,
        kind=kind,
        domains=domains,
        country=country,
        languages=table.words("languages"),
        ownership=table.choice("ownership", Ownership),
    )
