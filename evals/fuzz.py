"""Does any reader crash, hang or raise what it doesn't say, whatever it is given?  `python evals/fuzz.py --minutes 60`

Each reader runs in a process of its own, on inputs changed from seeds (`fuzz_seeds.py`): bits, bytes, stretches and words, and for what is packed
also below the packing. An input that kills its process, takes longer than `--seconds`, or breaks a law is written to `--out`, with what happened.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import logging
import multiprocessing
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import fuzz_seeds as seeds

from harmledger.collect.archives import Archive, open_mhtml, open_wacz, open_warc
from harmledger.collect.archives.records import Damage, iter_records
from harmledger.collect.decode import decode_bytes
from harmledger.collect.feeds import read_listing
from harmledger.collect.intake import Intake, Origin, make_capture
from harmledger.collect.limits import Limits
from harmledger.collect.lines import find_id, parse_line
from harmledger.domain import Capture, Exchange, Fetched, ListingKind, Media, Refused
from harmledger.errors import HarmledgerError
from harmledger.read import read_document

SECONDS = 20
"""An input that takes longer hangs: the slowest that doesn't takes two."""
GRACE_SECONDS = 30
"""Beyond which a process that doesn't even hear its alarm is killed."""
MOST_BYTES = 300_000
"""Longer inputs find nothing that shorter ones don't, and cost more."""
INTAKE = Intake(lambda: datetime(2026, 5, 1, tzinfo=UTC), Limits())


# --- laws: what must hold whatever is read ---------------------------------------------------------------------------


def read_html(content: bytes) -> None:
    """A page gives a document whose parts cover its text, or a refusal."""
    text = decode_bytes(content, where="fuzz")
    document = read_document(make_capture(content, text, Media.HTML, Origin(source="fuzz", fetched=INTAKE.now())))
    document.text.encode()
    at = 0
    for part in document.parts:
        assert part.start == at <= part.end, "parts leave a hole"
        at = part.end
    assert at == len(document.text), "parts don't cover the text"


def read_warc(content: bytes) -> None:
    """A WARC gives captures with whole records beside them, and refusals."""
    reopen = lambda: io.BufferedReader(io.BytesIO(content))  # noqa: E731  # pyright: ignore[reportArgumentType]
    _hold(open_warc(Archive("fuzz.warc", reopen(), reopen), INTAKE))


def read_wacz(content: bytes) -> None:
    """So does a WACZ."""
    with tempfile.NamedTemporaryFile(suffix=".wacz") as file:
        file.write(content)
        file.flush()
        _hold(open_wacz(file.name, INTAKE))


def read_mhtml(content: bytes) -> None:
    """So does a page with its pictures."""
    _hold(iter([open_mhtml(content, "fuzz.mhtml", INTAKE)]))


def read_line(content: bytes) -> None:
    """A line of JSON gives a text that can be kept, or a refusal."""
    found = find_id(content)
    (found or "").encode()
    report = parse_line(content, where="fuzz")
    assert "\0" not in report.text
    report.text.encode()


def read_feed(content: bytes) -> None:
    """A listing gives addresses of the web, or a refusal, whatever it was called."""
    exchange = Exchange(
        url="https://press.example/l", request=b"", head=b"", payload=b"", address="", started=INTAKE.now()
    )
    said = {"asked": exchange.url, "status": 200, "charset": None, "etag": None, "last_modified": None, "seconds": 0.0}
    fetched = Fetched(exchanges=(exchange,), content=content, **said)  # pyright: ignore[reportArgumentType]
    refused: HarmledgerError | None = None
    for kind in ListingKind:
        try:
            listing = read_listing(fetched, kind, every_link=True)
        except HarmledgerError as e:
            refused = e
            continue
        for found in (*listing.pages, *listing.sitemaps):
            assert found.url.startswith(("http://", "https://")), found.url
            found.url.encode()
    if refused:
        raise refused


def _hold(results: Iterator[Capture | Refused]) -> None:
    for result in results:
        if isinstance(result, Refused):
            result.message.encode()
            continue
        assert result.document_id == hashlib.sha256(result.content).hexdigest()
        for kept in (result.text, result.source):
            assert "\0" not in kept
            kept.encode()
        assert result.provenance is not None
        result.provenance.by.encode()
        kept = io.BufferedReader(io.BytesIO(result.provenance.records))  # pyright: ignore[reportArgumentType]
        for record in iter_records(kept, limits=Limits()):
            assert not isinstance(record, Damage), f"what is kept is damaged: {record}"


@dataclass(frozen=True)
class Reader:
    read: Callable[[bytes], None]
    seeds: list[bytes]
    words: list[bytes]
    packed: bool = False


READERS = {
    "html": Reader(read_html, seeds.HTML_SEEDS, seeds.HTML_WORDS),
    "warc": Reader(read_warc, seeds.WARC_SEEDS, seeds.WARC_WORDS, packed=True),
    "wacz": Reader(read_wacz, seeds.WACZ_SEEDS, seeds.WACZ_WORDS),
    "mhtml": Reader(read_mhtml, seeds.MHTML_SEEDS, seeds.MHTML_WORDS),
    "feed": Reader(read_feed, seeds.FEED_SEEDS, seeds.FEED_WORDS),
    "json": Reader(read_line, seeds.LINE_SEEDS, seeds.LINE_WORDS),
}


# --- inputs ----------------------------------------------------------------------------------------------------------


def mutate(reader: Reader, rng: random.Random) -> bytes:
    """A seed, changed one to twelve times; what is packed, half the time below its packing."""
    content = bytearray(rng.choice(reader.seeds))
    if reader.packed and rng.random() < 0.5 and content[:2] == b"\x1f\x8b":
        return seeds.repacked(
            bytes(content), lambda record: _change(bytearray(record), reader, rng) if rng.random() < 0.3 else record
        )
    return _change(content, reader, rng)


def _change(content: bytearray, reader: Reader, rng: random.Random) -> bytes:
    for _ in range(rng.choice([1, 1, 2, 3, 5, 12])):
        at = rng.randrange(len(content) + 1)
        to = min(len(content), at + rng.choice([1, 2, 8, 64, 500]))
        match rng.randrange(8):
            case 0 if content:
                content[at % len(content)] ^= 1 << rng.randrange(8)
            case 1 if content:
                content[at % len(content)] = rng.choice([0, 9, 10, 13, 32, 48, 57, 60, 127, 128, 255])
            case 2:
                del content[at:to]
            case 3:
                content[at:at] = content[at:to] * rng.choice([1, 2, 50])
            case 4:
                content[at:at] = rng.choice(reader.words)
            case 5:
                content[at:to] = rng.choice(reader.words)
            case 6:
                other = rng.choice(reader.seeds)
                cut = rng.randrange(len(other))
                content[at:to] = other[cut : cut + rng.choice([16, 200, 5000])]
            case _:
                content[at:to] = rng.randbytes(to - at)
    return bytes(content[:MOST_BYTES])


# --- running ---------------------------------------------------------------------------------------------------------


class HangsError(Exception):
    """An input takes too long."""


def try_one(reader: Reader, content: bytes, seconds: int) -> str | None:
    """What went wrong with an input, if anything did; refusals are what is wanted."""

    def ring(*_: object) -> None:
        raise HangsError

    signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        reader.read(content)
    except HarmledgerError as e:
        str(e).encode()
    except HangsError:
        return f"takes longer than {seconds} s\n{traceback.format_exc()}"
    except Exception:  # noqa: BLE001  whatever it is, it is what is looked for
        return traceback.format_exc()
    finally:
        signal.alarm(0)
    return None


def work(name: str, seed: int, minutes: float, seconds: int, out: Path) -> None:
    """In a process: one input after another; what is tried now lies in a file, should it kill the process."""
    logging.disable(logging.CRITICAL)
    reader, rng, ends = READERS[name], random.Random(seed), time.monotonic() + minutes * 60
    now, told = out / f"{name}.now", out / f"{name}.count"
    count, slowest = 0, 0.0
    while time.monotonic() < ends:
        content = mutate(reader, rng)
        now.write_bytes(content)
        began = time.process_time()
        wrong = try_one(reader, content, seconds)
        if (took := time.process_time() - began) > slowest:
            slowest = took
            (out / f"{name}.slowest").write_bytes(content)
        count += 1
        told.write_text(json.dumps({"inputs": count, "slowest_cpu_seconds": round(slowest, 2)}))
        if wrong:
            record(out, name, content, wrong)


def record(out: Path, name: str, content: bytes, wrong: str) -> None:
    found = out / f"{name}-{hashlib.sha256(content).hexdigest()[:12]}"
    found.write_bytes(content)
    found.with_suffix(".txt").write_text(wrong)
    print(f"{name}: {wrong.strip().splitlines()[-1][:200]}  ({found})", flush=True)


def watch(name: str, seed: int, minutes: float, seconds: int, out: Path) -> dict[str, float]:
    """Run one reader's process, and another when it dies or hangs."""
    spawn, ends = multiprocessing.get_context("spawn"), time.monotonic() + minutes * 60
    total, slowest = 0, 0.0
    while (left := ends - time.monotonic()) > 0:
        process = spawn.Process(target=work, args=(name, seed, left / 60, seconds, out))
        process.start()
        while process.is_alive():
            process.join(5)
            now = out / f"{name}.now"
            if process.is_alive() and now.exists() and time.time() - now.stat().st_mtime > seconds + GRACE_SECONDS:
                process.kill()
                process.join()
                record(out, name, now.read_bytes(), "hangs and doesn't hear its alarm")
        if process.exitcode not in {0, -9}:
            record(out, name, (out / f"{name}.now").read_bytes(), f"killed its process ({process.exitcode})")
        told = out / f"{name}.count"
        count = json.loads(told.read_text()) if told.exists() else {"inputs": 0, "slowest_cpu_seconds": 0}
        total, slowest, seed = total + count["inputs"], max(slowest, count["slowest_cpu_seconds"]), seed + 1
    return {"inputs": total, "slowest_cpu_seconds": slowest}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5, help="of all readers together")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="that one input may take")
    parser.add_argument("--reader", choices=READERS, action="append", help="only this one; may be given again")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    parser.add_argument("--out", type=Path, default=Path("fuzz-findings"))
    parser.add_argument("--again", type=Path, help="try one input that was found")
    given = parser.parse_args()
    names = given.reader or list(READERS)
    if given.again:
        print(try_one(READERS[names[0]], given.again.read_bytes(), given.seconds) or "holds")
        return 0
    given.out.mkdir(parents=True, exist_ok=True)
    print(f"seed {given.seed}; {given.minutes:g} minutes over {', '.join(names)}", flush=True)
    for name in names:
        share = given.minutes / len(names)
        done = watch(name, given.seed, share, given.seconds, given.out)
        print(
            f"{name}: {done['inputs']:,} inputs in {share:.1f} min; slowest, in CPU time, {done['slowest_seconds']:.2f} s",
            flush=True,
        )
    found = [path for path in given.out.glob("*.txt") if path.with_suffix("").exists()]
    print(f"{len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
