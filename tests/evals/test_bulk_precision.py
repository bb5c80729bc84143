"""What is printed of checked claims is what people said of them: no verdict is counted twice, left out or made better than it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from bulk_precision import (
    TARGETS,
    Checked,
    Drawn,
    band_of,
    calibration_error,
    figures,
    group_bands,
    main,
    read_sample,
    tally,
)
from bulk_sample import COLUMNS as SAMPLE_COLUMNS
from bulk_verdicts import COLUMNS, FIELDS, Verdict, follow
from hypothesis import given
from hypothesis import strategies as st

ALL_RIGHT = dict.fromkeys(FIELDS, "right")
NO_CLAIM = {**dict.fromkeys(FIELDS, ""), "claim": "wrong"}


def checked(number: int, confidence: float, **changes: str) -> Checked:
    fields = {**ALL_RIGHT, **changes}
    drawn = Drawn(
        claim_id=f"c{number}", set="dispatches", language="en", learnt=False, confidence=confidence, by="encoder 0"
    )
    return Checked(drawn=drawn, verdict=Verdict(claim_id=drawn.claim_id, whole=follow(fields), fields=fields))


@pytest.mark.parametrize(
    ("words", "counted"),
    [
        (["right", "right", "wrong"], (2, 3)),
        (["right", "unclear"], (1, 2)),
        (["right", "absent", "none", ""], (1, 1)),
        ([], (0, 0)),
    ],
)
def test_what_is_unclear_is_not_right(words: list[str], counted: tuple[int, int]) -> None:
    """And what was not claimed counts neither way."""
    assert tally(words) == counted


@pytest.mark.parametrize(
    ("confidence", "band"),
    [
        (0.0, "0.00 to 0.50"), (0.5, "0.50 to 0.70"), (0.6999, "0.50 to 0.70"), (0.7, "0.70 to 0.85"),
        (0.899, "0.85 to 0.90"), (0.9, "0.90 to 1.00"), (1.0, "0.90 to 1.00"),
    ],
)  # fmt: skip
def test_a_band_holds_its_lower_end(confidence: float, band: str) -> None:
    """So that every confidence is in one."""
    assert band_of(confidence) == band


@given(st.lists(st.floats(0, 1)))
def test_every_claim_is_in_one_band(confidences: list[float]) -> None:
    """Bands come in order and share nothing."""
    bands = group_bands(checked(number, confidence) for number, confidence in enumerate(confidences))
    assert sorted(one.drawn.claim_id for members in bands.values() for one in members) == sorted(
        f"c{number}" for number in range(len(confidences))
    )
    assert list(bands) == sorted(bands)


def test_figures_are_shares_of_all_claims() -> None:
    """A wrong source spoils the whole claim alone, a wrong kind the figure too, what is no claim everything."""
    some = [
        checked(1, 0.9),
        checked(2, 0.9, source="absent"),
        checked(3, 0.9, kind="wrong"),
        checked(4, 0.9, **NO_CLAIM),
    ]
    assert {figure.measure: (figure.value, figure.of) for figure in figures(some)} == {
        "is a claim: right": (0.75, 4),
        "count, harm, kind: right": (0.5, 4),
        "whole claim: right": (0.25, 4),
    }
    assert set(TARGETS) == {"is a claim", "count, harm, kind", "whole claim"}


def test_confidence_is_held_to_what_it_promises() -> None:
    """Four in five right at 0.8 is no error; all right at 0.6 is one of 0.4, by its share of the claims."""
    four_in_five = [checked(number, 0.8, count="wrong" if number == 0 else "right") for number in range(5)]
    assert calibration_error(four_in_five) == pytest.approx(0)
    all_right = [checked(number, 0.6) for number in range(5)]
    assert calibration_error(all_right) == pytest.approx(0.4)
    assert calibration_error(four_in_five + all_right) == pytest.approx(0.2)


def write(folder: Path, name: str, lines: Sequence[Sequence[str]]) -> None:
    (folder / f"bulk-claims{name}.csv").write_text("".join(",".join(line) + "\n" for line in lines), encoding="utf-8")


def lay_out(folder: Path, *, second_of_b: dict[str, str]) -> None:
    """Two claims, both passes."""
    sample = [(c, "dispatches", "en", "d", "no", "0.9000", "encoder", "0") for c in "ab"]
    write(folder, "", [SAMPLE_COLUMNS, *sample])
    for name, of_b in (("-first", ALL_RIGHT), ("-second", second_of_b)):
        rows = [(claim, follow(fields), *fields.values()) for claim, fields in (("a", ALL_RIGHT), ("b", of_b))]
        write(folder, name, [COLUMNS, *rows])


def test_it_tells_agreement_precision_and_who_waits(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A claim on which the passes differ is in no precision until it was looked at again."""
    differs = {**ALL_RIGHT, "count": "wrong"}
    lay_out(tmp_path, second_of_b=differs)
    main([], tmp_path)
    said = capsys.readouterr().out
    assert "1 of 2 claims decided, 1 wait" in said
    assert "read by encoder 0" in said
    main(["--differing"], tmp_path)
    assert capsys.readouterr().out == "b  open  count right/wrong\n"
    write(tmp_path, "-agreed", [COLUMNS, ("b", "wrong", *differs.values())])
    main([], tmp_path)
    said = capsys.readouterr().out
    assert "2 of 2 claims decided, 0 wait" in said
    assert "whole claim             1 of    2  0.500  (0.095 to 0.905)" in said


def test_a_broken_pass_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the fault, by `--check` and without."""
    lay_out(tmp_path, second_of_b={**ALL_RIGHT, "count": "perhaps"})
    for arguments in ([], ["--check", str(tmp_path / "bulk-claims-second.csv")]):
        assert main(arguments, tmp_path) == 1
        assert "count is 'perhaps'" in capsys.readouterr().out
    assert main(["--check", str(tmp_path / "bulk-claims-first.csv")], tmp_path) == 0


def test_without_verdicts_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing fails where nobody has checked."""
    assert main([], tmp_path) == 0
    assert "skipped" in capsys.readouterr().out


def test_the_sample_that_is_kept_has_its_shape() -> None:
    """200 claims, each once, with a confidence from 0 to 1, of one engine."""
    drawn = read_sample(Path(__file__).parents[2] / "evals" / "verdicts" / "bulk-claims.csv")
    assert len({one.claim_id for one in drawn}) == len(drawn) == 200
    assert all(0 <= one.confidence <= 1 for one in drawn)
    assert len({one.by for one in drawn}) == 1
