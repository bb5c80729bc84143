"""An incident for export from which withheld names are struck, wherever words of reports or of people stand in it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, cast

from harmledger.domain import ExportedIncident
from harmledger.publish.redact import Withholding

_CODES = ("key", "country", "language", "gazetteer", "id")
"""Fields that hold no words, beside all that end with `_id`."""


def strike_incident(incident: ExportedIncident, withholding: Withholding) -> ExportedIncident:
    """The same with every withheld name struck; the same itself where none is withheld."""
    return cast("ExportedIncident", _struck(incident, withholding)) if withholding else incident


def _struck(value: Any, withholding: Withholding, name: str = "") -> Any:
    match value:
        case Enum():
            return value
        case str():
            return withholding.part(name, value)
        case tuple():
            return tuple(_struck(each, withholding) for each in cast("tuple[Any, ...]", value))
        case _ if is_dataclass(value):
            words = [f.name for f in fields(value) if f.name not in _CODES and not f.name.endswith("_id")]
            return replace(cast("Any", value), **{n: _struck(getattr(value, n), withholding, n) for n in words})
        case _:
            return value
