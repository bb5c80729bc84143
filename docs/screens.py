"""Makes the pictures of docs/screens: the site on the bundled reports, as Debian's Chromium shows it. Run it as `make screens`.

Reads examples/reports into a ledger of its own, links, serves it on a port of this machine, and keeps each picture small.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from base64 import b64decode
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from harmledger.config import Config
from harmledger.store import open_ledger
from harmledger.web.app import make_app

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent / "tests" / "web"))
CHROMIUM = Path(os.environ.get("HARMLEDGER_CHROMIUM", "/usr/bin/chromium"))
MOST_BYTES = 60_000
LARGEST = (
    "SELECT i.incident_id, c.document_id FROM incident_claims i JOIN claims c ON c.claim_id = i.claim_id"
    " WHERE i.incident_id IS NOT NULL GROUP BY i.incident_id ORDER BY count(*) DESC, i.incident_id LIMIT 1"
)


@dataclass(frozen=True)
class Screen:
    """One picture."""

    name: str
    path: str
    theme: str
    width: int
    height: int


SCREENS = (
    Screen("home", "/", "light", 1000, 980),
    Screen("incident", "/incidents/{incident}", "light", 1000, 860),
    Screen("report-dark", "/reports/{document}", "dark", 1000, 760),
    Screen("incident-phone", "/incidents/{incident}", "dark", 390, 844),
)


def main() -> None:
    """Make all of them."""
    from browsing import listening_at, opened

    with tempfile.TemporaryDirectory() as folder:
        ledger = str(Path(folder) / "ledger")
        _run("read", str(HERE.parent / "examples" / "reports"), "--ledger", ledger)
        _run("link", "--ledger", ledger)
        ids = _find_ids(ledger)
        with listening_at(make_app(Config(ledger=ledger))) as address, opened() as browser:
            for screen in SCREENS:
                _take(browser, address + screen.path.format(**ids), screen)


def _run(*arguments: str) -> None:
    program = "from harmledger.cli import main; main()"
    subprocess.run([sys.executable, "-c", program, *arguments], check=True, stdout=subprocess.DEVNULL)


def _find_ids(ledger: str) -> dict[str, str]:
    opened_ledger = open_ledger(Path(ledger), now=lambda: datetime.now(UTC))
    with opened_ledger.reading() as connection:
        incident, document = connection.exec_driver_sql(LARGEST).one()
    opened_ledger.close()
    return {"incident": incident, "document": document}


def _take(browser: Any, address: str, screen: Screen) -> None:
    size = {"width": screen.width, "height": screen.height}
    context = browser.new_context(color_scheme=screen.theme, reduced_motion="reduce", viewport=size)
    page = context.new_page()
    page.goto(address)
    if page.locator("#map").count():
        page.wait_for_selector("#map[data-map=ready]", state="attached", timeout=60_000)
        page.wait_for_timeout(2_000)  # tiles are drawn behind the event
    (HERE / "screens" / f"{screen.name}.webp").write_bytes(_small(context.new_cdp_session(page)))
    context.close()


def _small(session: Any) -> bytes:
    """What is seen as WebP, as good as fits: Playwright itself makes PNG and JPEG alone."""
    for quality in range(80, 20, -10):
        told = session.send("Page.captureScreenshot", {"format": "webp", "quality": quality})
        taken = b64decode(told["data"])
        if len(taken) <= MOST_BYTES:
            return taken
    sys.exit("a picture can't be made small enough: give it a smaller height in SCREENS")


if __name__ == "__main__":
    main()
