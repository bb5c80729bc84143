"""A ledger is brought back from its backup, whole, into either database."""

from __future__ import annotations

import gzip
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from fakes import fixed_now, write_reports
from postgres import Server
from proved import find_failing, make_proved, open_proved
from rows import change
from sqlalchemy import insert, select

from harmledger.cli import main
from harmledger.domain import Weight
from harmledger.errors import BadInput, HarmledgerError, Inconsistent, NotAllowed, NotFound
from harmledger.proving import backing
from harmledger.proving.backing import back_up
from harmledger.proving.backup_files import LIST, UNFINISHED, list_backups
from harmledger.proving.restoring import check_backup, restore
from harmledger.store.dumped import dump_rows, list_dumped
from harmledger.store.ledger import BLOBS, SITE_KEY
from harmledger.store.schema import CHANGES

KINDS = ("sqlite", "postgresql")
Database = Callable[[str], str]


@pytest.fixture
def database_of(request: pytest.FixtureRequest) -> Database:
    """The address of an empty database of a kind."""

    def make(kind: str) -> str:
        server: Server | None = None if kind == "sqlite" else request.getfixturevalue("server")
        return server.make_database() if server else ""

    return make


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup that is only copied."""
    folder = tmp_path_factory.mktemp("backed-up")
    ledger = open_proved(make_proved(folder))
    back_up(ledger, folder / "backups", now=fixed_now)
    ledger.close()
    return folder / "backups"


def dump(at: Path, database: str) -> dict[str, list[str]]:
    ledger = open_proved(at, database)
    with ledger.reading() as connection:
        dumped = {table.name: list(dump_rows(connection, table)) for table in list_dumped()}
    ledger.close()
    return dumped


def list_blobs(at: Path) -> dict[str, bytes]:
    return {f"{path.parent.name}{path.name}": path.read_bytes() for path in (at / BLOBS).glob("??/*")}


@pytest.mark.parametrize("source", KINDS)
@pytest.mark.parametrize("target", KINDS)
def test_a_destroyed_ledger_is_brought_back(tmp_path: Path, database_of: Database, source: str, target: str) -> None:
    """From a backup of either database, with the original gone, either has every row and every byte again, and all of it verifies."""
    there, here = database_of(source), database_of(target)
    at = make_proved(tmp_path, there)
    (at / SITE_KEY).write_bytes(b"k" * 32)
    before, blobs = dump(at, there), list_blobs(at)
    ledger = open_proved(at, there)
    back_up(ledger, tmp_path / "backups", now=fixed_now)
    ledger.close()
    shutil.rmtree(at)
    if there:
        change(tmp_path, there, "DROP TABLE decisions, captures CASCADE")
    restore(tmp_path / "backups", tmp_path / "again", now=fixed_now, database=here)
    assert dump(tmp_path / "again", here) == before
    assert list_blobs(tmp_path / "again") == blobs
    assert (tmp_path / "again" / SITE_KEY).read_bytes() == b"k" * 32
    assert (tmp_path / "again" / SITE_KEY).stat().st_mode & 0o077 == 0
    assert find_failing(tmp_path / "again", here) == []


@pytest.mark.parametrize("target", KINDS)
def test_numbers_go_on_after_the_last(tmp_path: Path, database_of: Database, backed_up: Path, target: str) -> None:
    """What is added to a restored log follows it: the database's own counting starts behind what was brought back."""
    here = database_of(target)
    restore(backed_up, tmp_path / "again", now=fixed_now, database=here)
    ledger = open_proved(tmp_path / "again", here)
    with ledger.writing() as connection:
        before = connection.execute(select(CHANGES.c.sequence)).scalars().all()
        connection.execute(insert(CHANGES), {"what": "tested", "subject": None})
        after = connection.execute(select(CHANGES.c.sequence)).scalars().all()
    ledger.close()
    assert max(after) > max(before)


WRITE = """
import sys
from pathlib import Path
from fakes import fixed_now, load_fake
from harmledger.pipeline import read_reports
from harmledger.store import open_ledger
ledger = open_ledger(Path(sys.argv[2]), now=fixed_now, database=sys.argv[3])
for _ in read_reports([sys.argv[1]], load=load_fake, now=fixed_now, keeper=ledger):
    print("kept", flush=True)
"""


@pytest.mark.parametrize("source", KINDS)
def test_a_backup_taken_while_others_write_is_whole(tmp_path: Path, database_of: Database, source: str) -> None:
    """It is of one moment: whatever is written meanwhile, what it holds verifies when it is brought back."""
    there = database_of(source)
    at = make_proved(tmp_path, there, sealed=False)
    reports = write_reports(tmp_path / "more.jsonl", 120)
    command = [sys.executable, "-c", WRITE, str(reports), str(at), there]
    tests = Path(__file__).parents[1]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=tests) as writer:
        assert writer.stdout is not None
        ledger = open_proved(at, there)
        sizes: list[int] = []
        for stage in range(3):
            for _ in range(10):
                writer.stdout.readline()
            made = back_up(ledger, tmp_path / f"backups-{stage}", now=fixed_now)
            sizes.append(made.backup.tables["readings"].rows)
        ledger.close()
        writer.communicate()
    assert sizes == sorted(set(sizes))  # each was taken at another moment of the writing
    for stage in range(3):
        restore(tmp_path / f"backups-{stage}", tmp_path / f"again-{stage}", now=fixed_now)
        assert find_failing(tmp_path / f"again-{stage}") == []


def test_a_backup_that_is_broken_off_leaves_the_one_before(
    tmp_path: Path, backed_up: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However far it came, the earlier backup is the last one and whole, and the next one takes its left-overs away."""
    backups = Path(shutil.copytree(backed_up, tmp_path / "backups"))
    (before,) = list_backups(backups)
    restore(backups, tmp_path / "ledger", now=fixed_now)
    ledger = open_proved(tmp_path / "ledger")
    for year, stage in enumerate(("_dump_all", "_copy_blobs", "_copy_beside", "_finish"), 2030):
        with monkeypatch.context() as broken:
            broken.setattr(backing, stage, _break)
            broken.setattr(backing.shutil, "rmtree", lambda *_, **__: None)  # as if it were killed
            with pytest.raises(KeyboardInterrupt):
                back_up(ledger, backups, now=lambda year=year: fixed_now().replace(year=year))
        assert list_backups(backups) == [before]
        assert list(check_backup(backups)) == []
    assert list(backups.glob(f"{UNFINISHED}*"))
    back_up(ledger, backups, now=lambda: fixed_now().replace(year=2025))
    assert not list(backups.glob(f"{UNFINISHED}*"))
    assert len(list_backups(backups)) == 2
    ledger.close()


def _break(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_bytes_that_are_there_are_not_copied_again(tmp_path: Path, backed_up: Path) -> None:
    """A second backup beside a first copies nothing that is there already."""
    backups = Path(shutil.copytree(backed_up, tmp_path / "backups"))
    restore(backups, tmp_path / "ledger", now=fixed_now)
    ledger = open_proved(tmp_path / "ledger")
    made = back_up(ledger, backups, now=lambda: fixed_now().replace(year=2025))
    ledger.close()
    assert (made.copied, made.backup.blobs > 5) == (0, True)


@pytest.mark.parametrize("seed", range(30))
def test_a_flipped_bit_of_a_backup_is_told(tmp_path: Path, backed_up: Path, seed: int) -> None:
    """Whichever bit of whichever file is flipped, the check of the backup fails; or nothing that the file unpacks to is changed."""
    chance = random.Random(seed)
    backups = Path(shutil.copytree(backed_up, tmp_path / "backups"))
    path = chance.choice(sorted(path for path in backups.rglob("*") if path.is_file() and path.stat().st_size))
    content = bytearray(path.read_bytes())
    bit = chance.randrange(8 * len(content))
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)
    try:
        found = list(check_backup(backups))
    except HarmledgerError as e:
        assert str(backups) in str(e)  # noqa: PT017  either way it is told
        return
    if not found:  # bits of a gzip's head, and between its end and its sum, say nothing
        assert gzip.decompress(content) == gzip.decompress((backed_up / path.relative_to(backups)).read_bytes())
        return
    restored = tmp_path / "again"
    with pytest.raises(HarmledgerError):
        restore(backups, restored, now=fixed_now)
    assert not restored.exists()


def test_nothing_is_written_over(tmp_path: Path, backed_up: Path, database_of: Database) -> None:
    """A folder that holds something, and a database that holds a ledger, stay as they are."""
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("mine")
    with pytest.raises(NotAllowed, match="there is something already"):
        restore(backed_up, tmp_path / "there", now=fixed_now)
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["mine.txt"]
    here = database_of("postgresql")
    make_proved(tmp_path, here)
    before = dump(tmp_path / "ledger", here)
    with pytest.raises(NotAllowed, match="holds a ledger already"):
        restore(backed_up, tmp_path / "again", now=fixed_now, database=here)
    assert dump(tmp_path / "ledger", here) == before


def test_a_list_that_was_changed_is_told(tmp_path: Path, backed_up: Path) -> None:
    """The list's own hash stands in its folder's name."""
    backups = Path(shutil.copytree(backed_up, tmp_path / "backups"))
    (folder,) = list_backups(backups)
    (folder / LIST).write_text((folder / LIST).read_text().replace('"rows": 1', '"rows": 2', 1))
    with pytest.raises(Inconsistent, match="list was changed"):
        list(check_backup(backups))


def test_where_there_is_no_backup_it_is_said(tmp_path: Path) -> None:
    """An empty folder is no backup."""
    with pytest.raises(NotFound, match="no backup here"):
        restore(tmp_path, tmp_path / "again", now=fixed_now)


def test_another_schema_is_not_guessed_at(tmp_path: Path, backed_up: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup of another schema names the version that made it."""
    monkeypatch.setattr("harmledger.proving.restoring.REVISIONS", ("9999",))
    with pytest.raises(BadInput, match="restore it by harmledger"):
        restore(backed_up, tmp_path / "again", now=fixed_now)


def test_missing_bytes_are_told_and_the_rest_is_kept(tmp_path: Path) -> None:
    """A damaged ledger is backed up as far as it is whole; what isn't is named, by the command's exit code too."""
    at = make_proved(tmp_path)
    path = min((at / BLOBS).glob("??/*"))
    path.unlink()
    done = CliRunner().invoke(main, ["backup", str(tmp_path / "backups"), "--ledger", str(at)])
    assert done.exit_code == 1
    assert path.parent.name + path.name in done.output
    (found,) = check_backup(tmp_path / "backups")
    assert (found.id, found.weight) == (path.parent.name + path.name, Weight.FAILS)


def test_a_backup_is_its_owners_alone(backed_up: Path) -> None:
    """Nobody else on the machine reads it: it holds what is closed, and hashes of passwords."""
    (folder,) = list_backups(backed_up)
    assert folder.stat().st_mode & 0o077 == 0
    assert (backed_up / BLOBS).stat().st_mode & 0o077 == 0
