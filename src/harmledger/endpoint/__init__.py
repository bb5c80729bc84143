"""The edge where services elsewhere are asked: a language model at an address that the settings name (`extract.llm` reads its answers), a spam filter."""

from harmledger.endpoint.akismet import Akismet, open_akismet
from harmledger.endpoint.client import RemoteModel, open_model

__all__ = ["Akismet", "RemoteModel", "open_akismet", "open_model"]
