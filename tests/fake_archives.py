"""Inputs for bulk reading: archives of invented pages, lines and rows; every report that has a claim has one that the fake engine reads."""

from __future__ import annotations

import json
from pathlib import Path

from archived import OPENING, PICTURE, each_gzip, response
from fakes import FIXED_NOW, REPORT

from harmledger.bulk.inputs import Input, list_inputs
from harmledger.bulk.parts import Folder, Settings
from harmledger.bulk.work import Job

PAGE = "<!DOCTYPE html><html lang='en'><head><title>News {n}</title></head><body><article><h1>Report {n}</h1>{body}</article></body></html>"
IDLE = (
    "<p>The council of Orvasel will decide on the library of number {n} in spring, said the mayor to nobody in particular.</p>"
    * 3
)


def story(n: int) -> str:
    """A page with a claim."""
    body = "".join(f"<p>{p}</p>" for p in REPORT.format(n=n + 2, day=n % 28 + 1).split("\n\n"))
    return PAGE.format(n=n, body=body)


def idle(n: int) -> str:
    """A page without one."""
    return PAGE.format(n=n, body=IDLE.format(n=n))


def write_warc(path: Path, pages: list[str]) -> Path:
    """An archive of pages, each at an address of its own."""
    records = [OPENING, PICTURE]
    for n, page in enumerate(pages):
        records.append(response(page.encode(), number=n, WARC_Target_URI=f"https://press.example/{path.stem}/{n}"))
    path.write_bytes(each_gzip(records))
    return path


def write_lines(path: Path, texts: list[str]) -> Path:
    """A `.jsonl` of reports."""
    path.write_text(
        "".join(json.dumps({"id": f"{path.stem}-{n}", "text": text}) + "\n" for n, text in enumerate(texts)), "utf-8"
    )
    return path


def begin(out: Path, **said: str) -> Job:
    """A folder begun, and the job for it."""
    settings = Folder(out).begin(
        Settings(**{"engine": "fake", "version": "1", "screen": "words", **said}, begun=FIXED_NOW)
    )
    return Job(out=str(out), begun=settings.begun)


def inputs(*paths: Path) -> list[Input]:
    """As the command lists them."""
    return list_inputs([str(path) for path in paths], read=lambda url: url.encode())


def tables(out: Path) -> dict[str, bytes]:
    """All part files of a folder, by their names."""
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*.parquet"))}
