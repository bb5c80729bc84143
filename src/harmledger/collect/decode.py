"""Bytes to text: the stated or likeliest encoding, and characters that can't be kept made visible.

Goes by byte order mark, then UTF-8, then what the server and the page state, then charset-normalizer over the encodings that news is written in.
"""

from __future__ import annotations

import codecs
import re

from harmledger.errors import BadInput

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STATED = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,80}?encoding)\s*=\s*["']?\s*([\w:.+-]{2,40})""",
    re.IGNORECASE,
)
_STATED_WITHIN_BYTES = 4096
_AS_BROWSERS_READ = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
"""Browsers read these labels as their Windows supersets (WHATWG Encoding Standard, section 4.2)."""
_OF_PAGES = re.compile(
    r"utf-(?:8|16|32)(?:-[lb]e)?|ascii|cp\d+|iso8859-\d+|iso2022_\w+|koi8-[rtu]|mac-\w+|tis-620|shift_jis\w*|euc_\w+|"
    r"gb2312|gbk|gb18030|hz|big5\w*|johab|ptcp154|kz1048"
)
"""Python's names of encodings that a page can be in; `unicode_escape`, `punycode` and `utf-7` would make other words of it."""
_LEGACY = ["cp1256", "cp1251", "cp1252", "cp1255", "cp1250", "cp1253", "cp1254", "iso8859_6", "iso8859_5", "koi8_r"]
_LEGACY.extend(["koi8_u", "mac_cyrillic", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "cp949"])
"""Encodings that news sites of the last thirty years used; isolating them keeps exotic code pages from winning by chance."""
_SAMPLE_BYTES = 200_000
_BROKEN_SHARE = 0.001
"""A text with fewer broken bytes than this is UTF-8 with an accident in it, and is read with U+FFFD in their place."""
_CONTROL_SHARE = 0.005
"""More control characters than this and it isn't text: real reports have none or a stray form feed."""
_CONTROLS_ALWAYS_KEPT = 3
"""A short text may hold a stray one."""
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_REMEDY = "save it as UTF-8 text and give that"


def decode_bytes(content: bytes, *, where: str, declared: str | None = None) -> str:
    """The text of a page or plain text file; `declared`: the encoding that it was served with.

    Raises BadInput when it is binary or in no encoding that could be told.
    """
    text = _decode_marked(content, where) or _decode_utf8(content) or _decode_legacy(content, where, declared)
    sample = text[:_SAMPLE_BYTES].encode(errors="replace")
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > max(_CONTROLS_ALWAYS_KEPT, _CONTROL_SHARE * min(len(text), _SAMPLE_BYTES)):
        raise BadInput("it is binary, not text", where, "give a page or a plain text")
    return keepable(text)


def keepable(text: str) -> str:
    """The text with NULs and lone surrogates, which no database or JSON can keep, each replaced by one U+FFFD."""
    return _UNKEEPABLE.sub("\ufffd", text) if "\0" in text or _holds_surrogates(text) else text


def _holds_surrogates(text: str) -> bool:
    """By trying to write it as UTF-8, which takes a tenth of the time of looking for them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _decode_marked(content: bytes, where: str) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding, errors="replace" if encoding == "utf-8" else "strict")
            except UnicodeDecodeError as e:
                raise BadInput(f"it says that it is {encoding} and isn't", where, _REMEDY) from e
    return _decode_unmarked_utf16(content)


def _decode_unmarked_utf16(content: bytes) -> str | None:
    """In UTF-16 the spaces and Latin letters of a text have a NUL as every first, or every second, byte of their pair."""
    head = content[:4000]
    for encoding, high, low in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if (
            high.count(0) > max(_CONTROLS_ALWAYS_KEPT, 0.05 * len(high))
            and low.count(0) <= 0.01 * len(low)
            and _is_wording(head, encoding)
        ):
            return content[: len(content) // 2 * 2].decode(encoding, errors="replace")
    return None


def _is_wording(head: bytes, encoding: str) -> bool:
    text = head[: len(head) // 2 * 2].decode(encoding, errors="replace")
    return sum(c.isalpha() or c.isspace() for c in text) > 0.8 * len(text)


def _decode_utf8(content: bytes) -> str | None:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    beyond_ascii = len(content) - len(text) + broken
    return text if broken <= max(1, _BROKEN_SHARE * len(text)) and beyond_ascii > 10 * broken else None


def _decode_legacy(content: bytes, where: str, declared: str | None) -> str:
    if content[:_SAMPLE_BYTES].count(0) > _CONTROLS_ALWAYS_KEPT:
        raise BadInput("it is binary, not text", where, "give a page or a plain text")
    encoding = _named_encoding(content, declared) or _stated_encoding(content) or _likeliest_encoding(content)
    if encoding is None:
        raise BadInput("its encoding can't be told", where, _REMEDY)
    text = content.decode(encoding, errors="replace")
    if text.count("\ufffd") > max(1, 10 * _BROKEN_SHARE * len(text)):
        raise BadInput(f"it isn't readable as {encoding}, its likeliest encoding", where, _REMEDY)
    return text


def _stated_encoding(content: bytes) -> str | None:
    stated = _STATED.search(content[:_STATED_WITHIN_BYTES])
    return _named_encoding(content, stated[1].decode("ascii") if stated else None)


def _named_encoding(content: bytes, label: str | None) -> str | None:
    """The encoding of that label, unless the content isn't readable in it."""
    if label is None:
        return None
    try:
        name = codecs.lookup(label).name
        if name == "utf-8" or not _OF_PAGES.fullmatch(name):
            return None
        encoding = _AS_BROWSERS_READ.get(name, name)
        broken = content[:_SAMPLE_BYTES].decode(encoding, errors="replace").count("\ufffd")
    except (LookupError, UnicodeError):
        return None
    return encoding if broken <= max(1, 10 * _BROKEN_SHARE * len(content)) else None


def _likeliest_encoding(content: bytes) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - most runs never need its 40 ms of loading

    sample = content[:_SAMPLE_BYTES]
    best = from_bytes(sample, cp_isolation=_LEGACY, enable_fallback=False, preemptive_behaviour=False).best()
    return best.encoding if best is not None else None
