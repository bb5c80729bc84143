"""An incident's figures of one harm as rows of a picture: a row a claimant and group of people, a mark a figure.

Comes in: figures as records. Goes out: rows, those of most marks first within their people. What is said again, by the same claimant or in a copy, is one mark
that counts them; what has no number is counted beside the row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from harmledger.domain import TAKEN_OUT, Became, Hedge, PlotMark, PlotRow, Polarity
from harmledger.publish.record import Record

ID_CHARS = 10
Key = tuple[str, str]
Said = tuple[int | None, int | None, str | None, str, bool]


def list_rows(figures: Iterable[Record]) -> list[PlotRow]:
    """The rows of a picture of these figures, which are of one harm."""
    rows: dict[Key, list[Record]] = {}
    for figure in figures:
        rows.setdefault((figure["claimant"]["key"], render_people(figure)), []).append(figure)
    return [_row(people, some) for (_, people), some in rows.items()]


def render_people(figure: Record) -> str:
    """Whom a figure counts, in words; nothing where that isn't told."""
    victims = figure["victims"]
    kind = {"civilian": "civilians", "combatant": "combatants", "mixed": "civilians and combatants"}.get(
        victims["kind"], ""
    )
    return ", ".join(filter(None, (victims["group"], kind)))


def sentence_href(figure: Record) -> str:
    """Where the sentence is highlighted that a figure stands on."""
    return f"/reports/{figure['document_id']}#c-{figure['claim_id'][:ID_CHARS]}"


def _row(people: str, figures: Sequence[Record]) -> PlotRow:
    marks: dict[Said, list[Record]] = {}
    for figure in figures:
        if _bounds(figure) != (None, None):
            marks.setdefault(_said(figure), []).append(figure)
    claimant = figures[0]["claimant"]
    drawn = [_mark(some) for some in marks.values()]
    return PlotRow(
        claimant=claimant["name"],
        claimant_key=claimant["key"],
        type=claimant["type"],
        people=people,
        marks=tuple(sorted(drawn, key=lambda mark: (mark.first or date.max, mark.claim_id))),
        unnumbered=sum(_bounds(figure) == (None, None) for figure in figures),
    )


def _bounds(figure: Record) -> tuple[int | None, int | None]:
    return figure["count"]["low"], figure["count"]["high"]


def _said(figure: Record) -> Said:
    """What makes two figures of a claimant one mark."""
    return (*_bounds(figure), figure["count"]["hedge"], figure["polarity"], _became(figure) is Became.STANDS)


def _became(figure: Record) -> Became:
    verdict = figure["standing"] and figure["standing"]["verdict"]
    if verdict in TAKEN_OUT:
        return Became.REJECTED
    return Became.SUPERSEDED if figure["superseded"] else Became.STANDS


def _mark(figures: Sequence[Record]) -> PlotMark:
    figures = sorted(figures, key=lambda figure: (figure["said"] or "9", figure["claim_id"]))
    first, count = figures[0], figures[0]["count"]
    days = sorted(date.fromisoformat(figure["said"]) for figure in figures if figure["said"])
    origins = {figure["origin_id"] for figure in figures}
    return PlotMark(
        claim_id=first["claim_id"],
        href=sentence_href(first),
        low=count["low"],
        high=count["high"],
        hedge=Hedge(count["hedge"]) if count["hedge"] else None,
        polarity=Polarity(first["polarity"]),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        sources=len(origins),
        copies=len({figure["document_id"] for figure in figures}) - len(origins),
        by_hand=any(figure["by_hand"] for figure in figures),
        became=_became(first),
        said_again=tuple(figure["claim_id"] for figure in figures),
        replaced_by=next((figure["superseded_by"] for figure in figures if figure["superseded_by"]), None),
    )
