"""Copies of one text among many: what linking finds, beside datasketch and rensa in the same run.

    python benchmarks/copies.py [--texts N]

Texts are put together from the sentences of real reports (`gva_reports`, `muc34`, `polnear`), so that many share a sentence and few are copies. Four
of ten are copies of an earlier one: whole, with words changed, cut, under a lead of their own, or rewritten so far that they are none. All three get
the same sequences of five words, the same number of orders and bands, and each candidate is held against the same measure (`share_of`, COPY_SHARE);
what is timed is everything after the sequences: signatures, looking up, checking, in seconds of one core, so that a busy machine tells the same.
Told are texts a second, how many of the planted copies are found with the text that they copy (recall: of those that the measure itself calls
copies), how many of the found ones were planted so (precision), and how many candidates each had to check. `--texts 100000` takes some minutes.
Needs the corpora in ../shared (or HARMLEDGER_SHARED), and the group bench.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from datasketch import MinHash, MinHashLSH
from rensa import RMinHash, RMinHashLSH

from harmledger.link.copies import BANDS, COPY_SHARE, LEAST_SHINGLES, ROWS, Print, find_copies, share_of, shingle
from harmledger.text.sentences import split_sentences

SHARED = Path(os.environ.get("HARMLEDGER_SHARED", Path(__file__).parents[2] / "shared")) / "data"
CORPORA = ("gva_reports", "muc34", "polnear")
SEED = 20240229
COPIED = 0.4
SENTENCES = (6, 16)
ORDERS = BANDS * ROWS


@dataclass(frozen=True, slots=True)
class Planted:
    """A text, and the one that it was made from."""

    name: str
    text: str
    of: str | None = None
    kind: str = "own"


Signed = TypeVar("Signed")
Found = dict[str, str]
"""Of each copy what it copies."""


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=5_000)
    asked = parser.parse_args()
    planted = list(plant(asked.texts, random.Random(SEED)))
    began = time.process_time()
    prints = [Print(document_id=each.name, published=None, shingles=shingle(each.text)) for each in planted]
    seconds = time.process_time() - began
    print(f"{len(planted):,} texts; sequences of five words: {len(planted) / seconds:,.0f} texts/s, once for all three")
    rates = {name: run(name, engine, planted, prints) for name, engine in ENGINES.items()}
    print(f"harmledger : datasketch  {rates['harmledger'] / rates['datasketch']:.1f} times as fast")
    print(f"harmledger : rensa       {rates['harmledger'] / rates['rensa']:.2f} times as fast")


def run(name: str, engine: Callable[[Sequence[Print]], tuple[Found, int]], planted: Sequence[Planted], prints: Sequence[Print]) -> float:  # fmt: skip
    """Time one, judge what it found, and give its texts a second."""
    began = time.process_time()
    found, checked = engine(prints)
    rate = len(prints) / (time.process_time() - began)
    of = {each.name: each.of for each in planted}
    by_name = {each.document_id: each.shingles for each in prints}
    true = {each.name for each in planted if each.of and share_of(by_name[each.name], by_name[each.of]) >= COPY_SHARE}
    kinds = {each.kind for each in planted if each.name in true}
    right = {copy for copy, original in found.items() if of[copy] == original}
    by_kind = "  ".join(
        f"{kind} {len(right & some) / len(some):.3f}"
        for kind in sorted(kinds)
        if (some := {each.name for each in planted if each.kind == kind and each.name in true})
    )
    told = f"{checked:,} checked" if checked else "checks within its bands"
    print(
        f"{name:11} {rate:>8,.0f} texts/s  recall {len(right & true) / len(true):.4f}  precision {len(right) / len(found):.4f}  {told}  ({by_kind})",
        flush=True,
    )
    return rate


# --- the three -------------------------------------------------------------------------------------------------------


def by_harmledger(prints: Sequence[Print]) -> tuple[Found, int]:
    """As linking does."""
    return {echo.document_id: echo.original_id for echo in find_copies(prints)}, 0


def by_datasketch(prints: Sequence[Print]) -> tuple[Found, int]:
    """MinHash with as many orders, in as many bands."""
    lsh = MinHashLSH(num_perm=ORDERS, params=(BANDS, ROWS))

    def sign(own: Print) -> MinHash:
        signed = MinHash(num_perm=ORDERS, seed=1, hashfunc=int)
        signed.update_batch(own.shingles)
        return signed

    return _look_up(prints, sign, lsh.query, lsh.insert)


def by_rensa(prints: Sequence[Print]) -> tuple[Found, int]:
    """The same in Rust; it takes the sequences' hashes as bytes."""
    lsh = RMinHashLSH(threshold=0.5, num_perm=ORDERS, num_bands=BANDS)
    numbers = {own.document_id: number for number, own in enumerate(prints)}

    def sign(own: Print) -> RMinHash:
        signed = RMinHash(num_perm=ORDERS, seed=1)
        packed = own.shingles.tobytes()
        signed.update([packed[at : at + 4] for at in range(0, len(packed), 4)])
        return signed

    return _look_up(
        prints,
        sign,
        lambda signed: [prints[number].document_id for number in lsh.query(signed)],
        lambda name, signed: lsh.insert(numbers[name], signed),
    )


def _look_up(
    prints: Sequence[Print],
    sign: Callable[[Print], Signed],
    query: Callable[[Signed], Sequence[str]],
    insert: Callable[[str, Signed], object],
) -> tuple[Found, int]:
    """Look each text up among those before it, check what comes, and keep what is no copy."""
    by_name = {own.document_id: own.shingles for own in prints}
    found: Found = {}
    checked = 0
    for own in prints:
        if own.shingles.size < LEAST_SHINGLES:
            continue
        signed = sign(own)
        met = query(signed)
        checked += len(met)
        best = max(((share_of(own.shingles, by_name[name]), name) for name in met), default=(0.0, ""))
        if best[0] >= COPY_SHARE:
            found[own.document_id] = best[1]
        else:
            insert(own.document_id, signed)
    return found, checked


ENGINES = {"harmledger": by_harmledger, "rensa": by_rensa, "datasketch": by_datasketch}


# --- texts -----------------------------------------------------------------------------------------------------------


def plant(number: int, chance: random.Random) -> Iterator[Planted]:
    """So many texts, copies among them, each after what it copies."""
    sentences = load_sentences()
    words = sorted({word for sentence in sentences[:5_000] for word in sentence.split()})
    own: list[Planted] = []
    for n in range(number):
        if own and chance.random() < COPIED:
            original = own[chance.randrange(len(own))]
            kind = chance.choice(sorted(CHANGED))
            text = " ".join(CHANGED[kind](original.text.split("\n"), words, chance))
            yield Planted(f"t{n}", text, of=original.name, kind=kind)
        else:
            own.append(Planted(f"t{n}", "\n".join(chance.sample(sentences, chance.randint(*SENTENCES)))))
            yield own[-1]


def load_sentences() -> list[str]:
    """Every sentence of the corpora, once, of eight words or more."""
    found: dict[str, None] = {}
    for corpus in CORPORA:
        with gzip.open(SHARED / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for text in (json.loads(line)["text"] for line in lines):
                cut = (" ".join(text[start:end].split()) for start, end in split_sentences(text))
                found |= dict.fromkeys(each for each in cut if len(each.split()) >= 8)
    return list(found)


def _edit(share: float) -> Callable[[list[str], Sequence[str], random.Random], list[str]]:
    def edit(lines: list[str], words: Sequence[str], chance: random.Random) -> list[str]:
        return [
            " ".join(chance.choice(words) if chance.random() < share else word for word in line.split())
            for line in lines
        ]

    return edit


CHANGED: dict[str, Callable[[list[str], Sequence[str], random.Random], list[str]]] = {
    "whole": lambda lines, _words, _chance: list(lines),
    "edited": _edit(0.04),
    "cut": lambda lines, _words, _chance: lines[: max(5, len(lines) * 6 // 10)],
    "led in": lambda lines, words, chance: [" ".join(chance.choices(words, k=40)), *lines],
    "rewritten": _edit(0.25),
}
"""How a copy differs from its original; what is rewritten shares a quarter of its sequences, and is a copy by nobody's measure."""


if __name__ == "__main__":
    main()
