"""Claim records for a terminal of any width: whole reports, the ledger's list, one claim.

Comes in: records of `record`. Goes out: text. Reports are others' words: none of it may drive the terminal (see `wording`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from harmledger.publish.record import Record
from harmledger.publish.terminal import grid, show
from harmledger.publish.wording import (
    ISOLATE,
    ISOLATE_END,
    RIGHT_TO_LEFT,
    isolate,
    isolate_words,
    render_actor,
    render_bounds,
    render_days,
    render_harm,
    render_kind,
    render_place,
    render_plain,
    render_speakers,
)

WIDE_COLUMNS = 116
"""From this width all eight columns fit; below, each claim is a block of its own."""
QUOTE_CHARS = 240
"""Longest quote in a table; the whole sentence stands in the record."""
CONTEXT_CHARS = 400
"""Text shown on either side of a claim's sentence: a paragraph or two."""
ID_CHARS = 10
"""Of a claim's id, enough to name it: two of a million claims share that many once in a thousand ledgers."""

_BREAK = re.compile(r"[^\S\n]*\n\s*")

COLUMNS = {
    "claim": (4, 10),
    "kind": (3, 9),
    "harm": (3, 9),
    "place": (4, 10),
    "date": (3, 10),
    "actor": (4, 10),
    "who says so": (4, 11),
    "the quote": (9, 20),
}
"""Columns of the wide table: their shares of its width, and the least that holds an id, a day, or their longest word."""
SAYS = {
    "condemn": "condemns",
    "deny": "denies",
    "accuse": "accuses",
    "admit": "admits",
    "call_for": "calls on",
    "express_concern": "is concerned about",
    "claim": "claims",
}
"""What a speaker does in a statement, as a sentence has it."""
AROUND_COLUMN = 3
"""A rule and two blanks."""
Field = tuple[str, Callable[[Record], str]]
FIELDS: tuple[Field, ...] = (
    ("kind", render_kind),
    ("harm", render_harm),
    ("place", render_place),
    ("date", lambda claim: render_days(claim["when"])),
    ("actor", render_actor),
    ("who says so", render_speakers),
)


def render_report(record: Record, *, width: int, color: bool = False) -> str:
    """A report's claims as a table, or as blocks where the terminal is narrow; its statements below."""
    parts: list[RenderableType] = [_heading(record["document"])]
    if record["claims"]:
        parts += (
            [_table(record["claims"], width)]
            if width >= WIDE_COLUMNS
            else [_block(claim) for claim in record["claims"]]
        )
    else:
        parts.append(Text("no claims of harm with a number", style="dim"))
    parts += [_statement(statement) for statement in record["statements"]]
    return show(Group(*parts), width=width, color=color)


def render_listed(record: Record, *, width: int, color: bool = False) -> str:
    """A report and its claims, a line each, as the ledger lists them."""
    document = record["document"]
    title, _, about = _heading(document).plain.partition("\n")
    lines = [Text.assemble((document["document_id"][:ID_CHARS], "cyan"), f"  {title}"), Text(f"  {about}", style="dim")]
    for claim in record["claims"]:
        line = Text(f"  {claim['claim_id'][:ID_CHARS]}  ", style="cyan")
        lines.append(line.append(" · ".join(filter(None, _gist(claim))), style="not cyan"))
    return show(Group(*lines), width=width, color=color)


def render_detail(record: Record, claim: Record, *, beside: Iterable[str], width: int, color: bool = False) -> str:
    """One claim with all its fields, its quote in context, and what else read the report."""
    fields = {"in English": render_plain(claim["gloss"] or ""), **_fields(claim)}
    fields |= {
        "means": claim["means"]["kind"] if claim["means"] else "",
        "scope": claim["scope"] + (f" of {claim['part_of'][:ID_CHARS]}" if claim["part_of"] else ""),
        "confidence": f"{claim['confidence']:.2f}",
        "read by": render_plain(" ".join((claim["by"]["engine"], claim["by"]["version"], *claim["by"]["models"]))),
        "also read by": render_plain("; ".join(beside)),
        "claim": claim["claim_id"],
        "document": claim["document_id"],
    }
    parts = (
        _heading(record["document"]),
        Text(),
        _claim(claim),
        grid(fields),
        Text(),
        _context(claim, record["document"]["text"]),
    )
    return show(Group(*parts), width=width, color=color)


def render_explained(claim: Record, fields: Mapping[str, str], *, width: int, color: bool = False) -> str:
    """One claim with its sentence, and what each field is explained by (see `explain`)."""
    return show(Group(_claim(claim), _quote({**claim, "gloss": None}), Text(), grid(fields)), width=width, color=color)


def _heading(document: Record) -> Text:
    title = document["title"] or document["text"].strip().partition("\n")[0][:100] or document["capture"]["source"]
    basis = f" ({document['published_from']})" if document["published_from"] not in {None, "given", "page"} else ""
    published = f"published {document['published']}{basis}" if document["published"] else "publication day unknown"
    about = filter(None, (document["publisher"], published, document["capture"]["source"]))
    heading = Text(isolate(render_plain(title)), style="bold")
    return heading.append(f"\n{' · '.join(isolate(render_plain(told)) for told in about)}", style="not bold dim")


def _gist(claim: Record) -> tuple[str, ...]:
    """What a line of the ledger's list says of a claim: its words and their gloss, or its words and its fields."""
    words = isolate(render_plain(claim["count"]["exact"]))
    if claim["gloss"]:
        return words, render_plain(claim["gloss"])
    told = (render_harm(claim), render_place(claim), render_days(claim["when"]), render_actor(claim))
    return words, *map(isolate_words, told), f"says {isolate_words(render_speakers(claim))}"


def _table(claims: list[Record], width: int) -> Table:
    table = Table(box=box.ROUNDED, show_lines=True, header_style="bold")
    spare = width - 1 - sum(least + AROUND_COLUMN for _, least in COLUMNS.values())
    shares = sum(share for share, _ in COLUMNS.values())
    for name, (share, least) in COLUMNS.items():
        table.add_column(name, width=least + spare * share // shares, overflow="fold")
    for claim in claims:
        table.add_row(_claim(claim), *map(Text, _fields(claim).values()), _quote(claim))
    return table


def _block(claim: Record) -> Group:
    return Group(Text(), _claim(claim), grid(_fields(claim)), _quote(claim))


def _fields(claim: Record) -> dict[str, str]:
    """The fields of a claim as its table has them."""
    return {name: isolate_words(render(claim)) for name, render in FIELDS}


def _context(claim: Record, text: str) -> Text:
    """The quote as it stands in the text, with the counted words underlined and its surroundings dim."""
    quote, count = claim["quote"], claim["count"]
    before, after = max(0, quote["start"] - CONTEXT_CHARS), quote["end"] + CONTEXT_CHARS
    edges = (before, quote["start"], count["start"], count["end"], quote["end"], after)
    shown = Text("…" if before else "")
    for (start, end), style in zip(pairwise(edges), ("dim", "", "bold underline", "", "dim"), strict=True):
        shown.append(_paragraphs(text[start:end]), style=style)
    return _set_apart(shown.append("…" if after < len(text) else ""))


def _claim(claim: Record) -> Text:
    words = Text(isolate(render_plain(claim["count"]["exact"])), style="bold")
    scope = "" if claim["scope"] == "incident" else f", {claim['scope']}"
    words.append(f"\n{render_bounds(claim['count'])}{scope}", style="not bold")
    return words.append(f"\n{claim['claim_id'][:ID_CHARS]}", style="not bold cyan")


def _quote(claim: Record) -> Text:
    """The sentence with its counted words underlined, cut around them where it is long, and below it what it says in English."""
    quote, count = claim["quote"], claim["count"]
    start, end = count["start"] - quote["start"], count["end"] - quote["start"]
    first = max(0, min(start - QUOTE_CHARS // 2, len(quote["exact"]) - QUOTE_CHARS))
    last = first + QUOTE_CHARS
    shown = Text("…" if first else "")
    for stretch, style in (
        (slice(first, start), ""),
        (slice(start, end), "underline"),
        (slice(end, max(end, last)), ""),
    ):
        shown.append(_inner_plain(quote["exact"][stretch]), style=style)
    shown = _set_apart(shown.append("…" if last < len(quote["exact"]) else ""))
    return shown.append(f"\n{render_plain(claim['gloss'])}", style="italic") if claim["gloss"] else shown


def _set_apart(shown: Text) -> Text:
    """As `isolate`, of words with their styles."""
    return Text.assemble(ISOLATE, shown, ISOLATE_END) if RIGHT_TO_LEFT.search(shown.plain) else shown


def _inner_plain(text: str) -> str:
    """As `render_plain`, with the white space at the ends that joins it to its neighbours."""
    plain = render_plain(text)
    return f"{' ' * text[:1].isspace()}{plain}{' ' * (len(text) > 1 and text[-1:].isspace())}"


def _paragraphs(text: str) -> str:
    """As `_inner_plain`, with an empty line wherever the text has a break."""
    return "\n\n".join(_inner_plain(line) for line in _BREAK.split(text))


def _statement(statement: Record) -> Text:
    speaker, target = statement["speaker"], statement["target"]
    about = f" {isolate(render_plain(target['name'] or target['exact']))}" if target else ""
    line = Text(f"\n{isolate(render_plain(speaker['name'] or speaker['exact']))} ", style="bold")
    line.append(SAYS[statement["kind"]], style="not bold italic")
    quote = isolate(render_plain(statement["quote"]["exact"])[:QUOTE_CHARS])
    return line.append(f"{about}: “{quote}”", style="not bold")
