"""Tables fit any terminal and obey nobody but the reader."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from fakes import fixed_now, load_fake, write_reports
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from harmledger.pipeline import read_reports
from harmledger.publish.explain import explain_claim
from harmledger.publish.record import render_record
from harmledger.publish.sheet import render_csv, render_csv_header
from harmledger.publish.tables import WIDE_COLUMNS, render_detail, render_explained, render_listed, render_report
from harmledger.publish.wording import (
    render_bounds,
    render_cell,
    render_days,
    render_json,
    render_plain,
    render_speakers,
)

Record = dict[str, Any]
HOSTILE = "\x1b[2J\x1b]0;owned\x07 evil \x9b31m \u202egnp.exe [red]bold[/red] :skull:"


@pytest.fixture
def record(tmp_path: Path) -> Record:
    (result,) = read_reports([str(write_reports(tmp_path / "r.jsonl", 1))], load=load_fake, now=fixed_now)
    return render_record(result)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render_csv_header() + text)))


@pytest.mark.parametrize("width", [40, 80, WIDE_COLUMNS - 1, WIDE_COLUMNS, 200])
def test_no_line_is_wider_than_the_terminal(record: Record, width: int) -> None:
    """Whatever the width, every line fits and every field is told."""
    printed = render_report(record, width=width)
    assert max(cell_len(line) for line in printed.splitlines()) <= width
    for told in ("civilian", "killed", "SY", "2017-", "medic", "condemn"):
        assert told in "".join(printed.split("\n"))


@pytest.mark.parametrize("width", [60, 160])
def test_a_text_cannot_drive_the_terminal(record: Record, width: int) -> None:
    """Escape sequences, direction marks and markup in a report are shown or left out, never obeyed."""
    claim = record["claims"][0]
    claim["quote"]["exact"] += HOSTILE
    claim["place"] |= {"name": HOSTILE}
    claim["attribution"][0] |= {"name": HOSTILE}
    record["document"] |= {"title": HOSTILE, "publisher": HOSTILE}
    shown = (
        render_report(record, width=width),
        render_listed(record, width=width),
        render_detail(record, claim, beside=[HOSTILE], width=width),
        render_explained(
            claim, explain_claim(record, claim, reasons=[HOSTILE, f"harm: {HOSTILE} 0.9"], harm_words=[]), width=width
        ),
    )
    for printed in shown:
        assert not set(printed) & set("\x1b\x07\x9b\u202e")
        assert "[red]" in printed.replace("\n", "") or "red" in printed


@given(st.text())
def test_plain_text_is_one_line_without_controls(text: str) -> None:
    """Any text at all becomes one printable line that UTF-8 can hold."""
    plain = render_plain(text)
    assert not any(ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 for letter in plain)
    assert plain.encode().decode() == plain


@given(
    st.recursive(
        st.text() | st.none() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_json_lines_hold_any_text_on_one_line(value: object) -> None:
    """A record is one line of UTF-8 whatever its text holds, and reads back as it was."""
    line = render_json(value)
    assert len(line.splitlines()) <= 1
    assert line.encode().decode() == line
    assert json.loads(line) == value


@pytest.mark.parametrize("width", [60, 160])
def test_a_gloss_stands_beside_the_words_of_another_language(record: Record, width: int) -> None:
    """Where a claim's document isn't English, table, list and detail show its words and what they say in English."""
    claim = record["claims"][0]
    claim["gloss"] = "1 civilian killed, Raqqa (SY)"
    claim["count"]["exact"] = claim["quote"]["exact"] = "مدني واحد"
    claim["count"] |= {"start": 0, "end": 9}
    claim["quote"] |= {"start": 0, "end": 9}
    shown = (
        render_report(record, width=width),
        render_listed(record, width=width),
        render_detail(record, claim, beside=[], width=width),
    )
    for printed in shown:
        assert "\u2068مدني واحد\u2069" in printed
        assert claim["gloss"] in " ".join(printed.replace("│", " ").split())


@pytest.mark.parametrize("width", [WIDE_COLUMNS, 118, 150])
def test_a_day_is_never_broken(record: Record, width: int) -> None:
    """Columns are as wide as an id, a day and their longest word."""
    printed = render_report(record, width=width)
    assert "2017-05-01" in printed
    assert record["claims"][0]["claim_id"][:10] in printed


def test_cells_of_right_to_left_words_keep_their_columns(record: Record) -> None:
    """Arabic words are held in their cell by marks beside the rules, which take no width."""
    record["claims"][0]["quote"]["exact"] = "مقتل 12 civilians مدنيا في الرقة"
    printed = render_report(record, width=160)
    (line,) = [line for line in printed.splitlines() if "الرقة" in line]
    assert line.count("\u200e│\u200e") == line.count("│") == 9
    assert max(cell_len(line) for line in printed.splitlines()) <= 160


def test_long_quotes_are_cut_around_the_count(record: Record) -> None:
    """Of a sentence too long for a table the counted words are what is kept."""
    claim, filler = record["claims"][0], "word " * 400
    claim["quote"] |= {"exact": f"{filler}{claim['count']['exact']} {filler}", "start": 0, "end": 5000}
    claim["count"] |= {"start": len(filler), "end": len(filler) + len(claim["count"]["exact"])}
    printed = render_report(record, width=100)
    assert printed.count(claim["count"]["exact"]) == 2
    assert len(printed) < 1200


def test_csv_has_one_row_a_claim(record: Record) -> None:
    """Each claim is a row under named columns, and numbers stay numbers."""
    (row,) = rows(render_csv(record))
    assert (row["count"], row["low"], row["high"], row["harm"]) == ("1 civilians", "1", "1", "killed")
    assert (row["place"], row["country"], row["earliest"]) == ("Raqqa", "SY", "2017-05-01")
    assert (row["claimant"], row["via"], row["engine"]) == ("a medic", "", "fake")
    assert render_csv({**record, "claims": []}) == ""


def test_csv_names_whom_a_claim_came_through(record: Record) -> None:
    """The innermost speaker is the claimant; the others stand in `via`, outermost first."""
    outer = {**record["claims"][0]["attribution"][0], "name": "state media"}
    record["claims"][0]["attribution"].insert(0, outer)
    (row,) = rows(render_csv(record))
    assert (row["claimant"], row["via"]) == ("a medic", "state media")
    assert render_speakers(record["claims"][0]).endswith(", via state media")


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝cmd"])
def test_no_cell_is_a_formula(formula: str) -> None:
    """Text that a spreadsheet would run gets an apostrophe; a negative number is still a number."""
    assert str(render_cell(formula)).startswith("'")
    assert render_cell(-33.9) == -33.9


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [(35, 35, "35"), (20, 25, "20–25"), (20, None, "20 or more"), (None, 20, "up to 20"), (None, None, "not said")],
)
def test_bounds_in_words(low: int | None, high: int | None, told: str) -> None:
    """An open end is told in words."""
    assert render_bounds({"low": low, "high": high}) == told


@pytest.mark.parametrize(
    ("earliest", "latest", "told"),
    [
        ("2017-05-25", "2017-05-25", "2017-05-25"),
        ("2017-05-01", "2017-05-31", "2017-05-01 – 2017-05-31"),
        (None, "2017-05-31", "– 2017-05-31"),
        ("2017-05-01", None, "2017-05-01 –"),
        (None, None, ""),
    ],
)
def test_days_in_words(earliest: str | None, latest: str | None, told: str) -> None:
    """One day is told once; what is open is left open."""
    assert render_days({"earliest": earliest, "latest": latest}) == told
