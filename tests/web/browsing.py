"""A site on a port of this machine, and pages of Debian's Chromium, for tests that go through several parts of it."""

from __future__ import annotations

import os
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from harmledger.web.serving import listening

CHROMIUM = Path(os.environ.get("HARMLEDGER_CHROMIUM", "/usr/bin/chromium"))
WAIT_MS = 60_000
"""How long a page may take to do something: long enough for a busy machine."""
SOFTWARE_WEBGL = ("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")


@contextmanager
def listening_at(app: Any, *, port: int = 0) -> Generator[str]:
    """Where the site listens."""
    listener = listening("127.0.0.1", port)
    server = uvicorn.Server(uvicorn.Config(app, access_log=False, log_config=None))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@contextmanager
def opened() -> Generator[Any]:
    """Chromium, able to draw maps without a graphics card."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(SOFTWARE_WEBGL))
        yield browser
        browser.close()
