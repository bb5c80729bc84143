"""The package's own data files, for the stages, which open nothing themselves."""

from __future__ import annotations

from importlib.resources import files


def read_packaged(name: str) -> bytes:
    """The bytes of a data file of this folder, such as `encoder/tokenizer.json`."""
    return files("harmledger.resources").joinpath(name).read_bytes()


def read_packaged_text(name: str) -> str:
    """The same as text."""
    return read_packaged(name).decode("utf-8")
