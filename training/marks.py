"""Marks of our own on open reports: offsets and values here, the reports' texts outside.

    python -m training.marks FILE… --name marks_ar --data DIR

FILEs hold one report a line with its claims in the form of the marked sets, wordings verbatim; kept are the offsets of every wording (the
occurrence nearest to its count) and the values, none of the words. `read_marks` puts them together with the texts again.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from training.examples import Marked, read_marked

WORDINGS = ("victims", "place", "actor", "source")
VALUES = ("start", "end", "low", "high", "harm", "kind", "group", "scope", "earliest", "latest", "means", "polarity")
FOLDER = Path(__file__).parent / "marks"
CORPORA = {
    "marks_ar": ("airwars_syria_reports_ar",),
    "marks_en": ("airwars_gaza_narratives", "airwars_syria_reports_en", "fakes_spans"),
}
"""By the name of a set (and of its file): the corpora that its reports stand in."""


def read_marks(name: str, data: Path) -> list[Marked]:
    """The reports of a set with their marks, as the marked sets have them."""
    lines = map(json.loads, (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
    reports = _reports(name, data)
    return [_joined(line, reports[line["doc"]]) for line in lines]


def _reports(name: str, data: Path) -> dict[str, Marked]:
    return {str(r["id"]): r for corpus in CORPORA[name] for r in read_marked(data / f"{corpus}.jsonl.gz")}


def _joined(line: Marked, report: Marked) -> Marked:
    text = report["text"]
    claims = [
        {**c, **{f"{w}_wording": c[w] and text[slice(*c[w])] for w in WORDINGS}, "count_wording": c["counted"] or None}
        for c in line["claims"]
    ]
    return {"doc": line["doc"], "published": report.get("published"), "title": None, "text": text, "claims": claims}


def bare(line: Marked, text: str) -> Marked:
    """A report's marks without its words; `counted` is false for a list of names."""
    claims = [
        {
            **{v: c.get(v) for v in VALUES},
            "counted": c.get("count_wording") is not None,
            **{w: _nearest(text, c.get(f"{w}_wording"), c["start"]) for w in WORDINGS},
        }
        for c in line["claims"]
    ]
    return {"doc": line["doc"], "claims": claims}


def _nearest(text: str, wording: str | None, at: int) -> list[int] | None:
    starts = list(_occurrences(text, wording)) if wording else []
    if not starts or not wording:
        return None
    start = min(starts, key=lambda s: abs(s - at))
    return [start, start + len(wording)]


def _occurrences(text: str, wording: str) -> Iterator[int]:
    at = text.find(wording)
    while at >= 0:
        yield at
        at = text.find(wording, at + 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--name", choices=CORPORA, required=True)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    texts = {doc: r["text"] for doc, r in _reports(args.name, args.data).items()}
    lines = [json.loads(line) for path in args.files for line in path.read_text(encoding="utf-8").splitlines()]
    rows = (json.dumps(bare(line, texts[line["doc"]])) + "\n" for line in sorted(lines, key=lambda r: r["doc"]))
    (FOLDER / f"{args.name}.jsonl").write_text("".join(rows), encoding="utf-8")
    print(f"{len(lines)} reports, {sum(len(line['claims']) for line in lines)} claims")


if __name__ == "__main__":
    main()
