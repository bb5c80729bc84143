"""An incident for people and programs: where, when, every figure by claimant side by side, sources and copies.

Comes in: an incident's claims as they stand, each beside its document's record, in the order of publication, and what reconciling made of them.
Goes out: a record, or text. No figure is chosen over another but in a roll-up by a rule; one that was replaced is kept and marked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from harmledger.domain import Harm, Incident, Link, Pointer, Reconciled, Replaced, RollUp, Scope
from harmledger.publish.reconciled import figure_record, figure_table, plain_record, render_beside
from harmledger.publish.record import Record
from harmledger.publish.tables import ID_CHARS
from harmledger.publish.terminal import show
from harmledger.publish.wording import isolate, render_days, render_place, render_plain

Pairs = Sequence[tuple[Record, Record]]
TITLE_CHARS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An incident with all that is told of it."""

    incident: Incident
    claims: Pairs
    rejected: Pairs = ()
    """What people took out: shown among the figures alone."""
    originals: Mapping[str, str]
    replaced: Mapping[str, Replaced] = field(default_factory=dict[str, Replaced])
    """Reports of which a later version of the page stands: shown, and counted nowhere."""
    pointers: Sequence[Pointer] = ()
    reconciled: Reconciled
    roll_ups: Sequence[RollUp] = ()


def render_incident(shown: Shown) -> Record:
    """The incident as plain values."""
    incident, originals = shown.incident, shown.originals
    documents = {document["document_id"]: document for document, _ in shown.claims}
    sources, copies = count_sources(documents.keys() - shown.replaced.keys() or documents, originals)
    every = (*shown.claims, *shown.rejected)
    read = {claim["claim_id"]: (claim, document["published"]) for document, claim in every}
    figures = [(f.scope, figure_record(f, *read[f.claim_id])) for f in shown.reconciled.figures]
    return {
        "incident_id": incident.incident_id,
        "founding_claim": incident.founding_claim,
        "place": find_place(shown.claims),
        "when": find_days(shown.claims),
        "sources": sources,
        "copies": copies,
        "figures": [record for scope, record in figures if scope is Scope.INCIDENT],
        "parts": [record for scope, record in figures if scope is not Scope.INCIDENT],
        "responsibility": [plain_record(each) for each in shown.reconciled.responsibility],
        "roll_ups": [plain_record(each) for each in shown.roll_ups],
        "grade": plain_record(shown.reconciled.grade),
        "claims": [claim["claim_id"] for _, claim in shown.claims],
        "reports": [_report(document, originals, shown.replaced) for document in documents.values()],
        "leads_on_to": [{"incident_id": p.onward_id, "why": p.why} for p in shown.pointers],
    }


def count_sources(documents: Collection[str], originals: Mapping[str, str]) -> tuple[int, int]:
    """How many of an incident's documents wrote for themselves, and how many only copy one that is counted: together all of them."""
    sources = len({originals.get(document, document) for document in documents})
    return sources, len(documents) - sources


def render_title(claims: Iterable[Record], *, where: str | None, country: str | None) -> str:
    """What and where, in nobody's words: "Airstrike in Hodeidah, Yemen"; where no place is known, that it isn't.

    The means that most claims name; where none does, the first harm. A report's own headline may take a side.
    """
    every = list(claims)
    means = Counter(claim["means"]["kind"] for claim in every if claim["means"])
    harm = next((harm.value.replace("_", " ") for harm in Harm if any(c["harm"] == harm.value for c in every)), None)
    kind = means.most_common(1)[0][0] if means else None
    what = {"other": "Attack", None: f"People {harm}" if harm else "Harm"}.get(kind, (kind or "").capitalize())
    named = ", ".join(dict.fromkeys(name for name in (where, country) if name))
    return f"{what} in {named}" if named else f"{what}, place not known"


def find_place(claims: Pairs) -> Record | None:
    """The place that is known most finely, the first such; before all others one that people corrected."""
    for some in (_corrected(claims, "place"), claims):
        places = [claim["place"] for _, claim in some if claim["place"]]
        if places:
            return min(places, key=lambda p: p["radius_m"] or float("inf"))
    return None


def find_days(claims: Pairs) -> Record | None:
    """The shortest stretch of days that a claim names, the first such; before all others one that people corrected."""
    for some in (_corrected(claims, "earliest", "latest"), claims):
        known = [c["when"] for _, c in some if c["when"] and c["when"]["earliest"] and c["when"]["latest"]]
        if known:
            return min(known, key=_days)
    return None


def _corrected(claims: Pairs, *fields: str) -> Pairs:
    """Those of which people corrected one of these fields."""
    return [pair for pair in claims if "standing" in pair[1] and pair[1]["standing"]["corrected"].keys() & set(fields)]


def _days(when: Record) -> int:
    return (date.fromisoformat(when["latest"]) - date.fromisoformat(when["earliest"])).days


def _report(document: Record, originals: Mapping[str, str], replaced: Mapping[str, Replaced]) -> Record:
    by = replaced.get(document["document_id"])
    return {
        "document_id": document["document_id"],
        "id": document["id"],
        "title": document["title"],
        "publisher": document["publisher"],
        "published": document["published"],
        "copy_of": originals.get(document["document_id"]),
        "replaced": by and {"by": by.document_id, "since": by.since.isoformat()},
    }


# --- as text ---------------------------------------------------------------------------------------------------------


def render_incident_table(record: Record, *, width: int, color: bool = False) -> str:
    """An incident for a terminal: a heading, its figures and what follows from them, its reports."""
    parts: list[RenderableType] = [_heading(record)]
    if record["figures"]:
        parts.append(figure_table(record["figures"]))
    parts += render_beside(record)
    parts += [_line(report) for report in record["reports"]]
    parts += [Text(f"{o['why']}: see {o['incident_id'][:ID_CHARS]}", style="dim") for o in record["leads_on_to"]]
    return show(Group(*parts), width=width, color=color)


def _heading(record: Record) -> Text:
    where = render_place(record) or "place not known"
    when = render_days(record["when"]) or "day not known"
    heading = Text.assemble((record["incident_id"][:ID_CHARS], "cyan"), f"  {isolate(where)} · {when}\n")
    claims = f"{len(record['claims'])} claim{'s' * (len(record['claims']) != 1)}"
    return heading.append(f"  {render_sources(record['sources'], record['copies'])} · {claims}", style="dim")


def render_sources(sources: int, copies: int) -> str:
    """How many wrote for themselves, and how many only echo them."""
    told = f"{sources} source{'s' * (sources != 1)}"
    return f"{told}, {copies} cop{'ies' if copies != 1 else 'y'}" if copies else told


def _line(report: Record) -> Text:
    title = render_plain(report["title"] or "untitled")
    title = f"{title[:TITLE_CHARS]}…" if len(title) > TITLE_CHARS else title
    about = " · ".join(filter(None, (render_plain(report["publisher"] or ""), report["published"])))
    by = report["replaced"]
    copy = f" · copy of {report['copy_of'][:ID_CHARS]}" if report["copy_of"] else ""
    copy = f" · the page says since {by['since'][:10]} what {by['by'][:ID_CHARS]} says" if by else copy
    return Text(f"  {report['document_id'][:ID_CHARS]}  {isolate(title)}{about and ' · '}{about}{copy}")


def render_link(link: Link, *, width: int, color: bool = False) -> str:
    """How likely two claims are of one event, and each reason with what it adds."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for name in ("adds", "feature", "because"):
        table.add_column(name, overflow="fold", justify="right" if name == "adds" else "left")
    for reason in link.reasons:
        table.add_row(f"{reason.adds:+.2f}", reason.feature, isolate(render_plain(reason.told)))
    heading = Text(f"{link.score:.0%} likely to be of one event")
    return show(Group(heading, table), width=width, color=color)
