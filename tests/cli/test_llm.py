"""`--engine llm` reads through any endpoint that the settings name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fake_endpoint import KEY, claims, serving

from harmledger.cli import main

REPORT = "Four civilians were killed in Ariha on 3 May 2019, the Syrian Observatory for Human Rights said.\n"
CLAIM = {
    "count": "Four civilians",
    "victims": "civilians",
    "place": "Ariha",
    "when": "3 May 2019",
    "source": "the Syrian Observatory for Human Rights",
}


@pytest.fixture(autouse=True)
def report(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text(REPORT, encoding="utf-8")
    for name in ("CONFIG", "LEDGER", "ENGINE", "JOBS", "LLM_URL", "LLM_MODEL", "LLM_KEY", "LLM_SECONDS"):
        monkeypatch.delenv(f"HARMLEDGER_{name}", raising=False)


def read(code: int = 0, **environment: str) -> Result:
    command = ["read", "report.txt", "--engine", "llm", "--format", "jsonl", "--no-ledger"]
    result = CliRunner().invoke(main, command, env=environment)
    assert result.exit_code == code, result.output
    assert KEY not in result.output
    return result


def test_a_report_is_read_through_an_endpoint() -> None:
    """The record is the same as any engine's, and says which model it is from."""
    with serving(claims(CLAIM)) as fake:
        result = read(HARMLEDGER_LLM_URL=fake.url, HARMLEDGER_LLM_MODEL="small", HARMLEDGER_LLM_KEY=KEY)
    (claim,) = json.loads(result.stdout)["claims"]
    assert (claim["by"]["engine"], claim["by"]["models"]) == ("llm", ["small"])
    assert (claim["count"]["low"], claim["when"]["earliest"], claim["place"]["country"]) == (4, "2019-05-03", "SY")
    assert claim["attribution"][0]["type"] == "monitor"
    assert fake.headers[0]["Authorization"] == f"Bearer {KEY}"


def test_settings_may_stand_in_the_file() -> None:
    """The configuration names the endpoint as well as the environment does."""
    with serving(claims(CLAIM)) as fake:
        Path("settings.toml").write_text(f'llm_url = "{fake.url}"\nllm_model = "small"\n', encoding="utf-8")
        result = read(HARMLEDGER_CONFIG="settings.toml")
    assert len(json.loads(result.stdout)["claims"]) == 1


def test_missing_settings_are_one_sentence() -> None:
    """Without an address and a model's name the run ends by saying what to set."""
    assert read(code=1).stderr == (
        "harmledger: engine llm: HARMLEDGER_LLM_URL and HARMLEDGER_LLM_MODEL are not set; set HARMLEDGER_LLM_URL to an "
        "endpoint's base address and HARMLEDGER_LLM_MODEL to a model's name there, or llm_url and llm_model in the configuration.\n"
    )


def test_a_failing_endpoint_refuses_the_report_in_its_place() -> None:
    """What the endpoint can't do is told for the report; others would be read on."""
    with serving((401, b"")) as fake:
        result = read(code=1, HARMLEDGER_LLM_URL=fake.url, HARMLEDGER_LLM_MODEL="small", HARMLEDGER_LLM_KEY=KEY)
    error = json.loads(result.stdout)["error"]
    assert error["kind"] == "EngineFailed"
    assert "HARMLEDGER_LLM_KEY" in error["message"]
