"""The engines there are, by the name that `--engine` takes; each is loaded only when asked for."""

from __future__ import annotations

from harmledger.errors import NotFound
from harmledger.extract.encoder import EncoderEngine
from harmledger.extract.engine import Engine

DEFAULT_ENGINE = "encoder"
ENGINES = {"encoder": EncoderEngine}


def load_engine(name: str = DEFAULT_ENGINE) -> Engine:
    """The engine of that name.

    Raises:
        NotFound: there is none.
    """
    if name not in ENGINES:
        raise NotFound("there is no engine of that name", name, "take one of " + ", ".join(ENGINES))
    return ENGINES[name]()
