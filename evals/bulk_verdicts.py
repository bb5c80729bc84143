"""Verdicts on claims, checked by hand: their form, what follows from a line, and two passes made into one (`evals/verdicts/README.md` is the rule)."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

CLAIM = "claim"
FIGURE = (CLAIM, "count", "harm", "kind")
"""What confidence promises to be right."""
WHOLE = (*FIGURE, "scope", "polarity", "source")
MAY_BE_UNSTATED = ("group", "place", "time", "actor", "means", "source")
RESOLVED = "resolved"
FIELDS = ("claim", "count", "harm", "kind", "group", "scope", "polarity", "place", "resolved", "time", "actor", "means", "source")  # fmt: skip
COLUMNS = ("claim_id", "whole", *FIELDS)
RIGHT, WRONG, ABSENT, NONE, UNCLEAR = "right", "wrong", "absent", "none", "unclear"
JUDGED = frozenset({RIGHT, WRONG, UNCLEAR})


class FormBroken(Exception):
    """A file of verdicts that breaks the form; says every fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What somebody says of a claim; a field that isn't judged is empty."""

    claim_id: str
    whole: str
    fields: Mapping[str, str]


def read_verdicts(path: Path, drawn: frozenset[str]) -> dict[str, Verdict]:
    """A pass's verdicts by claim; lines that nobody has filled yet are left out.

    Raises:
        FormBroken: a line breaks the form, a claim wasn't drawn, or has two lines.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise FormBroken(f"{path.name}: the columns must be {','.join(COLUMNS)}")
        verdicts: dict[str, Verdict] = {}
        faults: list[str] = []
        for row in rows:
            verdict = Verdict(
                claim_id=row["claim_id"], whole=row["whole"], fields={name: row[name] or "" for name in FIELDS}
            )
            if not verdict.whole and not any(verdict.fields.values()):
                continue
            told = list(find_faults(verdict))
            told += ["it wasn't drawn"] * (verdict.claim_id not in drawn) + ["it has two lines"] * (
                verdict.claim_id in verdicts
            )
            faults += [f"{path.name}, line {rows.line_num}, claim {verdict.claim_id[:12]}: {fault}" for fault in told]
            verdicts[verdict.claim_id] = verdict
    if faults:
        raise FormBroken("\n".join(faults))
    return verdicts


def find_faults(verdict: Verdict) -> Iterator[str]:
    """Where a line breaks the form."""
    fields = verdict.fields
    judged, broken = fields[CLAIM] == RIGHT, False
    for name in FIELDS:
        allowed = _allowed(name, fields, judged=judged)
        if fields[name] not in allowed:
            broken = True
            yield f"{name} is {fields[name] or 'empty'!r}, not {' or '.join(sorted(word or 'empty' for word in allowed))}"
    if not broken and verdict.whole != follow(fields):
        yield f"whole is {verdict.whole!r}, but {follow(fields)!r} follows from the fields"


def _allowed(name: str, fields: Mapping[str, str], *, judged: bool) -> frozenset[str]:
    if name == CLAIM:
        return JUDGED
    if not judged or (name == RESOLVED and fields["place"] != RIGHT):
        return frozenset({""})
    if name == RESOLVED:
        return JUDGED | {ABSENT}
    return JUDGED | {ABSENT, NONE} if name in MAY_BE_UNSTATED else JUDGED


def follow(fields: Mapping[str, str], names: tuple[str, ...] = WHOLE) -> str:
    """The verdict on several fields at once: wrong where one is wrong or left out, else unclear where one is, else right."""
    words = {fields[name] for name in names}
    if words & {WRONG, ABSENT}:
        return WRONG
    return UNCLEAR if UNCLEAR in words else RIGHT


def differ(one: Verdict, other: Verdict) -> list[str]:
    """The fields on which two verdicts differ."""
    return [name for name in FIELDS if one.fields[name] != other.fields[name]]


def settle(
    first: Mapping[str, Verdict], second: Mapping[str, Verdict], agreed: Mapping[str, Verdict]
) -> dict[str, Verdict]:
    """The verdicts that stand: those on which both passes agree, and of the others those that were looked at again.

    Raises:
        FormBroken: a third look at what nobody differs on.
    """
    both = first.keys() & second.keys()
    open_to = {claim for claim in both if differ(first[claim], second[claim])}
    if vain := sorted(agreed.keys() - open_to):
        raise FormBroken(f"a third look at claims on which the passes don't differ: {', '.join(c[:12] for c in vain)}")
    return {claim: agreed.get(claim, first[claim]) for claim in sorted(both) if claim not in open_to or claim in agreed}
