"""An incident as its pages tell it, for one viewer: figures, pictures, roll-ups, who blames whom, reports, what changed.

Comes in: a visit and a whole id. Goes out: plain values for the templates, through which withheld names were struck; None where there is nothing to see.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from harmledger.domain import Harm, PlotRow, Pointer, Reconciled, Rule, Superseded, VictimKind
from harmledger.publish.gloss import OUTLET
from harmledger.publish.incident import render_incident, render_title
from harmledger.publish.plot import draw_axis, draw_course, draw_strip, list_rows, make_scale
from harmledger.publish.plot.rows import ID_CHARS, render_people, sentence_href
from harmledger.publish.reconciled import plain_record
from harmledger.publish.record import Record
from harmledger.publish.redact import Withholding
from harmledger.reconcile.rules import RULES, bounds_by_each, list_harms, roll_up
from harmledger.reconcile.rules.bounds import Made
from harmledger.reconciling import reconcile_incident, show_incident
from harmledger.resources.recorders import get_country
from harmledger.standing import StandingClaims
from harmledger.store import FiledIncident
from harmledger.store.access import find_seen
from harmledger.store.one_incident import find_incident
from harmledger.store.one_report import Captured, list_captures
from harmledger.store.withheld import load_withholding
from harmledger.web.record.beside import find_beside
from harmledger.web.record.changes import list_changes
from harmledger.web.visit import Visit
from harmledger.web.words import render_source

MOST_ROWS = 40
"""Claimants in a picture; the table has all."""


_ORDER = {harm.value: place for place, harm in enumerate(Harm)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The picture of one harm's figures."""

    harm: str
    rows: Sequence[tuple[PlotRow, Markup]]
    axis: Markup
    course: Markup
    uneven: bool
    more: int
    """Rows that are only in the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What the pages of an incident show."""

    record: Record
    redacted: bool
    """Whether a name was struck."""
    withholding: Withholding
    """What strikes names of whatever else the page shows."""
    drawn: Sequence[Drawn]
    rules: Sequence[Record]
    """What each rule makes of each harm."""
    chosen: Sequence[Record]
    """What the chosen rule makes of it, in full."""
    onward: Sequence[Pointer]
    """Where parts of it went."""


def look_at(visit: Visit, incident: str, rule: Rule) -> Looked | None:
    """The incident as it stands for the viewer."""
    filed = find_incident(visit.connection, visit.viewer, incident)
    if filed is None:
        return None
    stands = visit.stands()
    filed = only_seen(visit, filed, stands.incident(filed))
    if not (filed.claims or filed.rejected):
        return None
    reconciled = reconcile_incident(stands, filed)
    withholding = load_withholding(visit.connection)
    whole = _whole_record(visit, stands, filed, reconciled)
    record = withholding.record(whole)
    redacted = record != whole  # before the figures are folded, which changes them too
    sentences = {s["id"]: s for s in record["sentences"]}
    drawn = list(_draw(record["figures"]))
    for name in ("figures", "parts"):
        record[name] = sorted(_fold_copies(record[name]), key=lambda figure: _ORDER[figure["harm"]])
    return Looked(
        record=record,
        redacted=redacted,
        withholding=withholding,
        drawn=drawn,
        rules=_by_rule(reconciled),
        chosen=[_told(each, sentences, withholding) for each in _in_full(reconciled, rule)],
        onward=filed.pointers,
    )


def only_seen(visit: Visit, before: FiledIncident, filed: FiledIncident) -> FiledIncident:
    """Entries that people merged with a claim may stand in documents that the viewer may not see."""
    known = {document["document_id"] for document, _ in before.claims}
    others = {document["document_id"] for document, _ in (*filed.claims, *filed.rejected)} - known
    seen = known | (find_seen(visit.connection, visit.viewer, others) if others else set[str]())
    kept = {
        name: tuple(pair for pair in getattr(filed, name) if pair[0]["document_id"] in seen)
        for name in ("claims", "rejected")
    }
    return replace(filed, **kept)


def _whole_record(visit: Visit, stands: StandingClaims, filed: FiledIncident, reconciled: Reconciled) -> Record:
    """The incident's record, with all that its pages say beside it."""
    record = render_incident(show_incident(filed, reconciled))
    claims = {claim["claim_id"]: claim for _, claim in (*filed.claims, *filed.rejected)}
    titles = {document["document_id"]: document["title"] for document, _ in (*filed.claims, *filed.rejected)}
    said = {f["claim_id"]: f for f in (*record["figures"], *record["parts"])}
    for figure in (*record["figures"], *record["parts"]):
        figure["changed"] = _changed(figure, filed, said)
        named = _named(figure, titles)
        figure |= {"href": sentence_href(figure), "claimant": named, "people": render_people(figure)}
    reports = stands.reports_of(report["document_id"] for report in record["reports"])
    changes = list_changes(visit, stands, filed)
    return {
        **record,
        "title": _title(claims.values(), record["place"]),
        "sentences": list(_sentences(claims.values(), reports)),
        "engines": _engines(claims.values()),
        "reports": _with_captures(visit, record["reports"]),
        "beside": find_beside(visit, filed, reports),
        "changes": changes,
        "as_of": changes[-1]["when"] if changes else None,
    }


def _changed(figure: Record, filed: FiledIncident, said: Mapping[str, Record]) -> Record | None:
    """Of a figure whose report was changed since: when, and what it said then."""
    by = filed.replaced.get(figure["document_id"])
    if by is None or figure["superseded_why"] != Superseded.VERSION.value:
        return None
    then = said.get(figure["superseded_by"])
    return {
        "since": by.since.isoformat(),
        "href": f"/reports/{by.document_id}/changes/{figure['document_id']}",
        "then": then and {name: then["count"][name] for name in ("low", "high", "hedge")},
    }


def _named(figure: Record, titles: Mapping[str, str | None]) -> Record:
    """The claimant; an outlet whose name isn't known is told apart by its report's title."""
    claimant = figure["claimant"]
    title = titles.get(figure["origin_id"]) or titles.get(figure["document_id"])
    return {**claimant, "name": f"{OUTLET}: “{title}”"} if claimant["name"] == OUTLET and title else claimant


def title_of(stands: StandingClaims, filed: FiledIncident) -> str:
    """What an incident is called, as on its own page; names that are withheld still stand in it."""
    record = render_incident(show_incident(filed, reconcile_incident(stands, filed)))
    claims = {claim["claim_id"]: claim for _, claim in (*filed.claims, *filed.rejected)}
    return _title(claims.values(), record["place"])


def _title(claims: Iterable[Record], place: Record | None) -> str:
    country = get_country(place["country"]).name if place and place["country"] else None
    where = (place["name"] or place["exact"]) if place else None
    return render_title(claims, where=where, country=country)


def _sentences(claims: Iterable[Record], reports: Iterable[Record]) -> Iterable[Record]:
    """Every sentence that something on the page stands on, by the id of the claim or statement."""
    for claim in claims:
        yield {
            "id": claim["claim_id"],
            "href": sentence_href(claim),
            "quote": claim["quote"]["exact"],
            "gloss": claim.get("gloss"),
        }
    for report in reports:
        for said in report["statements"]:
            href = f"/reports/{said['document_id']}#s-{said['statement_id'][:ID_CHARS]}"
            yield {"id": said["statement_id"], "href": href, "quote": said["quote"]["exact"], "gloss": None}


def _engines(claims: Iterable[Record]) -> Sequence[Record]:
    """What read the claims, or that people did, and how many each."""
    made = Counter((c["by"]["engine"], c["by"]["version"], tuple(c["by"]["models"])) for c in claims)
    return [{"engine": e, "version": v, "models": list(m), "claims": n} for (e, v, m), n in made.most_common()]


def _with_captures(visit: Visit, reports: Sequence[Record]) -> Sequence[Record]:
    """Reports with their captures, below each the copies of its text and the earlier versions of its page."""
    captures = list_captures(visit.connection, [report["document_id"] for report in reports])
    known = {report["document_id"] for report in reports}
    of_one: dict[str, list[Record]] = {}
    for r in reports:
        root = r["copy_of"] if r["copy_of"] in known else r["document_id"]
        of_one.setdefault(root, []).append({**r, "captures": [_capture(c) for c in captures[r["document_id"]]]})
    return [_headed(some) for some in of_one.values()]


def _headed(some: Sequence[Record]) -> Record:
    """Reports of one text: at their head the first that still stands at its page."""
    first = sorted(some, key=lambda r: (r["replaced"] is not None, r["copy_of"] is not None))
    head, *others = first
    return {
        **head,
        "copies": [report for report in others if report["replaced"] is None],
        "earlier": [report for report in others if report["replaced"] is not None],
    }


def _fold_copies(figures: Sequence[Record]) -> list[Record]:
    """Figures with those that copies of their report repeat below them."""
    folded: dict[tuple[object, ...], list[Record]] = {}
    for figure in figures:
        count, claimant = figure["count"], figure["claimant"]["key"]
        same = (
            figure["origin_id"],
            claimant,
            figure["harm"],
            count["low"],
            count["high"],
            figure["polarity"],
            figure["superseded"],
        )
        folded.setdefault((*same, figure["people"], figure["by_hand"]), []).append(figure)
    for some in folded.values():
        some.sort(key=lambda figure: figure["document_id"] != figure["origin_id"])
    return [
        {**some[0], "copies": [f for f in some[1:] if f["document_id"] != some[0]["document_id"]]}
        for some in folded.values()
    ]


def _capture(captured: Captured) -> Record:
    return {"fetched": captured.fetched, "source": render_source(captured.source)}


# --- pictures --------------------------------------------------------------------------------------------------------


def _draw(figures: Sequence[Record]) -> Iterable[Drawn]:
    found = {figure["harm"] for figure in figures}
    for harm in (harm.value for harm in Harm if harm.value in found):
        rows = list_rows(figure for figure in figures if figure["harm"] == harm)
        shown = rows[:MOST_ROWS]
        scale = make_scale(shown)
        yield Drawn(
            harm=harm.replace("_", " "),
            rows=[(row, Markup(draw_strip(row, scale))) for row in shown],  # noqa: S704  the module escapes whatever comes from reports
            axis=Markup(draw_axis(scale)),  # noqa: S704  numbers alone
            course=Markup(draw_course(shown, scale)),  # noqa: S704  as the strips
            uneven=scale.uneven,
            more=len(rows) - len(shown),
        )


# --- roll-ups --------------------------------------------------------------------------------------------------------


def _by_rule(reconciled: Reconciled) -> list[Record]:
    """What each rule makes of each harm: the bounds alone."""
    by_harm = {harm: bounds_by_each(reconciled, harm=harm) for harm in list_harms(reconciled)}
    return [
        {"rule": rule.value, "rolled": [_bounds(harm, made[rule]) for harm, made in by_harm.items()]} for rule in RULES
    ]


def _bounds(harm: Harm, made: Made) -> Record:
    return {"harm": harm.value, "low": made.low, "best": made.best, "high": made.high}


def _in_full(reconciled: Reconciled, rule: Rule) -> Iterable[Record]:
    """Of all people, and beside that of each kind where several are told apart."""
    for harm in list_harms(reconciled):
        yield plain_record(roll_up(reconciled, rule, harm=harm))
        kinds = {f.kind for f in reconciled.figures if f.harm is harm} - {VictimKind.UNKNOWN}
        yield from (
            plain_record(roll_up(reconciled, rule, harm=harm, kind=kind)) for kind in VictimKind if kind in kinds
        )


def _told(rolled: Record, sentences: Mapping[str, Record], withholding: Withholding) -> Record:
    """A roll-up with the sentences that it used and left out."""
    left_out = [{**out, "sentence": sentences.get(out["claim_id"])} for out in rolled["left_out"]]
    used = [{"claim_id": claim, "sentence": sentences.get(claim)} for claim in rolled["used"]]
    return withholding.record({**rolled, "used": used, "left_out": left_out})
