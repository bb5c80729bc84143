"""What a run came to is summed up for people and for machines, and told on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from harmledger.bulk.inputs import Input
from harmledger.bulk.parts import Done, Folder, Settings
from harmledger.bulk.progress import Progress, render_span
from harmledger.bulk.summary import render_metrics, render_page, sum_up
from harmledger.bulk.underway import Underway, load_reached, note_death
from harmledger.domain import Refused

DONE = [
    Done(
        input="a",
        stamp="",
        records=10,
        read=4,
        refused=1,
        passed={"no word": 5},
        with_claims=2,
        claims=7,
        bytes=100,
        seconds={"reading": 2.0},
        memory_mb=300,
    ),
    Done(
        input="b",
        stamp="",
        records=5,
        read=1,
        passed={'says "no"': 4},
        claims=1,
        with_claims=1,
        bytes=50,
        seconds={"reading": 1.0, "writing": 0.5},
        memory_mb=200,
    ),
]
SETTINGS = Settings(engine="fake", version="1", screen="likely", begun=datetime(2026, 1, 1, tzinfo=UTC))


def test_inputs_are_summed() -> None:
    """Counts add up, memory is the most that one reader held."""
    summary = sum_up(DONE)
    assert (summary.records, summary.read, summary.passed.total(), summary.refused) == (15, 5, 9, 1)
    assert (summary.memory_mb, summary.busy_seconds) == (300, 3.5)


def test_metrics_are_prometheus_text() -> None:
    """Each metric has its help and type, and labels are escaped."""
    lines = render_metrics(sum_up(DONE), 2).splitlines()
    assert 'harmledger_bulk_records_total{outcome="passed_over"} 9' in lines
    assert 'harmledger_bulk_passed_over_total{reason="says \\"no\\""} 4' in lines
    assert 'harmledger_bulk_inputs_total{outcome="failed"} 2' in lines
    named = {line.split("{")[0].split(" ")[0] for line in lines if not line.startswith("#")}
    assert named == {line.split(" ")[2] for line in lines if line.startswith("# TYPE")}


def test_the_page_escapes_what_others_wrote() -> None:
    """What inputs are called and what went wrong with them is text, whatever it holds."""
    evil = Refused(source="<script>alert(1)</script>", id=None, kind="SourceFailed", message="<img src=x onerror=1>")
    tags: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  the base's signature
            tags.append(tag)

    Tags().feed(render_page(sum_up(DONE), [evil], SETTINGS))
    assert not {"script", "img"}.intersection(tags)
    assert "table" in tags


def test_the_page_tells_which_inputs_had_trouble() -> None:
    """Inputs with reports that couldn't be read are named, with how many; others aren't."""
    troubled = Done(input="press/broken.warc.gz", stamp="", records=7, read=4, refused=3)
    page = render_page(sum_up([troubled, replace(troubled, input="press/whole.warc.gz", refused=0)]), [], SETTINGS)
    assert "press/broken.warc.gz" in page
    assert "3 of 7" in page
    assert "press/whole.warc.gz" not in page


def test_progress_counts_what_is_done_and_under_way(tmp_path: Path) -> None:
    """Reports of inputs under way count as far as they are read, and the time left follows from both."""
    folder = Folder(tmp_path / "out")
    folder.begin(SETTINGS)
    inputs, times = [Input(name="a"), Input(name="b"), Input(name="c")], iter([0.0, 100.0])
    progress = Progress(folder, inputs, lambda: next(times))
    progress.finished[inputs[0].id] = DONE[0]
    Underway(folder.underway(inputs[1].id)).tell(records=20, claims=3, share=0.5)
    assert progress.tell() == "1 of 3 inputs, 30 reports, 10 claims, 0.3 reports a second, about 2 min left"


@pytest.mark.parametrize(
    ("seconds", "told"), [(3, "3 s"), (600, "10 min"), (9000, "2 h 30 min"), (400_000, "4.6 days")]
)
def test_spans_are_told_in_what_matters(seconds: float, told: str) -> None:
    """Long times need no seconds."""
    assert render_span(seconds) == told


def test_deaths_are_counted_where_they_happen(tmp_path: Path) -> None:
    """Each report has a count of its own, which outlives those who begin again; a note that is broken is as none."""
    note = tmp_path / "a.json"
    for position in (3, 3, 7):
        Underway(note).about_to_read(position)
        note_death(note)
    reader = Underway(note)
    assert (reader.about_to_read(3), reader.about_to_read(7), reader.about_to_read(8)) == (False, True, True)
    note.write_text("{")
    assert load_reached(note) is None
