"""Settings come from a file and the environment, and wrong ones are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harmledger.config import Config, load_config
from harmledger.errors import BadInput


def test_the_environment_outweighs_the_file(tmp_path: Path) -> None:
    """A variable counts more than the file, the file more than the default."""
    path = tmp_path / "settings.toml"
    path.write_text('ledger = "kept"\njobs = 3\n')
    read = load_config({"HARMLEDGER_CONFIG": str(path), "HARMLEDGER_JOBS": "1", "HOME": "/"})
    assert read == Config(ledger="kept", jobs=1)
    assert load_config({}) == Config()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("jobs = ", "isn't TOML"),
        ("colour = 1", "no setting is called 'colour'"),
        ('jobs = "many"', "can't be 'many'"),
        ("akismet_sends_address = 1", "say true or false"),
    ],
)
def test_a_wrong_setting_is_told(tmp_path: Path, content: str, told: str) -> None:
    """A setting that isn't understood is never passed over."""
    path = tmp_path / "settings.toml"
    path.write_text(content)
    with pytest.raises(BadInput, match=told):
        load_config({"HARMLEDGER_CONFIG": str(path)})


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A configuration that is named must be there."""
    with pytest.raises(BadInput, match="can't be opened"):
        load_config({"HARMLEDGER_CONFIG": str(tmp_path / "nowhere.toml")})


PROVIDER = '[[reply_providers]]\nname = "google"\nkind = "oidc"\nissuer = "https://accounts.google.com/"\nclient_id = "a"\nclient_secret = "b"\n'


def test_providers_are_tables_of_the_file_or_of_one_that_the_environment_names(tmp_path: Path) -> None:
    """Or a list in JSON; each is shown by a name that people know, and its secret in no message."""
    path = tmp_path / "settings.toml"
    path.write_text(PROVIDER)
    [by_file] = load_config({"HARMLEDGER_CONFIG": str(path)}).reply_providers
    [by_path] = load_config({"HARMLEDGER_REPLY_PROVIDERS": str(path)}).reply_providers
    told = json.dumps(
        [
            {
                "name": "google",
                "kind": "oidc",
                "issuer": "https://accounts.google.com",
                "client_id": "a",
                "client_secret": "b",
            }
        ]
    )
    [by_json] = load_config({"HARMLEDGER_REPLY_PROVIDERS": told}).reply_providers
    assert by_file == by_path == by_json
    assert by_file.label == "Google"
    assert "'b'" not in repr(by_file)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": "Go ogle"}, "small letters"),
        ({"kind": "saml"}, "its kind is none"),
        ({"issuer": "http://accounts.google.com"}, "no https address"),
        ({"issuer": "https://me@evil.example"}, "no https address"),
        ({"issuer": ""}, "issuer isn't set"),
        ({"client_id": ""}, "client_id isn't set"),
        ({"kind": "github", "client_secret": ""}, "client_secret isn't set"),
        ({"colour": "red"}, "has no 'colour'"),
        ({"client_id": 1}, "values are words"),
    ],
)
def test_a_provider_that_cant_be_meant_is_told(change: dict[str, object], told: str) -> None:
    """When the settings are read, not when somebody wants to sign in."""
    provider = {
        "name": "a",
        "kind": "oidc",
        "issuer": "https://a.example",
        "client_id": "a",
        "client_secret": "b",
        **change,
    }
    with pytest.raises(BadInput, match=told):
        load_config({"HARMLEDGER_REPLY_PROVIDERS": json.dumps([provider])})


@pytest.mark.parametrize("said", ['[{"name"', "{}", "nowhere.toml", '["a"]'])
def test_providers_that_are_no_list_are_told(said: str) -> None:
    """JSON that breaks off, a file that isn't there, and lists of something else."""
    with pytest.raises(BadInput):
        load_config({"HARMLEDGER_REPLY_PROVIDERS": said})


@pytest.mark.parametrize(("said", "meant"), [("true", True), ("True", True), ("false", False), ("FALSE", False)])
def test_a_switch_is_true_or_false(said: str, meant: bool) -> None:
    """Nothing else turns a switch on, and no other word is guessed at."""
    assert load_config({"HARMLEDGER_AKISMET_SENDS_ADDRESS": said}).akismet_sends_address is meant
    with pytest.raises(BadInput, match="say true or false"):
        load_config({"HARMLEDGER_AKISMET_SENDS_ADDRESS": f"{said}?"})
