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
from typing import cast

from harmledger.errors import BadInput
from harmledger.resources.outlets.entry import Outlet, OutletKind, Ownership

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
    tables = said.get("outlet", [])
    if not isinstance(tables, list) or set(said) - {"outlet"}:
        raise BadInput("it holds something else than [[outlet]] tables", str(path), "write each outlet as one")
    return [_read_table(table, f"{path}, outlet {n}") for n, table in enumerate(cast("list[object]", tables), 1)]


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


def _read_table(said: object, where: str) -> Outlet:
    table = cast("Mapping[str, object]", said) if isinstance(said, dict) else {}
    if unknown := next((name for name in table if name not in _KNOWN), None):
        raise BadInput(f"nothing is called {unknown!r}", where, f"use {', '.join(_KNOWN)}")
    name = table.get("name")
    if not isinstance(name, str) or not name.strip():
        raise BadInput("it has no name", where, 'add name = "…"')
    domains = tuple(each.lower().removeprefix("www.") for each in _words(table, "domains", where))
    if not domains or not all(map(_DOMAIN.fullmatch, domains)):
        raise BadInput(
            f"its domains can't be {table.get('domains')!r}",
            where,
            'give them as ["gazette.example"], without https://',
        )
    country = table.get("country")
    if country is not None and not (isinstance(country, str) and _COUNTRY.fullmatch(country)):
        raise BadInput(f"its country can't be {country!r}", where, 'give two letters, such as "SY"')
    kind, ownership = (
        _one_of(table, what, options, where) for what, options in (("kind", OutletKind), ("ownership", Ownership))
    )
    if kind is None:
        raise BadInput("it has no kind", where, f"say one of {', '.join(OutletKind)}")
    return Outlet(
        id=str(table.get("id") or re.sub(r"\W+", "-", name.strip().lower()).strip("-")),
        name=name.strip(),
        kind=OutletKind(kind),
        domains=domains,
        country=country,
        languages=tuple(_words(table, "languages", where)),
        ownership=Ownership(ownership) if ownership else None,
    )


def _words(table: Mapping[str, object], name: str, where: str) -> Sequence[str]:
    value = table.get(name, [])
    values = cast("list[object]", value) if isinstance(value, list) else [value]
    if not all(isinstance(each, str) for each in values):
        raise BadInput(f"its {name} can't be {value!r}", where, "write a list of words in quotes")
    return cast("list[str]", values)


def _one_of(table: Mapping[str, object], name: str, options: type[OutletKind | Ownership], where: str) -> str | None:
    value = table.get(name)
    if value is not None and value not in list(options):
        raise BadInput(f"its {name} can't be {value!r}", where, f"say one of {', '.join(options)}")
    return cast("str | None", value)
