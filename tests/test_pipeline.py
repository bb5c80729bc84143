"""The walk from sources to readings: in order, whole, and on as many processes as are asked for."""

from __future__ import annotations

import os
import re
import signal
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from fakes import FakeEngine, fixed_now, load_fake, write_reports

from harmledger.domain import Capture, Document, Extraction, Reading, Refused
from harmledger.errors import EngineFailed
from harmledger.pipeline import Reader, read_captures, read_reports


class DeadlyEngine(FakeEngine):
    """Kills its own process on a text that says KILL."""

    def extract(self, document: Document) -> Extraction:
        if "KILL" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().extract(document)


def load_deadly() -> Reader:
    return replace(load_fake(), engine=DeadlyEngine())


class SlowEngine(FakeEngine):
    """Is caught in a regular expression that never ends."""

    def extract(self, document: Document) -> Extraction:
        if "SLOW" in document.text:
            re.fullmatch(r"(a|aa)+b", "a" * 100)
        return super().extract(document)


def load_slow() -> Reader:
    return replace(load_fake(), engine=SlowEngine(), seconds=1)


def load_nothing() -> Reader:
    raise EngineFailed("the model is missing", "engine", "install it")


def texts(folder: Path, *contents: str) -> list[str]:
    """A file of each text, in order."""
    paths = [folder / f"{number:02}.txt" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_text(content, encoding="utf-8")
    return [str(path) for path in paths]


def told(results: list[Reading | Refused]) -> list[str]:
    """Of each result how many claims it has, or why it was refused."""
    return [r.kind if isinstance(r, Refused) else str(len(r.claims)) for r in results]


GOOD = "3 civilians were killed in Raqqa on May 3, 2017, a medic said. Others fled to the villages around the town."


@pytest.mark.parametrize("jobs", [1, 2])
def test_reports_come_out_in_the_order_they_went_in(tmp_path: Path, jobs: int) -> None:
    """Whatever fails between them and however many processes read, results stand in the order of the sources."""
    sources = texts(tmp_path, GOOD, "", GOOD + " BREAK", "No harm came to the people of this town on that day.", GOOD)
    results = list(read_reports([*sources, "nowhere"], load=load_fake, now=fixed_now, jobs=jobs))
    assert told(results) == ["1", "BadInput", "EngineFailed", "0", "1", "SourceFailed"]
    assert [r.document.source if isinstance(r, Reading) else r.source for r in results] == [*sources, "nowhere"]


def test_an_engine_that_breaks_costs_one_report(tmp_path: Path) -> None:
    """What broke is told with the report's name and what to do; nothing is raised."""
    (refused,) = read_reports(texts(tmp_path, GOOD + " BREAK"), load=load_fake, now=fixed_now)
    assert isinstance(refused, Refused)
    assert "00.txt: reading it broke (ZeroDivisionError: told to)" in refused.message
    assert "\n" not in refused.message


def test_several_processes_read_the_same(tmp_path: Path) -> None:
    """On one process or several, the readings are equal."""
    path = str(write_reports(tmp_path / "reports.jsonl", 12))
    one, two = (list(read_reports([path], load=load_fake, now=fixed_now, jobs=jobs)) for jobs in (1, 2))
    assert one == two


def test_a_killed_process_costs_one_report(tmp_path: Path) -> None:
    """When a reading process is killed, the report it died of is refused and all others are read."""
    contents = [GOOD, GOOD, GOOD + " KILL", *[GOOD] * 3]
    results = list(read_reports(texts(tmp_path, *contents), load=load_deadly, now=fixed_now, jobs=2))
    assert told(results) == ["1", "1", "EngineFailed", *["1"] * 3]
    refused = results[2]
    assert isinstance(refused, Refused)
    assert "was killed" in refused.message


def test_a_report_that_never_ends_costs_one_report(tmp_path: Path) -> None:
    """Even a regular expression that goes on for ever is stopped when the report's time is over."""
    results = list(read_reports(texts(tmp_path, GOOD + " SLOW", GOOD), load=load_slow, now=fixed_now))
    assert told(results) == ["EngineFailed", "1"]
    assert "took longer than 1 seconds" in results[0].message  # type: ignore[union-attr]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_engine_that_cannot_load_ends_the_run(tmp_path: Path, jobs: int) -> None:
    """Without its engine no report can be read: that is one error, not one for each report."""
    with pytest.raises(EngineFailed, match="model is missing"):
        list(read_reports(texts(tmp_path, GOOD), load=load_nothing, now=fixed_now, jobs=jobs))


def test_nothing_is_loaded_for_nothing(tmp_path: Path) -> None:
    """Where no report can be taken in, no engine is loaded."""
    results = list(read_reports([str(tmp_path / "nowhere")], load=load_nothing, now=fixed_now))
    assert told(results) == ["SourceFailed"]


def test_reports_are_read_one_at_a_time(tmp_path: Path) -> None:
    """A run takes in a report only when the one before is done, so that archives of any size pass through."""
    taken: list[Capture | Refused] = []

    def captures() -> object:
        for number in range(100):
            refused = Refused(source=str(number), id=None, kind="BadInput", message="m")
            taken.append(refused)
            yield refused

    outcomes = read_captures(captures(), load=load_fake, jobs=1)
    next(iter(outcomes))
    assert len(taken) == 1


def test_keeping_comes_before_giving(tmp_path: Path) -> None:
    """Each result is kept before anybody sees it, as the keeper has it."""

    class Keeper:
        def keep(self, capture: Capture | None, result: Reading | Refused) -> Reading | Refused:
            assert capture is not None
            assert capture.content
            assert isinstance(result, Reading)
            return replace(result, claims=())

    load = partial(load_fake, "2")
    (reading,) = read_reports(texts(tmp_path, GOOD), load=load, now=fixed_now, keeper=Keeper())
    assert told([reading]) == ["0"]
