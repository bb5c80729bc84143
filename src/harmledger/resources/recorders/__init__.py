"""Countries as independent recorders number and group them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from harmledger.resources.gazetteer import read_reviewed


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """One country, with what recorders call it by; None where they have no number."""

    code: str
    """ISO 3166-1 alpha-2."""
    name: str
    iso: int | None = None
    """ISO 3166-1 numeric."""
    gwno: int | None = None
    """Gleditsch and Ward's number."""
    ucdp_region: str | None = None
    acled_region: str | None = None


def get_country(code: str) -> Country:
    """The country of that ISO code; one that isn't listed has its name alone, or its code."""
    return _countries().get(code) or Country(code=code, name=_names().get(code, code))


@cache
def _countries() -> dict[str, Country]:
    text = files("harmledger.resources.recorders").joinpath("countries.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t")
    return {row["code"]: _country(row) for row in rows}


def _country(row: dict[str, str]) -> Country:
    return Country(
        code=row["code"],
        name=row["name"],
        iso=int(row["iso"]) if row["iso"] else None,
        gwno=int(row["gwno"]) if row["gwno"] else None,
        ucdp_region=row["ucdp_region"],
        acled_region=row["acled_region"],
    )


@cache
def _names() -> dict[str, str]:
    return {row["country"]: row["name"] for row in read_reviewed("countries.csv")}
