"""Settings come from a file and the environment, and wrong ones are told."""

from __future__ import annotations

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


@pytest.mark.parametrize(("said", "meant"), [("true", True), ("True", True), ("false", False), ("FALSE", False)])
def test_a_switch_is_true_or_false(said: str, meant: bool) -> None:
    """Nothing else turns a switch on, and no other word is guessed at."""
    assert load_config({"HARMLEDGER_AKISMET_SENDS_ADDRESS": said}).akismet_sends_address is meant
    with pytest.raises(BadInput, match="say true or false"):
        load_config({"HARMLEDGER_AKISMET_SENDS_ADDRESS": f"{said}?"})
