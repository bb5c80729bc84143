"""What the local filter knows: a weight for each column of a text, and from which score on it is sure.

Comes in: bytes that were written here, or a packaged file. Goes out: a model, and bytes again: an `.npz` without pickled objects.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harmledger.errors import Inconsistent
from harmledger.reply.grams import COLUMNS, Columns, Counted, Values, count_grams, describe
from harmledger.reply.normal import make_plain
from harmledger.resources.packaged import read_packaged

BIAS_PLACES = 9
"""What a model is written with: behind it machines differ, by the order in which they add."""
FORM = 1
"""Of the columns: a model that was learnt with others is refused."""
START = "spam/start.npz"
MODEL_BYTES = 1_000_000
LONG_CHARS, PIECE_CHARS, PIECE_STEP = 240, 120, 60
"""A long text is judged by its most spam-like piece as well as whole: spam isn't hidden by what stands around it. Shorter pieces hold much that is none."""
Narrow = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SpamModel:
    name: str
    """Which it is, such as `start-1`, or `start-1+37` where 37 decisions were learnt from."""
    weights: Narrow
    bias: float
    ham_below: float
    """A text that scores lower is taken for no spam."""
    spam_from: float
    """One that scores as high, or higher, is taken for spam."""

    def score(self, text: str) -> float:
        """How likely a text is spam, between 0 and 1, by its worst piece."""
        return max(self.odds(weighed(counted)) for counted in count_pieces(text))

    def odds(self, text: tuple[Columns, Values]) -> float:
        """The same of one piece in numbers."""
        columns, values = text
        return float(1 / (1 + np.exp(-np.clip(values @ self.weights[columns] + self.bias, -30, 30))))


def count_whole(text: str) -> Counted:
    """A text in numbers, as models are learnt from it."""
    plain = make_plain(text)
    return count_grams(plain.text, describe(text, plain))


def count_pieces(text: str) -> list[Counted]:
    """The whole text and, of a long one, its pieces, which overlap; all in numbers."""
    plain = make_plain(text)
    traits, length = describe(text, plain), len(plain.text)
    starts = range(0, length - PIECE_CHARS + PIECE_STEP, PIECE_STEP) if length > LONG_CHARS else ()
    return [count_grams(piece, traits) for piece in (plain.text, *(plain.text[s : s + PIECE_CHARS] for s in starts))]


def weighed(counted: Counted) -> tuple[Columns, Values]:
    """How often each column occurs, damped; of length 1. That it is rare counts no more: measured, that helps nothing, and would age."""
    values = 1 + np.log(counted.counts)
    return counted.columns, values / np.sqrt(values @ values)


def dump_model(model: SpamModel) -> bytes:
    """The model as a file's bytes; the same model gives the same bytes."""
    told = {
        "form": FORM,
        "name": model.name,
        "bias": round(model.bias, BIAS_PLACES),
        "ham_below": model.ham_below,
        "spam_from": model.spam_from,
    }
    out = io.BytesIO()
    np.savez_compressed(
        out,
        weights=model.weights.astype(np.float16),
        told=np.frombuffer(json.dumps(told, sort_keys=True).encode(), dtype=np.uint8),
    )
    return out.getvalue()


def parse_model(data: bytes, where: str = "spam model") -> SpamModel:
    """The model in a file's bytes.

    Raises:
        Inconsistent: they are no model, or one of another form.
    """
    try:
        return _parse(data)
    except (ValueError, KeyError, TypeError, OSError, EOFError, zipfile.BadZipFile, NotImplementedError) as e:
        remedy = "learn it anew from the moderators' decisions"
        raise Inconsistent(f"no spam model can be read from it ({type(e).__name__})", where, remedy) from e


def _parse(data: bytes) -> SpamModel:
    if (
        len(data) > MODEL_BYTES
        or sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(data)).infolist()) > MODEL_BYTES
    ):
        raise ValueError("too large")
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        told: dict[str, Any] = json.loads(arrays["told"].tobytes())
        weights = arrays["weights"].astype(np.float32)
    bias, ham_below, spam_from = (float(told[name]) for name in ("bias", "ham_below", "spam_from"))
    if told["form"] != FORM or weights.shape != (COLUMNS,):
        raise ValueError("another form")
    if not (np.isfinite(weights).all() and np.isfinite(bias) and 0 <= ham_below <= spam_from <= 1):
        raise ValueError("no numbers")
    return SpamModel(name=str(told["name"]), weights=weights, bias=bias, ham_below=ham_below, spam_from=spam_from)


@cache
def load_start_model() -> SpamModel:
    """The model that ships; what it was learnt from stands in `resources/spam/card.toml`."""
    return parse_model(read_packaged(START), START)
