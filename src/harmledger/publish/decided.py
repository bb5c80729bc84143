"""What people decided, for a terminal and as records: the log, one subject's standing, what was entered, victims, agreement.

Comes in: decisions and what follows from them. Goes out: text and plain values. Reviewers' words are others' words: none of them may drive
the terminal (see `wording`). A victim's names go out only where they were released and are asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from harmledger.domain import Agreement, Correction, Decision, Entered, OtherClaim, Standing, Verdict, Victim
from harmledger.ids import plain
from harmledger.publish.record import Record
from harmledger.publish.terminal import grid, show
from harmledger.publish.wording import isolate, isolate_words, render_bounds, render_days, render_plain

ID_CHARS = 10
"""As tables print ids of claims."""
WITHHELD = "withheld"
UNREAD = "No engine reads this document: open it where it came from."
PASSAGE_CHARS = 60
"""Text shown on either side of a passage, to find it in the document."""
Passage = tuple[int, int, str]
"""Where it begins and ends in the text, and why it gave nothing."""
STANDS_AS = {
    Verdict.ACCEPT: "accepted",
    Verdict.CORRECT: "corrected",
    Verdict.REJECT: "rejected",
    Verdict.HOLD: "held",
    Verdict.NOTHING: "read by a person: nothing here",
}


_LOG_COLUMNS = (
    ("decision", 10, None),
    ("when", 10, None),
    ("who", None, 3),
    ("subject", 10, None),
    ("decided", None, 5),
    ("reason", None, 6),
)
"""Columns of the log: ids and days have their width, words share the rest."""


# --- the log ---------------------------------------------------------------------------------------------------------


def decision_record(decision: Decision, *, counts: bool) -> Record:
    """A decision as a line of JSON, and whether it still counts."""
    return {**_plain(decision), "counts": counts}


def render_log(decisions: Iterable[Decision], counted: Collection[str], *, width: int, color: bool = False) -> str:
    """The log as a table; what no longer counts says so."""
    table = Table(box=box.ROUNDED, header_style="bold", width=width)
    for name, fixed, ratio in _LOG_COLUMNS:
        table.add_column(name, width=fixed, ratio=ratio, overflow="fold")
    for decision in decisions:
        verdict = render_verdict(decision) + ("" if decision.decision_id in counted else " (no longer counts)")
        told = (_words(decision.who), decision.subject[:ID_CHARS], verdict, _words(decision.reason))
        cells = (decision.decision_id[:ID_CHARS], f"{decision.when:%Y-%m-%d %H:%M}", *told)
        table.add_row(*map(Text, cells))
    return show(table, width=width, color=color)


def render_verdict(decision: Decision) -> str:
    """What was decided, with what it names: `correct low to 12`, `merge with 9a8e4491f1`."""
    match decision.value:
        case Correction(field=field, value=value):
            return f"correct {render_plain(field)} to {_value(value)}"
        case OtherClaim(claim_id=claim):
            joint = "with" if decision.verdict is Verdict.MERGE else "from"
            return f"{decision.verdict.value} {joint} {render_plain(claim[:ID_CHARS])}"
        case None if decision.verdict is Verdict.UNDO and decision.replaces:
            return f"undo {decision.replaces[:ID_CHARS]}"
        case None:
            return decision.verdict.value


# --- how one subject stands ------------------------------------------------------------------------------------------


def standing_record(standing: Standing) -> Record:
    """How a subject stands, beside what was read of it and never mixed with that."""
    return _plain(standing)


def render_standing(standing: Standing, read: dict[str, Any], *, width: int, color: bool = False) -> str:
    """What people decided, apart from what was read: the verdict, corrected fields with what they said before, and each decision."""
    verdict = STANDS_AS[standing.verdict] if standing.verdict else "not decided"
    disputed = " (reviewers differ)" if standing.disputed else ""
    lines: list[RenderableType] = [Text(f"what people decided: {verdict}{disputed}", style="bold")]
    lines.append(grid({each.field: _corrected(each, read) for each in standing.corrections}))
    lines += [Text(f"  {_line(decision)}") for decision in standing.in_effect]
    return show(Group(Text(), *lines), width=width, color=color)


def _corrected(correction: Correction, read: dict[str, Any]) -> str:
    return f"{_value(correction.value)}  (was read as {_value(read.get(correction.field))})"


def _line(decision: Decision) -> str:
    """One decision that counts: when, who, what, why."""
    reason = f": {_words(decision.reason)}" if decision.reason else ""
    made = f"{decision.when:%Y-%m-%d %H:%M}  {_words(decision.who)}  {render_verdict(decision)}{reason}"
    return f"{made}  [{decision.decision_id[:ID_CHARS]}]"


# --- what people entered ---------------------------------------------------------------------------------------------


def entered_record(entered: Entered) -> Record:
    """An entered claim as a record of its own shape: it has no engine, no confidence, no words for each value."""
    return _plain(entered)


def render_entry(entered: Entered, *, width: int, color: bool = False) -> str:
    """A claim that a person entered, as the ledger lists it: a line."""
    bounds = render_bounds({"low": entered.low, "high": entered.high})
    told = (bounds, entered.harm.value.replace("_", " "), _words(entered.place or ""), _words(entered.quote))
    line = Text(entered.entry_id[:ID_CHARS], style="cyan")
    line.append(f"  entered by a person: {' · '.join(filter(None, told))}", style="not cyan")
    return show(line, width=width, color=color)


def render_document(record: Record, dropped: Sequence[Passage], *, width: int, color: bool = False) -> str:
    """A document to be read by a person: what is known of it, its text, and each passage that an engine looked at in vain, with the reason."""
    title = _words(record["title"] or "untitled")
    about = " · ".join(filter(None, (record["publisher"], record["published"], record["capture"]["source"])))
    lines: list[RenderableType] = [Text(title, style="bold"), Text(_words(about), style="dim")]
    text: str = record["text"]
    lines += [Text(_words(line)) for line in text.splitlines() if line.strip()] or [Text(UNREAD, style="dim")]
    for start, end, reason in dropped:
        around = text[max(0, start - PASSAGE_CHARS) : end + PASSAGE_CHARS]
        lines.append(Text(f"looked at in vain, {render_plain(reason)}: …{_words(around)}…", style="yellow"))
    lines.append(Text(f"document {record['document_id']}", style="dim"))
    return show(Group(*lines), width=width, color=color)


def render_entered(entered: Entered, *, width: int, color: bool = False) -> str:
    """A claim that a person entered, with its quote."""
    when = _plain({"earliest": entered.earliest, "latest": entered.latest})
    harm = entered.harm.value.replace("_", " ")
    fields = {
        "count": render_bounds({"low": entered.low, "high": entered.high}),
        "harm": harm if entered.polarity == "asserted" else f"{harm} ({entered.polarity})",
        "kind": ", ".join(filter(None, (entered.kind, entered.group))),
        "place": _words(entered.place or ""),
        "date": render_days(when),
        "actor": _words(entered.actor or ""),
        "means": entered.means or "",
        "who says so": _words(entered.claimant or "the outlet itself"),
        "scope": entered.scope,
        "stands at": "" if entered.start is None else f"{entered.start}–{entered.end} of the text",
        "claim": entered.entry_id,
        "document": entered.document_id,
    }
    heading = Text("entered by a person", style="bold")
    return show(Group(heading, grid(fields), Text(f"\n{_words(entered.quote)}")), width=width, color=color)


# --- victims ---------------------------------------------------------------------------------------------------------


def victim_record(victim: Victim, *, released: bool, with_names: bool) -> Record:
    """A victim as it may be shown: nothing but its links before it is released, its names only where they are asked for too."""
    record: Record = {"victim_id": victim.victim_id, "document_id": victim.document_id, "claims": list(victim.claims)}
    if not released:
        return {**record, "withheld": True}
    record |= {"withheld": False, "age": victim.age, "sex": victim.sex.value, "status": victim.status.value}
    record["spellings"] = len(victim.names)
    return {**record, "names": list(victim.names)} if with_names else record


def render_victims(records: Sequence[Record], *, width: int, color: bool = False) -> str:
    """Victims as a table, of what `victim_record` lets through."""
    table = Table(box=box.ROUNDED, header_style="bold", width=width)
    for name, ratio in (("victim", 3), ("names", 8), ("age", 2), ("sex", 2), ("status", 3), ("claims", 4)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for record in records:
        told = [_words(str(record.get(name) or "")) for name in ("age", "sex", "status")]
        claims = ", ".join(claim[:ID_CHARS] for claim in record["claims"])
        table.add_row(*map(Text, (record["victim_id"][:ID_CHARS], _names(record), *told, claims)))
    return show(table, width=width, color=color)


def _names(record: Record) -> str:
    if record["withheld"]:
        return WITHHELD
    spellings = record["spellings"]
    counted = f"{spellings} spelling{'s' * (spellings != 1)}, see them with --with-names"
    return " / ".join(map(_words, record["names"])) if "names" in record else counted


# --- agreement -------------------------------------------------------------------------------------------------------


def agreement_record(agreement: Agreement) -> Record:
    """Agreement on one field as a line of JSON."""
    return _plain(agreement)


def render_agreement(agreements: Iterable[Agreement], *, width: int, color: bool = False) -> str:
    """Krippendorff's alpha of each field with its interval, and the number of claims it stands on."""
    table = Table(box=box.ROUNDED, header_style="bold")
    for name in ("field", "metric", "alpha", "95 %", "coded twice", "all the same"):
        table.add_column(name, justify="left" if name in {"field", "metric"} else "right")
    for each in agreements:
        alpha = "–" if each.alpha is None else f"{each.alpha:.3f}"
        between = "–" if each.low is None else f"{each.low:.3f} to {each.high:.3f}"
        table.add_row(each.field, each.metric, alpha, between, str(each.units), str(each.equal))
    return show(table, width=width, color=color)


def _words(text: str) -> str:
    """Somebody's words on one line, set apart where they run from right to left."""
    return isolate(render_plain(text))


def _value(value: object) -> str:
    return "not stated" if value is None else isolate_words(render_plain(str(value)))


def _plain(value: object) -> Record:
    record: Any = plain(value)
    return record
