"""The edge where a language model is asked, at an address that the settings name. What its answers mean is read in `extract.llm`."""

from harmledger.endpoint.client import RemoteModel, open_model

__all__ = ["RemoteModel", "open_model"]
