"""What becomes of an incident's figures, for people and programs: figures, responsibility, roll-ups, the grade that is proposed, totals.

Comes in: values of the domain. Goes out: plain values, or lines for a terminal. Others' words can't drive it (see `wording`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from harmledger.domain import (
    TAKEN_OUT,
    ClaimedFigure,
    ProposedGrade,
    Responsibility,
    RollUp,
    Stance,
    Totals,
)
from harmledger.ids import plain
from harmledger.publish.record import Record
from harmledger.publish.tables import ID_CHARS
from harmledger.publish.terminal import show
from harmledger.publish.wording import isolate, isolate_words, render_bounds, render_plain

SAYS = {Stance.BLAMES: "blamed", Stance.ADMITS: "admitted", Stance.DENIES: "denied"}


# --- as plain values -------------------------------------------------------------------------------------------------


def figure_record(figure: ClaimedFigure, claim: Record, published: str | None) -> Record:
    """A figure beside the parts of its claim, as it stands, that say where it is read from."""
    victims: Record = claim["victims"] or {}
    stands: Any = plain(figure)
    return {
        "claim_id": figure.claim_id,
        "document_id": figure.document_id,
        "harm": figure.harm.value,
        "polarity": figure.polarity.value,
        "scope": figure.scope.value,
        "count": claim["count"],
        "victims": {**victims, "kind": figure.kind.value, "group": stands["group"]},
        "attribution": claim["attribution"],
        "claimant": stands["claimant"],
        "said": stands["said"],
        "actor": claim["actor"] and {**claim["actor"], "name": figure.actor},
        "published": published,
        "quote": claim["quote"],
        "origin_id": figure.origin_id,
        "standing": claim.get("standing"),
        "by_hand": figure.by_hand,
        "superseded": figure.superseded is not None,
        "superseded_by": figure.superseded_by,
        "superseded_why": stands["superseded"],
    }


def plain_record(value: RollUp | Responsibility | ProposedGrade | Totals) -> Record:
    """Any of these as plain values."""
    record: Any = plain(value)
    return record


# --- as text ---------------------------------------------------------------------------------------------------------


def figure_table(figures: Sequence[Record]) -> Table:
    """Figures by claimant over time; what was replaced is dim, and says why."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for name in ("claim", "harm", "figure", "who says so", "blamed", "said"):
        table.add_column(name, overflow="fold")
    for figure in figures:
        dim = figure["superseded"] or _verdict(figure) in TAKEN_OUT
        table.add_row(*map(isolate, _cells(figure)), style="dim" if dim else "")
    return table


def _cells(figure: Record) -> Iterator[str]:
    yield figure["claim_id"][:ID_CHARS]
    harm = figure["harm"].replace("_", " ")
    yield harm if figure["polarity"] == "asserted" else f"{harm} ({figure['polarity']})"
    yield _words(figure)
    yield render_plain(figure["claimant"]["name"])
    actor = figure["actor"]
    sure = actor and actor["certainty"] not in {None, "stated"}
    yield render_plain(actor["name"]) + (f" ({actor['certainty']})" if sure else "") if actor else ""
    yield figure["said"] or ""


def _words(figure: Record) -> str:
    """Bounds, whom they count, and what became of the figure."""
    victims = figure["victims"]
    told = [render_bounds(figure["count"])]
    told += [victims["kind"]] if victims["kind"] not in {None, "unknown"} else []
    told += [victims["group"]] if victims["group"] else []
    if figure["count"]["hedge"] in {"about", "vague"}:
        told.append(f"“{render_plain(figure['count']['exact'])}”")
    notes = [_DECIDED.get(_verdict(figure) or "", ""), _by_hand(figure["standing"])]
    if figure["superseded"]:
        by = f" {figure['superseded_by'][:ID_CHARS]}" if figure["superseded_by"] else ""
        notes.append(f"superseded: {figure['superseded_why']}{by}")
    noted = "; ".join(filter(None, notes))
    return ", ".join(told) + (f" ({noted})" if noted else "")


_DECIDED = {"reject": "rejected", "nothing": "rejected with its report", "hold": "held"}


def _verdict(figure: Record) -> str | None:
    return figure["standing"] and figure["standing"]["verdict"]


def _by_hand(standing: Record | None) -> str:
    """What of a figure's claim is a person's word."""
    if not standing:
        return ""
    corrected = standing["corrected"]
    return "entered by a person" if standing["entered"] else f"{', '.join(corrected)} corrected" * bool(corrected)


def render_beside(record: Record) -> list[RenderableType]:
    """Who blames whom, the roll-ups, and the proposed grade, a line each."""
    lines: list[RenderableType] = [Text(f"  {line}") for line in _responsibility(record["responsibility"])]
    for each in record["roll_ups"]:
        lines.append(_roll_up(each))
        lines += [
            Text(f"    left out {out['claim_id'][:ID_CHARS]}: {_safe(out['reason'])}", style="dim")
            for out in each["left_out"]
        ]
    grade = record["grade"]
    proposed = grade["grade"] or "none"
    lines.append(
        Text.assemble("  proposed grade: ", (proposed, "bold"), f": {_safe(grade['reason'])} (people set grades)")
    )
    return lines


def _responsibility(every: Sequence[Record]) -> Iterator[str]:
    """Who is blamed by whom, who admits, who denies: a line each actor and stance."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for each in every:
        sure = f" ({each['certainty']})" if each["certainty"] == "suspected" else ""
        actor = _safe(each["actor"]) if each["actor"] else "somebody who isn't named"
        grouped.setdefault((each["stance"], actor), []).append(_safe(each["by"]) + sure)
    for (stance, actor), by in grouped.items():
        itself = by == [actor] and stance != Stance.BLAMES
        yield f"{SAYS[Stance(stance)]}: {actor}, by {'itself' if itself else ', '.join(by)}"


def _roll_up(each: Record) -> Text:
    figure = "no figure" if each["low"] is None and each["high"] is None else render_bounds(each)
    best = f", best {each['best']}" if each["best"] is not None and each["low"] != each["high"] else ""
    of = ", ".join(claim[:ID_CHARS] for claim in each["used"])
    line = Text(f"  {each['harm'].replace('_', ' ')} by {each['rule']}: ")
    line.append(f"{figure}{best}", style="bold").append(f", {_safe(each['told'])}")
    return line.append(f" [{of}]", style="cyan") if of else line


def render_totals(totals: Iterable[Totals], *, width: int, color: bool = False) -> str:
    """Totals, a block each harm: the sums first, the models below, each with what it takes for granted."""
    parts: list[RenderableType] = []
    for total in totals:
        several = "s" * (total.incidents != 1)
        heading = Text(f"{total.harm.value.replace('_', ' ')} by {total.rule.value}: ")
        heading.append(f"{_span(total.low, total.high)}{' or more' * bool(total.open_above)}", style="bold")
        heading.append(f", the sums of the least and the most of {total.incidents:,} incident{several}")
        heading.append(f"; high end left open by {total.open_above:,}" if total.open_above else "")
        heading.append(f"; {total.without:,} without a figure" if total.without else "")
        parts.append(heading)
        parts += [
            Text(f"  {model.model}: {_span(model.low, model.high)}, 95 times of 100, if {model.told}", style="dim")
            for model in total.models
            if total.low != total.high  # a model has nothing to say where all agree
        ]
    return show(Group(*parts), width=width, color=color)


def _span(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def _safe(text: str) -> str:
    return isolate_words(render_plain(text))
