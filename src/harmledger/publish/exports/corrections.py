"""People's corrections of where, when and by what means, put into effect on a claim's record; figures are corrected when they are reconciled.

Comes in: a claim's record, and of each corrected field what it says in truth. Goes out: another record; the claim itself stays as it was read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harmledger.publish.record import Record

Said = Mapping[str, int | str | None]
"""Of a corrected field its value; None is "not stated"."""
FindPlace = Callable[[str, str | None], Record]
"""The record of a place by its words and the country that it is looked for in."""
DAYS = frozenset(("earliest", "latest"))


def correct_record(claim: Record, said: Said, find_place: FindPlace) -> Record:
    """The claim as people made it stand."""
    if not said:
        return claim
    changed = dict(claim)
    if "place" in said:
        country = claim["place"] and claim["place"]["country"]
        changed["place"] = find_place(str(said["place"]), country) if said["place"] else None
    if said.keys() & DAYS:
        changed["when"] = _correct_days(claim["when"], said)
    if "means" in said:
        changed["means"] = {"kind": said["means"]} if said["means"] else None
    return changed


def _correct_days(when: Record | None, said: Said) -> Record:
    days: Record = {**(when or {"earliest": None, "latest": None}), **{end: said[end] for end in DAYS & said.keys()}}
    known = days["earliest"] is not None and days["latest"] is not None
    precision = ("day" if days["earliest"] == days["latest"] else "days") if known else None
    return {**days, "precision": precision}
