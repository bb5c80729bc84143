"""Reading: a capture becomes a document, clean text with its parts named."""

from harmledger.read.document import READ_LANGUAGES, read_document
from harmledger.read.plain import mark_parts

__all__ = ["READ_LANGUAGES", "mark_parts", "read_document"]
