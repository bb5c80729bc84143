"""What changed since the last release: incidents added, gone or merged, figures changed.

Comes in: what both releases say of each incident. Goes out: a record, and the same as a page.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from harmledger.domain import ExportedIncident
from harmledger.errors import BadInput
from harmledger.publish.exports.own import ALL

Bounds = tuple[int | None, int | None, int | None]
"""Low, best, high."""
Of = tuple[str, str, str]
"""Harm, kind, group."""
SHOWN = 50
"""So many of each are listed on the page; all of them stand in changes.json."""


@dataclass(slots=True, kw_only=True)
class Known:
    """What a release says of its incidents: filled row by row."""

    version: str
    rule: str = ""
    totals: dict[str, dict[Of, Bounds]] = field(default_factory=dict[str, dict[Of, Bounds]])
    onward: dict[str, str] = field(default_factory=dict[str, str])
    """Of an old id the incident that it was merged into."""

    def add(self, incident: ExportedIncident) -> None:
        """One more incident of this release."""
        self.rule = incident.rule.value
        self.totals[incident.incident_id] = {
            (t.harm.value, t.kind.value if t.kind else ALL, t.group.value if t.group else ALL): (t.low, t.best, t.high)
            for t in incident.totals
        }
        self.onward |= dict.fromkeys(incident.old_ids, incident.incident_id)


def read_known(version: str, incidents: Iterable[str], totals: Iterable[str]) -> Known:
    """What an earlier release says, from the lines of its tables.

    Raises:
        BadInput: they are no tables of a release.
    """
    known = Known(version=version)
    try:
        for row in csv.DictReader(incidents):
            known.rule = row["rule"]
            known.totals[row["incident_id"]] = {}
        for row in csv.DictReader(totals):
            bounds = _number(row["low"]), _number(row["best"]), _number(row["high"])
            known.totals[row["incident_id"]][row["harm"], row["kind"], row["group"]] = bounds
    except (KeyError, TypeError, ValueError, csv.Error) as e:
        raise BadInput(f"the last release can't be read ({e!r})", version, "mend or move it") from e
    return known


def find_changes(before: Known | None, now: Known) -> dict[str, Any]:
    """The record of changes.json; of a first release everything is added."""
    if before is None:
        return {"since": None, "added": sorted(now.totals), "gone": [], "figures": [], "rule": None}
    both = sorted(before.totals.keys() & now.totals.keys())
    rule = None if before.rule == now.rule else {"was": before.rule, "is": now.rule}
    return {
        "since": before.version,
        "rule": rule,
        "added": sorted(now.totals.keys() - before.totals.keys()),
        "gone": [
            {"incident_id": at, "merged_into": now.onward.get(at)}
            for at in sorted(before.totals.keys() - now.totals.keys())
        ],
        "figures": [change for at in both for change in _changed(at, before.totals[at], now.totals[at])],
    }


def render_changes(changes: Mapping[str, Any], version: str) -> str:
    """The page."""
    if changes["since"] is None:
        return f"# Changes in {version}\n\nThe first release: {len(changes['added'])} incidents.\n"
    lines = [f"# Changes in {version} since {changes['since']}", ""]
    if changes["rule"]:
        lines += [f"The rule was {changes['rule']['was']} and is {changes['rule']['is']}: figures differ for that.", ""]
    lines += _listed("added", [f"`{at}`" for at in changes["added"]])
    lines += _listed("gone", [_gone(each) for each in changes["gone"]])
    lines += _listed("with other figures", [_figure(each) for each in changes["figures"]])
    return "\n".join(lines).rstrip() + "\n"


def _changed(at: str, was: Mapping[Of, Bounds], now: Mapping[Of, Bounds]) -> Iterable[dict[str, Any]]:
    for of in sorted(was.keys() | now.keys()):
        if was.get(of) != now.get(of):
            harm, kind, group = of
            bounds = {"was": _bounds(was.get(of)), "is": _bounds(now.get(of))}
            yield {"incident_id": at, "harm": harm, "kind": kind, "group": group, **bounds}


def _bounds(bounds: Bounds | None) -> dict[str, int | None] | None:
    return bounds and dict(zip(("low", "best", "high"), bounds, strict=True))


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def _listed(what: str, items: list[str]) -> list[str]:
    if not items:
        return [f"Nothing {what}.", ""]
    more = [f"- and {len(items) - SHOWN} more, in changes.json"] if len(items) > SHOWN else []
    return [f"## {len(items)} {what}", "", *(f"- {item}" for item in items[:SHOWN]), *more, ""]


def _gone(each: Mapping[str, Any]) -> str:
    onward = f"merged into `{each['merged_into']}`" if each["merged_into"] else "its claims are gone or rejected"
    return f"`{each['incident_id']}`: {onward}"


def _figure(each: Mapping[str, Any]) -> str:
    people = ", ".join(word for word in (each["kind"], each["group"]) if word != ALL) or "all"
    return f"`{each['incident_id']}` {each['harm']} ({people}): {_told(each['was'])} → {_told(each['is'])}"


def _told(bounds: Mapping[str, int | None] | None) -> str:
    if bounds is None:
        return "none"
    low, high = ("?" if bounds[end] is None else str(bounds[end]) for end in ("low", "high"))
    best = f" (best {bounds['best']})" if bounds["best"] is not None else ""
    return f"{low}–{high}{best}"
