"""Claim records for a terminal of any width: whole reports, the ledger's list, one claim.

Comes in: records of `record`. Goes out: text. Reports are others' words: none of it may drive the terminal (see `wording`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from itertools import pairwise

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from harmledger.publish.record import Record
from harmledger.publish.wording import (
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

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_BREAK = re.compile(r"[^\S\n]*\n\s*")
_RULES = re.compile("[│┃]")
LEFT_TO_RIGHT_MARK = "\u200e"

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
        parts += [_table(record["claims"])] if width >= WIDE_COLUMNS else [_block(claim) for claim in record["claims"]]
    else:
        parts.append(Text("no claims of harm with a number", style="dim"))
    parts += [_statement(statement) for statement in record["statements"]]
    return _print(Group(*parts), width=width, color=color)


def render_listed(record: Record, *, width: int, color: bool = False) -> str:
    """A report and its claims, a line each, as the ledger lists them."""
    document = record["document"]
    title, _, about = _heading(document).plain.partition("\n")
    lines = [Text.assemble((document["document_id"][:ID_CHARS], "cyan"), f"  {title}"), Text(f"  {about}", style="dim")]
    for claim in record["claims"]:
        told = (
            claim["count"]["exact"],
            render_harm(claim),
            render_place(claim),
            render_days(claim["when"]),
            render_actor(claim),
        )
        line = Text(f"  {claim['claim_id'][:ID_CHARS]}  ", style="cyan")
        line.append(render_plain(" · ".join(filter(None, (*told, f"says {render_speakers(claim)}")))), style="not cyan")
        lines.append(line)
    return _print(Group(*lines), width=width, color=color)


def render_detail(record: Record, claim: Record, *, beside: Iterable[str], width: int, color: bool = False) -> str:
    """One claim with all its fields, its quote in context, and what else read the report."""
    fields = {name: render(claim) for name, render in FIELDS}
    fields |= {
        "means": claim["means"]["kind"] if claim["means"] else "",
        "scope": claim["scope"] + (f" of {claim['part_of'][:ID_CHARS]}" if claim["part_of"] else ""),
        "confidence": f"{claim['confidence']:.2f}",
        "read by": " ".join((claim["by"]["engine"], claim["by"]["version"], *claim["by"]["models"])),
        "also read by": "; ".join(beside),
        "claim": claim["claim_id"],
        "document": claim["document_id"],
    }
    parts = (
        _heading(record["document"]),
        Text(),
        _claim(claim),
        _grid(fields),
        Text(),
        _context(claim, record["document"]["text"]),
    )
    return _print(Group(*parts), width=width, color=color)


def render_reasons(claim: Record, reasons: Iterable[str], *, width: int, color: bool = False) -> str:
    """The words that gave each value, and the rules and scores that chose them."""
    parts = {name: claim[name] for name in ("count", "victims", "place", "when", "actor", "means")}
    parts |= {f"speaker {i}": speaker for i, speaker in enumerate(claim["attribution"], 1)}
    words = {name: f"“{render_plain(part['exact'])}” at {part['start']}" for name, part in parts.items() if part}
    told = Text("\n".join(f"- {render_plain(reason)}" for reason in reasons) or "the engine gave no reasons")
    return _print(Group(_claim(claim), _grid(words), Text(), told), width=width, color=color)


def _heading(document: Record) -> Text:
    title = document["title"] or document["text"].strip().partition("\n")[0][:100] or document["source"]
    basis = f" ({document['published_from']})" if document["published_from"] not in {None, "given", "page"} else ""
    published = f"published {document['published']}{basis}" if document["published"] else "publication day unknown"
    about = filter(None, (document["publisher"], published, document["capture"]["source"]))
    heading = Text(render_plain(title), style="bold")
    return heading.append(f"\n{render_plain(' · '.join(about))}", style="not bold dim")


def _table(claims: list[Record]) -> Table:
    table = Table(box=box.ROUNDED, show_lines=True, expand=True, header_style="bold")
    for name, (share, least) in COLUMNS.items():
        table.add_column(name, ratio=share, min_width=least, overflow="fold")
    for claim in claims:
        table.add_row(_claim(claim), *(Text(render(claim)) for _, render in FIELDS), _quote(claim))
    return table


def _block(claim: Record) -> Group:
    fields = {name: render(claim) for name, render in FIELDS}
    return Group(Text(), _claim(claim), _grid(fields), _quote(claim))


def _grid(fields: dict[str, str]) -> Table:
    """Names and values of the fields that are stated."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in fields.items():
        if value:
            grid.add_row(name, Text(render_plain(value)))
    return grid


def _context(claim: Record, text: str) -> Text:
    """The quote as it stands in the text, with the counted words underlined and its surroundings dim."""
    quote, count = claim["quote"], claim["count"]
    before, after = max(0, quote["start"] - CONTEXT_CHARS), quote["end"] + CONTEXT_CHARS
    edges = (before, quote["start"], count["start"], count["end"], quote["end"], after)
    shown = Text("…" if before else "")
    for (start, end), style in zip(pairwise(edges), ("dim", "", "bold underline", "", "dim"), strict=True):
        shown.append(_paragraphs(text[start:end]), style=style)
    return shown.append("…" if after < len(text) else "")


def _claim(claim: Record) -> Text:
    words = Text(render_plain(claim["count"]["exact"]), style="bold")
    scope = "" if claim["scope"] == "incident" else f", {claim['scope']}"
    words.append(f"\n{render_bounds(claim['count'])}{scope}", style="not bold")
    return words.append(f"\n{claim['claim_id'][:ID_CHARS]}", style="not bold cyan")


def _quote(claim: Record) -> Text:
    """The sentence with its counted words underlined, cut around them where it is long."""
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
    return shown.append("…" if last < len(quote["exact"]) else "")


def _inner_plain(text: str) -> str:
    """As `render_plain`, with the white space at the ends that joins it to its neighbours."""
    plain = render_plain(text)
    return f"{' ' * text[:1].isspace()}{plain}{' ' * (len(text) > 1 and text[-1:].isspace())}"


def _paragraphs(text: str) -> str:
    """As `_inner_plain`, with an empty line wherever the text has a break."""
    return "\n\n".join(_inner_plain(line) for line in _BREAK.split(text))


def _statement(statement: Record) -> Text:
    speaker, target = statement["speaker"], statement["target"]
    about = f" {render_plain(target['name'] or target['exact'])}" if target else ""
    line = Text(f"\n{render_plain(speaker['name'] or speaker['exact'])} ", style="bold")
    line.append(SAYS[statement["kind"]], style="not bold italic")
    return line.append(f"{about}: “{render_plain(statement['quote']['exact'])[:QUOTE_CHARS]}”", style="not bold")


def _print(renderable: RenderableType, *, width: int, color: bool) -> str:
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=color, color_system="standard" if color else None, legacy_windows=False
    )
    console.print(renderable)
    return "".join(_hold_columns(line) for line in out.getvalue().splitlines(keepends=True))


def _hold_columns(line: str) -> str:
    """Marks beside the rules of a line that holds right-to-left words, so that a terminal doesn't reorder its cells."""
    if not _RIGHT_TO_LEFT.search(line):
        return line
    return _RULES.sub(lambda rule: f"{LEFT_TO_RIGHT_MARK}{rule[0]}{LEFT_TO_RIGHT_MARK}", line)
