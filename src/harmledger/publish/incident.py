"""An incident for people and programs: where, when, every figure by claimant side by side, sources and copies.

Comes in: an incident's claims as records, each beside its document's, in the order of publication. Goes out: a record, or text. No figure is
chosen over another; one that its own claimant has replaced is kept and marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from harmledger.domain import Incident, Link, Pointer
from harmledger.publish.record import Record
from harmledger.publish.tables import ID_CHARS
from harmledger.publish.terminal import show
from harmledger.publish.wording import (
    isolate,
    render_actor,
    render_bounds,
    render_days,
    render_harm,
    render_place,
    render_plain,
    render_speakers,
)

Pairs = Sequence[tuple[Record, Record]]
TITLE_CHARS = 60


def render_incident(
    incident: Incident, claims: Pairs, originals: Mapping[str, str], pointers: Sequence[Pointer] = ()
) -> Record:
    """The incident as plain values."""
    documents = {document["document_id"]: document for document, _ in claims}
    return {
        "incident_id": incident.incident_id,
        "founding_claim": incident.founding_claim,
        "place": find_finest(claims),
        "when": find_narrowest(claims),
        "sources": len({originals.get(document, document) for document in documents}),
        "copies": sum(originals.get(document) in documents for document in documents),
        "figures": list(_figures(claims)),
        "claims": [claim["claim_id"] for _, claim in claims],
        "reports": [_report(document, originals) for document in documents.values()],
        "leads_on_to": [{"incident_id": p.onward_id, "why": p.why} for p in pointers],
    }


def find_finest(claims: Pairs) -> Record | None:
    """The place that is known most finely, the first such."""
    places = [claim["place"] for _, claim in claims if claim["place"]]
    return min(places, key=lambda p: p["radius_m"] or float("inf"), default=None)


def find_narrowest(claims: Pairs) -> Record | None:
    """The shortest stretch of days that a claim names, the first such."""
    known = [c["when"] for _, c in claims if c["when"] and c["when"]["earliest"] and c["when"]["latest"]]
    return min(known, key=_days, default=None)


def _days(when: Record) -> int:
    return (date.fromisoformat(when["latest"]) - date.fromisoformat(when["earliest"])).days


def _figures(claims: Pairs) -> Iterator[Record]:
    """The figures for the whole event, by harm and claimant, over time."""
    whole = [(document, claim) for document, claim in claims if claim["scope"] == "incident"]
    last = {_said_by(document, claim): _stated(document, claim) for document, claim in whole}
    for document, claim in sorted(
        whole, key=lambda pair: (pair[1]["harm"], _said_by(*pair)[1:], pair[0]["published"] or "9")
    ):
        yield {
            "claim_id": claim["claim_id"],
            "document_id": document["document_id"],
            "harm": claim["harm"],
            "polarity": claim["polarity"],
            "count": claim["count"],
            "victims": claim["victims"],
            "attribution": claim["attribution"],
            "actor": claim["actor"],
            "published": document["published"],
            "quote": claim["quote"],
            "superseded": last[_said_by(document, claim)] != _stated(document, claim),
        }


def _said_by(document: Record, claim: Record) -> tuple[str, ...]:
    """Of which harm to whom, and who says so: the claimant, or the outlet where it speaks in its own voice."""
    victims = claim["victims"] or {"kind": None, "group": None}
    of = f"{claim['harm']} {claim['polarity']} {victims['kind']} {victims['group']}"
    if claim["attribution"]:
        claimant = claim["attribution"][-1]
        return of, str(claimant["id"] or claimant["organisation"] or claimant["name"] or claimant["exact"]).casefold()
    return of, f"outlet {document['publisher'] or document['document_id']}"


def _stated(document: Record, claim: Record) -> tuple[object, ...]:
    """What a figure says; one of the same day replaces nothing, so those count as one."""
    return document["published"], claim["count"]["low"], claim["count"]["high"]


def _report(document: Record, originals: Mapping[str, str]) -> Record:
    return {
        "document_id": document["document_id"],
        "title": document["title"],
        "publisher": document["publisher"],
        "published": document["published"],
        "copy_of": originals.get(document["document_id"]),
    }


# --- as text ---------------------------------------------------------------------------------------------------------


def render_incident_table(record: Record, *, width: int, color: bool = False) -> str:
    """An incident for a terminal: a heading, its figures, its reports."""
    parts: list[RenderableType] = [_heading(record)]
    if record["figures"]:
        parts.append(_table(record["figures"]))
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


def _table(figures: Sequence[Record]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for name in ("claim", "harm", "figure", "who says so", "blamed", "published"):
        table.add_column(name, overflow="fold")
    for figure in figures:
        table.add_row(*map(isolate, _cells(figure)), style="dim" if figure["superseded"] else "")
    return table


def _cells(figure: Record) -> Iterator[str]:
    yield figure["claim_id"][:ID_CHARS]
    yield render_harm(figure)
    bounds = render_bounds(figure["count"])
    yield f"{bounds} (superseded)" if figure["superseded"] else bounds
    yield render_speakers(figure)
    yield render_actor(figure)
    yield figure["published"] or ""


def _line(report: Record) -> Text:
    title = render_plain(report["title"] or "untitled")
    title = f"{title[:TITLE_CHARS]}…" if len(title) > TITLE_CHARS else title
    about = " · ".join(filter(None, (render_plain(report["publisher"] or ""), report["published"])))
    copy = f" · copy of {report['copy_of'][:ID_CHARS]}" if report["copy_of"] else ""
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
