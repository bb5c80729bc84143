"""A report's claims beside what a recorder counts, as data and in words.

Comes in: the report's claim record, its checked claims, the reference set. Goes out: plain values ready for JSON, or text for a terminal. What lies
within, above or below is told; what is true is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from harmledger.domain import (
    Candidate,
    Checked,
    Harm,
    Lies,
    Match,
    Position,
    RecordedFigure,
    RecordedIncident,
    ReferenceSet,
)
from harmledger.ids import plain
from harmledger.publish.record import Record
from harmledger.publish.terminal import show
from harmledger.publish.wording import isolate_words, render_bounds, render_days, render_harm, render_plain

ID_CHARS = 10
"""Of a claim's id, enough to name it."""
ALTERNATIVES = 8
"""Other incidents named on a terminal, each on a line; the record has more."""


def render_checked(record: Record, checked: Sequence[Checked], reference: ReferenceSet) -> Record:
    """The line that `check --format jsonl` gives for a report: recorders' own codes, and every candidate with its evidence."""
    document = record["document"]
    return {
        "document": {name: document[name] for name in ("id", "document_id", "title", "published")},
        "reference": plain(reference),
        "claims": [
            {
                "claim_id": each.claim_id,
                "quote": claim["quote"],
                "count": claim["count"],
                "harm": claim["harm"],
                "match": each.match.value,
                "note": each.note,
                "in_words": render_verdict(claim, each),
                "candidates": [plain(candidate) for candidate in each.candidates],
            }
            for claim, each in zip(record["claims"], checked, strict=True)
        ],
    }


def render_check(
    record: Record, checked: Sequence[Checked], reference: ReferenceSet, *, width: int, color: bool
) -> str:
    """The same for a person: each claim, where it lies, why that incident, and which others there are."""
    title = render_plain(record["document"]["title"] or record["document"]["capture"]["source"])
    head = Text.assemble((title, "bold"), (f"\nbeside {reference.name}: {render_plain(reference.citation)}", "dim"))
    parts: list[RenderableType] = [head]
    if not record["claims"]:
        parts.append(Text("no claims of harm with a number", style="dim"))
    for claim, each in zip(record["claims"], checked, strict=True):
        parts += [Text(), *(Text(line, style=style) for line, style in _lines(claim, each))]
    return show(Group(*parts), width=width, color=color)


def render_verdict(claim: Record, checked: Checked) -> str:
    """One sentence: where the claim's figure lies beside the likeliest incident's, or that none or several may be meant."""
    if checked.match is Match.NONE:
        return f"No match: {checked.note}."
    first = checked.candidates[0]
    told = _where(claim, first)
    return told if checked.match is Match.ONE else f"Several possible ({checked.note}): {told[0].lower()}{told[1:]}"


def _where(claim: Record, candidate: Candidate) -> str:
    name, figure = _named(candidate.incident), candidate.figure
    said = f"{render_bounds(claim['count'])} {claim['harm'].replace('_', ' ')}"
    if candidate.lies is Lies.NO_FIGURE or figure is None:
        return f"Most likely {name}, which gives no figure to set beside {said}."
    where = {Lies.WITHIN: "lies within", Lies.ABOVE: "lies above", Lies.BELOW: "lies below"}[candidate.lies]
    return f"Most likely {name}: {said} {where} its {_range(figure)}."


def _named(incident: RecordedIncident) -> str:
    return render_plain(" ".join(filter(None, (incident.code, incident.place))))


def _range(figure: RecordedFigure) -> str:
    return render_bounds({"low": figure.low, "high": figure.high})


def _lines(claim: Record, checked: Checked) -> Iterator[tuple[str, str]]:
    place = render_plain(claim["place"]["exact"]) if claim["place"] else ""
    about = (f"{render_bounds(claim['count'])} {render_harm(claim)}", place, render_days(claim["when"]))
    yield f"{claim['claim_id'][:ID_CHARS]}  {isolate_words(', '.join(filter(None, about)))}", "cyan"
    yield f"  {isolate_words(render_verdict(claim, checked))}", "bold"
    if not checked.candidates:
        return
    for line in (*_about(checked.candidates[0].incident), *_reasons(checked.candidates[0])):
        yield f"  {isolate_words(render_plain(line))}", ""
    for other in checked.candidates[1 : 1 + ALTERNATIVES]:
        yield f"  or {isolate_words(_alternative(other))}", "dim"


def _about(incident: RecordedIncident) -> Iterator[str]:
    """What the recorder says of it, and what the belligerents say."""
    days = (
        str(incident.earliest) if incident.earliest == incident.latest else f"{incident.earliest} to {incident.latest}"
    )
    yield f"recorded: {', '.join(filter(None, (days, incident.place, incident.admin1, incident.means)))}; {_graded(incident)}"
    yield from (
        f"{each.belligerent.replace('_', ' ')} ({each.role or 'named'}): {_position(each)}"
        for each in incident.positions
    )


def _graded(incident: RecordedIncident) -> str:
    return f"grade {incident.grade}" if incident.grade else "not graded"


def _position(position: Position) -> str:
    """The belligerent's own assessment, in the recorder's words, and what it conceded."""
    own = (position.assessment or "no assessment recorded").replace("_", " ")
    conceded = RecordedFigure(harm=Harm.KILLED, low=position.conceded_low, high=position.conceded_high)
    nothing = position.conceded_low is None and position.conceded_high is None
    return f"its own assessment: {own}{'' if nothing else f'; conceded {_range(conceded)} deaths'}"


def _reasons(candidate: Candidate) -> Iterator[str]:
    """Why it is thought of, what weighs most first; the number is the weight times how far it holds."""
    weighed = [(e.value * e.weight, e) for e in candidate.evidence]
    for points, evidence in sorted(weighed, key=lambda each: -abs(each[0])):
        if points:
            yield f"{points:+.1f} {evidence.feature}: {evidence.reason}"


def _alternative(candidate: Candidate) -> str:
    incident, figure = candidate.incident, candidate.figure
    told = (
        _named(incident),
        str(incident.earliest),
        f"{_range(figure)} {figure.harm.value}" if figure else "",
        incident.grade or "",
    )
    return ", ".join(filter(None, told))
