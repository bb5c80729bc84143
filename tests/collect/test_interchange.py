"""What other programs archive and save of a page opens here, and reads as the page itself does."""

from __future__ import annotations

import http.server
import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from fakes import load_fake
from web.browsing import CHROMIUM

from harmledger.collect import open_reports
from harmledger.domain import Capture, Reading
from harmledger.pipeline import read_report

NOON = datetime(2030, 5, 1, 12, tzinfo=UTC)
NAME = "report.html"
PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>Market hit</title><meta charset="utf-8"><meta property="article:published_time" content="2024-05-03T10:00:00Z">
<link rel="stylesheet" href="style.css"></head><body><nav><a href="/">Home</a></nav><article><h1>Market hit</h1>
<p>7 civilians were killed by Syrian forces in Raqqa on May 5, 2017, a medic said.</p>
<p>“The stalls burnt until the evening” — nobody came to help, and 12 people were injured in Raqqa on May 5, 2017, a nurse said.</p>
<img src="picture.png" alt=""></article></body></html>
"""
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The page on a server of this machine, and the folder that it lies in."""
    folder = tmp_path_factory.mktemp("site")
    (folder / NAME).write_text(PAGE, encoding="utf-8")
    (folder / "style.css").write_text("p { color: black }", encoding="utf-8")
    (folder / "picture.png").write_bytes(PNG)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", folder
        server.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def take(*sources: Path) -> list[Capture]:
    taken = list(open_reports([str(source) for source in sources], now=lambda: NOON))
    assert all(isinstance(each, Capture) for each in taken), taken
    return [each for each in taken if isinstance(each, Capture)]


def told(capture: Capture) -> tuple[str, list[tuple[str, int | None, str | None]]]:
    """The clean text, and what is claimed in it."""
    reading: Reading = read_report(capture, load_fake())
    claims = [
        (claim.claim.count.words.exact, claim.claim.count.low, claim.place and claim.place.id)
        for claim in reading.claims
    ]
    assert len(claims) == 2
    return reading.document.text, claims


@pytest.mark.skipif(shutil.which("wget") is None, reason="wget isn't installed")
@pytest.mark.parametrize("options", [[], ["--no-warc-compression"], ["--warc-cdx", "--no-warc-digests"]])
def test_wget(site: tuple[str, Path], tmp_path: Path, options: list[str]):
    """wget's archives, packed or not, with its digests or without, hold the page and its server's very bytes."""
    address, folder = site
    asked = ["wget", "--quiet", "--page-requisites", "--warc-file=site", *options, f"{address}/{NAME}"]
    subprocess.run(asked, cwd=tmp_path, check=True, timeout=300)
    (archive,) = tmp_path.glob("site.warc*")
    (capture,) = take(archive)
    assert (capture.source, capture.content) == (f"{address}/{NAME}", PAGE.encode())
    assert capture.provenance
    assert capture.provenance.address == "127.0.0.1"
    assert capture.provenance.by.startswith("Wget/")
    assert told(capture) == told(take(folder / NAME)[0])


@pytest.fixture(scope="module")
def snapshot(site: tuple[str, Path]) -> tuple[str, str]:
    """The page as a browser saves it in one file, and as it stands in the browser."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium isn't installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{site[0]}/{NAME}")
        kept = page.context.new_cdp_session(page).send("Page.captureSnapshot", {"format": "mhtml"})["data"]
        stands = page.content()
        browser.close()
    return kept, stands


def test_browser_mhtml(site: tuple[str, Path], snapshot: tuple[str, str], tmp_path: Path):
    """A page that Chromium saves with its pictures reads as the page does."""
    (tmp_path / "page.mhtml").write_bytes(snapshot[0].encode())
    (capture,) = take(tmp_path / "page.mhtml")
    assert capture.source == f"{site[0]}/{NAME}"
    assert capture.fetched.date() >= datetime(2024, 1, 1, tzinfo=UTC).date()
    assert told(capture) == told(take(site[1] / NAME)[0])


def test_browser_folder(site: tuple[str, Path], snapshot: tuple[str, str], tmp_path: Path):
    """So does one that it saves with a folder beside it, whose comment says where it is from."""
    url = f"{site[0]}/{NAME}"
    top = f"<!DOCTYPE html>\n<!-- saved from url=({len(url):04d}){url} -->\n"
    (tmp_path / "Market hit.html").write_text(snapshot[1].replace("<!DOCTYPE html>", top, 1), encoding="utf-8")
    (tmp_path / "Market hit_files").mkdir()
    (tmp_path / "Market hit_files" / "saved_resource.html").write_text("<p>An advertisement.</p>", encoding="utf-8")
    (capture,) = take(tmp_path)
    assert capture.source == url
    assert told(capture) == told(take(site[1] / NAME)[0])
