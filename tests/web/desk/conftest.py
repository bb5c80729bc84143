"""A desk with enough on it, served for each test afresh."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
import uvicorn
from moderating import Replies
from sites import Served

sys.path.append(str(Path(__file__).parent))

from desks import Desk, make_desk

from harmledger.web.serving import listening


@pytest.fixture(scope="session")
def desk_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that tests copy."""
    return make_desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def desk(desk_ledger: Path, serve_copy: Callable[..., Served]) -> Desk:
    """A site on a copy of it."""
    return Desk(serve_copy(desk_ledger, make_desk, site_hosts="127.0.0.1"))


@pytest.fixture
def address(desk: Desk) -> Generator[str]:
    """The same site on a port of this machine, for who needs a real server: a browser, several people at once."""
    listener = listening("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(desk.served.app, access_log=False, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def replies(served: Served) -> Replies:
    """Replies, and who moderates them."""
    return Replies(served)
