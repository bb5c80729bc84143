"""Reports written for this project, to learn from, with their claims marked in the text: `training/reports/*.txt`.

    python -m training.written          says how many there are, and what is wrong with them

Each stands after a line `=== published DAY` (or `none`), its counted expressions in [[double brackets]]; after a line `---` comes
one line a bracket, its values between bars (see `training/reports/README.md`). Out come reports in the form of the marked sets.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from training.examples import Marked

FOLDER = Path(__file__).parent / "reports"
VALUES = ("low", "harm", "kind", "group", "scope", "victims_wording", "place_wording", "when", "actor_wording", "means", "source_wording", "polarity")  # fmt: skip
WORDINGS = tuple(v for v in VALUES if v.endswith("_wording"))
_BRACKET = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_REPORT = re.compile(r"^=== published +(\S+)\n(.*?)\n---[ ]*$\n?(.*?)(?=^=== |\Z)", re.MULTILINE | re.DOTALL)
_RANGE = re.compile(r"(?P<a>[\d-]+)?(?P<to>\.\.)?(?P<b>[\d-]+)?")


class Faulty(ValueError):
    """A written report that breaks the form: which, and how."""


def reports(language: str) -> list[Marked]:
    """All written reports of a language.

    Raises:
        Faulty: a report breaks the form.
    """
    return [report for path in sorted(FOLDER.glob(f"{language}_*.txt")) for report in read_written(path)]


def read_written(path: Path) -> Iterator[Marked]:
    """The reports of one file."""
    for n, found in enumerate(_REPORT.finditer(path.read_text(encoding="utf-8")), 1):
        yield _report(f"{path.stem}-{n}", *found.groups())


def _report(doc: str, published: str, marked: str, lines: str) -> Marked:
    text, spans = _unbracketed(marked.strip("\n"))
    told = lines.split("\n") if (lines := lines.strip()) else []
    if len(told) != len(spans):
        raise Faulty(f"{doc}: {len(spans)} brackets and {len(told)} lines of values")
    claims = [_claim(doc, text, span, line) for span, line in zip(spans, told, strict=True)]
    day = None if published == "none" else published
    return {"doc": doc, "published": day, "title": None, "text": text, "claims": claims}


def _unbracketed(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its brackets, and where they stood."""
    spans: list[tuple[int, int]] = []
    for found in _BRACKET.finditer(marked):
        start = found.start() - 4 * len(spans)
        spans.append((start, start + len(found[1])))
    return _BRACKET.sub(r"\1", marked), spans


def _claim(doc: str, text: str, span: tuple[int, int], line: str) -> Marked:
    values = [None if v.strip() in {"-", ""} else v.strip() for v in line.split("|")]
    if len(values) not in {len(VALUES) - 1, len(VALUES)}:
        raise Faulty(f"{doc}: {len(values)} values in {line!r}")
    claim: Marked = dict(zip(VALUES, [*values, "asserted"], strict=False))
    number = claim.pop("low") or ""
    names, number = number.startswith("names"), number.removeprefix("names").strip()
    low, high = (int(v) if v else None for v in _ends(doc, number))
    earliest, latest = _ends(doc, claim.pop("when") or "")
    absent = [w for w in WORDINGS if claim[w] and claim[w] not in text]
    if absent or low is high is None:
        raise Faulty(f"{doc}: {' and '.join(absent) or 'the number'} not found for {line!r}")
    counted = None if names else text[slice(*span)]
    return {
        "start": span[0],
        "end": span[1],
        "count_wording": counted,
        "low": low,
        "high": high,
        **claim,
        "earliest": earliest,
        "latest": latest,
    }


def _ends(doc: str, told: str) -> tuple[str | None, str | None]:
    """Both ends of `a..b`, of which one may be open; of a single value, that twice."""
    found = _RANGE.fullmatch(told)
    if found is None:
        raise Faulty(f"{doc}: not a range: {told!r}")
    return (found["a"], found["b"]) if found["to"] else (found["a"], found["a"])


def main() -> int:
    faults = 0
    for path in sorted(FOLDER.glob("*.txt")):
        try:
            found = list(read_written(path))
        except Faulty as fault:
            faults += 1
            print(f"{path.name}: {fault}")
        else:
            print(f"{path.name}: {len(found)} reports, {sum(len(r['claims']) for r in found)} claims")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
