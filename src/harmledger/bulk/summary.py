"""What a bulk reading came to: sums over its inputs, as a page for people and as metrics for machines.

Comes in: what became of each input. Goes out: values, HTML, or Prometheus' text form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from harmledger.bulk.parts import Done, Settings
from harmledger.domain import Refused

_SHOWN = 200
"""Inputs that the page shows one by one."""


@dataclass(slots=True)
class Summary:
    """Sums over inputs."""

    inputs: int = 0
    records: int = 0
    read: int = 0
    refused: int = 0
    with_claims: int = 0
    claims: int = 0
    statements: int = 0
    bytes: int = 0
    memory_mb: int = 0
    """The most that one process held."""
    passed: Counter[str] = field(default_factory=Counter[str])
    seconds: dict[str, float] = field(default_factory=dict[str, float])
    troubled: list[tuple[str, int, int]] = field(default_factory=list[tuple[str, int, int]])
    """Inputs with reports that couldn't be taken in or read: which, how many, of how many."""

    def add(self, done: Done) -> None:
        """One more input."""
        self.inputs += 1
        for name in ("records", "read", "refused", "with_claims", "claims", "statements", "bytes"):
            setattr(self, name, getattr(self, name) + getattr(done, name))
        self.memory_mb = max(self.memory_mb, done.memory_mb)
        self.passed.update(done.passed)
        if done.refused:
            self.troubled.append((done.input, done.refused, done.records))
        for stage, took in done.seconds.items():
            self.seconds[stage] = self.seconds.get(stage, 0.0) + took

    @property
    def busy_seconds(self) -> float:
        """What all readers together took."""
        return sum(self.seconds.values())


def sum_up(done: Iterable[Done]) -> Summary:
    """The sums over all."""
    summary = Summary()
    for one in done:
        summary.add(one)
    return summary


def render_metrics(summary: Summary, failed: int) -> str:
    """Prometheus' text form, for a textfile collector.

    Source: https://prometheus.io/docs/instrumenting/exposition_formats/
    """
    outcomes = [("read", summary.read), ("refused", summary.refused), ("passed_over", summary.passed.total())]
    found = [("claim", summary.claims), ("statement", summary.statements), ("report_with_claims", summary.with_claims)]
    groups: list[tuple[str, str, str, Sequence[tuple[str, float]]]] = [
        ("bulk_records_total", "Reports by what became of them.", "outcome", outcomes),
        (
            "bulk_passed_over_total",
            "Reports that were passed over, by reason.",
            "reason",
            sorted(summary.passed.items()),
        ),
        ("bulk_found_total", "What was found.", "what", found),
        (
            "bulk_stage_seconds_total",
            "What readers took, by stage.",
            "stage",
            [(k, round(v, 3)) for k, v in sorted(summary.seconds.items())],
        ),
        (
            "bulk_inputs_total",
            "Inputs by what became of them.",
            "outcome",
            [("done", summary.inputs), ("failed", failed)],
        ),
        ("bulk_input_bytes_total", "Bytes of inputs as stored.", "", [("", summary.bytes)]),
        ("bulk_memory_max_bytes", "The most that one reader held.", "", [("", summary.memory_mb * 1024 * 1024)]),
    ]
    return "".join(_render_group(*group) for group in groups)


def _render_group(name: str, about: str, label: str, values: Sequence[tuple[str, float]]) -> str:
    kind = "gauge" if name.endswith("_max_bytes") else "counter"
    lines = [f"# HELP harmledger_{name} {about}", f"# TYPE harmledger_{name} {kind}"]
    for said, value in values:
        labels = f'{{{label}="{_escape_label(said)}"}}' if label else ""
        lines.append(f"harmledger_{name}{labels} {value}")
    return "\n".join(lines) + "\n"


def _escape_label(said: str) -> str:
    return said.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def render_page(summary: Summary, failed: Sequence[Refused], settings: Settings) -> str:
    """A page that needs nothing beside it."""
    busy = summary.busy_seconds or 1.0
    stages = [
        (stage, f"{took:,.1f} s", f"{took / busy:.0%}")
        for stage, took in sorted(summary.seconds.items(), key=lambda one: -one[1])
    ]
    became = [
        ("read", f"{summary.read:,}"),
        *((f"passed over: {reason}", f"{count:,}") for reason, count in summary.passed.most_common()),
        ("could not be taken in or read (see dropped/)", f"{summary.refused:,}"),
    ]
    found = [
        ("reports with claims", f"{summary.with_claims:,}"),
        ("claims", f"{summary.claims:,}"),
        ("statements", f"{summary.statements:,}"),
    ]
    read_by = [
        ("engine", f"{settings.engine}, harmledger {settings.version}"),
        ("screen", settings.screen),
        ("begun", settings.begun.isoformat(timespec="seconds")),
        ("inputs done", f"{summary.inputs:,} ({summary.bytes / 1e6:,.1f} MB)"),
        ("reports a second and reader", f"{summary.records / busy:,.1f}"),
        ("most memory of one reader", f"{summary.memory_mb:,} MB"),
    ]
    parts = [
        _table("How it was read", read_by),
        _table(f"What became of {summary.records:,} reports", became),
        _table("What was found", found),
        _table("What readers took", stages),
    ]
    if summary.troubled:
        worst = sorted(summary.troubled, key=lambda one: (-one[1], one[0]))
        caption = f"Inputs with reports that could not be taken in or read ({len(worst):,})"
        parts.append(_table(caption, [(name, f"{count:,} of {of:,}") for name, count, of in worst[:_SHOWN]]))
    if failed:
        parts.append(
            _table(
                f"Inputs that failed ({len(failed):,}); the same command tries them again",
                [(f.source, f.message) for f in failed[:_SHOWN]],
            )
        )
    return _PAGE.format(body="\n".join(parts))


def _table(caption: str, rows: Sequence[Sequence[str]]) -> str:
    cells = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>\n'
        for row in rows
    )
    return f"<table>\n<caption>{escape(caption)}</caption>\n{cells}</table>"


_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Bulk reading</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}}
table{{border-collapse:collapse;margin:1.5rem 0;width:100%}}caption{{text-align:left;font-weight:600;font-size:1.2rem;padding:.5rem 0}}
th,td{{text-align:left;padding:.25rem 1rem .25rem 0;border-bottom:1px solid #ccc;font-weight:400;overflow-wrap:anywhere;vertical-align:top}}
td{{font-variant-numeric:tabular-nums}}</style></head>
<body><h1>Bulk reading</h1>
{body}
</body></html>
"""
