"""A trained model as it ships, loaded: word pieces, their vectors, the encoder's graph, and the heads over it.

In comes a language; out comes its Model. The files are made by `training/export.py` and stand in the package's resources.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from harmledger.errors import EngineFailed
from harmledger.extract.encoding import PieceMaker
from harmledger.extract.heads import Heads
from harmledger.extract.words import WordVectors
from harmledger.resources.packaged import read_packaged

Run = Callable[[Mapping[str, NDArray[np.float32]]], Sequence[Any]]
"""The encoder's graph at work: inputs by name, outputs in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What reads passages of one language."""

    maker: PieceMaker
    words: WordVectors
    run: Run
    heads: Heads
    confidence: Mapping[str, float]
    """Weights of `extract.confidence`."""

    def hidden(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The encoder's states (pieces × width) for the pieces of one passage."""
        states = self.run({"words": self.words.unpack(ids)[None]})
        return np.asarray(states[0], dtype=np.float32)[0]


def load_model(language: str) -> Model:
    """The model that reads a language.

    From then on the process's matrix products run on one thread each: over products so small several only wait for one another, and take half of
    reading's processor time for it.

    Raises:
        EngineFailed: its files are missing.
    """
    threadpool_limits(1, user_api="blas")
    words = _arrays(language, "words.npz")
    return Model(
        maker=PieceMaker.load(_unzipped(language, "tokenizer.json.gz").decode("utf-8")),
        words=WordVectors(scales=words["scales"].astype(np.float16), nibbles=words["nibbles"].astype(np.uint8)),
        run=_start(_unzipped(language, "encoder.onnx.gz")),
        heads=Heads({name: a.astype(np.float32) for name, a in _arrays(language, "heads.npz").items()}),
        confidence=json.loads(_file(language, "confidence.json")),
    )


def _start(graph: bytes) -> Run:
    options: Any = ort.SessionOptions()  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  the library has no types
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session: Any = ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    return partial(session.run, None)


def _arrays(language: str, name: str) -> Mapping[str, NDArray[np.generic]]:
    with np.load(BytesIO(_file(language, name)), allow_pickle=False) as saved:
        return {key: saved[key] for key in saved.files}


def _unzipped(language: str, name: str) -> bytes:
    return gzip.decompress(_file(language, name))


def _file(language: str, name: str) -> bytes:
    try:
        return read_packaged(f"encoder/{language}/{name}")
    except OSError as missing:
        raise EngineFailed("the model is missing", f"encoder/{language}/{name}", "reinstall harmledger") from missing
