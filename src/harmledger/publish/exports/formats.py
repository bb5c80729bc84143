"""Every format by its name: what it is, which tables it has, and the rule it stands under unless another is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from harmledger.domain import Rule
from harmledger.publish.exports import geojson, jsonld
from harmledger.publish.exports.acled import ACLED
from harmledger.publish.exports.airwars import AIRWARS
from harmledger.publish.exports.own import OWN
from harmledger.publish.exports.table import Table
from harmledger.publish.exports.ucdp import UCDP

_OWN_ABOUT = (
    "Our own tables, which join by their ids. They keep figures by claimant, superseded ones among them, quotes and who blames whom; the reports' "
    "texts, the reasons of reading and linking, and people's log stay in the ledger."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way out of the ledger."""

    name: str
    about: str
    rule: Rule
    tables: tuple[Table[Any], ...] = ()
    """None for a format that is no table."""
    takes_hxl: bool = False
    is_file: bool = False
    """Whether it is bytes that no terminal should get."""


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format(name="csv", about=_OWN_ABOUT, rule=Rule.RANGE, tables=OWN, takes_hxl=True),
        Format(name="ucdp", about=UCDP.about, rule=Rule.BEST_LOW_HIGH, tables=(UCDP,), takes_hxl=True),
        Format(name="acled", about=ACLED.about, rule=Rule.CONSERVATIVE, tables=(ACLED,), takes_hxl=True),
        Format(name="airwars", about=AIRWARS.about, rule=Rule.AIRWARS, tables=(AIRWARS,), takes_hxl=True),
        Format(name="geojson", about=geojson.ABOUT, rule=Rule.RANGE),
        Format(name="jsonld", about=jsonld.ABOUT, rule=Rule.RANGE),
        Format(name="parquet", about=f"The csv format's tables as Parquet files, with types. {_OWN_ABOUT}", rule=Rule.RANGE, tables=OWN, is_file=True),
        Format(name="sqlite", about=f"The csv format's tables in one SQLite file, with keys and indexes. {_OWN_ABOUT}", rule=Rule.RANGE, tables=OWN, is_file=True),
    )
}  # fmt: skip
