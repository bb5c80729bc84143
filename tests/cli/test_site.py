"""`account`, `group` and what `serve` says where it can't."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fakes import load_in_place, write_reports

from harmledger.cli import main, reading
from harmledger.config import Config
from harmledger.errors import HarmledgerError
from harmledger.web.app import make_app
from harmledger.web.makers import Makers
from harmledger.web.serving import listening
from harmledger.web.site import open_site

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def ledger(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(reading, "load_reader", load_in_place)
    monkeypatch.chdir(tmp_path)
    for name in ("HARMLEDGER_LEDGER", "HARMLEDGER_CONFIG", "HARMLEDGER_ENGINE", "HARMLEDGER_JOBS"):
        monkeypatch.delenv(name, raising=False)
    write_reports(Path("reports.jsonl"), 2)
    run("read", "reports.jsonl")


def run(*arguments: str, code: int = 0, said: str = "") -> Result:
    result = CliRunner().invoke(main, arguments, input=said)
    assert result.exit_code == code, result.output
    return result


def test_an_account_is_made_listed_and_changed() -> None:
    """Its password comes from standard input and is printed nowhere; each change is told, and noted in the audit."""
    assert "account Amal: reviewer" in run("account", "add", "Amal", "--role", "reviewer", said=f"{PASSWORD}\n").stderr
    assert "lead, was reviewer" in run("account", "role", "amal", "lead").stderr
    run("account", "reset", "Amal", said=f"another {PASSWORD}\n")
    assert "is disabled" in run("account", "disable", "Amal").stderr
    assert "Amal  lead" in run("account", "list").stdout
    assert "disabled" in run("account", "list").stdout
    run("account", "disable", "Amal", "--undo")
    noted = run("account", "audit").stdout
    assert [what in noted for what in ("add-account", "set-role", "reset-account", "disable-account")] == [True] * 4
    assert PASSWORD not in noted


@pytest.mark.parametrize(
    ("arguments", "said", "told"),
    [
        (("add", "Bo", "--role", "reader"), "short\n", "a password has 12 to 1000 characters"),
        (("add", "Bo", "--role", "reader"), "", "a password has 12 to 1000 characters"),
        (("add", "\u202eBo", "--role", "reader"), f"{PASSWORD}\n", "a name has 1 to 64 letters"),
        (("add", "AMAL", "--role", "reader"), f"{PASSWORD}\n", "somebody has that name already"),
        (("role", "nobody", "lead"), "", "no account has that name"),
    ],
)
def test_what_cant_be_is_told(arguments: tuple[str, ...], said: str, told: str) -> None:
    """A weak password, a name that can't be one or is taken, an account that isn't there: one sentence each."""
    run("account", "add", "Amal", "--role", "reader", said=f"{PASSWORD}\n")
    assert told in run("account", *arguments, said=said, code=1).stderr


def test_a_password_is_no_argument() -> None:
    """What stands on a command line is seen by others on the machine: there is no option for it."""
    assert "No such option" in run("account", "add", "Amal", "--role", "lead", "--password", PASSWORD, code=2).stderr


def test_a_group_keeps_documents_to_its_members() -> None:
    """Made, joined, given documents by the beginnings of their ids, listed, and opened again."""
    run("account", "add", "Amal", "--role", "reader", said=f"{PASSWORD}\n")
    run("group", "add", "field team")
    assert "a group has that name already" in run("group", "add", "field team", code=1).stderr
    assert "Amal is now in field team" in run("group", "join", "field team", "amal").stderr
    assert "keeps 2 documents" in run("group", "close", "field team", "r0", "r1").stderr
    assert "field team  2 documents  Amal" in run("group", "list").stdout
    assert "no document in the ledger" in run("group", "open", "field team", "r0", "ffff", code=1).stderr
    assert "keeps 1 document " in run("group", "open", "field team", "r0").stderr
    assert "no longer" in run("group", "leave", "field team", "Amal").stderr
    assert "no group has that name" in run("group", "join", "others", "Amal", code=1).stderr


def test_serve_says_what_is_in_its_way(tmp_path: Path) -> None:
    """No ledger, a port that is taken or none, a host that isn't there, an address that is none: one sentence each."""
    assert "there is no ledger here" in run("serve", "--ledger", "none", code=1).stderr
    assert "99999 is not in the range" in run("serve", "--port", "99999", code=2).stderr
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert "nothing can listen there" in run("serve", "--port", port, code=1).stderr
    assert "there is no such host" in run("serve", "--host", "no.such.host.invalid", code=1).stderr
    config = Config(ledger="ledger", site_url="record.example.org")
    makers = Makers(config, processes=0, open_app=make_app)
    with pytest.raises(HarmledgerError, match="the site's address is none"):
        open_site(config, now=lambda: None, makers=makers)


def test_a_port_is_found_where_none_is_named() -> None:
    """Port 0 takes a free one."""
    with listening("127.0.0.1", 0) as listener:
        assert listener.getsockname()[1] > 0


def test_a_ledger_is_served_until_it_is_stopped() -> None:
    """The whole program: it says where it is open, answers there, notes no address, and ends on Ctrl-C as asked for."""
    code = "from harmledger.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--ledger", "ledger", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        address = server.stderr.readline().split()[-1]
        try:
            with urllib.request.urlopen(address, timeout=120) as page:  # noqa: S310  our own
                assert b"<h1>Incidents</h1>" in page.read()
                assert page.headers["content-security-policy"]
        finally:
            server.send_signal(signal.SIGINT)
        assert (server.wait(120), server.stderr.read()) == (0, "")
