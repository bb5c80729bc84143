"""Draw claims from the bulk output of the corpora's texts, for people to check by hand: a sheet of what was read beside what the reports say.

    python evals/bulk_sample.py FOLDER [--jobs N] [--inputs-only]

Writes the texts as inputs under FOLDER, runs `harmledger bulk read` on them with its own settings, and draws SIZE claims, each as likely as any
other. FOLDER gets the sheet and the whole texts, which are others': keep it out of the project. `evals/verdicts/` gets the sample by claim id, and
what it was drawn from. The same again goes on where it was ended, and gives the same. The rule for checkers is evals/verdicts/README.md.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bulk_verdicts import COLUMNS as FORM
from corpora import Row, find_shared, given, learnt_from, load_rows

from harmledger.bulk.parts import load_arrow

HERE = Path(__file__).parent
VERDICTS = HERE / "verdicts"
SAMPLE, DRAWN = "bulk-claims.csv", "bulk-claims-drawn.json"
TEXTS = {
    "claims_open": 60, "claims_ar_open": 80, "claims_train": 450, "claims_ar_train": 120, "airwars_syria_reports_en": 114,
    "airwars_syria_reports_ar": 451, "fakes_spans": 410, "gva_reports": 700, "polnear": 500,
}  # fmt: skip
"""Of each corpus so many texts: those with the least hashes of their ids, as the screen of bulk is measured on."""
PAGES = "article_pages"
LEARNT = ("claims_train", "claims_ar_train")
SIZE, SEED = 200, 20261126
INPUT_REPORTS = 60
"""In one input: some forty inputs, so that both processes end at about the same time and progress is told often."""
AROUND = 600
"""Characters of the report before the claim's sentence and as many after it."""
BEGINNING = 300
"""Characters from the head of the report, where its dateline stands."""
NEAR = 120
"""Characters either side of words that stand outside what is shown around the claim."""
NOTHING = {
    "screen": "passed over by the screen",
    "collect": "can't be read",
    "read": "can't be read",
    "extract": "nothing found",
}
"""What became of reports that gave nothing, by the stage that tells it."""
FIELDS = ("victims", "place", "when", "actor", "means")
OPEN, CLOSE = "⟦", "⟧"
COLUMNS = ("claim_id", "set", "language", "document_id", "learnt", "confidence", "engine", "version")
Claim = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A claim of the output with the document that it stands in."""

    set: str
    report: str
    learnt: bool
    claim: Claim
    document: dict[str, Any]


def main() -> None:
    """Write inputs, read them, draw."""
    asked = _parse()
    shared = find_shared()
    if shared is None:
        raise SystemExit("nothing drawn: no corpora (set HARMLEDGER_SHARED or put them into ../shared)")
    inputs = write_inputs(shared, asked.folder / "inputs")
    if asked.inputs_only:
        return
    out = asked.folder / "bulk"
    read_inputs(inputs, out, jobs=asked.jobs)
    found = list(load_found(out, learnt_from()))
    drawn = draw(found)
    write_sheet(drawn, found, asked.folder)
    VERDICTS.mkdir(exist_ok=True)
    write_sample(drawn, VERDICTS / SAMPLE)
    told = describe(found, drawn, count_reports(out))
    (VERDICTS / DRAWN).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(told, indent=1))


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=2, help="processes that read")
    parser.add_argument("--inputs-only", action="store_true", help="write the inputs and read nothing")
    return parser.parse_args()


# --- reading ---------------------------------------------------------------------------------------------------------


def choose(shared: Path) -> Iterator[tuple[str, list[Row]]]:
    """The sets and their texts, the same on every run; a text that several sets hold counts in the first of them alone."""
    known: set[str] = set()
    for name, most in TEXTS.items():
        chosen: list[Row] = []
        for row in sorted(load_rows(shared, name), key=lambda row: zlib.crc32(str(row["id"]).encode()))[:most]:
            text = "".join((row.get("text") or "").split())
            if text and text not in known:
                known.add(text)
                chosen.append(row)
        yield name, chosen


def write_inputs(shared: Path, folder: Path) -> list[Path]:
    """Reports as JSON lines, pages as Parquet, some sixty an input; what is there already is left as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for name, rows in choose(shared):
        for number, first in enumerate(range(0, len(rows), INPUT_REPORTS)):
            lines = [json.dumps(given(row), ensure_ascii=False) for row in rows[first : first + INPUT_REPORTS]]
            paths.append(folder / f"{name}-{number:02}.jsonl")
            _write_once(paths[-1], "".join(line + "\n" for line in lines))
    paths.append(folder / f"{PAGES}-00.parquet")
    if not paths[-1].exists():
        pa, pq = load_arrow()
        pages = load_rows(shared, PAGES)
        pq.write_table(pa.table({key: [page[key] for page in pages] for key in ("id", "html")}), paths[-1])
    return paths


def _write_once(path: Path, text: str) -> None:
    """An input that is written anew would be read anew."""
    if not path.exists() or path.read_text("utf-8") != text:
        path.write_text(text, encoding="utf-8")


def read_inputs(inputs: Sequence[Path], out: Path, *, jobs: int) -> None:
    """By the command that users call, with all its settings as they come."""
    command = [str(Path(sys.executable).with_name("harmledger")), "bulk", "read", *map(str, inputs), "--out", str(out)]
    subprocess.run([*command, "--jobs", str(jobs)], check=True)


def load_found(out: Path, marked: frozenset[str]) -> Iterator[Found]:
    """Every claim of the output, in the order of their ids. `marked` are reports of other sets that were learnt from."""
    documents = {row["document_id"]: row for row in _rows(out, "documents", ["document_id", "id", "record"])}
    claims = {row["claim_id"]: row for row in _rows(out, "claims", ["claim_id", "document_id", "input", "record"])}
    for _, row in sorted(claims.items()):
        name, document = set_of(row["input"]), documents[row["document_id"]]
        learnt = name in LEARNT or document["id"] in marked
        yield Found(
            set=name, report=str(document["id"]), learnt=learnt,
            claim=json.loads(row["record"]), document=json.loads(document["record"]),
        )  # fmt: skip


def set_of(name: str) -> str:
    """The set that an input is of, by its file's name."""
    return Path(name).name.rpartition("-")[0]


def count_reports(out: Path) -> dict[str, Counter[str]]:
    """By set: how many reports hold claims, and how many were passed over for which reason."""
    counts: dict[str, Counter[str]] = {}
    for row in _rows(out, "documents", ["input", "claims"]):
        counts.setdefault(set_of(row["input"]), Counter())["with claims"] += row["claims"] > 0
    for row in _rows(out, "dropped", ["input", "what", "stage"]):
        if row["what"] == "report":
            counts.setdefault(set_of(row["input"]), Counter())[NOTHING[row["stage"]]] += 1
    return counts


def _rows(out: Path, table: str, columns: list[str]) -> Iterator[dict[str, Any]]:
    _, pq = load_arrow()
    for path in sorted((out / table).glob("*.parquet")):
        yield from pq.read_table(path, columns=columns).to_pylist()


# --- drawing ---------------------------------------------------------------------------------------------------------


def draw(found: Sequence[Found]) -> list[Found]:
    """SIZE claims in random order, each as likely as any other, the same on every run."""
    return random.Random(SEED).sample(found, min(SIZE, len(found)))


def write_sample(drawn: Iterable[Found], path: Path) -> None:
    """What was drawn, without a word of the reports, in the order of claim ids."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for one in sorted(drawn, key=lambda one: one.claim["claim_id"]):
            by = one.claim["by"]
            writer.writerow([
                one.claim["claim_id"], one.set, one.document["language"] or "", one.document["document_id"],
                "yes" if one.learnt else "no", f"{one.claim['confidence']:.4f}", by["engine"], by["version"],
            ])  # fmt: skip


def describe(found: Sequence[Found], drawn: Sequence[Found], reports: dict[str, Counter[str]]) -> dict[str, Any]:
    """Of what the sample was drawn: claims by set, and what read them."""
    claims, taken = Counter(one.set for one in found), Counter(one.set for one in drawn)
    learnt = Counter(one.set for one in found if one.learnt)
    return {
        "seed": SEED,
        "claims": len(found),
        "drawn": len(drawn),
        "learnt from": {"claims": learnt.total(), "drawn": sum(one.learnt for one in drawn)},
        "by": [json.loads(by) for by in sorted({json.dumps(one.claim["by"], sort_keys=True) for one in found})],
        "sets": {
            name: {
                "claims": claims[name],
                "drawn": taken[name],
                "claims learnt from": learnt[name],
                "reports": dict(sorted(kinds.items())),
            }
            for name, kinds in sorted(reports.items())
        },
    }


# --- the sheet -------------------------------------------------------------------------------------------------------


def write_sheet(drawn: Sequence[Found], found: Sequence[Found], folder: Path) -> None:
    """`sheet.jsonl` for checkers, a claim a line, `texts.jsonl` with the whole report of each, and `form.csv` to fill."""
    counts = {one.claim["claim_id"]: one.claim["count"]["exact"] for one in found}
    _write_lines(folder / "sheet.jsonl", (lay_out(one, counts) for one in drawn))
    texts = ({"claim_id": one.claim["claim_id"], "text": one.document["text"]} for one in drawn)
    _write_lines(folder / "texts.jsonl", texts)
    blank = "".join(f"{one.claim['claim_id']}{',' * (len(FORM) - 1)}\n" for one in drawn)
    (folder / "form.csv").write_text(f"{','.join(FORM)}\n{blank}", encoding="utf-8")


def _write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def lay_out(one: Found, counts: dict[str, str]) -> dict[str, Any]:
    """What a checker sees of a claim: all that it says and where, never how sure the engine is."""
    claim, document = one.claim, one.document
    text, quote = document["text"], claim["quote"]
    start, end = max(0, quote["start"] - AROUND), min(len(text), quote["end"] + AROUND)
    words = {name: _with_words(claim[name], text, (start, end)) for name in FIELDS}
    return {
        "claim_id": claim["claim_id"], "set": one.set, "report": one.report, "document_id": document["document_id"],
        "title": document["title"], "published": document["published"], "published_from": document["published_from"],
        "published_between": [document["published_earliest"], document["published_latest"]],
        "part": _part_at(document["parts"], claim["count"]["start"]),
        "sentence": quote["exact"], "count": claim["count"], "harm": claim["harm"], "scope": claim["scope"],
        "part_of": counts.get(claim.get("part_of") or ""), "polarity": claim["polarity"], **words,
        "attribution": [_with_words(source, text, (start, end)) for source in claim["attribution"]],
        "context": _mark(text, claim["count"], start, end), "begins": text[:BEGINNING] if start else None,
    }  # fmt: skip


def _part_at(parts: Sequence[dict[str, Any]], at: int) -> str | None:
    return next((part["role"] for part in parts if part["start"] <= at < part["end"]), None)


def _with_words(value: dict[str, Any] | None, text: str, shown: tuple[int, int]) -> dict[str, Any] | None:
    """A field as it was read; where its words stand outside what is shown, with what stands around them."""
    if value is None or value.get("start") is None or shown[0] <= value["start"] < shown[1]:
        return value
    return {**value, "around": _mark(text, value, max(0, value["start"] - NEAR), value["end"] + NEAR)}


def _mark(text: str, span: dict[str, Any], start: int, end: int) -> str:
    """The stretch of a text with a span of it in brackets that no report uses."""
    return f"{text[start : span['start']]}{OPEN}{text[span['start'] : span['end']]}{CLOSE}{text[span['end'] : end]}"


if __name__ == "__main__":
    main()
