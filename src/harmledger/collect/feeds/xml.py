"""XML of strangers, element by element: no entity is declared, nothing is looked up, and what was seen is let go of.

Broken XML, which one feed in ten is, gives what can be had of it.
"""

# lxml carries no types; its values are given theirs in this module
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownParameterType=false
# pyright: reportMissingTypeStubs=false, reportAttributeAccessIssue=false
from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from lxml import etree

from harmledger.errors import BadInput


class _Worded(Protocol):
    def itertext(self) -> Iterator[str]: ...


class Element(Protocol):
    """As much of lxml's element as is used here."""

    @property
    def tag(self) -> object: ...
    @property
    def attrib(self) -> Mapping[str, str]: ...
    def get(self, key: str, /) -> str | None: ...
    def iterchildren(self) -> Iterator[Element]: ...
    def iterdescendants(self) -> Iterator[Element]: ...
    def iterancestors(self) -> Iterator[Element]: ...
    def itertext(self) -> Iterator[str]: ...
    def getparent(self) -> Element | None: ...
    def getprevious(self) -> Element | None: ...
    def remove(self, element: Element, /) -> None: ...
    def clear(self) -> None: ...


_DECLARED = tuple("<!ENTITY".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_STATED = re.compile(rb"^\s*(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}encoding", re.IGNORECASE)
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_DEEPEST = 200
"""Elements within one another; feeds have under ten."""


def iterate_elements(content: bytes, *, wanted: frozenset[str], charset: str | None, where: str) -> Iterator[Element]:
    """Each element of those local names once it is whole, wherever it stands; it is emptied when the next is asked for.

    `charset` is what the server says; the document's own word goes before it.

    Raises:
        BadInput: it declares entities, or is no XML at all.
    """
    if any(mark in content for mark in _DECLARED):
        raise BadInput(
            "it declares entities, by which a few bytes become gigabytes", where, "ask its outlet for a plain feed"
        )
    deep = 0
    for event, element in _parse(content, _encoding(content, charset), where):
        deep += 1 if event == "start" else -1
        if deep > _DEEPEST:
            raise BadInput(f"its elements are nested deeper than {_DEEPEST}", where, "check what the address gives")
        if event == "end" and local_name(element) in wanted:
            yield element
            _let_go(element)


def local_name(element: Element) -> str:
    """An element's name without its namespace, in small letters."""
    tag = element.tag
    return re.split("[}:]", tag)[-1].lower() if isinstance(tag, str) else ""


def namespace(element: Element) -> str:
    """An element's namespace; its prefix where that is declared nowhere, and nothing where it has none."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag[1:].partition("}")[0] if tag.startswith("{") else tag.rpartition(":")[0]


def text_of(element: _Worded | None, most: int = 2_000) -> str:
    """The words in an element, its white space evened out, no more than so many signs."""
    if element is None:
        return ""
    words = "".join(str(piece) for piece in element.itertext())
    return " ".join(words[: 4 * most].split())[:most]


def _parse(content: bytes, encoding: str | None, where: str) -> Iterator[tuple[str, Element]]:
    try:
        events = etree.iterparse(
            io.BytesIO(content.lstrip() if encoding is None else content),
            events=("start", "end"),
            encoding=encoding,
            recover=True,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        yield from events
    except (etree.LxmlError, LookupError, ValueError) as e:
        raise BadInput(f"it is no XML ({str(e)[:120]})", where, "check what the address gives") from e


def _encoding(content: bytes, charset: str | None) -> str | None:
    """What to read it in where it says nothing itself."""
    if not charset or _STATED.match(content) or content.startswith(_MARKS):
        return None
    return charset if _is_known(charset) else None


def _is_known(charset: str) -> bool:
    try:
        codecs.lookup(charset)
    except (LookupError, ValueError):
        return False
    return True


def _let_go(element: Element) -> None:
    """A list of fifty thousand addresses is never in memory as a tree."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while (before := element.getprevious()) is not None:
            parent.remove(before)
