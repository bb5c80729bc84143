"""The log's chain: each decision names the one before it by its hash, so that no earlier one can be changed unseen.

Comes in: rows of the log as the database has them, whatever became of them. Goes out: decisions, or where the chain breaks. A log whose end
was cut off is whole by itself: only a head that somebody noted elsewhere shows that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from harmledger.domain import Correction, Decision, OtherClaim, Verdict, Words
from harmledger.errors import Inconsistent
from harmledger.ids import decision_id, plain

START = "0" * 64
"""What the first decision names as the one before it."""
CHAINED = ("before", "subject", "verdict", "reason", "who", "when", "replaces", "value")
"""What a decision's hash is made of, in this order; each a text, or nothing."""
Row = Mapping[Any, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Where the chain is broken first."""

    position: int
    """Of the decision in the log, from 1."""
    decision_id: str
    why: str


def find_break(rows: Iterable[Row], left: Mapping[str, str] | None = None) -> Break | None:
    """The first row that doesn't say what was hashed, or doesn't follow the one before it.

    `left`: of each decision that lawfully lost words (see `prove`) the hash of what is left of it.
    """
    before = START
    for position, row in enumerate(rows, 1):
        told = str(row["decision_id"])
        if row["before"] != before:
            why = "it does not follow the decision before it: one was taken out, put in or moved"
            return Break(position=position, decision_id=told, why=why)
        if hash_row(row) not in {told, (left or {}).get(told)}:
            return Break(position=position, decision_id=told, why="it was changed after it was written")
        before = told
    return None


def hash_row(row: Row) -> str:
    """The id that a row's content has."""
    return decision_id(*(row[name] if row[name] is None else str(row[name]) for name in CHAINED))


def decision_row(decision: Decision) -> dict[str, str | None]:
    """A decision as the texts that are hashed and kept."""
    return {
        "decision_id": decision.decision_id,
        "before": decision.before,
        "subject": decision.subject,
        "verdict": decision.verdict.value,
        "reason": decision.reason,
        "who": decision.who,
        "when": decision.when.isoformat(),
        "replaces": decision.replaces,
        "value": _render_value(decision.value),
    }


def parse_decision(row: Row) -> Decision:
    """A row of the log as a decision.

    Raises:
        Inconsistent: it holds something that no decision can.
    """
    try:
        return Decision(
            decision_id=row["decision_id"],
            before=row["before"],
            subject=row["subject"],
            verdict=Verdict(row["verdict"]),
            reason=row["reason"],
            who=row["who"],
            when=datetime.fromisoformat(row["when"]),
            replaces=row["replaces"],
            value=_parse_value(row["value"]),
        )
    except (ValueError, TypeError, KeyError) as e:
        where = f"decision {row['decision_id']}"
        raise Inconsistent("the log was changed", where, "see where with `harmledger log --verify`") from e


def _render_value(value: Correction | OtherClaim | None) -> str | None:
    match value:
        case None:
            return None
        case Correction():
            at = {"at": plain(value.at)} if value.at else {}
            return json.dumps({"field": value.field, "value": value.value, **at}, ensure_ascii=False)
        case OtherClaim():
            return json.dumps({"claim_id": value.claim_id})


def _parse_value(text: str | None) -> Correction | OtherClaim | None:
    if text is None:
        return None
    value = json.loads(text)
    if "claim_id" in value:
        return OtherClaim(claim_id=value["claim_id"])
    at = value.pop("at", None)
    return Correction(**value, at=at and Words(**at))
