"""The engines there are, by the name that `--engine` takes; each is loaded only when asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harmledger.errors import NotFound
from harmledger.extract.encoder import EncoderEngine
from harmledger.extract.engine import Engine
from harmledger.extract.llm import LanguageModel, LlmEngine

OpenModel = Callable[[], LanguageModel]
"""Gives the language model that the run is told to ask; called only for an engine that asks one."""

DEFAULT_ENGINE = "encoder"
ENGINES: Mapping[str, Callable[[OpenModel], Engine]] = {
    "encoder": lambda _: EncoderEngine(),
    "llm": lambda open_model: LlmEngine(open_model()),
}


def load_engine(name: str, open_model: OpenModel) -> Engine:
    """The engine of that name.

    Raises:
        NotFound: there is none.
        EngineFailed: its model is missing, or it isn't told which.
    """
    if name not in ENGINES:
        raise NotFound("there is no engine of that name", name, "take one of " + ", ".join(ENGINES))
    return ENGINES[name](open_model)
