"""A short fuzzing of every reader, the same on every run; `evals/fuzz.py` goes on for as long as it is told."""

from __future__ import annotations

import random
from pathlib import Path

import fuzz
import pytest

INPUTS = 60


@pytest.mark.parametrize("name", fuzz.READERS)
def test_seeds_hold(name: str):
    """Each reader holds against what fuzzing starts from."""
    reader = fuzz.READERS[name]
    assert [wrong for seed in reader.seeds if (wrong := fuzz.try_one(reader, seed, fuzz.SECONDS))] == []


@pytest.mark.parametrize("name", fuzz.READERS)
def test_changed_inputs_hold(name: str):
    """And against the same few changed inputs."""
    reader, rng = fuzz.READERS[name], random.Random(1)
    assert [
        wrong for _ in range(INPUTS) if (wrong := fuzz.try_one(reader, fuzz.mutate(reader, rng), fuzz.SECONDS))
    ] == []


def test_findings_are_kept(tmp_path: Path):
    """What breaks a reader, hangs or raises what it doesn't say is told, and kept so that it can be tried again."""

    def breaks(content: bytes) -> None:
        if b"x" in content:
            raise ZeroDivisionError
        while b"y" in content:
            pass

    reader = fuzz.Reader(breaks, [b""], [])
    assert fuzz.try_one(reader, b"", 1) is None
    assert "ZeroDivisionError" in (fuzz.try_one(reader, b"x", 1) or "")
    hangs = fuzz.try_one(reader, b"y", 1) or ""
    assert "longer than 1 s" in hangs
    fuzz.record(tmp_path, "some", b"y", hangs)
    (kept,) = (path for path in tmp_path.iterdir() if not path.suffix)
    assert kept.read_bytes() == b"y"
    assert kept.with_suffix(".txt").read_text() == hangs
