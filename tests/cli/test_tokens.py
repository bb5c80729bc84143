"""`account token` makes, lists and ends tokens; the token alone is on standard output, and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fakes import fixed_now
from starlette.testclient import TestClient

from harmledger.cli import main
from harmledger.config import Config
from harmledger.store import open_ledger
from harmledger.web.app import make_app

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def ledger(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("HARMLEDGER_LEDGER", "HARMLEDGER_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    open_ledger(Path("ledger"), now=fixed_now).close()
    for name, role in (("Amal", "reviewer"), ("Di", "reader")):
        run("account", "add", name, "--role", role, said=f"{PASSWORD}\n")


def run(*arguments: str, code: int = 0, said: str = "") -> Result:
    result = CliRunner().invoke(main, [*arguments, "--ledger", "ledger"], input=said)
    assert result.exit_code == code, result.output
    return result


def add(*more: str, account: str = "Amal", scope: str = "replies:moderate", code: int = 0) -> Result:
    return run("account", "token", "add", account, "--name", "desk helper", "--scope", scope, *more, code=code)


def test_a_token_is_made_used_listed_and_ended() -> None:
    """What is printed opens the API, is in no list and not in the audit, and opens nothing once it was ended by its number."""
    made = add("--days", "7")
    secret = made.stdout.strip()
    assert re.fullmatch(r"hlt_[\w-]{43}", secret)
    assert re.search(r"token \w{8} of Amal: replies:moderate until \d{4}-\d\d-\d\d; it is shown this once", made.stderr)
    assert secret not in made.stderr
    app = make_app(Config(ledger="ledger"))
    program = TestClient(app, base_url="http://localhost", headers={"authorization": f"Bearer {secret}"})
    assert program.get("/api/v1/moderation/counts").status_code == 200
    listed = run("account", "token", "list", "amal").stdout
    number = re.fullmatch(r"(\w{8})  desk helper  replies:moderate  until \S+  used .*\n", listed)
    assert number
    assert f"token {number[1]} of Amal counts no longer" in run("account", "token", "end", "Amal", number[1]).stderr
    assert program.get("/api/v1/moderation/counts").status_code == 401
    assert f"{number[1]}  desk helper  replies:moderate  ended " in run("account", "token", "list", "Amal").stdout
    noted = run("account", "audit").stdout
    assert [f"{what}  Amal: {number[1]} replies:moderate" in noted for what in ("add-token", "end-token")] == [True] * 2
    assert secret not in noted + listed
    app.state.site.close()


def test_a_reset_ends_tokens() -> None:
    """Whoever knew the password that was lost may have made one."""
    add()
    assert "no second step and no tokens" in run("account", "reset", "Amal", said=f"another {PASSWORD}\n").stderr
    assert "  ended " in run("account", "token", "list", "Amal").stdout


@pytest.mark.parametrize(
    ("made", "code", "told"),
    [
        ({"account": "nobody"}, 1, "no account has that name"),
        ({"account": "Di"}, 1, "readers moderate nothing"),
        ({"scope": "all"}, 2, "'replies:read', 'replies:moderate'"),
    ],
)
def test_what_cant_be_made_is_told(made: dict[str, str], code: int, told: str) -> None:
    """In one sentence; nothing is printed that could be taken for a token."""
    result = add(**made, code=code)
    assert told in result.stderr
    assert result.stdout == ""


def test_a_disabled_account_gets_no_token_and_its_own_end() -> None:
    """Let in again, it makes new ones."""
    add()
    run("account", "disable", "Amal")
    assert "the account is disabled" in add(code=1).stderr
    run("account", "disable", "Amal", "--undo")
    assert "  ended " in run("account", "token", "list", "Amal").stdout
    add()


@pytest.mark.parametrize("wanted", ["", "00000000", "0"])
def test_a_number_that_is_none_ends_nothing(wanted: str) -> None:
    """Too short, or of no token of the account that counts."""
    add()
    assert "no token that counts has this id" in run("account", "token", "end", "Amal", wanted, code=1).stderr
    assert "  until " in run("account", "token", "list", "Amal").stdout
